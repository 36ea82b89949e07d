from __future__ import annotations

import json
from pathlib import Path

import pytest

GOLD = Path(__file__).parent / "gold"
CATEGORIES = {
    "households", "residents", "members", "people", "organizations", "places", "money", "area", "length",
    "mass_volume", "energy", "percentage", "change", "ratio", "duration", "age", "frequency", "items",
}  # fmt: skip
BOUNDS = {
    "exact": (True, True),
    "more": (True, False),
    "less": (False, True),
    "approx": (False, False),
    "range": (True, True),
}


def rows():
    return [
        json.loads(line)
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_there_is_gold_of_every_kind():
    assert [row["id"] for row in rows()] == [
        "n1", "n2", "n3", "n4", "community", "community_simplified", "report", "company_taiwan", "district_hongkong",
    ]  # fmt: skip


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_spans_are_those_of_the_text(row):
    spans = [*row["entities"], *row["statistics"]]
    assert len(spans) >= 4
    for span in spans:
        assert row["text"][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_fields_follow_the_guideline(row):
    assert row["statistics"]
    for statistic in row["statistics"]:
        assert statistic["category"] in CATEGORIES
        low, high = BOUNDS[statistic["modifier"]]
        assert (statistic["low"] is not None, statistic["high"] is not None) == (low, high)
        assert (statistic["direction"] != "") == (statistic["category"] == "change")
        assert statistic["status"] in {"normal", "estimated", "forecast", "provisional", "target"}


@pytest.mark.parametrize("row", [row for row in rows() if "meta" in row], ids=lambda row: row["id"])
def test_pages_are_the_samples(row, samples):
    assert (samples / f"{row['id']}.txt").read_text(encoding="utf-8") == row["text"]


def test_lines_are_the_sample(samples):
    lines = [json.loads(line) for line in (samples / "news.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["text"]) for line in lines] == [(row["id"], row["text"]) for row in rows()[:4]]
