"""A Doc cut anew: tokens end where the segmenter's words end and where accepted spans begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, LENGTH, ORTH, SENT_START, SPACY, TAG
from spacy.tokens import Doc

Ints = NDArray[np.int64]
_WHOLE = {"PERSON": "nr", "LOC": "ns", "ORG": "nt"}
_NUMERAL = re.compile(r"[0-9０-９.,%％]+|[〇零一二三四五六七八九十百千万亿]+")


class TokenEdges:
    """Token starts and ends of a Doc, to find the token span of a span of characters."""

    def __init__(self, starts: Ints, ends: Ints) -> None:
        self.starts: list[int] = starts.tolist()
        self.ends: list[int] = ends.tolist()

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """First token and the one after the last; KeyError where no token begins or ends there."""
        first, last = bisect_left(self.starts, start), bisect_left(self.ends, end)
        if self.starts[first : first + 1] != [start] or self.ends[last : last + 1] != [end]:
            raise KeyError((start, end))
        return first, last + 1


def rebuild(
    doc: Doc, spans: Sequence[tuple[int, int, str]], sentences: Sequence[int]
) -> tuple[Doc, TokenEdges]:
    """A Doc of the same text whose tokens are also cut at the edges of ``spans``, and where its tokens lie.

    ``spans`` are (start, end, label) and ``sentences`` the starts of sentences, in code points of
    ``doc.text``.  A piece of a word keeps the tag of the word, but a word that is a whole mention becomes
    nr, ns or nt, and a piece that is a number m.  User data, categories, tensor and the context of
    ``nlp.pipe(as_tuples=True)`` go along.
    """
    starts, lengths, spaced, tags, orths = _columns(doc)
    edges = np.array([edge for start, end, _ in spans for edge in (start, end)], dtype=np.int64)
    token_starts, token_ends, follows = _cut(starts, starts + lengths, spaced, edges)
    owner = np.searchsorted(starts, token_starts, side="right") - 1
    pieces = np.flatnonzero(token_ends - token_starts != lengths[owner]).tolist()
    strings = doc.vocab.strings
    words: list[Any] = orths[owner].tolist()  # whole words by their keys, which saves spaCy hashing them anew
    for place in pieces:
        low = int(token_starts[place] - starts[owner[place]])
        words[place] = strings[words[place]][low : low + int(token_ends[place] - token_starts[place])]
    rebuilt = Doc(doc.vocab, words=words, spaces=follows.tolist())
    where = TokenEdges(token_starts, token_ends)
    columns = np.zeros((len(words), 2), dtype=np.uint64)
    columns[:, 0] = tags[owner]
    for place in pieces:
        if _NUMERAL.fullmatch(words[place]):
            columns[place, 0] = strings.add("m")
    for start, end, label in spans:
        first, after = where.tokens(start, end)
        if after == first + 1 and label in _WHOLE:
            columns[first, 0] = strings.add(_WHOLE[label])
    columns[:, 1] = _sentence_starts(token_starts, sentences)
    rebuilt.from_array([TAG, SENT_START], columns)  # type: ignore[arg-type] # stub knows signed ones only
    _carry_over(doc, rebuilt)
    return rebuilt, where


def _columns(
    doc: Doc,
) -> tuple[Ints, Ints, NDArray[np.bool_], NDArray[np.uint64], NDArray[np.uint64]]:
    """Starts, lengths, whether a blank follows, tags and forms (as hashes) of the tokens."""
    table = doc.to_array([IDX, LENGTH, SPACY, TAG, ORTH]).reshape(len(doc), 5).astype(np.uint64)
    starts, lengths = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    return starts, lengths, table[:, 2] > 0, table[:, 3], table[:, 4]


def _cut(
    starts: Ints, ends: Ints, spaced: NDArray[np.bool_], edges: Ints
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Starts and ends of the new tokens, and whether a blank that belongs to no token follows."""
    marked = np.zeros(int(ends[-1]) + 1 if len(ends) else 0, dtype=np.bool_)
    for places in (starts, ends, edges):
        marked[places] = True
    cuts = np.flatnonzero(marked)
    lows, highs = cuts[:-1], cuts[1:]
    marked[:] = False
    marked[ends[spaced]] = True
    blank = marked[lows]
    follows = np.append(blank[1:], spaced[-1:])
    return lows[~blank], highs[~blank], follows[~blank]


def _sentence_starts(token_starts: Ints, sentences: Iterable[int]) -> NDArray[np.uint64]:
    """SENT_START of every token: 1 where a sentence starts, else -1."""
    begins = np.full(len(token_starts), -1, dtype=np.int64)
    begins[:1] = 1
    places = np.searchsorted(token_starts, np.array(list(sentences), dtype=np.int64))
    begins[places[places < len(begins)]] = 1
    return begins.astype(np.uint64)


def _carry_over(doc: Doc, rebuilt: Doc) -> None:
    rebuilt.user_data = doc.user_data
    rebuilt.cats = doc.cats
    rebuilt.tensor = doc.tensor
    rebuilt._context = doc._context
