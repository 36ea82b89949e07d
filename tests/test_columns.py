from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import COUNTS, DOCUMENTS

from extractor.columns import (
    TABLES,
    batches,
    columns,
    in_words,
    json_text,
    merge_entities,
    plain_number,
    rows,
    title,
)
from extractor.paths import default_model
from extractor.records import Entity
from extractor.text.codelists import read_codelist


def test_the_columns_are_those_of_the_tables_as_published():
    assert TABLES == ("documents", "mentions", "entities", "roles", "statistics")
    assert [c.name for c in columns("mentions")] == (
        ["doc_id", "start", "end", "text", "label", "nested", "entity_id", "confidence", "rule", "sentence"]
    )
    assert [c.name for c in columns("roles")] == (
        ["doc_id", "start", "end", "text", "person", "role", "org", "person_id", "org_id", "rule", "sentence"]
    )
    assert [c.name for c in columns("statistics")] == [
        "doc_id",
        "start",
        "end",
        "text",
        "value",
        "low",
        "high",
        "modifier",
        "unit",
        "base_value",
        "base_unit",
        "category",
        "direction",
        "item",
        "subject",
        "subject_id",
        "time_period",
        "status",
        "rule",
        "sentence",
    ]
    assert [c.name for c in columns("documents")] == [
        "doc_id",
        "path",
        "title",
        "published",
        "publisher",
        "site",
        "authors",
        "editor",
        "script",
        "characters",
        "body_start",
        "body_end",
        "noise",
        "mentions",
        "statistics",
        "duplicate_of",
        "status",
        "error",
        "extra",
        "text",
    ]
    assert [c.name for c in columns("entities")] == [
        "entity_id",
        "label",
        "kind",
        "name",
        "aliases",
        "code",
        "code_scheme",
        "parents",
        "candidates",
        "mentions",
        "documents",
        "first_doc_id",
        "first_start",
    ]


def test_every_column_has_its_kind():
    kinds = {(t, c.name): c.kind for t in TABLES for c in columns(t)}
    assert kinds["statistics", "value"] == "number"
    assert kinds["statistics", "start"] == "integer"
    assert kinds["mentions", "confidence"] == "number"
    assert kinds["mentions", "nested"] == "flag"
    assert kinds["documents", "authors"] == "list"
    assert kinds["documents", "extra"] == "json"
    assert kinds["roles", "person"] == "text"


def test_every_column_and_table_has_a_chinese_header_and_a_description():
    for table in TABLES:
        found = columns(table)
        assert len(found) > 9
        headers = [column.header("zh") for column in found]
        assert len(set(headers)) == len(headers)
        assert not any(header.isascii() for header in headers)
        assert all(column.description for column in found)
        assert not title(table, "zh").isascii()
        assert title(table, "en") == table


@pytest.mark.parametrize("table", TABLES)
def test_rows_hold_the_cells_of_the_records(table):
    found = list(rows(DOCUMENTS, table))
    assert len(found) == COUNTS[table]
    assert {len(row) for row in found} == {len(columns(table))}


def test_an_entity_of_two_documents_is_one_row():
    first, second = (
        Entity(
            entity_id="LOC:x", label="LOC", name="湖北省", aliases=("湖北",), mentions=2, first_doc_id="a"
        ),
        Entity(entity_id="LOC:x", label="LOC", name="湖北", aliases=("鄂",), mentions=3, first_doc_id="b"),
    )
    merged = merge_entities([first, second])
    assert len(merged) == 1
    assert merged[0].name == "湖北省"
    assert merged[0].aliases == ("湖北", "鄂")
    assert (merged[0].mentions, merged[0].documents, merged[0].first_doc_id) == (5, 2, "a")


@pytest.mark.parametrize(
    ("exact", "plain"),
    [
        (None, None),
        (0, 0),
        (9007199254740993, 9007199254740993),
        (Decimal("12656.80"), 12656.8),
        (Decimal("1.2E+3"), 1200),
        (Fraction(6, 2), 3),
        (Fraction(1, 3), 1 / 3),
        (Fraction(-2, 3), -2 / 3),
        (Fraction(1, 30000), 1 / 30000),
        (Decimal(0), 0),
        (10**400, None),
        (Fraction(1, 10**400), 0.0),
    ],
)
def test_an_exact_number_becomes_the_nearest_plain_one(exact, plain):
    assert plain_number(exact) == plain
    assert type(plain_number(exact)) is type(plain)


@given(st.integers(-(10**18), 10**18) | st.decimals(-(10**9), 10**9, places=4))
def test_numbers_read_back_from_json_as_they_were(number):
    assert Decimal(json_text({"n": number})[6:-1]) == number


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**6))
def test_fractions_become_the_nearest_float(fraction):
    assert plain_number(fraction) == float(fraction)


def test_json_text_is_one_readable_line_of_json():
    text = json_text({"名": "甲\n乙", "数": [Fraction(1, 2), Decimal("1.50")], "谁": object})
    assert "\n" not in text
    assert json.loads(text) == {"名": "甲\n乙", "数": [0.5, 1.5], "谁": "<class 'object'>"}


def test_rows_come_in_batches_while_documents_come_and_entities_last():
    seen = []

    def documents():
        for records in DOCUMENTS * 3:
            seen.append(len(found))
            yield records

    found = []
    for table, batch in batches(documents(), size=4):
        found.append((table, len(batch)))
    assert seen[-1] > 2
    assert found[-1][0] == "entities"
    counts = {table: sum(n for name, n in found if name == table) for table in TABLES}
    assert counts == {**{table: 3 * n for table, n in COUNTS.items()}, "entities": COUNTS["entities"]}
    assert max(n for _, n in found) < 8


def test_batches_of_nothing():
    assert list(batches([])) == []


def test_the_fixed_words_of_cells_have_chinese_ones():
    assert in_words("category", "money", "zh") == "金额"
    assert in_words("category", "money", "en") == "money"
    assert in_words("label", "PARTY", "zh") == "PARTY"
    rows = read_codelist(default_model() / "codelists" / "cell_words.tsv")
    listed = [row["word"] for row in rows if row["column"] == "category"]
    assert len(listed) == len(set(listed)) == 18
