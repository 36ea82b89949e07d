from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import spacy

import extractor
from extractor.errors import InputError, LexiconError, ModelError, OutputError

TEXT = "常州市下辖38个小区、4300户居民。常州市市长顾明澜说，商户有750余家。"


@pytest.fixture(scope="module")
def result():
    return extractor.extract(TEXT)


def test_a_string_is_always_a_text(result, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("常州.txt").write_text(TEXT, encoding="utf-8")
    assert extractor.extract("常州.txt").documents.loc[0, "text"] == "常州.txt"
    assert result.documents.loc[0, "text"] == TEXT


def test_a_path_is_always_a_file(tmp_path):
    file = tmp_path / "新闻.txt"
    file.write_text(TEXT, encoding="gb18030")
    found = extractor.extract(file)
    assert found.documents.loc[0, ["doc_id", "path", "text"]].tolist() == ["新闻", str(file), TEXT]
    with pytest.raises(InputError, match=r"没有\.txt: "):
        extractor.extract(tmp_path / "没有.txt")


def test_a_document_is_taken_as_it_is():
    document = extractor.read_document(TEXT, doc_id="mine")
    found = extractor.extract(document)
    assert found.records[0].document.doc_id == "mine"
    assert len(found.statistics) == 3


def test_many_texts_of_every_kind_stay_in_order(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(TEXT, encoding="utf-8")
    paths = [tmp_path / "a" / "1.txt", tmp_path / "b" / "1.txt"]
    found = extractor.extract([*paths, "常州有雨。", extractor.read_document("很好。", doc_id="d")])
    assert found.documents["text"].tolist() == [TEXT, TEXT, "常州有雨。", "很好。"]
    assert len(set(found.documents["doc_id"])) == len(found) == 4


def test_a_generator_of_texts_will_do():
    assert len(extractor.extract(text for text in (TEXT, TEXT))) == 2


@pytest.mark.parametrize(
    "given",
    [
        spacy.blank("zh")(TEXT),
        TEXT.encode(),
        {"正文": TEXT},
        {TEXT},
        pd.DataFrame({"正文": [TEXT]}),
        io.StringIO(TEXT),
        5,
        None,
        [5],
        [TEXT, None],
        [TEXT.encode()],
        pd.Series([TEXT, float("nan")]),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_text_is_refused(given):
    with pytest.raises(TypeError, match=r"^extract\(\) takes a text \(str\), a file"):
        extractor.extract(given)


def test_what_is_wrong_is_named_by_its_number():
    with pytest.raises(TypeError, match=r"number 2 is float \(nan\)"):
        extractor.extract(pd.Series([TEXT, float("nan")]))


def test_a_column_of_texts_will_do():
    assert len(extractor.extract(pd.Series([TEXT, TEXT]))) == 2


def test_nothing_gives_empty_tables_with_their_columns():
    found = extractor.extract([])
    assert len(found) == 0
    for table in ("documents", "mentions", "entities", "roles", "statistics"):
        assert len(getattr(found, table)) == 0
        assert list(getattr(found, table).columns)


def test_tables(result):
    assert result.statistics["text"].tolist() == ["38个", "4300户", "750余家"]
    assert result.statistics["value"].tolist() == [38, 4300, 750]
    assert result.statistics["modifier"].tolist() == ["exact", "exact", "more"]
    assert result.roles[["person", "role", "org"]].to_numpy().tolist() == [["顾明澜", "市长", "常州市"]]
    assert set(result.entities["name"]) == {"常州市", "顾明澜"}
    assert result.documents.loc[0, "statistics"] == 3


def test_every_row_is_grounded_in_the_text(result):
    rows = pd.concat([result.mentions, result.roles, result.statistics])
    assert len(rows) > 5
    assert [TEXT[row.start : row.end] for row in rows.itertuples()] == rows["text"].tolist()


def test_records_are_exact_and_typed(result):
    (records,) = result.records
    assert [statistic.value for statistic in records.statistics] == [38, 4300, 750]
    assert type(records.statistics[0].value) is int


def test_entities_are_one_row_over_all_documents():
    found = extractor.extract([TEXT, TEXT])
    one = extractor.extract(TEXT)
    assert found.entities["name"].tolist() == one.entities["name"].tolist()
    assert found.entities["mentions"].tolist() == [2 * count for count in one.entities["mentions"]]
    assert set(found.entities["documents"]) == {2}


def test_everything_reads_the_whole_page(samples):
    page = samples / "community.txt"
    notice = "江風（常州）"
    body, whole = (extractor.extract(page, everything=everything) for everything in (False, True))
    assert len(whole.docs[0].text) > len(body.docs[0].text)
    assert notice not in body.docs[0].text


def test_docs_are_spacy_docs(result):
    (doc,) = result.docs
    assert doc.text == TEXT
    assert {(entity.text, entity.label_) for entity in doc.ents} == {
        ("常州市", "LOC"),
        ("顾明澜", "PERSON"),
    }


def test_what_it_says_of_itself(result):
    assert repr(result) == f"<Extraction: 1 document, {len(result.mentions)} mentions, 1 role, 3 statistics>"
    page = result._repr_html_()
    assert "<mark" in page
    assert "750余家" in page


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("to_csv", "表"),
        ("to_excel", "表.xlsx"),
        ("to_parquet", "表.parquet"),
        ("to_jsonl", "表.jsonl"),
        ("to_sqlite", "表.sqlite"),
        ("to_sdmx", "表.csv"),
        ("to_html", "表.html"),
    ],
)
def test_every_format_is_written_once(method, name, result, tmp_path):
    write = getattr(result, method)
    assert write(tmp_path / name) == tmp_path / name
    assert (tmp_path / name).exists()
    with pytest.raises(OutputError, match=r"exists already; .* force=True "):
        write(tmp_path / name)
    write(str(tmp_path / name), force=True)


def test_the_method_decides_the_format_whatever_the_name(result, tmp_path):
    result.to_jsonl(tmp_path / "表.txt")
    assert json.loads((tmp_path / "表.txt").read_text(encoding="utf-8"))["id"] == "1"


def test_outputs_say_what_made_them(result, tmp_path):
    made = json.loads((result.to_csv(tmp_path / "表") / "run.json").read_text(encoding="utf-8"))
    assert made["extractor"] == extractor.__version__
    assert made["model"]["name"] == "zh_news"
    assert made["created"][:2] == "20"


def test_chinese_headers(result, tmp_path):
    book = openpyxl.load_workbook(result.to_excel(tmp_path / "表.xlsx", headers="zh"), read_only=True)
    assert [cell.value for cell in next(book["statistics"].rows)][:4] == ["文档编号", "起点", "终点", "原文"]
    assert "数值" in result.frame("statistics", headers="zh").columns


def test_own_dictionaries_win(tmp_path):
    (tmp_path / "own.tsv").write_text("term\tlabel\n商户\tPARTY\n", encoding="utf-8")
    found = extractor.extract(TEXT, lexicon=tmp_path)
    assert found.mentions.query("label == 'PARTY'")["text"].tolist() == ["商户"]
    made = json.loads((found.to_csv(tmp_path / "out") / "run.json").read_text(encoding="utf-8"))
    assert list(made["lexicon"]["files"]) == ["own.tsv"]


def test_a_dictionary_that_was_changed_is_read_again(tmp_path):
    file = tmp_path / "own.tsv"
    for label in ("PARTY", "SHOP"):
        file.write_text(f"term\tlabel\n商户\t{label}\n", encoding="utf-8")
        assert label in set(extractor.extract(TEXT, lexicon=tmp_path).mentions["label"])


def test_a_fault_is_raised_as_what_it_is(tmp_path):
    with pytest.raises(LexiconError):
        len(extractor.extract(TEXT, lexicon=tmp_path / "none").records)
    with pytest.raises(ModelError):
        len(extractor.extract(TEXT, model=tmp_path).records)


def test_load_gives_the_spacy_pipeline():
    nlp = extractor.load()
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["quantities"]] == ["38个", "4300户", "750余家"]
