"""The dictionaries that are shipped: sound, documented, and no false friends among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.lexicon.check import check_lexicon
from extractor.lexicon.files import lexicon_files, read_entries
from extractor.lexicon.lexicon import Lexicon, load_lexicon
from extractor.paths import default_model, models_folder

FOLDER = default_model() / "lexicon"
CODES = re.compile(r"[0-9]{6}|[A-Z]{2}(-[A-Z0-9]{3})?|")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(default_model())


def of_label(lexicon: Lexicon, term: str, label: str) -> list[tuple[str, str, bool]]:
    """Kind, codes and need of support of what is found of a term as a whole."""
    found = [entry for start, end, entry in lexicon.find(term) if end - start == len(term)]
    return [(entry.kind, entry.id, entry.context) for entry in found if entry.label == label]


@pytest.mark.parametrize("path", lexicon_files(FOLDER), ids=lambda path: path.stem)
def test_every_file_says_where_it_comes_from_and_stands_in_the_readme(path: Path):
    head = [line for line in path.read_text(encoding="utf-8").split("\n")[:6] if line.startswith("#")]
    assert re.search("by hand|Source: ", " ".join(head))
    assert path.name in (models_folder() / "README.md").read_text(encoding="utf-8")
    entries = read_entries(path)
    assert entries
    assert len({(one.term, one.label, one.kind, one.id, one.parent) for one in entries}) == len(entries)


def test_the_folder_has_no_errors(lexicon):
    errors = [problem for problem in check_lexicon(FOLDER, lexicon) if problem.severity == "error"]
    assert errors == []


def test_codes_are_codes_and_parents_are_there(lexicon):
    places = [
        entry
        for name in ("countries", "provinces", "cities", "counties", "taiwan")
        for entry in read_entries(FOLDER / f"{name}.tsv")
    ]
    assert len(places) > 6_500
    codes = {place.id for place in places}
    assert [place.term for place in places if not CODES.fullmatch(place.id)] == []
    assert [place.term for place in places if place.parent and place.parent not in codes] == []


def test_marks_are_on_forms_that_are_there(lexicon):
    marks = read_entries(FOLDER / "marks.tsv")
    assert {entry.label for entry in marks} == {"shaky", "sure", "dropped"}
    unused = [
        mark.term for mark in marks if not any(one.label.isupper() for one in lexicon.entries(mark.term))
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("中国", ("country", "CN", False)),
        ("奧地利", ("country", "AT", False)),
        ("紐西蘭", ("country", "NZ", False)),
        ("沙地阿拉伯", ("country", "SA", False)),
        ("内蒙古", ("province", "150000", False)),
        ("广西壮族自治区", ("province", "450000", False)),
        ("香港", ("province", "810000", False)),
        ("阿坝州", ("city", "513200", False)),
        ("北川羌族自治县", ("county", "510726", False)),
        ("北川县", ("county", "510726", False)),
        ("义乌", ("county", "330782", False)),
        ("仙桃市", ("county", "429004", False)),
        ("臺北", ("city", "TW-TPE", False)),
        ("日照", ("city", "371100", True)),
        ("海淀", ("county", "110108", False)),
        ("鼓楼区", ("county", "320106|320302|350102|410204", False)),
    ],
)
def test_places_have_kind_and_codes(lexicon, term, expected):
    (found,) = of_label(lexicon, lexicon_form(term), "LOC")
    assert found == expected


def lexicon_form(term: str) -> str:
    from extractor.text.script import to_shadow

    return to_shadow(term)


@pytest.mark.parametrize("term", ["资源", "成功", "南部", "公安", "共和"])
def test_common_words_are_no_places(lexicon, term):
    assert of_label(lexicon, term, "LOC") == []


@pytest.mark.parametrize(
    "term", ["国务院", "国家统计局", "全国人大常委会", "新华社", "中新网", "中央社", "路透社"]
)
def test_central_bodies_and_media_are_known(lexicon, term):
    assert of_label(lexicon, term, "ORG")
