"""The quality gate: extraction against gold, with pinned floors (floors.toml)."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from functools import cache
from pathlib import Path

import pytest

from extractor.corpus.analysis import to_document
from extractor.corpus.sources import SourceText
from extractor.evaluation.scoring import score
from extractor.extraction import Extractor
from extractor.writing.jsonl import to_line

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def extracted(nlp, gold):
    """The machine output for the texts of the gold, as it comes back from JSON."""
    extractor = Extractor(nlp)
    sources = [SourceText(doc_id=row["id"], path="", text=row["text"]) for row in gold]
    return [json.loads(to_line(extractor.extract_document(to_document(source)))) for source in sources]


def assert_above(floors, reached):
    assert floors
    below = {
        name: (round(reached[name], 4), floor) for name, floor in floors.items() if reached[name] < floor
    }
    assert not below, f"below the floor (reached, floor): {below}"


def assert_grounded(gold, output):
    """Every record says in its own words what stands at its place in the source."""
    checked = 0
    for row, line in zip(gold, output, strict=True):
        for record in (*line["mentions"], *line["roles"], *line["statistics"]):
            assert row["text"][record["start"] : record["end"]] == record["text"]
            checked += 1
    assert checked > 0


@pytest.fixture(scope="module")
def measured(nlp):
    """A file of gold and the output for its texts, computed once."""

    @cache
    def measure(path):
        gold = read_lines(path)
        return gold, extracted(nlp, gold)

    return measure


@pytest.fixture(scope="module")
def pages(measured):
    return measured(HERE / "gold" / "pages.jsonl")


@pytest.fixture(scope="module", params=["pages", "news"])
def own(request, measured):
    return request.param, *measured(HERE / "gold" / f"{request.param}.jsonl")


@pytest.fixture(scope="module")
def article(measured, reference):
    return measured(reference / "gold" / "article.jsonl")


@pytest.fixture(scope="module", params=["article", "passages", "sentences"])
def outside(request, measured, reference):
    return request.param, *measured(reference / "gold" / f"{request.param}.jsonl")


def test_own_gold_is_reached(own):
    name, gold, output = own
    assert_above(FLOORS["own"][name], score(gold, output).as_floors())


def test_own_gold_is_grounded(own):
    _, gold, output = own
    assert_grounded(gold, output)


def test_own_pages_say_who_published_them_and_when(pages):
    gold, output = pages
    stated = [
        (row["id"], key, line["document"][key], value)
        for row, line in zip(gold, output, strict=True)
        for key, value in row["meta"].items()
    ]
    assert len(stated) > 20
    assert [fact for fact in stated if fact[2] != fact[3]] == []


def test_reference_gold_is_reached(outside):
    name, gold, output = outside
    assert_above(FLOORS["reference"][name], score(gold, output).as_floors())


def test_news_is_reached(measured, reference):
    gold, output = measured(reference / "corpora" / "news" / "dev.jsonl")
    assert len(gold) > 500
    assert_above(FLOORS["news"]["dev"], score(gold, output).as_floors())


def test_reference_gold_is_grounded(outside):
    _, gold, output = outside
    assert_grounded(gold, output)


def test_our_scores_are_those_of_the_reference_judge(outside, reference):
    _, gold, output = outside
    theirs, _ = judge(reference).score(by_id(gold), by_id(output), 0)
    ours = score(gold, output)
    figures = theirs["statistics"]
    assert [round(count.f1, 4) for count in ours.stages.values()] == [
        figures[key]["f1"] for key in list(figures)[:4]
    ]
    assert figures["span"]["gold"] > 0
    if "entities" in theirs:
        assert round(ours.entities.f1, 4) == theirs["entities"]["micro"]["f1"]
        assert {label: round(count.f1, 4) for label, count in ours.labels.items()} == {
            label: theirs["entities"][label]["f1"] for label in ours.labels
        }
        assert round(ours.roles.f1, 4) == theirs["roles"]["person+role+org"]["f1"]
    accuracy = figures["accuracy on matched spans"]
    assert len(accuracy) > 4
    assert {name: round(ours.fields[name][0] / ours.fields[name][1], 4) for name in accuracy} == accuracy


def judge(reference):
    spec = importlib.util.spec_from_file_location("reference_judge", reference / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_id(rows):
    return {row["id"]: row for row in rows}


def test_the_article_says_who_published_it_and_when(article):
    gold, output = article
    meta = gold[0]["meta"]
    assert len(meta) == 8
    assert {key: output[0]["document"][key] for key in meta} == meta


def test_nothing_comes_from_outside_the_body(article):
    gold, output = article
    end = gold[0]["meta"]["body_end"]
    found = [*output[0]["mentions"], *output[0]["roles"], *output[0]["statistics"]]
    assert len(found) > 40
    assert [record["text"] for record in found if record["start"] >= end] == []
