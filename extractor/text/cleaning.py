"""Edits that cut noise out of a text and keep the way back: every position knows where it came from.

Cut out are pinyin injected against copying (常(chang)住(zhu)人口, 基础(chǔ)), characters that do not show
(zero-width, direction marks, soft hyphens), and blanks after a blank; an HTML entity left in the text
becomes its character.  A line break is never cut.  What only looks broken (mojibake) stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from extractor.paths import default_model
from extractor.text.rules import load_rules
from extractor.text.script import read_table, to_shadow

_VOWEL = re.compile("[aeiouü]")
_CARRIAGE = re.compile(r"\r(?=\n)")


class Edit(NamedTuple):
    """``source[start:end]`` is read as ``text``: "" or one character."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without its noise.

    ``offsets[i]`` is where ``text[i]`` stands in the source; one entry more than ``text`` has characters.
    ``widths`` holds the positions of ``text`` that stand for more than one source character, and for how
    many.  ``noise`` counts the source characters that are gone.
    """

    text: str
    offsets: Sequence[int]
    widths: Mapping[int, int]
    noise: int


def clean(source: str) -> Cleaned:
    """``source`` without its noise."""
    return _apply(source, find_edits(source))


def find_edits(source: str) -> list[Edit]:
    """The edits that clean ``source``, by start; none overlaps another."""
    shadow = to_shadow(source)
    found = chain(
        _injected_pinyin(shadow),
        (Edit(m.start(), m.end(), "") for m in _pattern("invisible").finditer(source)),
        (Edit(m.start(), m.end(), "") for m in _CARRIAGE.finditer(source)),
        _entities(source),
    )
    edits = _without_overlaps(sorted(found))
    return _without_overlaps(sorted([*edits, *_repeated_blanks(shadow, edits)]))


def _injected_pinyin(shadow: str) -> Iterator[Edit]:
    """Brackets that hold one syllable, after a character that is read so; one may follow another."""
    readings, previous = _readings(), Edit(0, 0, "")
    for match in _pattern("pinyin").finditer(shadow):
        start = previous.start if previous.end == match.start() else match.start()
        char, syllable = shadow[start - 1 : start], match.group("syllable")
        plain = _toneless(syllable)
        read_so = char in readings.get(plain, "") if char else False
        if read_so or (plain != syllable and plain in readings and _is_han(char)):
            previous = Edit(start, match.end(), "")
            yield Edit(match.start(), match.end(), "")


def _entities(source: str) -> Iterator[Edit]:
    if "&" not in source:
        return
    for match in _pattern("entity").finditer(source):
        char = html.unescape(f"&{match.group('name')};")
        if len(char) == 1:
            yield Edit(match.start(), match.end(), " " if char.isspace() else char)


def _repeated_blanks(shadow: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    """All but the first of several blanks; a tab among them stands for all, since it parts columns.

    Blanks count that other edits leave side by side.
    """
    kept = _apply(shadow, edits)
    for match in _pattern("blanks").finditer(kept.text):
        start, end = match.span()
        kept_at = match.group().find("\t")
        keep = start + max(kept_at, 0)
        for index in range(start, end):
            if index != keep:
                begin = kept.offsets[index]
                yield Edit(begin, begin + kept.widths.get(index, 1), "")


def _without_overlaps(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in order; of two at one place the longer stays, and none begins inside another."""
    chosen: list[Edit] = []
    for edit in edits:
        if chosen and edit.start == chosen[-1].start:
            chosen[-1] = edit if edit.text == "" or chosen[-1].text else chosen[-1]
        elif not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def _apply(source: str, edits: Sequence[Edit]) -> Cleaned:
    if not edits:
        return Cleaned(source, range(len(source) + 1), {}, 0)
    pieces: list[str] = []
    offsets: list[int] = []
    widths: dict[int, int] = {}
    done = noise = 0
    for start, end, text in edits:
        pieces += [source[done:start], text]
        offsets += range(done, start)
        if text:
            widths[len(offsets)] = end - start
            offsets.append(start)
        noise += end - start - len(text)
        done = end
    pieces.append(source[done:])
    offsets += range(done, len(source) + 1)
    return Cleaned("".join(pieces), tuple(offsets), widths, noise)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return load_rules(default_model() / "rules" / "cleaning.toml").rule(f"cleaning.{name}").pattern


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Syllable without tone → the characters that can be read so; without the few that have no vowel."""
    return {
        syllable: frozenset(chars) for syllable, chars in read_table("readings") if _VOWEL.search(syllable)
    }


def _toneless(syllable: str) -> str:
    """The plain letters of a syllable, ü kept: chǔ → chu, lǜ → lü, lv → lü."""
    bare = (
        c for c in unicodedata.normalize("NFD", syllable) if c == "\u0308" or not unicodedata.combining(c)
    )
    return unicodedata.normalize("NFC", "".join(bare)).replace("v", "ü")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003134f"
