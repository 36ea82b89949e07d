from __future__ import annotations

import csv
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import ABOUT, COUNTS, DOCUMENTS, TEXT

from extractor.columns import TABLES, columns
from extractor.writing import write
from extractor.writing.delimited import number_text, safe_text


@pytest.fixture
def folder(tmp_path):
    write(DOCUMENTS, tmp_path / "out", format="csv", about=ABOUT)
    return tmp_path / "out"


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_file_a_table_and_what_made_them(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(f"{t}.csv" for t in TABLES), "run.json"]
    )


def test_excel_opens_it_as_utf8_with_windows_line_ends(folder):
    for table in TABLES:
        data = (folder / f"{table}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_every_column(folder, table):
    found = read(folder / f"{table}.csv")
    assert found[0] == [column.name for column in columns(table)]
    assert len(found) == COUNTS[table] + 1
    assert {len(row) for row in found} == {len(columns(table))}


def test_pandas_reads_numbers_and_texts_back(folder):
    statistics = pd.read_csv(
        folder / "statistics.csv", keep_default_na=False, na_values={"value": [""], "low": [""]}
    )
    assert statistics["text"].tolist() == ["12个", "近3200户", "1/3", "9007199254740993元", "12656.8万人"]
    assert statistics["value"].isna().tolist() == [False, False, False, False, True]
    assert statistics["low"].iloc[4] == -0.5
    documents = pd.read_csv(folder / "documents.csv", keep_default_na=False)
    assert documents["text"].iloc[0] == TEXT


def test_whole_numbers_are_exact_and_have_no_point(folder):
    rows = [
        dict(zip(*pair, strict=True))
        for pair in zip(
            [read(folder / "statistics.csv")[0]] * 5, read(folder / "statistics.csv")[1:], strict=True
        )
    ]
    assert [row["value"] for row in rows] == ["12", "3200", "0.3333333333333333", "9007199254740993", ""]
    assert rows[4]["high"] == "12656.8"


def test_texts_that_look_like_formulas_are_made_safe_and_numbers_are_not(folder):
    documents, statistics, entities = (
        read(folder / f"{t}.csv") for t in ("documents", "statistics", "entities")
    )
    assert documents[2][0] == "'-b"
    assert documents[2][2] == "'@标题"
    assert documents[2][-1].startswith("'=HYPERLINK")
    assert statistics[5][5] == "-0.5"
    assert entities[1][4] == "该社区; 社区; +社区"


def test_chinese_headers_keep_the_names_of_the_files(tmp_path):
    write(DOCUMENTS, tmp_path / "out", format="csv", headers="zh")
    assert read(tmp_path / "out" / "roles.csv")[0][4:7] == ["人物", "职务", "单位"]


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_each_start_of_a_formula_gets_an_apostrophe(start):
    assert safe_text(start + "1+1") == "'" + start + "1+1"


@pytest.mark.parametrize("text", ["", "'", "5-6", "“=”", "北京", " =1", "'北京'"])
def test_other_texts_stay(text):
    assert safe_text(text) == text


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠甲a1 ", max_size=8))
def test_no_cell_starts_a_formula_and_the_text_can_be_had_back(text):
    safe = safe_text(text)
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", safe)
    assert re.sub(r"\A'(?='*[=+\-@\t\r\n＝＋－＠])", "", safe) == text


@given(
    st.lists(
        st.lists(st.text(max_size=12).filter(lambda t: "\0" not in t), min_size=2, max_size=2), min_size=1
    )
)
def test_any_cell_reads_back(tmp_path_factory, rows):
    from extractor.writing.delimited import write_table

    path = tmp_path_factory.mktemp("csv") / "x.csv"
    kept = [[re.sub("[\ud800-\udfff]", "", cell) for cell in row] for row in rows]
    write_table(path, ["a", "b"], kept)
    assert read(path)[1:] == kept


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, ""),
        (0, "0"),
        (-5, "-5"),
        (10**21, "1" + "0" * 21),
        (12.5, "12.5"),
        (1e-7, "0.0000001"),
        (0.97, "0.97"),
    ],
)
def test_numbers_are_written_in_digits(number, text):
    assert number_text(number) == text
