"""The segmenter's words of a Doc as plain lists: evidence for where names begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.attrs import IDX, LENGTH, TAG
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Words:
    """Starts, ends (code points of the text) and tags of the words, in order."""

    starts: list[int]
    ends: list[int]
    tags: list[str]

    def at(self, offset: int) -> int:
        """Index of the word that holds the character at ``offset``; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def starts_at(self, offset: int) -> bool:
        """Whether a word begins at ``offset``."""
        place = self.at(offset)
        return place >= 0 and self.starts[place] == offset

    def ends_at(self, offset: int) -> bool:
        """Whether a word ends at ``offset``."""
        place = self.at(offset - 1)
        return place >= 0 and self.ends[place] == offset


def words_of(doc: Doc) -> Words:
    """The words of a tokenized Doc; tags as the segmenter gave them, "" where it gave none."""
    if not len(doc):
        return Words([], [], [])
    table = doc.to_array([IDX, LENGTH, TAG])
    strings = doc.vocab.strings
    tag_of = {key: strings[key] for key in set(table[:, 2].tolist())}
    starts = table[:, 0].tolist()
    ends = (table[:, 0] + table[:, 1]).tolist()
    return Words(starts, ends, [tag_of[key] for key in table[:, 2].tolist()])
