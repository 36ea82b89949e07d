from __future__ import annotations

import io

import pytest

from extractor.cli.app import run


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def test_what_counts_and_what_does_not(capsys):
    assert run(["explain", "第三届大会有12家企业参加。"]) == 0
    taken, left = capsys.readouterr().out.split("Left out")
    assert "12 家 · organizations · 企业" in taken
    assert "quantity." in taken
    assert "a class of numbers that are no statistics" in left
    assert "ordinal." in left


def test_a_text_without_numbers(capsys):
    assert run(["explain", "很好。"]) == 0
    assert capsys.readouterr().out == "There is no number in this text.\n"


def test_the_text_may_come_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("商户1900余家"))
    assert run(["explain", "-"]) == 0
    assert "≥ 1,900 家" in capsys.readouterr().out


def test_it_speaks_chinese(monkeypatch, capsys):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run(["explain", "第三届大会有12家企业参加。"]) == 0
    shown = capsys.readouterr().out
    assert "属于不作统计的一类数字" in shown
    assert "12 家 · 机构 · 企业" in shown
