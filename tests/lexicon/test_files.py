from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from extractor.errors import LexiconError
from extractor.lexicon.files import lexicon_files, read_entries

TABLE = "term\tlabel\tkind\taliases\tcontext\n# 自己的名录\n柳湾街道\tLOC\ttown\t柳湾|柳灣街\tyes\n\n梧桐读书会\tORG\t\t\t\n"


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_table_gives_its_rows_with_the_lines_they_stand_on(tmp_path):
    entries = read_entries(written(tmp_path, "own.tsv", TABLE), user=True)
    assert [(one.term, one.label, one.line) for one in entries] == [
        ("柳湾街道", "LOC", 3),
        ("梧桐读书会", "ORG", 5),
    ]
    first = entries[0]
    assert (first.kind, first.aliases, first.context, first.user) == ("town", ("柳湾", "柳灣街"), True, True)
    assert entries[1].context is False


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-8-sig"),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r\n").encode("gb18030"),
    ],
)
def test_encodings_marks_and_line_ends_make_no_difference(tmp_path, data):
    entries = read_entries(written(tmp_path, "own.tsv", data))
    assert [(one.term, one.label, one.line) for one in entries] == [
        ("柳湾街道", "LOC", 3),
        ("梧桐读书会", "ORG", 5),
    ]


def test_csv_cells_may_be_quoted_and_columns_stand_in_any_order(tmp_path):
    path = written(tmp_path, "own.csv", 'label,note,term\nORG,"创立于 2019, 柳湾",梧桐读书会\n')
    (entry,) = read_entries(path)
    assert (entry.term, entry.label, entry.note) == ("梧桐读书会", "ORG", "创立于 2019, 柳湾")


def test_a_workbook_is_read_from_its_first_sheet(tmp_path):
    book = Workbook()
    for row in (["term", "label", "id", "priority"], ["梧桐一号", "PRODUCT", 7, 3], [None, None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    (entry,) = read_entries(tmp_path / "own.xlsx")
    assert (entry.term, entry.label, entry.id, entry.priority) == ("梧桐一号", "PRODUCT", "7", 3)


def test_a_jieba_dictionary_is_accepted(tmp_path):
    entries = read_entries(
        written(tmp_path, "userdict.txt", "梧桐读书会 3 nt\n何青云 nr\n柳湾 12 ns\n秋收节 5\n")
    )
    found = [(one.term, one.label) for one in entries]
    assert found == [("梧桐读书会", "ORG"), ("何青云", "PERSON"), ("柳湾", "LOC"), ("秋收节", "word")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("own.tsv", "term\tlabel\n梧桐\tORG\n\tORG\n", r"own.tsv, line 3: the term is empty"),
        ("own.tsv", "term\tlabel\n梧桐\tOrg\n", r"line 2: the label 'Org' is unknown; use PERSON"),
        ("own.tsv", "term\tlabel\n梧桐\n", r"line 2: the label '' is unknown"),
        (
            "own.tsv",
            "term\tlabel\tcontext\n梧桐\tORG\tmaybe\n",
            r"line 2: context 'maybe' is unknown; write yes",
        ),
        (
            "own.tsv",
            "term\tlabel\tpriority\n梧桐\tORG\thigh\n",
            r"line 2: priority 'high' is no whole number",
        ),
        ("own.tsv", "term\tlabel\n" + "梧" * 500 + "\tORG\n", r"line 2: the term .* has 500 characters"),
        ("own.tsv", "梧桐\tORG\n", r"line 1: the columns '梧桐, org' lack term and label"),
        ("own.tsv", "# nothing\n", r"own.tsv: is empty"),
        ("own.tsv", "", r"own.tsv: is empty"),
        ("own.tsv", b"\xff\x00\x01\x02" * 40, r"own.tsv: is "),
        ("own.csv", 'term,label\n"梧桐\n读书会",ORG\n', r"line 3: the term .* holds a line break"),
        ("own.xlsx", "no workbook", r"own.xlsx: is no Excel workbook"),
        ("own.txt", "term\tlabel\n", r"line 1: .* is no line of a jieba dictionary"),
        ("own.txt", "梧桐 的 读书会 nt\n", r"line 1: .* is no line of a jieba dictionary"),
    ],
)
def test_a_fault_names_file_line_and_value(tmp_path, name, text, message):
    with pytest.raises(LexiconError, match=message):
        read_entries(written(tmp_path, name, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"own\.tsv: cannot be read"):
        read_entries(tmp_path / "own.tsv")


def test_faults_can_be_collected_instead(tmp_path):
    found = []
    path = written(tmp_path, "own.tsv", "term\tlabel\n\tORG\n梧桐\tORG\n柳湾\torg 2\n")
    entries = read_entries(path, report=lambda line, problem: found.append((line, problem)))
    assert [one.term for one in entries] == ["梧桐"]
    assert [line for line, _ in found] == [2, 4]


def test_only_dictionaries_of_a_folder_are_read(tmp_path):
    for name in ("b.tsv", "a.csv", "~$a.xlsx", ".hidden.tsv", "notes.md", "c.TSV"):
        written(tmp_path, name, "term\tlabel\n")
    assert [path.name for path in lexicon_files(tmp_path)] == ["a.csv", "b.tsv", "c.TSV"]
