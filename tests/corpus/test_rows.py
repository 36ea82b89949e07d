from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.corpus.reading import read_inputs
from extractor.corpus.rows import iso_date, plain
from extractor.corpus.sources import Reading, SourceText
from extractor.errors import InputError


def read(path, **settings):
    return list(read_inputs([path], Reading(**settings)))


def lines(tmp_path, *rows):
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8"
    )
    return path


def told(found):
    """Ids of texts and messages of errors, without the path."""
    return [e.doc_id if isinstance(e, SourceText) else f"{e.problem}; {e.remedy}" for e in found]


class TestJsonLines:
    def test_a_text_a_line_with_its_further_keys(self, tmp_path):
        path = lines(
            tmp_path,
            {"id": "x", "text": "甲", "url": "u", "n": [1, {"k": None}]},
            "",
            {"text": "乙", "id": 7},
        )
        first, second = read(path)
        assert first == SourceText(
            doc_id="x", path=str(path), text="甲", extra={"url": "u", "n": [1, {"k": None}]}
        )
        assert (second.doc_id, second.text, dict(second.extra)) == ("7", "乙", {})

    def test_a_line_without_id_is_named_by_file_and_line(self, tmp_path):
        path = lines(tmp_path, {"text": "甲"}, "", {"text": "乙", "id": None})
        assert told(read(path)) == ["a:1", "a:3"]

    def test_a_line_at_fault_is_named_and_the_others_are_read(self, tmp_path):
        found = read(
            lines(
                tmp_path,
                {"id": "1", "text": "甲"},
                '{"id": ',
                "[1]",
                '"文"',
                {"id": "5"},
                {"id": "6", "text": 6},
                {"text": " "},
                {"id": "8", "text": "乙"},
            )
        )
        assert told(found) == [
            "1",
            "line 2: is not JSON (Expecting value at character 8); write one object a line",
            'line 3: is no JSON object; write {"id": …, "text": …}',
            'line 4: is no JSON object; write {"id": …, "text": …}',
            "line 5: has no key 'text', only id; name the key that holds the text (--text-column)",
            "line 6: text is no text but 6; give the text as a string",
            "line 7: the text is empty; fill it in, or leave it out",
            "8",
        ]

    def test_an_id_that_comes_twice_is_a_fault_of_its_second_line(self, tmp_path):
        found = read(
            lines(tmp_path, {"id": "x", "text": "甲"}, {"id": "x", "text": "乙"}, {"id": "y", "text": "丙"})
        )
        assert told(found) == [
            "x",
            "line 2: the id 'x' stands in line 1 already; give each text its own id",
            "y",
        ]

    def test_the_same_id_in_two_files_is_told_apart_by_the_file(self, tmp_path):
        for name in ("a.jsonl", "b.jsonl"):
            (tmp_path / name).write_text('{"id": "1", "text": "甲"}', encoding="utf-8")
        assert told(read(tmp_path)) == ["1", "b:1"]

    def test_usual_and_chosen_keys(self, tmp_path):
        path = lines(tmp_path, {"编号": "n", "正文": "甲", "摘要": "乙"})
        assert [(s.doc_id, s.text) for s in read(path)] == [("n", "甲")]
        assert [(s.doc_id, s.text) for s in read(path, text_column="摘要", id_column="正文")] == [
            ("甲", "乙")
        ]

    def test_gb18030(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_bytes('{"id": "一", "text": "江岸社区下辖十二个小区，居民三千多户"}'.encode("gb18030"))
        assert told(read(path)) == ["一"]

    def test_a_line_in_another_encoding_is_a_fault_of_its_own(self, tmp_path):
        path = tmp_path / "a.jsonl"
        rows = [
            json.dumps({"id": str(n), "text": "江岸社区下辖十二个小区"}, ensure_ascii=False) for n in range(3)
        ]
        lines = (rows[0].encode(), b" " * 70_000, rows[1].encode("gb18030"), rows[2].encode())
        path.write_bytes(b"\n".join(lines))
        assert told(read(path)) == ["0", "line 3: is not utf-8; mend it, or name another --encoding", "2"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_large_file_in_any_encoding(self, tmp_path, encoding, end):
        path = tmp_path / "a.jsonl"
        text = "江岸社区下辖十二个小区，居民三千多户"
        rows = [json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n in range(2500)]
        path.write_bytes(end.join(rows).encode(encoding))
        found = read(path)
        assert told(found) == [str(n) for n in range(2500)]
        assert {source.text for source in found} == {text}

    def test_what_a_line_says_of_its_document(self, tmp_path):
        row = {
            "text": "甲",
            "title": "题",
            "date": "2023年5月8日",
            "author": ["李晓梅", "陈静"],
            "来源": "东湖日报",
            "editor": 3,
        }
        (source,) = read(lines(tmp_path, row))
        assert dict(source.meta) == {
            "title": "题",
            "published": "2023-05-08",
            "publisher": "东湖日报",
            "author": "李晓梅; 陈静",
        }
        assert set(source.extra) == set(row) - {"text"}

    def test_no_text_holds_half_a_character(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(
            '{"id": "\\ud800", "text": "甲\\udc00乙\\ud83d\\ude00", "k": {"\\ud801": ["\\udfff", NaN]}}',
            encoding="utf-8",
        )
        (source,) = read(path)
        assert (source.doc_id, source.text) == ("\ufffd", "甲\ufffd乙😀")
        assert dict(source.extra) == {"k": {"\ufffd": ["\ufffd", None]}}

    def test_deep_nesting_and_huge_numbers_are_faults_of_their_line(self, tmp_path):
        found = read(
            lines(
                tmp_path,
                '{"text": "甲", "k": ' + "[" * 200_000,
                '{"text": "乙", "k": ' + "9" * 5000 + "}",
                {"id": "z", "text": "丙"},
            )
        )
        assert len(found) == 3
        assert [isinstance(entry, InputError) for entry in found] == [True, True, False]

    @given(
        st.lists(
            st.text(
                alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1
            ).filter(str.strip),
            min_size=1,
        )
    )
    def test_any_text_comes_through_as_it_is(self, tmp_path_factory, texts):
        path = lines(
            tmp_path_factory.mktemp("j"), *({"id": f"n{n}", "text": text} for n, text in enumerate(texts))
        )
        assert [source.text for source in read(path)] == texts


class TestJson:
    def test_a_list_of_objects(self, tmp_path):
        (tmp_path / "a.json").write_text('[{"id": "x", "text": "甲"}, {"text": "乙"}, 3]', encoding="utf-8")
        assert told(read(tmp_path / "a.json")) == [
            "x",
            "a:2",
            'item 3: is no JSON object; write {"id": …, "text": …}',
        ]

    def test_one_object(self, tmp_path):
        (tmp_path / "a.json").write_text('{\n "id": "x",\n "text": "甲"}', encoding="utf-8")
        assert told(read(tmp_path / "a.json")) == ["x"]

    def test_json_lines_under_the_name_of_json(self, tmp_path):
        (tmp_path / "a.json").write_text(
            '{"id": "x", "text": "甲"}\n{"id": "y", "text": "乙"}\n', encoding="utf-8"
        )
        assert told(read(tmp_path / "a.json")) == ["x", "y"]

    def test_no_json(self, tmp_path):
        (tmp_path / "a.json").write_text("文", encoding="utf-8")
        assert told(read(tmp_path / "a.json")) == [
            "is not JSON (Expecting value at character 1); check the file"
        ]


TABLE = pd.DataFrame(
    {"id": ["x", "y"], "标题": ["甲题", "乙题"], "正文": ["甲\n甲", "乙，乙"], "页": [1, 2]},
)


def written(tmp_path, kind):
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        TABLE.to_csv(path, index=False)
    elif kind == "tsv":
        TABLE.to_csv(path, index=False, sep="\t")
    elif kind == "xlsx":
        TABLE.to_excel(path, index=False)
    else:
        TABLE.to_parquet(path)
    return path


@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx", "parquet"])
class TestTables:
    def test_a_text_a_row(self, tmp_path, kind):
        found = read(written(tmp_path, kind))
        assert [(s.doc_id, s.text, s.meta["title"]) for s in found] == [
            ("x", "甲\n甲", "甲题"),
            ("y", "乙，乙", "乙题"),
        ]
        assert [str(s.extra["页"]) for s in found] == ["1", "2"]

    def test_columns_can_be_chosen(self, tmp_path, kind):
        found = read(written(tmp_path, kind), text_column="标题", id_column="页")
        assert [(s.doc_id, s.text) for s in found] == [("1", "甲题"), ("2", "乙题")]

    def test_a_column_that_is_not_there(self, tmp_path, kind):
        path = written(tmp_path, kind)
        listed = "only id, 标题, 正文, 页"
        remedy = "name the column that holds the text (--text-column)"
        assert told(read(path, text_column="body")) == [f"has no column 'body', {listed}; {remedy}"]
        assert f"has no column 'nr', {listed}" in told(read(path, id_column="nr"))[0]

    def test_an_empty_text_is_named_by_its_row(self, tmp_path, kind, monkeypatch):
        table = TABLE.assign(正文=["甲", None])
        monkeypatch.setattr(f"{__name__}.TABLE", table)
        found = told(read(written(tmp_path, kind)))
        assert found == ["x", "row 2: the text is empty; fill it in, or leave it out"]


class TestCsv:
    def test_windows_excel_writes_semicolons_and_gb18030(self, tmp_path):
        rows = 'id;正文\r\n1;"江岸社区下辖十二个小区；居民三千多户"\r\n'
        (tmp_path / "t.csv").write_bytes(rows.encode("gb18030"))
        assert [s.text for s in read(tmp_path / "t.csv")] == ["江岸社区下辖十二个小区；居民三千多户"]

    def test_blank_rows_are_no_texts_and_short_rows_are(self, tmp_path):
        (tmp_path / "t.csv").write_text("text,a,b\n甲\n,,\n\n乙,1,2,3\n", encoding="utf-8-sig")
        assert [(s.doc_id, dict(s.extra)) for s in read(tmp_path / "t.csv")] == [
            ("t:1", {}),
            ("t:4", {"a": "1", "b": "2"}),
        ]

    def test_a_cell_of_a_million_characters(self, tmp_path):
        (tmp_path / "t.csv").write_text("text\n" + "长" * 1_000_000, encoding="utf-8")
        assert [len(s.text) for s in read(tmp_path / "t.csv")] == [1_000_000]

    def test_column_names_in_any_case(self, tmp_path):
        (tmp_path / "t.csv").write_text("ID,Text\n7,甲\n", encoding="utf-8")
        assert [s.text for s in read(tmp_path / "t.csv")] == ["甲"]


class TestExcel:
    def test_the_sheet_with_the_texts_is_found(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["说明"])
        sheet = book.create_sheet("数据")
        for row in (
            ["编号", "内容", "日期"],
            [1, "甲", datetime(2023, 5, 8, 9, 30)],
            [None, None, None],
            [2, 3.5, None],
        ):
            sheet.append(row)
        book.save(tmp_path / "t.xlsx")
        found = read(tmp_path / "t.xlsx")
        assert told(found) == ["1", "row 3: 内容 is no text but 3.5; give the text as a string"]
        assert (found[0].meta, dict(found[0].extra)) == (
            {"published": "2023-05-08T09:30:00"},
            {"日期": "2023-05-08T09:30:00"},
        )

    def test_no_sheet_has_texts(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["a", "b"])
        book.save(tmp_path / "t.xlsx")
        assert told(read(tmp_path / "t.xlsx"))[0].startswith("has no column 'text', only a, b; ")

    def test_an_empty_sheet(self, tmp_path):
        openpyxl.Workbook().save(tmp_path / "t.xlsx")
        assert told(read(tmp_path / "t.xlsx")) == ["has no column 'text'; the first row names the columns"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("t.xlsx", "is no Excel workbook, or is damaged"), ("t.parquet", "is no Parquet file, or is damaged")],
)
@pytest.mark.parametrize("data", [b"nothing of the kind", b"PK\x03\x04 broken", b"PAR1 broken PAR1"])
def test_damaged_files(tmp_path, name, problem, data):
    (tmp_path / name).write_bytes(data)
    (line,) = told(read(tmp_path / name))
    assert line.startswith(problem)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-05-08", "2023-05-08"),
        ("2023/5/8", "2023-05-08"),
        ("2023年5月8日 9:30", "2023-05-08T09:30:00"),
        ("2023-05-08T09:30:15+08:00", "2023-05-08T09:30:15"),
        ("2023-05-08 25:00", ""),
        ("2023-13-01", ""),
        ("昨天", ""),
        ("", ""),
    ],
)
def test_dates_are_iso(written, iso):
    assert iso_date(written) == iso


def test_cells_of_any_type_become_json():
    cells = [
        date(2023, 5, 8),
        Decimal("1.5"),
        float("nan"),
        2,
        True,
        None,
        b"x",
        [Decimal(2)],
        {"k": date(2023, 1, 1)},
    ]
    expected = ["2023-05-08", 1.5, None, 2, True, None, "b'x'", [2], {"k": "2023-01-01"}]
    assert [plain(cell) for cell in cells] == expected
