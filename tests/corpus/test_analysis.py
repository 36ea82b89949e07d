from __future__ import annotations

import pickle
from functools import partial

import pytest

from extractor.corpus.analysis import Settings, about, fingerprint, prepare, to_document
from extractor.corpus.run import run
from extractor.corpus.sources import SourceText
from extractor.errors import ModelError


def source(text, **fields):
    return SourceText(doc_id="a", path="a.txt", text=text, **fields)


def test_what_the_text_does_not_say_the_file_says():
    document = to_document(
        source("常州今天有雨。", meta={"site": "江风网", "author": "沈若川；陆棠"}, extra={"栏目": "天气"})
    )
    assert (document.site, document.authors, document.extra) == (
        "江风网",
        ("沈若川", "陆棠"),
        {"栏目": "天气"},
    )
    assert (document.doc_id, document.path) == ("a", "a.txt")


def test_an_analysis_travels_to_other_processes():
    prepared = pickle.loads(pickle.dumps(partial(prepare, Settings())))
    (records,) = run([source("常州市下辖38个小区。")], prepared)
    assert [statistic.value for statistic in records.statistics] == [38]
    assert records.document.status == "ok"


def test_several_processes_give_the_same_records_in_the_same_order():
    texts = [SourceText(doc_id=str(n), path="", text=f"常州市有{n}家企业。") for n in range(2, 40)]
    alone, together = (list(run(texts, partial(prepare, Settings()), workers=workers)) for workers in (1, 2))
    assert [records.statistics[0].value for records in alone] == list(range(2, 40))
    assert together == alone


def test_a_missing_model_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(ModelError):
        prepare(Settings(model=tmp_path))


def test_an_output_says_what_made_it(tmp_path):
    (tmp_path / "own.tsv").write_text("term\tlabel\n", encoding="utf-8")
    made = about(Settings(lexicon=tmp_path))
    assert {
        "extractor",
        "python",
        "spacy",
        "segmenter",
        "model",
        "everything",
        "created",
        "lexicon",
    } <= made.keys()
    assert list(made["lexicon"]["files"]) == ["own.tsv"]
    assert made["model"].keys() == {"name", "version", "data"}
    assert made["segmenter"].startswith("rjieba ")
    assert "lexicon" not in about(Settings())


def test_a_fingerprint_follows_the_contents_only(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.tsv").write_text("term\n", encoding="utf-8")
    first = fingerprint(tmp_path / "one")
    assert first == fingerprint(tmp_path / "two")
    (tmp_path / "two" / "a.tsv").write_text("terms\n", encoding="utf-8")
    assert first != fingerprint(tmp_path / "two")
