from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import LexiconError
from extractor.lexicon.entries import Entry
from extractor.lexicon.lexicon import Lexicon, build_lexicon, load_lexicon
from extractor.paths import default_model
from extractor.text.script import to_shadow
from tests.conftest import unmark


def dictionary(folder: Path, rows: str, name: str = "own.tsv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("term\tlabel\tid\taliases\tcontext\n" + rows, encoding="utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A small pipeline folder."""
    rows = "柳湾市\tLOC\t990100\t柳湾\t\n柳湾区\tLOC\t990203\t\t\n柳湾区\tLOC\t980102\t\t\n和平\tLOC\t990301\t\tyes\n长河\tLOC\t\t\t\n"
    (tmp_path / "model").mkdir()
    dictionary(tmp_path / "model" / "lexicon", rows, "places.tsv")
    return tmp_path / "model"


def hits(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    shadow = to_shadow(text)
    return [(text[start:end], entry.label) for start, end, entry in lexicon.find(shadow)]


def test_terms_of_either_script_are_found_in_either_script(model, tmp_path):
    lexicon = load_lexicon(model, dictionary(tmp_path / "own", "梧桐讀書會\tORG\t\t\t\n"))
    assert hits(lexicon, "梧桐读书会在柳灣市") == [("梧桐读书会", "ORG"), ("柳灣市", "LOC"), ("柳灣", "LOC")]
    assert hits(lexicon, "梧桐讀書會") == [("梧桐讀書會", "ORG")]
    assert lexicon.entries("柳灣")[0].id == "990100"


def test_a_name_that_two_places_share_keeps_both_codes(model):
    ((_, _, entry),) = [one for one in load_lexicon(model).find("柳湾区") if one.end == 3]
    assert entry.id == "990203|980102"
    assert [one.id for one in load_lexicon(model).entries("柳湾区")] == ["990203", "980102"]


def test_a_users_row_takes_the_place_of_the_shipped_ones(model, tmp_path):
    own = dictionary(tmp_path / "own", "柳湾\tBRAND\t\t\t\n长河\tnever\t\t\t\n")
    lexicon = load_lexicon(model, own)
    assert hits(lexicon, "柳湾牌，长河") == [("柳湾", "BRAND"), ("长河", "never")]
    assert [entry.user for entry in lexicon.entries("柳湾")] == [True, False]
    assert sorted(form for form, _ in lexicon.user_terms()) == ["柳湾", "长河"]


def test_a_users_word_leaves_the_shipped_name_alone(model, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "words.txt").write_text("柳湾 3\n", encoding="utf-8")
    assert hits(load_lexicon(model, own), "柳湾") == [("柳湾", "LOC")]


def test_marks_settle_what_a_form_is_worth(model):
    marks = "和平\tsure\t\t\t\n长河\tdropped\t\t\t\n柳湾\tshaky\t\t\t\n"
    dictionary(model / "lexicon", marks, "marks.tsv")
    lexicon = load_lexicon(model)
    found = {
        to_shadow("和平柳湾市长河")[one.start : one.end]: one.entry.context
        for one in lexicon.find("和平柳湾市长河")
    }
    assert found == {"和平": False, "柳湾市": False, "柳湾": True}
    assert {entry.label for entry in lexicon.entries("长河")} == {"LOC", "dropped"}


@pytest.mark.parametrize("marked", ["用【UIC】和【UIC】卡", "(【UIC】)发布", "MUIC", "UICs", "UIC2的"])
def test_latin_names_are_no_part_of_longer_ones(marked):
    text, expected = unmark(marked)
    lexicon = build_lexicon([Entry("UIC", "ORG")])
    assert [(start, end) for start, end, _ in lexicon.find(text)] == expected


def test_classes_that_are_not_searched_can_be_looked_up():
    lexicon = build_lexicon([Entry("何", "surname"), Entry("村", "place_head"), Entry("何村", "LOC")])
    assert lexicon.terms("surname") == {"何"}
    assert hits(lexicon, "何村") == [("何村", "LOC"), ("村", "place_head")]
    assert lexicon.terms("nothing") == frozenset()
    assert lexicon.labels() == {"surname", "place_head", "LOC"}


def test_the_same_files_give_the_same_lexicon_and_edited_ones_another(model, tmp_path):
    own = dictionary(tmp_path / "own", "梧桐\tORG\t\t\t\n")
    first = load_lexicon(model, own)
    assert load_lexicon(model, own) is first
    dictionary(own, "梧桐\tORG\t\t\t\n柳树\tORG\t\t\t\n")
    assert hits(load_lexicon(model, own), "柳树") == [("柳树", "ORG")]


def test_a_folder_without_dictionaries_is_refused(model, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "absent"):
        with pytest.raises(LexiconError, match=r"holds no dictionary; put a \.tsv"):
            load_lexicon(model, folder)


def test_an_empty_lexicon_finds_nothing():
    lexicon = build_lexicon([])
    assert (lexicon.find("柳湾"), lexicon.entries("柳湾"), lexicon.user_terms()) == ([], (), [])


@given(
    st.lists(st.text("柳湾河村甲乙", min_size=1, max_size=4), max_size=12),
    st.text("柳湾河村甲乙。", max_size=30),
)
def test_it_finds_what_a_plain_search_finds(terms, text):
    lexicon = build_lexicon([Entry(term, "LOC") for term in terms])
    plain = {
        (start, start + len(term))
        for term in terms
        for start in range(len(text))
        if text.startswith(term, start)
    }
    found = [(start, end) for start, end, _ in lexicon.find(text)]
    assert found == sorted(plain, key=lambda span: (span[0], -span[1]))


@pytest.mark.slow
def test_a_hundred_thousand_terms_load_fast_and_are_found(tmp_path):
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 50)]
    terms = [f"{a}{b}{c}号" for a in characters for b in characters for c in characters[:40]]
    own = dictionary(tmp_path / "own", "".join(f"{term}\tPRODUCT\tp-1\t\t\n" for term in terms))
    load_lexicon(default_model())
    began = time.process_time()
    lexicon = load_lexicon(default_model(), own)
    spent = time.process_time() - began
    assert len(terms) == 100_000
    assert hits(lexicon, f"买了{terms[777]}。")[0] == (terms[777], "PRODUCT")
    assert spent < 2.0, "half a second on an idle machine; tests share theirs"
