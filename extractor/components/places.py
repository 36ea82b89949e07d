"""PlaceMatcher: names of places, from dictionaries, heads, chains and one-letter forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components._division_units import DivisionUnits, DivisionWords
from extractor.components._left_edges import EdgeWords, LeftEdges
from extractor.components._place_heads import PlaceHeads, PlaceWords
from extractor.components._place_letters import find_letters
from extractor.components._place_units import (
    CERTAIN,
    LIKELY,
    Unit,
    known_units,
    leads_to,
    outermost,
    supported,
)
from extractor.components._words import Words, words_of
from extractor.components.state import Candidate, Hit
from extractor.lexicon.divisions import load_divisions
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.rules import load_rules

_SIDE = re.compile(r"[东西南北中]{1,2}[与和邻接临连靠至]")
_CONFIDENCE = {CERTAIN: 0.9, LIKELY: 0.75}


class PlaceMatcher:
    """Proposes LOC candidates: whole chains (四川省绵阳市涪城区) and each of their parts.

    Dictionary places count where the segmenter does not speak against their edges; those that are also
    common words only with support: a larger place before them, a full form in the document, a list.
    """

    def __init__(self, folder: Path, user: str = "") -> None:
        lexicon = load_lexicon(folder, Path(user) if user else None)
        rules = load_rules(folder / "rules" / "places.toml").rules
        self._letters = [rule for rule in rules if "places" not in rule.pattern.groupindex]
        self._lists = [rule for rule in rules if "places" in rule.pattern.groupindex]
        self._edge_words = EdgeWords(lexicon.terms("name_stop"), lexicon.terms("org_inner"))
        self._division_words = lexicon.terms("division_word")
        self._place_words = PlaceWords(
            lexicon.terms("place_stop"), lexicon.terms("not_after_place"), self._division_words
        )
        self._divisions = load_divisions(folder)
        self._division_lists = DivisionWords(
            lexicon.terms("place_stop"),
            lexicon.terms("division_tail"),
            self._division_words,
            _surnames(folder),
        )

    def __call__(self, doc: Doc) -> Doc:
        """The document with place candidates added."""
        text, words = state.shadow(doc), words_of(doc)
        hits = _by_label(state.hits(doc))
        known = known_units(hits.get("LOC", []), words, text, self._division_words, context=False)
        divisions = DivisionUnits(self._divisions, words, self._division_lists, known)
        listed, silenced = divisions.find(text)
        state.write_rows(doc, "silenced", silenced)
        units = outermost([*self._units(text, words, hits, known), *listed])
        found = [*_chained(units, text), *self._letter_candidates(text, words)]
        state.add_candidates(doc, found)
        return doc

    def _units(self, text: str, words: Words, hits: dict[str, list[Hit]], known: list[Unit]) -> list[Unit]:
        places = hits.get("LOC", [])
        shaky = known_units(places, words, text, self._division_words, context=True)
        anchors = {unit.end: unit.start for unit in known}
        edges = LeftEdges(text, words, self._edge_words, anchors)
        offices = {hit.start for hit in hits.get("org_head", [])}
        heads = PlaceHeads(edges, anchors, self._place_words, offices)
        headed = heads.find(hits.get("place_head", []), known, shaky)
        sure = outermost([*known, *headed])
        return outermost([*sure, *supported(shaky, sure, text), *self._listed(text, edges)])

    def _listed(self, text: str, edges: LeftEdges) -> Iterator[Unit]:
        """Names that only a list gives away: 甲、乙、丙等乡镇."""
        for rule in self._lists:
            for match in rule.pattern.finditer(text):
                start, end = match.span("places")
                for low, high in _items(text, start, end):
                    low = edges.short(high).start if low == start else self._without_side(text, low, high)
                    if high - low > 1 and text[low:high] not in self._place_words.stops:
                        yield Unit(low, high, "town", "", LIKELY, rule.id)

    def _without_side(self, text: str, low: int, high: int) -> int:
        """西与|柳林: a member of a list without the side on which it lies."""
        match = _SIDE.match(text, low, high)
        return match.end() if match else low

    def _letter_candidates(self, text: str, words: Words) -> Iterator[Candidate]:
        for place, rule in find_letters(text, words, self._letters):
            yield Candidate(place, place + 1, "LOC", "", rule, 0.8, LIKELY)


def _surnames(folder: Path) -> frozenset[str]:
    """Characters that are surnames more often than other words."""
    rows = read_codelist(folder / "codelists" / "name_characters.tsv")
    return frozenset(row["term"] for row in rows if row["surname"] and float(row["surname"]) > 1)


def _by_label(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.label, []).append(hit)
    return found


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between 、 in a stretch of text."""
    while start < end:
        stop = text.find("、", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _chained(units: Sequence[Unit], text: str) -> Iterator[Candidate]:
    """Every unit, and every run of units that go down, as candidates."""
    run: list[Unit] = []
    for unit in units:
        yield _candidate(unit.start, unit)
        if run and run[-1].end == unit.start and leads_to(run[-1], unit, text):
            run.append(unit)
            continue
        yield from _whole(run)
        run = [unit]
    yield from _whole(run)


def _whole(run: Sequence[Unit]) -> Iterator[Candidate]:
    if len(run) > 1:
        rule = "place.chain" if run[-1].priority == CERTAIN else "place.chain.headed"
        yield _candidate(run[0].start, run[-1])._replace(rule=rule)


def _candidate(start: int, unit: Unit) -> Candidate:
    confidence = _CONFIDENCE.get(unit.priority, 0.5)
    return Candidate(start, unit.end, "LOC", unit.kind, unit.rule, confidence, unit.priority)


@Language.factory("extractor_places", default_config={"folder": "", "user": ""})
def create_places(nlp: Language, name: str, folder: str, user: str) -> PlaceMatcher:
    """The component with the data of a pipeline folder (default: the shipped one) and a user's lexicon."""
    return PlaceMatcher(Path(folder) if folder else default_model(), user)
