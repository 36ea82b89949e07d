"""A sentence as a row of nodes: words, whole mentions, whole quantities, each with a one-letter class."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.attrs import IDX, LENGTH, TAG
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import MentionRow, QuantityRow, ReferenceRow
from extractor.components.statistics.vocabulary import Vocabulary

Piece = tuple[int, str]
SpanNode = tuple[int, str, int]

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


class WordReader:
    """Word classes: from the codelists first, then from the segmenter's tag; each word is looked up once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary.words
        self._tags = vocabulary.tags
        self._heads = vocabulary.heads
        self.compounds = vocabulary.compounds
        self.read = cache(self._read)

    def _read(self, word: str, tag: str) -> tuple[Piece, ...]:
        """The pieces of a word, each with length and class; none for a quotation mark."""
        letter = self._letter(word, tag)
        cut = self._cut(word, letter)
        if cut:
            rest = self._words.get(word[cut:], "n")
            return ((cut, self._words.get(word[:cut], "n")), (len(word) - cut, rest))
        return ((len(word), letter),) if letter else ()

    def _letter(self, word: str, tag: str) -> str:
        letter = self._words.get(word, _MARKS.get(word))
        if letter is not None:
            return letter
        if word in self._heads.table:
            return "n"
        letter = self._tags.get(tag, "x")
        if tag in ("l", "i") and self._words.get(word[:2]) == "v":
            return "n" if self._heads.find(word) else "v"
        return "n" if letter == "d" and len(word) > 2 and self._heads.find(word) else letter

    def _cut(self, word: str, letter: str) -> int:
        """Where a word that holds a verb of change or sharing is cut: 价格|上涨, 占|营收; 0 for nowhere."""
        if len(word) == 4 and letter in ("n", "d") and self._words.get(word[2:]) in ("I", "D"):
            return 2
        return 1 if len(word) > 2 and word[0] == "占" and letter == "v" and word not in self._words else 0


class Tokens:
    """The tokens of a document as plain lists, and the spans that are read as one node."""

    def __init__(self, doc: Doc, reader: WordReader) -> None:
        self.shadow = state.shadow(doc)
        self.starts: list[int] = doc.to_array(IDX).tolist()
        self._lengths: list[int] = doc.to_array(LENGTH).tolist()
        self._tags: list[int] = doc.to_array(TAG).tolist()
        self._names = {tag: doc.vocab.strings[tag] for tag in set(self._tags)}
        self._doc = doc
        self._read = reader.read
        self._spans = self._compounds(reader.compounds)
        self._spans |= _spans(state.mentions(doc), state.references(doc), state.quantities(doc))

    def written(self, low: int, high: int) -> str:
        """The text from ``low`` up to ``high`` as the document writes it.

        Taken from its tokens: ``doc.text`` joins all of them anew at every call.
        """
        if low >= high:
            return ""
        first = bisect_right(self.starts, low) - 1
        last = bisect_left(self.starts, high)
        return str(self._doc[first:last].text)[low - self.starts[first] :][: high - low]

    def nodes(self, low: int, high: int) -> Nodes:
        """The nodes of the characters from ``low`` up to ``high``; quotation marks are left out."""
        shadow, spans, read, names = self.shadow, self._spans, self._read, self._names
        found: list[tuple[int, int, str, str, int]] = []
        covered = -1
        first, last = bisect_left(self.starts, low), bisect_left(self.starts, high)
        rows = zip(self.starts[first:last], self._lengths[first:last], self._tags[first:last], strict=True)
        for start, length, tag in rows:
            if start < covered:
                continue
            span = spans.get(start)
            if span is not None:
                covered, letter, row = span
                found.append((start, covered, shadow[start:covered], letter, row))
                continue
            for size, letter in read(shadow[start : start + length], names[tag]):
                covered = start + size
                found.append((start, covered, shadow[start:covered], letter, -1))
                start = covered
        if not found:
            return Nodes(shadow, (), (), (), "", ())
        starts, ends, words, letters, source = zip(*found, strict=True)
        return Nodes(shadow, starts, ends, words, "".join(letters), source)

    def _compounds(self, classes: Mapping[str, str]) -> dict[int, SpanNode]:
        """Compounds that begin and end where tokens do."""
        found = {}
        for match in _pattern(frozenset(classes)).finditer(self.shadow):
            start, end = match.span()
            place = bisect_left(self.starts, end)
            if place == len(self.starts) or self.starts[place] == end:
                found[start] = (end, classes[match[0]], -1)
        return found


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))


def _spans(
    mentions: Sequence[MentionRow], references: Sequence[ReferenceRow], quantities: Sequence[QuantityRow]
) -> dict[int, SpanNode]:
    spans: dict[int, SpanNode] = {}
    for index, reference in enumerate(references):
        spans[reference.start] = (reference.end, "R", index)
    for index, mention in enumerate(mentions):
        if not mention.nested:
            spans[mention.start] = (mention.end, "E", index)
    for index, quantity in enumerate(quantities):
        spans[quantity.start] = (quantity.end, "Q", index)
    return spans
