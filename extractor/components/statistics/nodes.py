"""A sentence as a row of nodes: words, whole mentions, whole quantities, each with a one-letter class."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.attrs import IDX, LENGTH, ORTH, SENT_START, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import MentionRow, QuantityRow, ReferenceRow
from extractor.components.statistics.vocabulary import Vocabulary

SpanNode = tuple[int, str, int]

_KNOWN_WORDS = 1 << 17  # words whose class is kept
_PAUSES, _OPENS, _CLOSES, _QUOTES = ",:;。!?…—-~～|·/ \n\t", "([【", ")]】", "“”‘’「」『』《》〈〉\"'#"
_MEASURING = "率额量数费款"
_QUOTATION = re.compile("[“「『][^“”「」『』。!?\n]{2,16}[”」』]")
_UNQUOTED = str.maketrans("IDvL", "xxxx")
_MARKS: Mapping[str, str] = (
    dict.fromkeys(_PAUSES, "w") | dict.fromkeys(_OPENS, "A") | dict.fromkeys(_CLOSES, "Z")
    | dict.fromkeys(_QUOTES, "") | {"、": "k"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one sentence; ``classes`` has a letter for each (see ``vocabulary.LETTERS``, and Q, E, R).

    Q is a quantity, E a mention, R a resolved reference; ``source`` maps their nodes to their rows.
    """

    shadow: str
    starts: Sequence[int]
    words: Sequence[str]
    classes: str
    source: Mapping[int, int]

    def end(self, index: int) -> int:
        """Where a node ends in the document."""
        return self.starts[index] + len(self.words[index])

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
        self._known: dict[int, str] = {}

    def classes(
        self, words: Sequence[str], keys: Sequence[int], tags: Sequence[int], strings: StringStore
    ) -> list[str]:
        """The class of each word: "" for a quotation mark, two letters for one that ``parts`` takes apart.

        ``tags`` are looked up in ``strings``; ``keys`` tell words with their tags apart, and what is known
        of a key is not looked up again.
        """
        known = self._known
        try:
            return [known[key] for key in keys]
        except KeyError:
            if len(known) > _KNOWN_WORDS:
                known.clear()
            for word, key, tag in zip(words, keys, tags, strict=True):
                known[key] = self._read(word, strings[tag])
        return [known[key] for key in keys]

    def _read(self, word: str, tag: str) -> str:
        letter = self._letter(word, tag)
        cut = self._cut(word, letter)
        return self._part(word[:cut]) + self._part(word[cut:]) if cut else letter

    def parts(self, word: str, tag: str) -> tuple[str, ...]:
        """The pieces of a word: one for each letter that ``read`` gives it."""
        cut = self._cut(word, self._letter(word, tag))
        return (word[:cut], word[cut:]) if cut else (word,)

    def _part(self, word: str) -> str:
        return self._words.get(word, "n")

    def _letter(self, word: str, tag: str) -> str:
        letter = self._words.get(word, _MARKS.get(word))
        if letter is not None:
            return letter
        if word in self._heads.table:
            return "n"
        if word[0] == "每" and len(word) < 5:
            return "d"
        letter = self._tags.get(tag, "x")
        if tag in ("l", "i") and self._words.get(word[:2]) == "v":
            return "n" if self._heads.find(word) else "v"
        return "n" if letter == "d" and len(word) > 2 and self._heads.find(word) else letter

    def _cut(self, word: str, letter: str) -> int:
        """Where a word that holds a verb is cut: 价格|上涨, 占|营收, 率|达; 0 for nowhere."""
        if len(word) == 4 and letter in ("n", "d") and self._words.get(word[2:]) in ("I", "D"):
            return 2
        if word in self._words or letter != "v" or len(word) < 2:
            return 0
        reached = len(word) == 2 and word[0] in _MEASURING and self._words.get(word[1]) in ("L", "I", "D")
        return 1 if reached or (len(word) > 2 and word[0] == "占") else 0


class Tokens:
    """The tokens of a document as plain lists, and the spans that are read as one node."""

    def __init__(self, doc: Doc, reader: WordReader) -> None:
        self.shadow = state.shadow(doc)
        table = np.asarray(doc.to_array([IDX, LENGTH, TAG, ORTH, SENT_START]), dtype=np.uint64)
        self._starts = table[:, 0]
        self._ends = self._starts + table[:, 1]
        self._tags = table[:, 2]
        self._orths = table[:, 3]
        self._keys = self._tags ^ self._orths
        self.starts: list[int] = self._starts.tolist()
        sentences: list[int] = self._starts[table[:, 4] == 1].tolist()
        self.sentences = sentences if sentences[:1] == [0] else [0, *sentences]
        self._strings = doc.vocab.strings
        self._doc = doc
        self._reader = reader
        self._spans = self._compounds(reader.compounds)
        self._spans |= _spans(state.mentions(doc), state.references(doc), state.quantities(doc))
        self._places = sorted(self._spans)
        self._gaps: list[int] = np.flatnonzero(self._ends[:-1] != self._starts[1:]).tolist()
        self._quotations = [match.span() for match in _QUOTATION.finditer(self.shadow)]

    def written(self, low: int, high: int) -> str:
        """The text from ``low`` up to ``high`` as the document writes it.

        Taken from its tokens: ``doc.text`` joins all of them anew at every call.
        """
        if low >= high:
            return ""
        first = bisect_right(self.starts, low) - 1
        last = bisect_left(self.starts, high)
        begin = self.starts[first]
        gap = bisect_left(self._gaps, first)
        if gap == len(self._gaps) or self._gaps[gap] >= last - 1:
            text = "".join([self._strings[orth] for orth in self._orths[first:last].tolist()])
        else:
            text = str(self._doc[first:last].text)
        return text[low - begin : high - begin]

    def nodes(self, low: int, high: int) -> Nodes:
        """The nodes of the characters from ``low`` up to ``high``; quotation marks are left out."""
        begins, shadow = self.starts, self.shadow
        starts: list[int] = []
        words: list[str] = []
        letters: list[str] = []
        source: dict[int, int] = {}
        token, last = bisect_left(begins, low), bisect_left(begins, high)
        first, end = bisect_left(self._places, low), bisect_left(self._places, high)
        for place in self._places[first:end]:
            at = bisect_left(begins, place, token)
            if at == last or begins[at] != place:
                continue
            if at > token:
                self._add(token, at, starts, words, letters)
            stop, letter, row = self._spans[place]
            if row >= 0:
                source[len(starts)] = row
            starts.append(place)
            words.append(shadow[place:stop])
            letters.append(letter)
            token = bisect_left(begins, stop, at)
        if last > token:
            self._add(token, last, starts, words, letters)
        return Nodes(shadow, starts, words, self._quoted(low, high, starts, "".join(letters)), source)

    def _quoted(self, low: int, high: int, starts: Sequence[int], classes: str) -> str:
        """The classes without the verbs of short quotations, which are names there: “万家提升”工程."""
        place = bisect_left(self._quotations, (low, low))
        while place < len(self._quotations) and self._quotations[place][0] < high:
            first, last = (bisect_left(starts, offset) for offset in self._quotations[place])
            inside = classes[first:last]
            if "Q" not in inside:
                classes = classes[:first] + inside.translate(_UNQUOTED) + classes[last:]
            place += 1
        return classes

    def _add(self, first: int, last: int, starts: list[int], words: list[str], letters: list[str]) -> None:
        """Add the words of the tokens from ``first`` up to ``last``, none of which lies in a span."""
        shadow, begins = self.shadow, self.starts[first:last]
        plain = [
            shadow[start:end] for start, end in zip(begins, self._ends[first:last].tolist(), strict=True)
        ]
        tags: list[int] = self._tags[first:last].tolist()
        classes = self._reader.classes(plain, self._keys[first:last].tolist(), tags, self._strings)
        joined = "".join(classes)
        if len(joined) == len(plain) and all(classes):
            starts += begins
            words += plain
            letters.append(joined)
            return
        for start, word, tag, found in zip(begins, plain, tags, classes, strict=True):
            pieces = self._reader.parts(word, self._strings[tag]) if len(found) > 1 else (word,)
            for piece, letter in zip(pieces, found, strict=False):
                starts.append(start)
                words.append(piece)
                letters.append(letter)
                start += len(piece)

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
    """The longest word first; grouped by first characters, so that few words are tried at a place."""
    rest: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rest.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in rest.items()))


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
