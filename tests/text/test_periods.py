from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.periods import find_periods, resolve
from extractor.text.rules import load_rules
from extractor.text.script import to_shadow


def rules():
    plans = [row["term"] for row in read_codelist(default_model() / "codelists" / "plans.tsv")]
    return load_rules(default_model() / "rules" / "periods.toml", {"plans": plans}).rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (example.text, example.expected)
        for rule in rules()
        if rule.fields["period"]
        for example in rule.matches
    ],
)
def test_every_example_gives_its_period(text, expected):
    found = find_periods(text)
    assert [resolve(period, expected.get("published", "")) for period in found] == [expected["period"]]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        ("去年上半年和今年一季度", "2023-05-04", ["2022-S1", "2023-Q1"]),
        ("截至6月底", "2022-07-10T08:00:00", ["2022-06-30"]),
        ("去年底", "2022-07-10", ["2021-12-31"]),
        ("12日", "2022-07-30", ["2022-07-12"]),
        ("2016年6月1日—6月30日", "", ["2016-06-01/2016-06-30"]),
        ("3月2日至5日", "2020-03-09", ["2020-03-02/2020-03-05"]),
        ("民國110年底", "", ["2021-12-31"]),
        ("２０２１年３月", "", ["2021-03"]),
        ("去年", "", [""]),
        ("全年", "2022-07-10", [""]),
    ],
)
def test_relative_times_need_the_publication_date(text, published, periods):
    assert [resolve(found, published) for found in find_periods(to_shadow(text))] == periods


@pytest.mark.parametrize(
    "text", ["12900年的遗址", "走了300年来的路", "8个月", "26元", "2月31日", "1990元", "3年间"]
)
def test_what_is_no_time(text):
    assert [resolve(found, "2020-01-01") for found in find_periods(text)] == []


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_reads_back(day):
    text = f"于{day.year}年{day.month}月{day.day}日"
    assert [resolve(found) for found in find_periods(text)] == [day.isoformat()]


@given(st.text(alphabet="0123456789年月日至—前去上半底一二十五季度“”五", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    edges = [edge for found in find_periods(text) for edge in (found.start, found.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
