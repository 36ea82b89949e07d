"""A run over many texts: order, faults, duplicates, processes."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest

from extractor.corpus.run import run
from extractor.corpus.sources import SourceText
from extractor.errors import InputError, ModelError
from extractor.records import DocumentInfo, DocumentRecords, Mention


def texts(*written):
    return [
        SourceText(doc_id=f"d{n}", path=f"d{n}.txt", text=text, extra={"n": n})
        for n, text in enumerate(written)
    ]


def analyse(source):
    """Mentions the whole text; 坏 raises, 故障 is an error of ours, 慢 takes its time, 死 kills the process."""
    if source.text == "坏":
        try:
            raise ZeroDivisionError("division\nby zero")
        except ZeroDivisionError as error:
            raise ValueError("component 'x' could not be run") from error
    if source.text == "故障":
        raise InputError(source.path, "cannot be analysed")
    if source.text == "慢":
        time.sleep(0.3)
    if source.text == "死":
        os._exit(9)
    info = DocumentInfo(doc_id=source.doc_id, path=source.path, text=source.text, extra=source.extra)
    whole = Mention(doc_id=source.doc_id, start=0, end=len(source.text), text=source.text, label="LOC")
    return DocumentRecords(document=info, mentions=(whole,))


def prepare():
    return analyse


def prepare_badly(error):
    raise error


def told(results):
    return [(r.document.doc_id, r.document.status, len(r.mentions)) for r in results]


@pytest.mark.parametrize("workers", [1, 2])
class TestRun:
    def test_results_come_in_the_order_of_the_texts(self, workers):
        inputs = texts("慢", *(f"第{n}篇" for n in range(60)))
        results = list(run(inputs, prepare, workers=workers))
        assert [r.document.text for r in results] == [source.text for source in inputs]
        assert {len(r.mentions) for r in results} == {1}

    def test_one_text_that_breaks_never_stops_the_others(self, workers):
        results = list(run(texts("甲", "坏", "乙", "故障"), prepare, workers=workers))
        assert told(results) == [("d0", "ok", 1), ("d1", "failed", 0), ("d2", "ok", 1), ("d3", "failed", 0)]
        assert results[1].document.error == "d1: ZeroDivisionError: division by zero"
        assert results[3].document.error == "d3.txt: cannot be analysed"
        assert (results[1].document.text, results[1].document.extra) == ("坏", {"n": 1})

    def test_what_could_not_be_read_is_a_failed_document_in_its_place(self, workers):
        first, second = texts("甲", "乙")
        fault = InputError("x.jsonl", "line 2: is not JSON", "write one object a line")
        results = list(run([first, fault, fault, second], prepare, workers=workers))
        assert told(results) == [
            ("d0", "ok", 1),
            ("x.jsonl", "failed", 0),
            ("x.jsonl#2", "failed", 0),
            ("d1", "ok", 1),
        ]
        assert results[1].document.error == "x.jsonl: line 2: is not JSON; write one object a line"

    def test_a_text_that_was_there_before_names_the_first(self, workers):
        results = list(run(texts("甲", "乙", "甲", "甲"), prepare, workers=workers))
        assert [r.document.duplicate_of for r in results] == ["", "", "d0", "d0"]
        assert [len(r.mentions) for r in results] == [1, 1, 1, 1]

    def test_no_texts(self, workers):
        assert list(run([], prepare, workers=workers)) == []

    def test_a_model_that_cannot_be_loaded_ends_the_run(self, workers):
        with pytest.raises(ModelError, match="m: holds no pipeline"):
            list(
                run(texts("甲"), partial(prepare_badly, ModelError("m: holds no pipeline")), workers=workers)
            )


def test_nothing_is_loaded_when_nothing_can_be_read():
    fault = InputError("x.txt", "is empty")
    results = list(run([fault], partial(prepare_badly, AssertionError("loaded"))))
    assert told(results) == [("x.txt", "failed", 0)]


def test_results_come_as_soon_as_they_are_there():
    seen = []

    def inputs():
        for source in texts("甲", "乙"):
            seen.append(source.doc_id)
            yield source

    results = run(inputs(), prepare)
    assert next(results).document.doc_id == "d0"
    assert seen == ["d0"]


def test_a_process_that_dies_costs_one_document():
    inputs = texts(*"甲乙死丙死丁", *(f"第{n}篇" for n in range(40)))
    results = list(run(inputs, prepare, workers=2))
    assert [r.document.doc_id for r in results] == [source.doc_id for source in inputs]
    failed = {r.document.text: r.document.error for r in results if r.document.status == "failed"}
    assert failed == {"死": "d4: the process that analysed it died (out of memory?)"}
    assert sum(r.document.status == "failed" for r in results) == 2


def test_an_unforeseen_fault_while_loading_is_told_once():
    with pytest.raises(ModelError, match="cannot be loaded: ZeroDivisionError: no luck"):
        list(run(texts("甲", "乙"), partial(prepare_badly, ZeroDivisionError("no luck")), workers=2))


def test_a_run_that_is_left_early_ends_its_processes():
    import multiprocessing

    results = run(texts(*(f"第{n}篇" for n in range(200))), prepare, workers=2)
    assert next(results).document.doc_id == "d0"
    assert len(multiprocessing.active_children()) > 0
    results.close()
    assert multiprocessing.active_children() == []


def test_inputs_are_not_read_far_ahead():
    taken = []

    def inputs():
        for source in texts("慢", *(f"第{n}篇" for n in range(5000))):
            taken.append(source.doc_id)
            yield source

    results = run(inputs(), prepare, workers=2)
    next(results)
    assert len(taken) < 500
    results.close()
