"""Lines of a page and what each is: a line of furniture by the rules of ``layout.toml``, or prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.text.credits import pattern
from extractor.text.linkfarms import farm_start, links_kind

_RULES = (
    "breadcrumb.path",
    "breadcrumb.home",
    "share",
    "prompt",
    "editor",
    "related",
    "comments",
    "notice",
    "byline.line",
)
_FIELDS = ("date", "source", "author", "editor", "other", "tool")
# Lines looked at with every rule from either end; between them only links and prompts are told.
_HEAD_LINES, _TAIL_LINES = 40, 120
_LONGEST_FURNITURE = 300
_LONGEST_PUBLICATION = 160
_LONGEST_PROMPT = 60
# Characters that are no field in a publication line: the name of a site or a section.
_MOST_LEFT_OVER = 12
_SHORTEST_PARAGRAPH = 60
_SENTENCE = re.compile(r"。|;$")
_MARKS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[^\W_]")


class Line(NamedTuple):
    """A line without the blanks around it; ``kind`` is "" for prose."""

    start: int
    end: int
    kind: str


def read_lines(shadow: str) -> list[Line]:
    """The lines that hold something, each with its kind; prose that a link farm is glued to is two lines."""
    spans = list(_spans(shadow))
    last = len(spans) - _TAIL_LINES
    return [
        Line(start, end, _kind(shadow[start:end], index < _HEAD_LINES or index >= last))
        for index, (start, end) in enumerate(spans)
    ]


def is_paragraph(line: str) -> bool:
    """Whether a line of the shadow is prose by its length, its full stop or its dateline."""
    if len(line) >= _SHORTEST_PARAGRAPH or _SENTENCE.search(line) is not None:
        return True
    return pattern("dateline").match(line) is not None


def _spans(shadow: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in shadow.split("\n"):
        trimmed = piece.strip()
        if trimmed:
            low = start + len(piece) - len(piece.lstrip())
            cut = farm_start(trimmed)
            yield from _trimmed(shadow, low, low + cut)
            yield from _trimmed(shadow, low + cut, low + len(trimmed))
        start += len(piece) + 1


def _trimmed(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = shadow[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _kind(line: str, at_an_end: bool) -> str:
    kind = links_kind(line)
    if kind:
        return kind
    if not at_an_end:
        return "prompt" if len(line) <= _LONGEST_PROMPT and pattern("prompt").match(line) else ""
    if not _WORD.search(line) or _MARKS.fullmatch(line):
        return _kind_of_marks(line)
    if len(line) > _LONGEST_FURNITURE:
        return ""
    if is_dateline(line):
        return ""
    for name, kind in _line_rules():
        if pattern(name).match(line):
            return kind
    return _publication(line)


def is_dateline(line: str) -> bool:
    """Whether a report opens here: 新华社北京6月27日电."""
    return pattern("dateline").match(line) is not None


def _kind_of_marks(line: str) -> str:
    if pattern("breadcrumb.home").match(line):
        return "breadcrumb"
    return _publication(line) or "marks"


def _publication(line: str) -> str:
    """ "publication" where dates, labelled fields and tools leave next to nothing over; "date" for a bare date."""
    if len(line) > _LONGEST_PUBLICATION or "。" in line:
        return ""
    rest, found = line, set()
    for name in _FIELDS:
        rest, count = pattern(f"field.{name}").subn(" ", rest)
        if count:
            found.add(name)
    left = len(_WORD.findall(rest))
    if not found or left > _MOST_LEFT_OVER:
        return ""
    if found - {"date", "tool"}:
        return "publication"
    return _kind_of_date(line, left) if "date" in found else ""


def _kind_of_date(line: str, left: int) -> str:
    date = pattern("field.date").search(line)
    if date is not None and (date.group("clock") or date.group("date_label")):
        return "publication"
    return "" if left else "date"


@cache
def _line_rules() -> tuple[tuple[str, str], ...]:
    return tuple((name, name.partition(".")[0]) for name in _RULES)
