from __future__ import annotations

from pathlib import Path

import pytest
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.dictionary import create_dictionary
from extractor.components.state import Hit
from extractor.components.tokenizer import JiebaTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab())


def hits(tokenizer: JiebaTokenizer, text: str, user: str = "") -> list[Hit]:
    doc = create_dictionary(None, "dictionary", "", user)(tokenizer(text))  # type: ignore[arg-type]
    return state.hits(doc)


def test_hits_carry_code_kind_and_need_of_support(tokenizer):
    found = {(hit.start, hit.end): hit for hit in hits(tokenizer, "綿陽市涪城區") if hit.label == "LOC"}
    assert found[0, 3] == Hit(0, 3, "LOC", "city", "510700", False, False)
    assert found[3, 6] == Hit(3, 6, "LOC", "county", "510703", False, False)
    assert found[3, 5].context


def test_hits_come_by_start_and_longest_first(tokenizer):
    spans = [(hit.start, hit.end) for hit in hits(tokenizer, "四川省绵阳市国家统计局发布")]
    assert len(spans) > 4
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))


def test_a_users_names_and_silences_are_hits_of_the_user(tokenizer, tmp_path: Path):
    (tmp_path / "own.tsv").write_text(
        "term\tlabel\tid\n梧桐一号\tPRODUCT\tp-1\n绵阳\tnever\t\n", encoding="utf-8"
    )
    found = [hit for hit in hits(tokenizer, "梧桐一號在綿陽發布", str(tmp_path)) if hit.user]
    assert found == [
        Hit(0, 4, "PRODUCT", "", "p-1", True, False),
        Hit(5, 7, "never", "", "", True, False),
    ]


def test_a_users_name_wins_in_the_whole_pipeline_and_never_silences(tmp_path: Path):
    from extractor.pipeline import load

    rows = "梧桐一号\tPRODUCT\n柳湾\tLOC\n绵阳\tnever\n"
    (tmp_path / "own.tsv").write_text("term\tlabel\n" + rows, encoding="utf-8")
    nlp = load(lexicon=tmp_path)
    doc = nlp("梧桐一號在柳灣發布，綿陽沒有。")
    assert [(ent.text, ent.label_, ent.id_) for ent in doc.ents] == [
        ("梧桐一號", "PRODUCT", "dictionary.user"),
        ("柳灣", "LOC", "dictionary.user"),
    ]
