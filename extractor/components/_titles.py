"""The grammar of titles: prefix and noun before a head (高级 副 总裁, 教育 产业 运营 总监)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.components._name_cues import Terms


class Title(NamedTuple):
    """A title in the text; ``byline`` for that of a writer (记者)."""

    start: int
    end: int
    byline: bool


@dataclass(frozen=True, slots=True)
class TitleGrammar:
    """Heads of titles and what may stand before them."""

    heads: frozenset[str]
    bylines: frozenset[str]
    before: frozenset[str]
    never_in_gap: frozenset[str]
    longest_gap: int
    longest_title: int
    head_sizes: tuple[int, ...]
    before_sizes: tuple[int, ...]

    def ending_at(self, shadow: str, end: int, low: int) -> Title | None:
        """The title whose head ends at ``end``, with its prefixes, not reaching before ``low``."""
        for size in self.head_sizes:
            word = shadow[end - size : end] if end - size >= low else ""
            if word in self.bylines:
                return Title(end - size, end, True)
            if word in self.heads:
                return Title(self._with_prefixes(shadow, end - size, low), end, False)
        return None

    def _with_prefixes(self, shadow: str, start: int, low: int) -> int:
        while True:
            for size in self.before_sizes:
                if start - size >= low and shadow[start - size : start] in self.before:
                    start -= size
                    break
            else:
                return start

    def fills(self, gap: str) -> bool:
        """Whether what stands between an organisation and a title can be the title's first nouns."""
        return len(gap) <= self.longest_gap and self.never_in_gap.isdisjoint(gap)

    def first_after(self, shadow: str, start: int, high: int) -> Title | None:
        """The title that begins at ``start`` or soon after it, in front of ``high`` and of any break.

        Nouns before the head belong to it; a number before it does not.
        """
        best: int | None = None
        for end in range(start + 1, min(high, start + self.longest_title) + 1):
            if shadow[end - 1] in _BREAKS:
                break
            if any(
                end - size >= start and shadow[end - size : end] in self.heads for size in self.head_sizes
            ):
                best = end
        if best is None:
            return None
        title = self.ending_at(shadow, best, start)
        if title and self.fills(shadow[start : title.start]):
            return title._replace(start=start)
        return title


_BREAKS = frozenset("、，。,;；:：()（）“”「」『』《》!?！？\n 兼的和及")


def make_grammar(lexicon: Terms, rules: Mapping[str, Any]) -> TitleGrammar:
    """The grammar from lexicon/titles.tsv and rules/roles.toml."""
    heads, bylines = lexicon.terms("title") | frozenset(rules["words"]["member"]), lexicon.terms("byline")
    before = lexicon.terms("title_prefix") | lexicon.terms("title_part")
    return TitleGrammar(
        heads=heads,
        bylines=bylines,
        before=before,
        never_in_gap=frozenset(rules["words"]["gap_never"]),
        longest_gap=int(rules["settings"]["longest_gap"]),
        longest_title=int(rules["settings"]["longest_title"]),
        head_sizes=sizes(heads | bylines),
        before_sizes=sizes(before),
    )


def sizes(words: Iterable[str]) -> tuple[int, ...]:
    """The different lengths of the words, longest first."""
    return tuple(sorted({len(word) for word in words}, reverse=True))


def word_before(shadow: str, end: int, words: Sequence[str]) -> str:
    """The first of ``words`` that ends at ``end``; "" for none."""
    return next((word for word in words if end >= len(word) and shadow.startswith(word, end - len(word))), "")
