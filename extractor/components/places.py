"""PlaceMatcher: names of places, from dictionaries, heads, chains and one-letter forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components._left_edges import EdgeWords, LeftEdges
from extractor.components._place_letters import find_letters
from extractor.components._place_units import CERTAIN, LIKELY, PlaceWords, Unit, headed_units, known_units
from extractor.components._words import Words, words_of
from extractor.components.state import Candidate, Hit
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.text.rules import load_rules

_CONFIDENCE = {CERTAIN: 0.9, LIKELY: 0.75}


class PlaceMatcher:
    """Proposes LOC candidates: whole chains (四川省绵阳市涪城区) and each of their parts.

    Dictionary places count where the segmenter does not speak against their edges; those that are also
    common words only with support: a larger place before them, a full form in the document, a list.
    """

    def __init__(self, folder: Path, user: str = "") -> None:
        lexicon = load_lexicon(folder, Path(user) if user else None)
        self._letters = load_rules(folder / "rules" / "places.toml").rules
        self._edge_words = EdgeWords(lexicon.terms("name_stop"), lexicon.terms("org_inner"))
        self._place_words = PlaceWords(lexicon.terms("place_stop"), lexicon.terms("not_after_place"))

    def __call__(self, doc: Doc) -> Doc:
        """The document with place candidates added."""
        text, words = state.shadow(doc), words_of(doc)
        hits = _by_label(state.hits(doc))
        units = self._units(text, words, hits)
        found = [*_chained(units), *self._letter_candidates(text, words)]
        state.add_candidates(doc, found)
        return doc

    def _units(self, text: str, words: Words, hits: dict[str, list[Hit]]) -> list[Unit]:
        places = hits.get("LOC", [])
        known = known_units(places, words, context=False)
        shaky = known_units(places, words, context=True)
        edges = LeftEdges(text, words, self._edge_words, {unit.end: unit.start for unit in known})
        offices = {hit.start for hit in hits.get("org_head", [])}
        headed = headed_units(hits.get("place_head", []), [*known, *shaky], edges, self._place_words, offices)
        sure = _outermost([*known, *headed])
        return _outermost([*sure, *_supported(shaky, sure, text)])

    def _letter_candidates(self, text: str, words: Words) -> Iterator[Candidate]:
        for place, rule in find_letters(text, words, self._letters):
            yield Candidate(place, place + 1, "LOC", "", rule, 0.8, LIKELY)


def _by_label(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.label, []).append(hit)
    return found


def _outermost(units: Iterable[Unit]) -> list[Unit]:
    """Leftmost, then longest; none that overlaps one before it."""
    kept: list[Unit] = []
    for unit in sorted(units, key=lambda one: (one.start, -one.end, -one.priority)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


def _supported(shaky: Iterable[Unit], sure: Sequence[Unit], text: str) -> Iterator[Unit]:
    """Names that are also common words, where a place stands before them or the text has their full form."""
    ends = {unit.end: unit for unit in sure}
    ids = {unit.id for unit in sure if unit.id}
    stems = {text[unit.start : unit.end - 1] for unit in sure if unit.end - unit.start > 2}
    for unit in shaky:
        parent = ends.get(unit.start)
        named = unit.id in ids or text[unit.start : unit.end] in stems
        if named or (parent is not None and _leads_to(parent, unit)):
            yield unit


def _leads_to(parent: Unit, child: Unit) -> bool:
    """Whether a chain may go on from ``parent`` to ``child``: down, and not against their codes."""
    if parent.level >= child.level:
        return False
    if parent.id.isdigit() and child.id.isdigit():
        prefix = parent.id.rstrip("0")
        prefix += "0" * (len(prefix) % 2)
        return child.id.startswith(prefix)
    return True


def _chained(units: Sequence[Unit]) -> Iterator[Candidate]:
    """Every unit, and every run of units that go down, as candidates."""
    run: list[Unit] = []
    for unit in units:
        yield _candidate(unit.start, unit)
        if run and run[-1].end == unit.start and _leads_to(run[-1], unit):
            run.append(unit)
            continue
        yield from _whole(run)
        run = [unit]
    yield from _whole(run)


def _whole(run: Sequence[Unit]) -> Iterator[Candidate]:
    if len(run) > 1:
        yield _candidate(run[0].start, run[-1])._replace(rule="place.chain")


def _candidate(start: int, unit: Unit) -> Candidate:
    confidence = _CONFIDENCE.get(unit.priority, 0.5)
    return Candidate(start, unit.end, "LOC", unit.kind, unit.rule, confidence, unit.priority)


@Language.factory("extractor_places", default_config={"folder": "", "user": ""})
def create_places(nlp: Language, name: str, folder: str, user: str) -> PlaceMatcher:
    """The component with the data of a pipeline folder (default: the shipped one) and a user's lexicon."""
    return PlaceMatcher(Path(folder) if folder else default_model(), user)
