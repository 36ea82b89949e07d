"""SDMX-CSV 2.0: the column rules of the SDMX Technical Working Group's field guide."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import DOCUMENTS

from extractor.writing import write
from extractor.writing.sdmx import time_period

COMPONENT = re.compile(r"[A-Z][A-Z0-9_]*")
STRUCTURE = re.compile(r"[A-Za-z][\w.-]*:[A-Za-z][\w@$-]*\(\d+\.\d+(?:\.\d+)?\)")
# SDMX 3.0, section 6: gregorian and reporting periods, and time ranges (start/duration).
GREGORIAN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
REPORTING = r"\d{4}-(A1|S[12]|T[1-3]|Q[1-4]|M(0[1-9]|1[0-2])|W\d\d|D\d{3})"
RANGE = r"\d{4}-\d\d-\d\d/P\d+[YMD]"
TIME = re.compile(f"{GREGORIAN}|{REPORTING}|{RANGE}")


@pytest.fixture
def rows(tmp_path):
    write(DOCUMENTS, tmp_path / "out.csv", format="sdmx-csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_header_begins_as_the_standard_says(rows):
    header = list(rows[0])
    assert header[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert len(set(header)) == len(header)
    assert all(COMPONENT.fullmatch(name) for name in header)
    order = [
        header.index(name) for name in ("INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
    ]
    assert order == sorted(order)


def test_every_row_names_its_structure_and_action(rows):
    assert len(rows) == 5
    assert {row["STRUCTURE"] for row in rows} == {"dataflow"}
    assert {row["ACTION"] for row in rows} == {"I"}
    assert all(STRUCTURE.fullmatch(row["STRUCTURE_ID"]) for row in rows)


def test_the_dimensions_tell_the_observations_apart(rows):
    dimensions = ("DOC_ID", "OBS_START", "INDICATOR", "REF_AREA", "UNIT_MEASURE", "TIME_PERIOD")
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(set(keys)) == 5
    assert all(all(key[:5]) for key in keys)


def test_coded_columns_hold_codes(rows):
    assert {row["OBS_STATUS"] for row in rows} <= set("AEFP")
    assert [row["OBS_STATUS"] for row in rows] == ["A", "E", "A", "F", "A"]
    assert [row["STATUS"] for row in rows][3] == "target"
    assert {row["UNIT_MULT"] for row in rows} == {"0"}


def test_values_are_numbers_or_empty(rows):
    assert [row["OBS_VALUE"] for row in rows] == ["12", "3200", "0.3333333333333333", "9007199254740993", ""]
    assert (rows[4]["OBS_LOW"], rows[4]["OBS_HIGH"]) == ("-0.5", "12656.8")


def test_places_are_areas_by_their_code(rows):
    assert rows[0]["REF_AREA"] == "420102001001"
    assert rows[0]["SUBJECT"] == "江岸社区"
    assert rows[3]["REF_AREA"] == "_U"


def test_times_are_valid_or_empty(rows):
    assert [row["TIME_PERIOD"] for row in rows] == ["", "2023-01-01/P2Y", "", "", ""]


def test_the_file_has_no_byte_order_mark(tmp_path):
    write(DOCUMENTS, tmp_path / "out.csv", format="sdmx-csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"STRUCTURE,")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021", "2021"),
        ("2021-06", "2021-06"),
        ("2021-06-30", "2021-06-30"),
        ("2021-S1", "2021-S1"),
        ("2021-Q3", "2021-Q3"),
        ("2016/2020", "2016-01-01/P5Y"),
        ("2021-01/2021-03", "2021-01-01/P3M"),
        ("2021-01/2021-12", "2021-01-01/P1Y"),
        ("2021-03-05/2021-03-06", "2021-03-05/P2D"),
        ("2021-06/2021-06-15", "2021-06-01/P15D"),
        ("2021-Q1/2021-Q3", "2021-01-01/P9M"),
        ("2020-S2/2021", "2020-07-01/P18M"),
        ("", ""),
        ("去年", ""),
        ("2021-13", ""),
        ("2021-06-31", ""),
        ("2021/2020", ""),
        ("2021-Q5", ""),
        ("9999/9999", ""),
        ("2021/", ""),
        ("21", ""),
    ],
)
def test_times_are_written_as_sdmx_writes_them(written, expected):
    assert time_period(written) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_range_of_days_is_a_valid_time(one, other):
    first, last = sorted((one, other))
    assert TIME.fullmatch(time_period(f"{first}/{last}"))


@given(st.text(max_size=12) | st.from_regex(r"\A[0-9]{4}[-/0-9QS]{0,8}\Z"))
def test_whatever_is_written_the_time_is_valid_or_empty(text):
    assert time_period(text) == "" or TIME.fullmatch(time_period(text))
