from __future__ import annotations

import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from sample_records import ABOUT, COUNTS, DOCUMENTS

from extractor.columns import TABLES, columns
from extractor.errors import OutputError
from extractor.writing import excel, write
from extractor.writing.excel import CUT_NOTE, MOST_UNITS, cell_text, shown_width


@pytest.fixture
def book(tmp_path):
    write(DOCUMENTS, tmp_path / "out.xlsx", about=ABOUT)
    return openpyxl.load_workbook(tmp_path / "out.xlsx")


def with_text(text):
    records = DOCUMENTS[1]
    return replace(records, document=replace(records.document, text=text))


def test_a_sheet_a_table_and_what_made_them(book):
    assert book.sheetnames == [*TABLES, "about"]
    assert {table: book[table].max_row - 1 for table in TABLES} == COUNTS
    about = dict(book["about"].iter_rows(min_row=2, values_only=True))
    assert about == {
        "package": "extractor 0.1.0",
        "model.name": "zh_news",
        "model.version": "0.1.0",
        "date": "2024-01-02",
    }


def test_the_header_is_frozen_and_filtered(book):
    for table in TABLES:
        sheet = book[table]
        assert [cell.value for cell in sheet[1]] == [column.name for column in columns(table)]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).coordinate[:-1]}{sheet.max_row}"
        assert all(cell.font.bold for cell in sheet[1])


def test_no_cell_is_a_formula(book):
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert len(cells) > 100
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "inlineStr"}
    assert book["documents"]["T3"].value == DOCUMENTS[1].document.text


def test_an_error_value_is_a_text(tmp_path):
    write([with_text("#N/A")], tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["documents"]["T2"]
    assert (cell.data_type, cell.value) == ("s", "#N/A")


def test_numbers_are_numbers_and_flags_are_flags(book):
    row = [cell.value for cell in book["statistics"][2]]
    assert row[4:7] == [12, 12, 12]
    assert book["mentions"]["F2"].value is False
    assert book["entities"]["E2"].value == "该社区; 社区; +社区"


def test_pandas_reads_it(tmp_path):
    write(DOCUMENTS, tmp_path / "out.xlsx", headers="zh")
    found = pd.read_excel(tmp_path / "out.xlsx", sheet_name="statistics")
    assert found["数值"].tolist()[:2] == [12, 3200]
    assert found["单位"].tolist()[:2] == ["个", "户"]


def test_columns_are_as_wide_as_their_texts(book):
    sheet = book["statistics"]
    widths = {
        sheet.cell(1, n).value: sheet.column_dimensions[openpyxl.utils.get_column_letter(n)].width
        for n in range(1, 21)
    }
    assert 8 <= widths["unit"] < 15
    assert widths["sentence"] == 60
    assert widths["text"] == shown_width("9007199254740993元") + 1


@pytest.mark.parametrize(("text", "width"), [("", 0), ("ab", 2), ("北京", 4), ("北京a\n甲", 5), ("ａ（", 4)])
def test_full_width_characters_take_two_columns(text, width):
    assert shown_width(text) == width


def test_control_characters_are_left_out(tmp_path):
    write([with_text("甲\x00乙\x0b丙\ufffe\n丁")], tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["documents"]["T2"].value == "甲乙丙\n丁"


@pytest.mark.parametrize("character", ["字", "𠮷"])
def test_a_text_longer_than_a_cell_is_cut_and_counted(tmp_path, character):
    units = len(character.encode("utf-16-le")) // 2
    fits = character * (MOST_UNITS // units)
    assert cell_text(fits) == fits
    cut = cell_text(fits + character)
    assert cut.endswith(CUT_NOTE)
    assert MOST_UNITS - 1 <= len(cut.encode("utf-16-le")) // 2 <= MOST_UNITS
    write([with_text(fits + character)], tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book["documents"]["T2"].value == cut
    assert list(book["about"].iter_rows(min_row=2, values_only=True)) == [("cut.documents.text", "1 cells")]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 5)
    with pytest.raises(OutputError, match="statistics has 5 rows, a sheet holds 4; write parquet or sqlite"):
        write(DOCUMENTS, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_it_is_a_workbook_that_runs_nothing(tmp_path):
    write(DOCUMENTS, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 6
        assert not any(b"<f>" in parts.read(name) for name in sheets)


def test_an_interrupt_in_the_middle_of_a_workbook_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(sheets, output):
        raise KeyboardInterrupt

    monkeypatch.setattr(excel, "_about_sheet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(DOCUMENTS, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
