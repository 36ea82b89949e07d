from __future__ import annotations

import json

import pandas as pd
import pytest
from sample_records import COUNTS, DOCUMENTS

from extractor.columns import TABLES, columns
from extractor.tables import DTYPES, frame, frames, schema


def test_frames_are_the_five_tables_with_a_row_a_record():
    assert {name: len(table) for name, table in frames(DOCUMENTS).items()} == COUNTS


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("documents", [DOCUMENTS, ()], ids=["full", "empty"])
def test_columns_and_dtypes_do_not_depend_on_what_was_found(table, documents):
    found = frame(documents, table)
    declared = {column.name: DTYPES[column.kind] for column in columns(table)}
    assert list(found.columns) == list(declared)
    assert len(declared) >= 10
    assert all(found[name].dtype == pd.api.types.pandas_dtype(dtype) for name, dtype in declared.items())


def test_numbers_are_floats_that_may_be_missing():
    statistics = frame(DOCUMENTS, "statistics")
    assert statistics["value"].tolist()[:2] == [12.0, 3200.0]
    assert statistics["value"].isna().tolist() == [False, False, False, False, True]
    assert statistics["low"].isna().tolist() == [False, True, False, False, False]
    assert statistics["low"].iloc[4] == -0.5
    assert statistics["start"].sum() == sum(s.start for d in DOCUMENTS for s in d.statistics)


def test_lists_are_lists_and_extra_is_json():
    documents, entities = frame(DOCUMENTS, "documents"), frame(DOCUMENTS, "entities")
    assert documents["authors"].iloc[0] == ["李晓梅", "陈静"]
    assert json.loads(documents["extra"].iloc[0]) == {"栏目": "社会", "得票": 1.5}
    assert entities["aliases"].tolist() == [["该社区", "社区", "+社区"], []]


def test_what_is_not_known_is_an_empty_text():
    roles = frame(DOCUMENTS, "roles")
    assert roles["org"].tolist() == [""]
    publishers = frame(DOCUMENTS, "documents")["publisher"].tolist()
    assert len(publishers) == 3
    assert all(isinstance(publisher, str) for publisher in publishers)


def test_chinese_headers():
    assert list(frame(DOCUMENTS, "roles", "zh").columns)[4:7] == ["人物", "职务", "单位"]


def test_tables_join_by_their_ids():
    tables = frames(DOCUMENTS)
    joined = tables["statistics"].merge(tables["entities"], left_on="subject_id", right_on="entity_id")
    assert len(joined) == 3
    assert set(joined["code"]) == {"420102001001"}


def test_the_schema_describes_every_column():
    described = schema("statistics")
    assert list(described.columns) == ["column", "dtype", "zh", "description"]
    assert described["column"].tolist() == [column.name for column in columns("statistics")]
    assert described.set_index("column").loc["value", "dtype"] == "Float64"
