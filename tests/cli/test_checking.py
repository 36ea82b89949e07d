from __future__ import annotations

import pytest

from extractor.cli.app import run
from extractor.cli.language import read_messages


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def check(folder, rows, capsys):
    folder.mkdir(exist_ok=True)
    (folder / "own.tsv").write_text("term\tlabel\n" + rows, encoding="utf-8")
    status = run(["check", str(folder)])
    return status, capsys.readouterr().out.splitlines()


def test_a_good_dictionary(tmp_path, capsys):
    status, lines = check(tmp_path / "词典", "梧桐议事会\tORG\n银杏课堂\tPROJECT\n", capsys)
    assert (status, lines) == (0, [f"{tmp_path / '词典'}: no problem"])


def test_a_row_that_cannot_be_loaded_is_status_4(tmp_path, capsys):
    status, lines = check(tmp_path / "词典", "\tORG\n", capsys)
    assert status == 4
    assert lines[0].startswith(f"error: {tmp_path / '词典' / 'own.tsv'}, line 2: ")
    assert lines[-1] == f"{tmp_path / '词典'}: 1 problem (1 error)"


def test_a_common_word_is_a_warning_only(tmp_path, capsys):
    status, lines = check(tmp_path / "词典", "幸福\tORG\n", capsys)
    assert (status, len(lines)) == (0, 2)
    assert lines[0].startswith("warning: ")
    assert "common word" in lines[0]


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert run(["check", str(tmp_path / "没有")]) == 4
    assert "is no folder" in capsys.readouterr().out


def test_every_severity_has_its_word():
    assert {"error", "warning"} <= read_messages("zh")["text"].keys()


def test_the_example_dictionary_is_good(samples, capsys):
    assert run(["check", str(samples.parent / "models" / "example_lexicon")]) == 0
