from __future__ import annotations

import io
from pathlib import Path

import pytest

from extractor.corpus.reading import read_inputs
from extractor.corpus.sources import Reading, SourceText
from extractor.errors import InputError

TEXT = "江岸社区下辖12个小区、3200户居民。\n书记王强介绍，社区去年办起夜校，居民都说好。"


def read(*paths, stdin=None, **settings):
    return list(read_inputs(paths, Reading(**settings), stdin=stdin))


def only_error(found):
    assert len(found) == 1
    assert isinstance(found[0], InputError)
    assert "\n" not in str(found[0])
    return str(found[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_file_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read(path) == [SourceText(doc_id="a", path=str(path), text=TEXT)]


def test_traditional_text_in_big5(tmp_path):
    text = "臺北市信義區這個月有三百二十位居民參加社區的活動，里長說大家都很高興。"
    (tmp_path / "a.txt").write_bytes(text.encode("big5hkscs"))
    assert [source.text for source in read(tmp_path / "a.txt")] == [text]
    assert [source.text for source in read(tmp_path / "a.txt", encoding="big5")] == [text]


def test_a_forced_encoding_that_does_not_fit_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    assert f"{tmp_path}/a.txt: is not utf-8; " in only_error(read(tmp_path / "a.txt", encoding="utf-8"))
    assert "there is no encoding 'klingon'" in only_error(read(tmp_path / "a.txt", encoding="klingon"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (" \n\t\u3000\n".encode(), "is empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(300), "is binary, not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is an image, not text"),
        (b"PK\x03\x04" + bytes(100), "is a ZIP, Word or Excel file, not text"),
    ],
)
def test_what_is_no_text_is_one_clear_line(tmp_path, data, problem):
    (tmp_path / "a.txt").write_bytes(data)
    assert only_error(read(tmp_path / "a.txt")).startswith(f"{tmp_path}/a.txt: {problem}")


def test_nothing_but_the_error_is_said(tmp_path, capfd):
    for name in ("a.pdf", "a.html", "a.docx", "a.xlsx", "a.parquet"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 broken" if name == "a.pdf" else b"<!-- broken -->")
    assert [type(entry) for entry in read(tmp_path)] == [InputError] * 5
    assert capfd.readouterr() == ("", "")


def test_one_file_at_fault_does_not_stop_the_others(tmp_path):
    (tmp_path / "1.txt").write_text("甲。", encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"")
    (tmp_path / "3.pdf").write_bytes(b"no pdf")
    (tmp_path / "4.txt").write_text("乙。", encoding="utf-8")
    found = read(tmp_path)
    assert [type(entry) for entry in found] == [SourceText, InputError, InputError, SourceText]
    assert [found[1].path, found[2].path] == [str(tmp_path / "2.txt"), str(tmp_path / "3.pdf")]


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert only_error(read(path)) == f"{path}: reading it is not permitted; check its permissions"


def test_a_file_that_breaks_off_while_it_is_read(tmp_path, monkeypatch):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "open", lambda self, mode: Broken())
    assert only_error(read(path)) == f"{path}: cannot be read (Input/output error); check the file"


def test_standard_input():
    found = read("-", stdin=io.BytesIO(TEXT.encode("gb18030")))
    assert found == [SourceText(doc_id="stdin", path="-", text=TEXT)]
    assert only_error(read("-", stdin=io.BytesIO(b""))) == "-: is empty"


def test_standard_input_of_json_lines_is_recognised():
    lines = '{"id": "x", "text": "甲乙"}\n{"id": "y", "text": "丙丁"}\n'
    assert [source.doc_id for source in read("-", stdin=io.BytesIO(lines.encode()))] == ["x", "y"]


def test_standard_input_of_html_is_recognised():
    page = (
        "<!DOCTYPE html><html><body><p>江岸社区下辖12个小区，居民三千多户，去年办起夜校。</p></body></html>"
    )
    found = read("-", stdin=io.BytesIO(page.encode()))
    assert [source.text for source in found] == ["江岸社区下辖12个小区，居民三千多户，去年办起夜校。"]


def test_the_kind_can_be_forced(tmp_path):
    (tmp_path / "a.txt").write_text('{"text": "甲"}\n', encoding="utf-8")
    assert [source.text for source in read(tmp_path / "a.txt")] == ['{"text": "甲"}\n']
    assert [source.text for source in read(tmp_path / "a.txt", kind="jsonl")] == ["甲"]
    assert "'word' is no kind of input; choose from text, html" in only_error(
        read(tmp_path / "a.txt", kind="word")
    )


def test_a_second_file_of_the_same_name_gets_its_suffix_back(tmp_path):
    for name in ("a.md", "a.txt", "a.text", "sub/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}。", encoding="utf-8")
    assert [source.doc_id for source in read(tmp_path)] == ["a", "a.text", "a.txt", "sub/a"]
    both = read(tmp_path / "a.txt", tmp_path / "sub" / "a.txt", tmp_path / "sub")
    assert [source.doc_id for source in both] == ["a", "a.txt"]


def test_a_third_gets_a_number(tmp_path):
    for folder in ("1", "2", "3", "4"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder, encoding="utf-8")
    found = read(*(tmp_path / folder / "a.txt" for folder in "1234"))
    assert [source.doc_id for source in found] == ["a", "a.txt", "a.txt#2", "a.txt#3"]


def test_windows_line_ends_are_line_ends(tmp_path):
    (tmp_path / "a.txt").write_bytes("甲\r\n乙\r丙".encode())
    assert read(tmp_path / "a.txt")[0].text == "甲\n乙\n丙"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("a.doc", "save it as .docx"), ("a.xls", "save it as .xlsx"), ("a.zip", "unpack it"), ("a.jpg", "OCR")],
)
def test_files_of_other_kinds_say_what_to_do(tmp_path, name, remedy):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(50))
    line = only_error(read(tmp_path / name))
    assert line.startswith(f"{tmp_path}/{name}: files of the kind {name[1:]} cannot be read; ")
    assert remedy in line


def test_html_in_a_text_file_is_read_as_html(tmp_path):
    page = "<html><head><title>题</title></head><body><p>江岸社区下辖12个小区，居民三千多户，去年办起夜校。</p></body></html>"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    found = read(tmp_path / "a.txt")
    assert len(found) == 1
    assert "<" not in found[0].text
