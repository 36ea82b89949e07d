from __future__ import annotations

import io

import pytest

from extractor.cli.streams import prepare_streams, report_unexpected


class Stream(io.TextIOWrapper):
    def __init__(self, encoding, terminal):
        super().__init__(io.BytesIO(), encoding=encoding)
        self.terminal = terminal

    def isatty(self):
        return self.terminal


def written(monkeypatch, encoding, terminal, chosen=""):
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    out, err = Stream(encoding, terminal), Stream(encoding, terminal)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    prepare_streams()
    print("镕 🀄", file=out, flush=True)
    return out.buffer.getvalue().replace(b"\r\n", b"\n")


def test_what_is_piped_is_utf_8_on_every_system(monkeypatch):
    assert written(monkeypatch, "cp936", terminal=False) == "镕 🀄\n".encode()


def test_an_encoding_that_was_asked_for_is_kept(monkeypatch):
    assert written(monkeypatch, "gbk", terminal=False, chosen="gbk") == "镕 ?\n".encode("gbk")
    assert written(monkeypatch, "gbk", terminal=False, chosen=":strict") == "镕 🀄\n".encode()


def test_a_chinese_windows_console_keeps_its_encoding_and_does_not_fail(monkeypatch):
    assert written(monkeypatch, "cp936", terminal=True) == "镕 ?\n".encode("cp936")


def test_a_console_without_chinese_does_not_fail(monkeypatch):
    assert written(monkeypatch, "ascii", terminal=True) == b"? ?\n"


@pytest.mark.parametrize(("debug", "lines"), [("", 1), ("1", 2)])
def test_what_nobody_foresaw_is_one_line_for_users(debug, lines, monkeypatch, capsys):
    monkeypatch.setenv("EXTRACTOR_DEBUG", debug)
    report_unexpected(ValueError, ValueError("a\nb"), None)
    err = capsys.readouterr().err
    assert err.count("\n") == lines
    assert "ValueError: a" in err
