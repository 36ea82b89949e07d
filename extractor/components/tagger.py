"""NameTagger: the learned layer; decides which names stand, with what the rules propose as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components._words import words_of
from extractor.components.state import Candidate, Hit
from extractor.lexicon.lexicon import Lexicon, load_lexicon
from extractor.paths import default_model
from extractor.tagger.features import Texts
from extractor.tagger.reading import (
    WORD_CUES,
    Evidence,
    Marks,
    Numbering,
    Proposal,
    TermHit,
    read_text,
)
from extractor.tagger.tagger import Tagged, Tagger

FOLDER = "tagger"
_TERM = itemgetter(*map(Hit._fields.index, TermHit._fields))
_PROPOSAL = itemgetter(*map(Candidate._fields.index, Proposal._fields))
LEAST = 0.3  # a name less likely costs more than it gives (corpora/news/dev.jsonl, UNER development, Weibo)
PRIORITY = 90  # above every rule and dictionary, below a name of the user (100)


class CueWords:
    """Titles, speech verbs and the like, found in a text from left to right, the longest first.

    Those of one character are left out: the tagger sees them as characters.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        numbers: dict[str, int] = {}
        for number, label in enumerate(WORD_CUES):
            for term in sorted(lexicon.terms(label)):
                if len(term) > 1:
                    numbers.setdefault(term, number)
        self._numbers = np.array(list(numbers.values()), dtype=np.int64)
        self._matcher = AhoCorasick(list(numbers), matchkind=MatchKind.LeftmostLongest)

    def find(self, shadow: str) -> Marks:
        """Start, end and class (index into ``WORD_CUES``) of each, by start; none overlaps another."""
        found = self._matcher.find_matches_as_indexes(shadow)
        table = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
        return np.column_stack([table[:, 1:], self._numbers[table[:, 0]]])


@dataclass(frozen=True, slots=True)
class Reader:
    """Describes a Doc as the tagger reads it, after the matchers: words, hits, cues and proposals."""

    cues: CueWords

    def read(self, doc: Doc, numbering: Numbering) -> Texts:
        """What the tagger reads of a Doc that is not empty."""
        words = words_of(doc)
        starts = [0, *words.starts[1:]]
        shadow = state.shadow(doc)
        hits = list(map(TermHit._make, map(_TERM, state.hits(doc))))
        proposals = list(map(Proposal._make, map(_PROPOSAL, state.candidates(doc))))
        evidence = Evidence(hits, self.cues.find(shadow), proposals)
        return read_text(shadow, (starts, words.tags), evidence, numbering)


class NameTagger:
    """Adds a candidate, rule ``tagger``, for every name of the best sequence, with its probability.

    The rules' candidates are evidence to it; which of them stand beside its names the resolver decides.
    """

    def __init__(self, tagger: Tagger, reader: Reader, least: float = LEAST) -> None:
        self.tagger = tagger
        self.reader = reader
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        """The document with the tagger's candidates added."""
        state.mark_learned(doc)
        if not len(doc):
            return doc
        shadow = state.shadow(doc)
        found = self.tagger.tag(self.reader.read(doc, self.tagger.numbering), shadow)
        names = [_candidate(one) for one in found if self._counts(shadow, one)]
        state.add_candidates(doc, list(_paired(names, shadow, state.candidates(doc))))
        return doc

    def _counts(self, shadow: str, one: Tagged) -> bool:
        """Whether a name is likely enough, and begins and ends with a visible character."""
        if one.confidence < self.least:
            return False
        return not shadow[one.start].isspace() and not shadow[one.end - 1].isspace()


def _paired(names: Iterable[Candidate], shadow: str, proposed: Iterable[Candidate]) -> Iterator[Candidate]:
    """The names; one that begins in a bracket as a rule begins it before (高原(北京)公司), or not at all."""
    wider: dict[tuple[int, str], int] = {}
    for one in proposed:
        if _is_paired(shadow[one.start : one.end]):
            key = one.end, one.label
            wider[key] = min(one.start, wider.get(key, one.start))
    for name in names:
        if _is_paired(shadow[name.start : name.end]):
            yield name
        elif wider.get((name.end, name.label), name.start) < name.start:
            yield name._replace(start=wider[name.end, name.label])


def _is_paired(text: str) -> bool:
    return text.count("(") == text.count(")") and text.find(")") >= text.find("(")


def _candidate(one: Tagged) -> Candidate:
    return Candidate(one.start, one.end, one.label, "", "tagger", one.confidence, PRIORITY)


@Language.factory("extractor_tagger", default_config={"folder": "", "user": ""})
def create_tagger(nlp: Language, name: str, folder: str, user: str) -> NameTagger:
    """The component of a pipeline folder ("": the shipped one); ModelError where its weights fail."""
    place = Path(folder) if folder else default_model()
    cues = CueWords(load_lexicon(place, Path(user) if user else None))
    return NameTagger(Tagger.load(place / FOLDER), Reader(cues))
