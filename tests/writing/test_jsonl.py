from __future__ import annotations

import io
import json

import pytest
from sample_records import DOCUMENTS, TEXT

from extractor.columns import columns
from extractor.writing import write
from extractor.writing.jsonl import stream, to_line


@pytest.fixture
def lines(tmp_path):
    write(DOCUMENTS, tmp_path / "out.jsonl")
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_line_a_document(lines):
    assert [line["id"] for line in lines] == ["news/a", "-b", "news/c"]
    assert all(
        list(line) == ["id", "document", "mentions", "entities", "roles", "statistics"] for line in lines
    )


def test_the_keys_are_the_columns(lines):
    first = lines[0]
    assert list(first["document"]) == [column.name for column in columns("documents")]
    for table in ("mentions", "entities", "roles", "statistics"):
        assert len(first[table]) > 0
        assert list(first[table][0]) == [column.name for column in columns(table)]


def test_numbers_are_json_numbers(lines):
    values = [s["value"] for line in lines for s in line["statistics"]]
    assert values == [12, 3200, 1 / 3, 9007199254740993, None]
    assert [type(value) for value in values] == [int, int, float, int, type(None)]
    assert lines[1]["statistics"][1]["high"] == 12656.8


def test_lists_are_lists_and_extra_is_an_object(lines):
    assert lines[0]["document"]["authors"] == ["李晓梅", "陈静"]
    assert lines[0]["document"]["extra"] == {"栏目": "社会", "得票": 1.5}
    assert lines[0]["entities"][0]["parents"] == ["湖北省", "武汉市"]
    assert lines[0]["mentions"][0]["nested"] is False


def test_texts_stay_as_they_are_and_a_line_is_one_line(lines):
    assert lines[0]["document"]["text"] == TEXT
    assert lines[1]["document"]["text"].startswith("=HYPERLINK")
    assert "\n" not in to_line(DOCUMENTS[0])


def test_a_failed_document_says_why(lines):
    assert (lines[2]["document"]["status"], lines[2]["document"]["error"]) == (
        "failed",
        "news/c.txt: is empty",
    )


def test_a_document_is_written_before_the_next_is_made():
    file = io.StringIO()
    seen = []

    def documents():
        for records in DOCUMENTS:
            seen.append(file.getvalue().count("\n"))
            yield records

    stream(documents(), file)
    assert seen == [0, 1, 2]


def test_separators_that_json_allows_inside_a_string_do_not_split_the_line():
    text = "甲\u2028乙\x85丙"
    records = DOCUMENTS[0]
    from dataclasses import replace

    line = to_line(replace(records, document=replace(records.document, text=text)))
    assert json.loads(line)["document"]["text"] == text
