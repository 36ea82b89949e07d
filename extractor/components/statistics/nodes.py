"""A sentence as a row of nodes: words, whole mentions, whole quantities, each with a one-letter class."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.attrs import IDX, LENGTH, TAG
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import MentionRow, QuantityRow, ReferenceRow
from extractor.components.statistics.vocabulary import Vocabulary

_PAUSES, _OPENS, _CLOSES, _QUOTES = ",:;。!?…—-~～|·/ \n\t", "([【", ")]】", "“”‘’「」『』《》〈〉\"'#"
_MARKS: Mapping[str, str] = (
    dict.fromkeys(_PAUSES, "w") | dict.fromkeys(_OPENS, "A") | dict.fromkeys(_CLOSES, "Z")
    | dict.fromkeys(_QUOTES, "") | {"、": "k"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one sentence; ``classes`` has a letter for each (see ``vocabulary.LETTERS``, and Q, E, R).

    Q is a quantity, E a mention, R a resolved reference; ``source`` is the index of its row.
    """

    shadow: str
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    classes: str
    source: Sequence[int]

    def text(self, low: int, high: int) -> str:
        """The words of the nodes from ``low`` up to ``high``, joined."""
        return "".join(self.words[low:high])


class Tokens:
    """The tokens of a document as plain lists, and the spans that are read as one node."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary) -> None:
        table = doc.to_array([IDX, LENGTH, TAG]).tolist()
        self.shadow = state.shadow(doc)
        self.starts = [row[0] for row in table]
        self._lengths = [row[1] for row in table]
        self._tags = [row[2] for row in table]
        strings, tags = doc.vocab.strings, vocabulary.tags
        self._classes = {tag: tags.get(strings[tag], "x") for tag in set(self._tags)}
        self._words = vocabulary.words
        self._heads, self._nouns = vocabulary.heads, vocabulary.heads.table
        self._spans = _compounds(self.shadow, vocabulary.compounds)
        self._spans |= _spans(state.mentions(doc), state.references(doc), state.quantities(doc))

    def nodes(self, low: int, high: int) -> Nodes:
        """The nodes of the characters from ``low`` up to ``high``; quotation marks are left out."""
        shadow, spans = self.shadow, self._spans
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        letters: list[str] = []
        source: list[int] = []
        covered = -1
        for index in range(bisect_left(self.starts, low), bisect_left(self.starts, high)):
            start = self.starts[index]
            if start < covered:
                continue
            span = spans.get(start)
            if span is not None:
                covered, letter, row = span
                word = shadow[start:covered]
            else:
                covered, row = start + self._lengths[index], -1
                word = shadow[start:covered]
                letter = self._letter(word, index)
                if not letter:
                    continue
                if len(word) > 2 and (first := self._split(word, letter)):
                    starts.append(start)
                    ends.append(start + first)
                    words.append(word[:first])
                    letters.append(self._words.get(word[:first], "n"))
                    source.append(-1)
                    start, word = start + first, word[first:]
                    letter = self._words.get(word, "n")
            starts.append(start)
            ends.append(covered)
            words.append(word)
            letters.append(letter)
            source.append(row)
        return Nodes(shadow, starts, ends, words, "".join(letters), source)

    def _split(self, word: str, letter: str) -> int:
        """Where a word that holds a verb of change or sharing is cut: 价格|上涨, 占|营收; 0 for nowhere."""
        if len(word) == 4 and letter in "nd" and self._words.get(word[2:], "") in ("I", "D"):
            return 2
        return 1 if word[0] == "占" and word not in self._words and letter == "v" else 0

    def _letter(self, word: str, index: int) -> str:
        letter = self._words.get(word)
        if letter is None:
            letter = _MARKS.get(word)
        if letter is None and word in self._nouns:
            return "n"
        if letter is None:
            letter = self._classes[self._tags[index]]
            if letter == "d" and len(word) > 2 and self._heads.find(word):
                return "n"
        return letter


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))


def _compounds(shadow: str, classes: Mapping[str, str]) -> dict[int, tuple[int, str, int]]:
    pattern = _pattern(frozenset(classes))
    return {match.start(): (match.end(), classes[match[0]], -1) for match in pattern.finditer(shadow)}


def _spans(
    mentions: Sequence[MentionRow], references: Sequence[ReferenceRow], quantities: Sequence[QuantityRow]
) -> dict[int, tuple[int, str, int]]:
    spans: dict[int, tuple[int, str, int]] = {}
    for index, reference in enumerate(references):
        spans[reference.start] = (reference.end, "R", index)
    for index, mention in enumerate(mentions):
        if not mention.nested:
            spans[mention.start] = (mention.end, "E", index)
    for index, quantity in enumerate(quantities):
        spans[quantity.start] = (quantity.end, "Q", index)
    return spans
