"""What the tagger reads: codes of dictionaries, cues and rules for each character."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.tagger.features import CODES, STREAMS, Texts, stream_keys
from extractor.tagger.reading import (
    WORD_CUES,
    Evidence,
    Numbering,
    Proposal,
    TermHit,
    joined,
    read_text,
    rule_key,
)

NUMBERING = Numbering({"ns": 1, "n": 2}, {"org.head:55": 1, "place.name:60": 2})


def read(shadow: str, **evidence: object) -> Texts:
    return read_text(shadow, ([0], ["n"]), Evidence(**evidence), NUMBERING)  # type: ignore[arg-type]


def test_a_text_without_evidence_has_only_zeros() -> None:
    texts = read("东坪镇")
    assert sorted(texts.codes) == sorted(CODES)
    assert all(not texts.codes[name].any() for name in CODES)


def test_first_inner_last_and_only_characters_have_codes_of_their_own() -> None:
    codes = read("东坪镇人", cues=np.array([[0, 3, 0], [3, 4, 0]])).codes["word_cue"]
    assert codes.tolist() == [1, 2, 3, 4]


def test_the_longest_hit_covers_a_shorter_one() -> None:
    short, long = TermHit(0, 2, "LOC", "county", False), TermHit(0, 3, "LOC", "town", False)
    one = read("东坪镇", hits=[long, short]).codes["place"]
    assert one.tolist() == read("东坪镇", hits=[long]).codes["place"].tolist()


def test_the_strongest_proposal_covers_a_longer_weak_one() -> None:
    weak = Proposal(0, 4, "ORG", "org.other", 40)
    strong = Proposal(0, 3, "ORG", "org.head.office", 55)
    codes = read("东坪镇人", proposals=[weak, strong]).codes["organization_rule"].tolist()
    assert codes == [5, 6, 6 + 1, 3]


def test_an_unknown_rule_counts_as_number_zero() -> None:
    codes = read("东坪", proposals=[Proposal(0, 2, "LOC", "place.new", 50)]).codes["place_rule"]
    assert codes.tolist() == [1, 3]


def test_the_distance_to_the_next_tail_grows_towards_the_left() -> None:
    codes = read("东坪镇水务局", hits=[TermHit(5, 6, "org_head", "", False)]).codes["head"]
    near = codes.tolist()
    assert near == sorted(near, reverse=True)
    assert len(set(near)) > 3


def test_rules_of_one_family_and_priority_are_one() -> None:
    assert rule_key("name.two.title", 55) == rule_key("name.two.begin", 55) == "name.two:55"


@pytest.mark.parametrize("name", CODES)
def test_every_code_fits_its_table(name: str) -> None:
    size = {stream.name: 1 << stream.bits for stream in STREAMS}[name]
    many = Numbering({}, {f"rule.x:{n}": n for n in range(200)})
    evidence = Evidence(
        [
            TermHit(0, 2, label, kind, True)
            for label in ("LOC", "ORG", "x", "org_suffix")
            for kind in ("", "y")
        ],
        np.array([[0, 2, len(WORD_CUES) - 1]]),
        [Proposal(0, 2, label, "rule.x", 199) for label in ("PERSON", "ORG", "LOC")],
    )
    codes = read_text("东坪", ([0], ["n"]), evidence, many).codes[name]
    assert int(codes.max()) < size


def test_texts_one_after_another_read_as_each_alone() -> None:
    first, second = read("东坪镇", hits=[TermHit(0, 3, "LOC", "town", False)]), read("水务局")
    keys = stream_keys(joined([first, second]))
    assert len(keys) == len(STREAMS)
    here = [stream.name for stream in STREAMS].index("place")
    assert keys[here].tolist() == [*stream_keys(first)[here], *stream_keys(second)[here]]


def test_keys_fit_their_tables() -> None:
    keys = stream_keys(read("𠮷野家 Ａ１。龘"))
    assert all(key.min() >= 0 and key.max() < 1 << s.bits for key, s in zip(keys, STREAMS, strict=True))
    assert all(key.dtype == np.int32 for key in keys)
