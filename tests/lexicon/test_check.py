from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon.check import Problem, check_lexicon
from extractor.lexicon.entries import Entry
from extractor.lexicon.lexicon import build_lexicon

FREQUENCIES = {"来宾": 166, "柳湾": 3}
SHIPPED = build_lexicon([Entry("书记", "title")])


def checked(folder: Path, text: str, name: str = "own.tsv") -> list[Problem]:
    (folder / name).write_text(text, encoding="utf-8")
    return check_lexicon(folder, SHIPPED, FREQUENCIES)


def test_a_good_folder_has_no_problem(tmp_path):
    rows = "柳湾\tLOC\n梧桐一号\tPRODUCT\n来宾\tnever\n巡河长\ttitle\n"
    assert checked(tmp_path, "term\tlabel\n" + rows) == []


@pytest.mark.parametrize(
    ("rows", "line", "severity", "words"),
    [
        ("\tORG\n", 2, "error", "the term is empty"),
        ("柳湾\tPlace\n", 2, "error", "the label 'Place' is unknown"),
        ("柳湾\tplace\n", 2, "warning", "the label 'place' is no class that anything reads"),
        ("柳湾\tLOC\n柳灣\tLOC\n", 3, "warning", "'柳灣' is there already (line 2)"),
        ("柳湾\tLOC\n柳湾\tORG\n", 3, "warning", "'柳湾' is LOC (line 2) and ORG"),
        ("柳湾\tLOC\n柳湾\tnever\n", 3, "warning", "'柳湾' is a name and never one (line 2)"),
        ("来宾\tLOC\n", 2, "warning", "'来宾' is also a common word (frequency 166)"),
        ("柳\tLOC\n", 2, "warning", "'柳' has one character"),
        ("柳\u200b湾\tLOC\n", 2, "warning", "holds an invisible character"),
    ],
)
def test_a_problem_has_its_line_and_says_what_is_wrong(tmp_path, rows, line, severity, words):
    (problem,) = checked(tmp_path, "term\tlabel\n" + rows)
    assert (problem.line, problem.severity) == (line, severity)
    assert words in problem.problem
    assert problem.remedy
    assert str(problem).startswith(f"{tmp_path / 'own.tsv'}, line {line}: ")


def test_all_problems_are_reported_at_once(tmp_path):
    (tmp_path / "table.xls").write_bytes(b"old")
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "empty.csv").write_bytes(b"")
    found = checked(tmp_path, "term\tlabel\ttyp\n\tORG\n来宾\tLOC\t\n")
    assert [(Path(one.file).name, one.line, one.severity) for one in found] == [
        ("broken.xlsx", 0, "error"),
        ("empty.csv", 0, "error"),
        ("own.tsv", 1, "warning"),
        ("own.tsv", 2, "error"),
        ("own.tsv", 3, "warning"),
        ("table.xls", 0, "warning"),
    ]


def test_a_folder_without_dictionaries_is_a_problem(tmp_path):
    assert [one.problem for one in check_lexicon(tmp_path)] == ["holds no dictionary"]
    assert [one.problem for one in check_lexicon(tmp_path / "absent")] == ["is no folder"]


def test_a_name_twice_in_two_files_names_the_other(tmp_path):
    (tmp_path / "a.txt").write_text("柳湾 3 ns\n", encoding="utf-8")
    (problem,) = checked(tmp_path, "term\tlabel\n柳湾\tLOC\n", "b.tsv")
    assert f"{tmp_path / 'a.txt'}, line 1" in problem.problem
