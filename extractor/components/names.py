"""People: Chinese names by their characters, the words around and the segmenter; forms; repetition.

Proposes spans only; the resolver decides which of them become mentions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from spacy.attrs import IDX, LENGTH, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractor import paths
from extractor.components import state
from extractor.components._name_cues import Terms, name_cues
from extractor.components._name_evidence import (
    VERB,
    Edges,
    Scored,
    chinese_names,
    foreign_names,
    mark_edges,
    married_names,
    tag_class,
)
from extractor.components._name_forms import APPOINTED, dotted_names, formed_names, make_forms
from extractor.components._name_model import load_name_model
from extractor.components._name_repeats import weigh_together

Span = tuple[int, int]
_FOREIGN = "name.foreign"
_FRAMED = 95  # a name with words on both sides that leave it no other edge: above the learned layer
_LIST_SIGNS = "、/ "


class NameFinder:
    """Finds the people that a shadow names; knows nothing of documents or of spaCy."""

    def __init__(self, folder: Path, lexicon: Terms) -> None:
        self.model = load_name_model(folder)
        self.cues = name_cues(lexicon, self.model.settings)
        long_titles = {word for word in lexicon.terms("title") if len(word) > 1}
        honorific = lexicon.terms("honorific")
        polite = {word for word in honorific if len(word) > 1}
        self.forms = make_forms(self.model, long_titles | polite, honorific - polite)

    def find(
        self,
        shadow: str,
        edges: Edges,
        taken: Sequence[Span] = (),
        unsure: Sequence[Span] = (),
        people: Sequence[Span] = (),
    ) -> list[Scored]:
        """The names in ``shadow``, none overlapping another, by start.

        ``edges`` are the segmenter's edges (``mark_edges``); ``taken`` are spans that a dictionary knows as
        something else, ``unsure`` those it knows as such where other words agree, ``people`` those it knows
        as people.
        """
        if not shadow:
            return []
        known, perhaps = _reaches(taken), frozenset(unsure)
        scored = chinese_names(shadow, edges, self.cues, self.model)
        scored += married_names(shadow, scored, edges, self.cues, self.model)
        scored += foreign_names(shadow, edges, self.cues, self.model)
        scored = weigh_together(shadow, scored, self.model.settings)
        scored += formed_names(shadow, edges, self.forms, self.model)
        scored += self._dotted(shadow)
        scored += [
            Scored(float(self.model.settings["known_score"]), start, end, "name.known")
            for start, end in people
            if end - start > 2 or (edges.starting[start] and edges.starting[end])
        ]
        things = tuple(self.model.settings["things"])
        scored = [
            name
            for name in scored
            if not (_inside(name, known) or _is_unsure(name, perhaps) or shadow.startswith(things, name.end))
        ]
        covered = bytearray(len(shadow))
        kept = _greedy(sorted(scored, reverse=True), self._accepts, covered)
        kept += self._listed(shadow, scored, kept, covered)
        kept += self._repeated(shadow, edges.starting, kept, covered)
        return sorted((name for name in kept if not _inside(name, known)), key=lambda name: name.start)

    def _dotted(self, shadow: str) -> list[Scored]:
        """Foreign names of several parts, and their parts elsewhere."""
        whole = list(dotted_names(shadow, self.cues, self.model))
        parts = {part for name in whole for part in _parts_of(shadow[name.start : name.end])}
        if not parts:
            return whole
        score = float(self.model.settings["part_score"])
        again = _occurrences(parts, shadow)
        return whole + [Scored(score, start, end, "name.repeated") for _, start, end in again]

    def _accepts(self, name: Scored) -> bool:
        foreign = name.rule.startswith(_FOREIGN)
        return name.score >= float(self.model.settings["threshold_foreign" if foreign else "threshold"])

    def _listed(
        self, shadow: str, scored: Iterable[Scored], kept: Iterable[Scored], covered: bytearray
    ) -> list[Scored]:
        """Weaker candidates that stand in a list beside a name, one after another."""
        least = float(self.model.settings["threshold_in_list"])
        weak = [name for name in scored if name.score >= least]
        by_start = {name.start: name for name in sorted(weak)}
        by_end = {name.end: name for name in sorted(weak)}
        found: list[Scored] = []
        queue = list(kept)
        while queue:
            name = queue.pop()
            before, after = by_end.get(name.start - 1), by_start.get(name.end + 1)
            beside = [
                x for x, sign in ((before, name.start - 1), (after, name.end)) if x and _lists(shadow, sign)
            ]
            new = _greedy(beside, lambda _: True, covered)
            found += new
            queue += new
        return [name._replace(rule="name.list", score=max(name.score, 0.5)) for name in found]

    def _repeated(self, shadow: str, kind: bytes, kept: Iterable[Scored], covered: bytearray) -> list[Scored]:
        """Every further place where a name that was found stands, whole or in its short form."""
        firm = float(self.model.settings["threshold_repeated"])
        short = float(self.model.settings["threshold_repeated_short"])
        forms: dict[str, float] = {}
        for name in kept:
            for form in _forms_of(shadow[name.start : name.end], name.rule):
                if name.score >= (firm if len(form) > 2 else short):
                    forms[form] = max(name.score, forms.get(form, firm))
        if not forms:
            return []
        again = (
            Scored(forms[text], start, end, "name.repeated")
            for text, start, end in _occurrences(forms, shadow)
            if not _is_word(kind, start, end)
        )
        return _greedy(again, lambda _: True, covered)


def _occurrences(forms: Iterable[str], shadow: str) -> Iterator[tuple[str, int, int]]:
    """Where the strings stand, the longest at each place."""
    words = sorted(forms)
    found = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(shadow)
    return ((words[number], start, end) for number, start, end in found)


def _is_word(kind: bytes, start: int, end: int) -> bool:
    """Whether two characters are one word of the segmenter that is no name."""
    return bool(end - start == 2 and kind[start] >= VERB and not kind[start + 1] and kind[end])


def _lists(shadow: str, place: int) -> bool:
    return 0 <= place < len(shadow) and shadow[place] in _LIST_SIGNS


def _forms_of(name: str, rule: str) -> Iterable[str]:
    if rule.startswith("name.married"):
        return [name, name[:2]]
    return [name] if len(name) > 1 else []


def _parts_of(name: str) -> Iterable[str]:
    parts = re.split("[·・•‧]", name)
    return (part for part in (parts[0], parts[-1]) if len(part) > 2)


def _reaches(spans: Iterable[Span]) -> dict[int, int]:
    """For each place inside a span the furthest end of the spans that cover it."""
    reach: dict[int, int] = {}
    for start, end in spans:
        for place in range(start, end):
            reach[place] = max(end, reach.get(place, 0))
    return reach


def _is_unsure(name: Scored, spans: frozenset[Span]) -> bool:
    """Whether what only looks foreign is also a place or body that needs support, with no title before it."""
    if not name.rule.startswith(_FOREIGN) or (name.start, name.end) not in spans:
        return False
    return name.rule.rpartition(".")[2] not in {"title", "byline", "identity"}


def _inside(name: Scored, reach: Mapping[int, int]) -> bool:
    """Whether a name lies in a span that a dictionary knows; a transliterated one if it only begins there."""
    end = reach.get(name.start, 0)
    return end >= name.end or (end > 0 and name.rule.startswith(_FOREIGN))


def _greedy(names: Iterable[Scored], accepts: Callable[[Scored], bool], covered: bytearray) -> list[Scored]:
    """Take what is accepted and free, in the order given, and mark it as covered."""
    taken = []
    for name in names:
        if accepts(name) and not any(covered[name.start : name.end]):
            covered[name.start : name.end] = b"\1" * (name.end - name.start)
            taken.append(name)
    return taken


class PersonMatcher:
    """Component: proposes people as candidates."""

    def __init__(self, finder: NameFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        shadow = state.shadow(doc)
        hits = state.hits(doc)
        others = [hit for hit in hits if _is_other(hit)]
        taken = [(hit.start, hit.end) for hit in others if not hit.context]
        unsure = [(hit.start, hit.end) for hit in others if hit.context]
        people = [(hit.start, hit.end) for hit in hits if hit.label == "PERSON" and not hit.context]
        names = self.finder.find(shadow, edges_of(doc, len(shadow)), taken, unsure, people)
        state.add_candidates(doc, (_candidate(name) for name in names))
        return doc


def _is_other(hit: state.Hit) -> bool:
    return hit.label.isupper() and hit.label != "PERSON" and hit.end - hit.start > 1


def edges_of(doc: Doc, length: int) -> Edges:
    """The edges of the document's tokens with what their tags say about names."""
    columns = doc.to_array([IDX, LENGTH, TAG]).reshape(len(doc), 3)
    tags, index = np.unique(columns[:, 2], return_inverse=True)
    strings = doc.vocab.strings
    classes = np.array([tag_class(strings[tag]) for tag in tags.tolist()], dtype=np.uint8)
    places = columns[:, :2].astype(np.int64)
    return mark_edges(length, places[:, 0], places[:, 1], classes[index])


def _candidate(name: Scored) -> state.Candidate:
    confidence = 1.0 / (1.0 + math.exp(-name.score))
    if name.rule == APPOINTED:
        return state.Candidate(name.start, name.end, "PERSON", "", name.rule, round(confidence, 3), _FRAMED)
    priority = 55 if name.score >= 1.5 else 45 if name.score >= 0.5 else 30 if name.score >= 0 else 20
    return state.Candidate(name.start, name.end, "PERSON", "", name.rule, round(confidence, 3), priority)


@Language.factory("extractor_names", default_config={"folder": "", "user": ""})
def create_names(nlp: Language, name: str, folder: str, user: str) -> PersonMatcher:
    """The component with the data of a pipeline folder (default: the shipped one)."""
    from extractor.lexicon.lexicon import load_lexicon

    place = Path(folder) if folder else paths.default_model()
    return PersonMatcher(NameFinder(place, load_lexicon(place, Path(user) if user else None)))
