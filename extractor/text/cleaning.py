"""Edits that cut noise out of a text and keep the way back: every position knows where it came from.

Cut out are pinyin injected against copying (常(chang)住(zhu)人口, 基础(chǔ)), characters that do not show
(zero-width, direction marks, soft hyphens), HTML tags left in the text, blanks after a blank and between
characters that are set apart one by one; an HTML entity becomes its character.  A line break is never cut.
What only looks broken (mojibake) stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from extractor.paths import default_model
from extractor.text.rules import load_rules
from extractor.text.script import read_table, to_shadow

_VOWEL = re.compile("[aeiouü]")
# ü where no key has it, and the forms of g and a that fonts for pinyin use.
_LETTERS = str.maketrans("vɡɑ", "üga")
_CARRIAGE = re.compile(r"\r(?=\n)")


class Edit(NamedTuple):
    """``[start:end]`` of a text is read as ``text``: "" or one character."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without its noise.

    ``shadow`` is its shadow.  ``offsets[i]`` is where ``text[i]`` stands in the source; it has one entry
    more than ``text``.  ``widths`` holds the positions of ``text`` that stand for more than one source
    character, and for how many.  ``noise`` counts the source characters that are gone.
    """

    text: str
    shadow: str
    offsets: Sequence[int]
    widths: Mapping[int, int]
    noise: int


def clean(source: str) -> Cleaned:
    """``source`` without its noise."""
    cleaned = Cleaned(source, to_shadow(source), range(len(source) + 1), {}, 0)
    for find in (_hidden, _injected_pinyin, _repeated_blanks, _wide_setting):
        cleaned = _edited(cleaned, _without_overlaps(sorted(find(cleaned))))
    return cleaned


def _hidden(cleaned: Cleaned) -> Iterator[Edit]:
    """What a reader of the page does not see, and the entities."""
    source = cleaned.text
    yield from (Edit(*match.span(), "") for match in _pattern("invisible").finditer(source))
    yield from (Edit(*match.span(), "") for match in _CARRIAGE.finditer(source))
    if "&" in source:
        yield from _entities(source)
    if "<" in source:
        yield from _tags(source)


def _entities(source: str) -> Iterator[Edit]:
    for match in _pattern("entity").finditer(source):
        char = html.unescape(f"&{match['name'] or match['bare']};")
        if len(char) == 1:
            yield Edit(*match.span(), " " if char.isspace() else char)


def _tags(source: str) -> Iterator[Edit]:
    """Tags of a block break the line, others go without a trace."""
    for match in _pattern("tag").finditer(source):
        yield Edit(*match.span(), "\n" if match["block"] else "")


def _injected_pinyin(cleaned: Cleaned) -> Iterator[Edit]:
    """Brackets that hold one syllable, after a character that is read so; one may follow another."""
    readings, shadow, previous = _readings(), cleaned.shadow, Edit(0, 0, "")
    for match in _pattern("pinyin").finditer(shadow):
        start = previous.start if previous.end == match.start() else match.start()
        char, syllable = shadow[max(start - 1, 0) : start], match["syllable"]
        plain = _toneless(syllable)
        known = readings.get(plain, frozenset())
        if char in known or (plain != syllable and known and char and _is_han(char)):
            previous = Edit(start, match.end(), "")
            yield Edit(*match.span(), "")


def _repeated_blanks(cleaned: Cleaned) -> Iterator[Edit]:
    """All but the first of several blanks; a tab among them stands for all, since it parts columns."""
    for match in _pattern("blanks").finditer(cleaned.shadow):
        start, end = match.span()
        keep = start + max(match.group().find("\t"), 0)
        yield from (Edit(*span, "") for span in ((start, keep), (keep + 1, end)) if span[0] < span[1])


def _wide_setting(cleaned: Cleaned) -> Iterator[Edit]:
    """The blanks of a run of characters that are set apart one by one."""
    for match in _pattern("spaced").finditer(cleaned.shadow):
        yield from (Edit(place, place + 1, "") for place in range(match.start() + 1, match.end(), 2))


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Edits by start, without those that begin inside another."""
    chosen: list[Edit] = []
    for edit in edits:
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def _edited(cleaned: Cleaned, edits: Sequence[Edit]) -> Cleaned:
    """``cleaned`` after further edits, given in positions of its text."""
    if not edits:
        return cleaned
    pieces: list[str] = []
    offsets: list[int] = []
    widths: dict[int, int] = {}
    wide, done = sorted(cleaned.widths), 0
    for start, end, text in chain(edits, [Edit(len(cleaned.text), len(cleaned.text), "")]):
        shift = len(offsets) - done
        for index in wide[bisect_left(wide, done) : bisect_left(wide, start)]:
            widths[index + shift] = cleaned.widths[index]
        pieces += [cleaned.text[done:start], text]
        offsets += cleaned.offsets[done:start]
        if text:
            widths[len(offsets)] = cleaned.offsets[end] - cleaned.offsets[start]
            offsets.append(cleaned.offsets[start])
        done = end
    written, source_end = "".join(pieces), cleaned.offsets[-1]
    return Cleaned(written, to_shadow(written), (*offsets, source_end), widths, source_end - len(written))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return load_rules(default_model() / "rules" / "cleaning.toml").rule(f"cleaning.{name}").pattern


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Syllable without tone → the characters that can be read so; without the few that have no vowel."""
    rows = ((syllable, chars) for syllable, chars in read_table("readings") if _VOWEL.search(syllable))
    return {syllable: frozenset(chars) for syllable, chars in rows}


def _toneless(syllable: str) -> str:
    """The plain letters of a syllable, ü kept: chǔ → chu, lǜ → lü, lv → lü."""
    bare = (
        c for c in unicodedata.normalize("NFD", syllable) if c == "\u0308" or not unicodedata.combining(c)
    )
    return unicodedata.normalize("NFC", "".join(bare)).translate(_LETTERS)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003134f"
