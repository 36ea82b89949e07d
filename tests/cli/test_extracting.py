from __future__ import annotations

import io
import json

import pytest

from extractor.cli import extracting
from extractor.cli.app import run
from extractor.errors import LexiconError
from extractor.records import DocumentInfo, DocumentRecords, Mention


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture(autouse=True)
def analysis(monkeypatch):
    """An analysis that finds 常州 and nothing else, so that these tests are about the command only."""
    seen = []

    def prepare(settings):
        seen.append(settings)
        return analyse

    def analyse(source):
        if "坏" in source.text:
            raise ValueError("broken\ntext")
        start = source.text.find("常州")
        found = {"doc_id": source.doc_id, "start": start, "end": start + 2, "text": "常州", "label": "LOC"}
        info = DocumentInfo(doc_id=source.doc_id, path=source.path, title=source.text[:6], text=source.text)
        return DocumentRecords(document=info, mentions=(Mention(**found),) if start >= 0 else ())

    monkeypatch.setattr(extracting, "prepare", prepare)
    return seen


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "新闻 1.txt"
    file.write_text("常州今年很热。", encoding="utf-8")
    return file


def test_without_out_tables_go_to_standard_output(page, capsys):
    assert run(["extract", str(page)]) == 0
    captured = capsys.readouterr()
    assert "常州今年很热" in captured.out
    assert captured.err == ""


def test_json_lines_go_to_standard_output(page, capsys):
    assert run(["extract", str(page), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["id"], [m["text"] for m in line["mentions"]]) for line in lines] == [("新闻 1", ["常州"])]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("结果", []),
        ("结果.xlsx", []),
        ("结果.jsonl", []),
        ("结果.sqlite", []),
        ("结果.html", []),
        ("结果.parquet", []),
        ("表.csv", ["--format", "sdmx-csv"]),
        ("表", ["--format", "xlsx"]),
    ],
)
def test_the_name_or_the_format_says_what_is_written(name, options, page, tmp_path, capsys):
    out = tmp_path / name
    assert run(["extract", str(page), "--out", str(out), *options]) == 0
    captured = capsys.readouterr()
    assert out.exists()
    assert captured.out == ""
    assert captured.err == f"1 document, 1 mention, 0 titles, 0 figures → {out}\n"


def test_quiet_says_nothing(page, tmp_path, capsys):
    assert run(["extract", str(page), "--out", str(tmp_path / "t"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_chinese_headers(page, tmp_path):
    assert run(["extract", str(page), "--out", str(tmp_path / "t"), "--headers", "zh", "-q"]) == 0
    assert (tmp_path / "t" / "mentions.csv").read_text(encoding="utf-8-sig").startswith("文档编号,")


def test_an_output_is_not_replaced_without_force(page, tmp_path, capsys, analysis):
    out = tmp_path / "结果.jsonl"
    out.write_text("mine", encoding="utf-8")
    assert run(["extract", str(page), "--out", str(out)]) == 3
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "--force" in captured.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert analysis == [], "the work was begun before the output was checked"
    assert run(["extract", str(page), "--out", str(out), "--force"]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "新闻 1"


def test_a_format_that_needs_a_place_says_so(page, capsys):
    assert run(["extract", str(page), "--format", "xlsx"]) == 2
    assert capsys.readouterr().err == (
        "extractor: --format xlsx needs --out: say where to write (see extractor extract --help)\n"
    )


def test_an_input_that_fails_does_not_stop_the_others(page, tmp_path, capsys):
    assert run(["extract", str(tmp_path / "没有.txt"), str(page)]) == 1
    captured = capsys.readouterr()
    assert "常州今年很热" in captured.out
    first, last = captured.err.splitlines()
    assert first.startswith(f"extractor: {tmp_path / '没有.txt'}: ")
    assert last == "1 of 2 inputs failed"


def test_a_text_that_breaks_the_analysis_is_reported_on_one_line(page, tmp_path, capsys):
    bad = tmp_path / "坏.txt"
    bad.write_text("坏文章", encoding="utf-8")
    out = tmp_path / "结果.jsonl"
    assert run(["extract", str(bad), str(page), "--out", str(out)]) == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["document"]["status"]) for line in lines] == [
        ("坏", "failed"),
        ("新闻 1", "ok"),
    ]
    assert capsys.readouterr().err.splitlines()[0] == "extractor: 坏: ValueError: broken text"


def test_where_every_input_fails_nothing_is_written(tmp_path, capsys):
    out = tmp_path / "结果"
    assert run(["extract", str(tmp_path / "没有.txt"), "--out", str(out)]) == 1
    assert not out.exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_what_a_folder_holds_and_is_not_read_is_said(page, capsys):
    for name in ("图.png", "表.png", "说明"):
        (page.parent / name).write_bytes(b"x")
    (page.parent / "旧.txt").symlink_to(page.parent / "没有.txt")
    (page.parent / "环").symlink_to(page.parent)
    assert run(["extract", str(page.parent)]) == 0
    assert capsys.readouterr().err == (
        "5 files in folders not read (2 .png, 1 broken link, 1 link to a folder, 1 without ending)\n"
    )
    assert run(["extract", str(page.parent), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_tables_in_a_pipe_have_no_blanks_at_the_ends_of_lines(page, capsys):
    assert run(["extract", str(page)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_settings_of_a_run_are_written_with_its_tables(page, tmp_path):
    options = ["--encoding", "utf-8", "--text-column", "正文", "--headers", "zh", "-q"]
    assert run(["extract", str(page), "--out", str(tmp_path / "t"), *options]) == 0
    made = json.loads((tmp_path / "t" / "run.json").read_text(encoding="utf-8"))
    settings = {name: made[name] for name in ("encoding", "text_column", "id_column", "headers")}
    assert settings == {"encoding": "utf-8", "text_column": "正文", "id_column": "", "headers": "zh"}


def test_standard_input(monkeypatch, capsys):
    text = "常州也很热。".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run(["extract", "-", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["text"] == "常州也很热。"


def test_options_reach_reading_and_analysis(tmp_path, capsys, analysis):
    table = tmp_path / "t.csv"
    table.write_bytes("编号码,内文\n7,常州有雨\n".encode("gb18030"))
    lexicon = tmp_path / "词典"
    options = [
        "--encoding",
        "gb18030",
        "--text-column",
        "内文",
        "--id-column",
        "编号码",
        "--lexicon",
        str(lexicon),
        "--all",
    ]
    assert run(["extract", str(table), "-f", "jsonl", *options]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["id"], line["document"]["text"]) == ("7", "常州有雨")
    assert [(settings.lexicon, settings.everything) for settings in analysis] == [(lexicon, True)]


def test_a_faulty_dictionary_is_one_line_and_status_4(monkeypatch, page, capsys):
    def prepare(settings):
        raise LexiconError("词典/a.tsv: line 3: term is empty; delete the line")

    monkeypatch.setattr(extracting, "prepare", prepare)
    assert run(["extract", str(page)]) == 4
    assert capsys.readouterr().err == "extractor: 词典/a.tsv: line 3: term is empty; delete the line\n"


def test_progress_is_shown_only_on_a_terminal(page, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert run(["extract", str(page), "--out", str(tmp_path / "t")]) == 0
    assert "reading" in terminal.getvalue()


def test_an_interrupt_is_status_130(page, monkeypatch, capsys):
    def prepare(settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(extracting, "prepare", prepare)
    assert run(["extract", str(page)]) == 130
    assert capsys.readouterr().err == "extractor: interrupted\n"


def test_a_full_disk_is_one_line_and_status_3(page, monkeypatch, capsys):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stdout", Full())
    assert run(["extract", str(page), "--format", "jsonl"]) == 3
    assert capsys.readouterr().err == "extractor: standard output: No space left on device\n"
