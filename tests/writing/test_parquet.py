from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet
from sample_records import ABOUT, COUNTS, DOCUMENTS

from extractor.columns import TABLES, columns
from extractor.writing import write


@pytest.mark.parametrize("documents", [DOCUMENTS, ()], ids=["full", "empty"])
def test_every_file_has_the_declared_types(tmp_path, documents):
    write(documents, tmp_path / "out", format="parquet")
    types = {"text": pa.string(), "json": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    types |= {"flag": pa.bool_(), "list": pa.list_(pa.string())}
    for table in TABLES:
        found = parquet.read_schema(tmp_path / "out" / f"{table}.parquet")
        assert list(found.names) == [column.name for column in columns(table)]
        assert [field.type for field in found] == [types[column.kind] for column in columns(table)]


def test_rows_read_back(tmp_path):
    write(DOCUMENTS, tmp_path / "out.parquet", about=ABOUT)
    found = {table: parquet.read_table(tmp_path / "out.parquet" / f"{table}.parquet") for table in TABLES}
    assert {name: table.num_rows for name, table in found.items()} == COUNTS
    assert found["statistics"]["value"].to_pylist()[:3] == [12.0, 3200.0, 1 / 3]
    assert found["statistics"]["value"].null_count == 1
    assert found["entities"]["aliases"].to_pylist()[0] == ["该社区", "社区", "+社区"]
    assert found["documents"]["text"].to_pylist()[1] == DOCUMENTS[1].document.text
    assert json.loads(found["roles"].schema.metadata[b"extractor"]) == ABOUT


def test_pandas_reads_chinese_headers(tmp_path):
    write(DOCUMENTS, tmp_path / "out", format="parquet", headers="zh")
    found = pd.read_parquet(tmp_path / "out" / "mentions.parquet")
    assert found["类型"].tolist() == ["LOC", "PERSON"]
