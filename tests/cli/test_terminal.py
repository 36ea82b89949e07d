from __future__ import annotations

from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import Console
from sample_records import DOCUMENTS

from extractor.cli.terminal import progress, show, value_text
from extractor.records import DocumentInfo, DocumentRecords, Statistic


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def shown(documents, width=120):
    console = Console(width=width, record=True, quiet=False, file=None, force_terminal=False)
    with console.capture() as captured:
        show(documents, console)
    return captured.get()


def words(text):
    return [line.split() for line in text.splitlines()]


def test_a_document_is_shown_with_its_head_its_entities_and_its_figures():
    lines = words(shown(DOCUMENTS[:1]))
    assert "江岸社区办起夜校" in lines[0]
    assert ["published", "2023-05-08"] in lines
    assert ["authors", "李晓梅、陈静"] in lines
    assert ["江岸社区", "LOC", "2", "该社区、社区"] in lines
    assert ["王强", "PERSON", "1", "书记"] in lines
    assert [
        "近3200户",
        "≤",
        "3,200",
        "户",
        "households",
        "居民",
        "江岸社区",
        "2023/2024",
        "estimated",
    ] in lines


def test_headers_are_chinese_under_a_chinese_locale(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    text = shown(DOCUMENTS[:1])
    assert "发布时间" in text
    assert "统计" in text
    assert "published" not in text
    lines = words(text)
    assert ["江岸社区", "地点", "2", "该社区、社区"] in lines
    assert ["近3200户", "≤", "3,200", "户", "户数", "居民", "江岸社区", "2023/2024", "估计"] in lines


def test_on_a_narrow_terminal_the_figures_stay_whole():
    text = shown(DOCUMENTS[:1], width=50)
    assert max(map(cell_len, text.splitlines())) <= 50
    assert "estimated" not in text
    line = next(line for line in words(text) if "近3200户" in line)
    assert line == ["近3200户", "≤", "3,200", "户", "居民", "江岸社区"]


def test_a_document_without_finds_says_so():
    text = shown([DocumentRecords(document=DocumentInfo(doc_id="a", text="好。"))])
    assert "nothing found" in text


def test_markup_in_a_text_is_not_obeyed():
    text = shown([DocumentRecords(document=DocumentInfo(doc_id="a", title="[bold]标题[/bold]"))])
    assert "[bold]标题[/bold]" in text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": 60, "low": 60, "high": 60, "modifier": "exact"}, "60"),
        ({"value": 22000, "low": 22000, "high": None, "modifier": "more"}, "≥ 22,000"),
        ({"value": 3, "low": None, "high": 3, "modifier": "less"}, "≤ 3"),
        ({"value": 1800, "low": None, "high": None, "modifier": "approx"}, "~ 1,800"),
        ({"value": None, "low": None, "high": None, "modifier": "approx"}, "?"),
        ({"value": None, "low": 3, "high": 5, "modifier": "range"}, "3 – 5"),
        (
            {"value": Fraction(1, 3), "low": Fraction(1, 3), "high": Fraction(1, 3), "modifier": "exact"},
            "0.333333",
        ),
        (
            {"value": Fraction(25, 2), "low": Fraction(25, 2), "high": Fraction(25, 2), "modifier": "exact"},
            "12.5",
        ),
    ],
)
def test_values_are_shown_with_their_bounds(fields, text):
    assert value_text(Statistic(doc_id="a", start=0, end=1, text="x", unit="", **fields)) == text


def test_progress_counts_on_standard_error(capsys):
    with progress("reading") as step:
        step()
    assert capsys.readouterr().out == ""
