"""Lines of a page and what each is: a line of furniture by the rules of ``layout.toml``, or prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from extractor.text.credits import pattern
from extractor.text.linkfarms import farm_start, is_section, is_spamlet, links_kind

# Rules that read a whole line, in this order; the first part of the name is the kind of line.
_RULES = (
    "breadcrumb.path",
    "breadcrumb.home",
    "related",
    "comments",
    "share",
    "prompt",
    "prompt.address",
    "repeat",
    "editor",
    "publication.words",
    "notice",
    "notice.licence",
    "footer",
    "greeting",
    "byline.line",
    "byline.mark",
)
_FIELDS = ("date", "source", "author", "reporter", "editor", "other", "tool", "outlet")
# Lines that are furniture where this many stand together, one link on each; and the line of a date and time
# with a name, which dates a page where it is alone and is part of a programme where it is not.
_RUNS = {"section": "navigation", "listing": "related", "spamlet": "links"}
_SHORTEST_RUN = 3
_TIMED = "timed"
# Lines looked at with every rule from either end; between them only links and prompts are told.
_HEAD_LINES, _TAIL_LINES = 40, 120
_LONGEST_FURNITURE = 300
_LONGEST_PUBLICATION = 160
_LONGEST_PROMPT = 60
_LONGEST_VALUE = 40
# Characters that are no field of a publication line: the name of a site or a section.
_MOST_LEFT_OVER = 12
_SHORTEST_PARAGRAPH = 60
_SENTENCE = re.compile(r"。|;$")
_STEP = re.compile(r"[>»›]+")
_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """A line without the blanks around it; ``kind`` is "" for prose.

    A label and the value that stands on the next line are one line, and so are the steps of a breadcrumb
    that stand on lines of their own.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text; those from ``head`` to before ``tail`` are its body."""

    text: str
    shadow: str
    lines: Sequence[Line]
    head: int
    tail: int

    def line(self, index: int) -> str:
        """A line as rules read it."""
        return flat(self.shadow, self.lines[index].start, self.lines[index].end)

    def kind(self, index: int) -> str:
        """What a line is by itself, without regard to where it stands."""
        return self.lines[index].kind

    def written(self, index: int, start: int = 0, end: int | None = None) -> str:
        """A line, or part of it, as the text has it."""
        line = self.lines[index]
        return self.text[line.start + start : line.end if end is None else line.start + end]

    @property
    def is_bare(self) -> bool:
        """Whether there is no furniture above or below."""
        return self.head == 0 and self.tail == len(self.lines)


def read_page(text: str, shadow: str) -> Page:
    """The lines of a text, all of them body so far."""
    lines = read_lines(shadow)
    return Page(text, shadow, lines, 0, len(lines))


def read_lines(shadow: str) -> list[Line]:
    """The lines that hold something, each with its kind; prose that a link farm is glued to is two lines."""
    spans = list(_joined(shadow, list(_spans(shadow))))
    last = len(spans) - _TAIL_LINES
    lines = [
        Line(start, end, _kind(flat(shadow, start, end), index < _HEAD_LINES or index >= last))
        for index, (start, end) in enumerate(spans)
    ]
    return list(_with_runs(lines))


def flat(shadow: str, start: int, end: int) -> str:
    """A line of the shadow as rules read it: a break between label and value is a blank."""
    return shadow[start:end].replace("\n", " ")


def is_paragraph(line: str) -> bool:
    """Whether a line of the shadow is prose by its length, its full stop or its dateline."""
    return len(line) >= _SHORTEST_PARAGRAPH or _SENTENCE.search(line) is not None or is_dateline(line)


def is_dateline(line: str) -> bool:
    """Whether a report opens here: 新华社北京6月27日电."""
    return pattern("dateline").match(line) is not None


def _spans(shadow: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in shadow.split("\n"):
        trimmed = piece.strip()
        if trimmed:
            low = start + piece.index(trimmed)
            cut = farm_start(trimmed)
            yield from _trimmed(shadow, low, low + cut)
            yield from _trimmed(shadow, low + cut, low + len(trimmed))
        start += len(piece) + 1


def _trimmed(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = shadow[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(shadow: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of the head with labels joined to their values and the steps of a breadcrumb to one another."""
    merged: list[tuple[int, int]] = []
    for start, end in spans[:_HEAD_LINES]:
        before = shadow[slice(*merged[-1])] if merged else ""
        if before and end - start <= _LONGEST_VALUE and _goes_on(before, shadow[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    yield from merged
    yield from spans[_HEAD_LINES:]


def _goes_on(before: str, line: str) -> bool:
    if len(before) > _LONGEST_PUBLICATION or is_paragraph(line):
        return False
    if _STEP.fullmatch(line):
        return not is_paragraph(before)
    if _STEP.search(before[-1]):
        return True
    return pattern("field.open").search(before) is not None and pattern("field.open").search(line) is None


def _with_runs(lines: list[Line]) -> Iterator[Line]:
    """The lines with runs of links told, and what would be one in a run taken for prose where it is alone."""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        run = list(group)
        told = _kind_of_run(kind, len(run))
        yield from (line._replace(kind=told) for line in run)


def _kind_of_run(kind: str, length: int) -> str:
    if kind == _TIMED:
        return "publication" if length == 1 else ""
    if kind in _RUNS:
        return _RUNS[kind] if length >= _SHORTEST_RUN else ""
    return kind


def _kind(line: str, at_an_end: bool) -> str:
    kind = links_kind(line)
    if kind or len(line) > _LONGEST_FURNITURE:
        return kind
    if not at_an_end:
        return "prompt" if len(line) <= _LONGEST_PROMPT and pattern("prompt").match(line) else ""
    if is_dateline(line):
        return ""
    if not _LETTER.search(line):
        return _kind_without_letters(line)
    named = (name.partition(".")[0] for name in _RULES if pattern(name).match(line))
    return next(named, "") or _publication(line) or _kind_in_a_run(line)


def _kind_in_a_run(line: str) -> str:
    if is_section(line):
        return "section"
    if is_spamlet(line):
        return "spamlet"
    return "listing" if pattern("listing").match(line) else ""


def _kind_without_letters(line: str) -> str:
    """A date, a step of a breadcrumb, or marks and figures, of which a table may consist."""
    if pattern("breadcrumb.home").match(line):
        return "breadcrumb"
    return _publication(line) or ("" if _WORD.search(line) else "marks")


def _publication(line: str) -> str:
    """Kind of a line in which dates, labelled fields and tools leave next to nothing over.

    "byline" where only authors are named, "date" for a day alone or with a name (临江市统计局 2021年6月30日),
    "publication" for anything more.
    """
    if len(line) > _LONGEST_PUBLICATION or "。" in line:
        return ""
    rest, found = _without_fields(line)
    left = len(_WORD.findall(rest))
    if not found or left > _MOST_LEFT_OVER:
        return ""
    if found <= {"author", "reporter"}:
        return "byline"
    if found & {"source", "editor"} or (found == {"other"} and not left):
        return "publication"
    if _has_time(line):
        return _TIMED if left and found == {"date"} else "publication"
    return "date" if "date" in found and not left else ""


def _has_time(line: str) -> bool:
    """Whether a date has a label or a time of day."""
    date = pattern("field.date").search(line)
    return date is not None and bool(date["clock"] or date["date_label"])


def _without_fields(line: str) -> tuple[str, set[str]]:
    rest, found = line, set()
    for name in _FIELDS:
        rest, count = pattern(f"field.{name}").subn(" ", rest)
        if count:
            found.add(name)
    return rest, found
