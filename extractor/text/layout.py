"""The parts of a page: headline, publication line, body, editor, notices, links; every part is labelled.

Lines are told apart by the rules of ``models/zh_news/rules/layout.toml`` and by the shape of link farms.
The furniture above the body reaches down to its last line before the first paragraph; the one below reaches
up from the end as far as every line is furniture or a list of related headlines.  When in doubt a line is
body, and a text without any furniture is all body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.text.credits import Credits, find_names, pattern, read_date, read_stamp
from extractor.text.furniture import Line, is_paragraph, read_lines
from extractor.text.linkfarms import is_section

_HEAD = frozenset(
    {"breadcrumb", "navigation", "share", "prompt", "publication", "editor", "links", "comments"}
)
_TAIL = _HEAD | {"notice", "related"}
_ANYWHERE = frozenset({"links", "navigation", "prompt"})
# Furniture between furniture, body beside the body.
_NEUTRAL = frozenset({"byline", "date", "marks"})
# Lines of prose that may stand between two lines of furniture, and lines that a list of related headlines
# or a notice may have; counted on the government reports and the Taiwan and Hong Kong news.
_HEAD_LINES, _HEAD_GAP, _LIST_LINES = 40, 4, 60
_HEADLINE = range(4, 61)
_NO_HEADLINE = re.compile(r"[,;:、—-]$|^(?:[一二三四五六七八九十]+、|[(（]|——|[0-9]+[.、])")
_SUBTITLE = re.compile(r"——|—|-|[(]")
_FIRST_LINES, _LAST_LINES = 6, 3


class Region(NamedTuple):
    """One part of a page: title, subtitle, body, byline, or a kind of furniture; end exclusive."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The regions of a text in order, what the page says of itself, and the span of the body."""

    regions: tuple[Region, ...]
    credits: Credits
    body_start: int
    body_end: int


@dataclass(frozen=True, slots=True)
class _Page:
    """Lines of a text; those from ``head`` to before ``tail`` are body."""

    text: str
    shadow: str
    lines: Sequence[Line]
    head: int
    tail: int

    def line(self, index: int) -> str:
        """A line as it stands in the shadow."""
        return self.shadow[self.lines[index].start : self.lines[index].end]

    @property
    def is_bare(self) -> bool:
        """Whether there is no furniture above or below."""
        return self.head == 0 and self.tail == len(self.lines)


def find_layout(text: str, shadow: str) -> Layout:
    """The parts of a text; ``shadow`` is its shadow, and all positions are those of both."""
    lines = read_lines(shadow)
    page = _bounded(_Page(text, shadow, lines, 0, len(lines)))
    title = _find_title(page)
    if page.head == title >= 0 and not page.is_bare and page.head:
        page = _Page(text, shadow, lines, title + 1, page.tail)
    kinds = _final_kinds(page, title)
    credits = _find_credits(page, title)
    regions = tuple(_regions(page, kinds))
    if page.is_bare:
        return Layout(regions, credits, 0, len(text))
    return Layout(regions, credits, lines[page.head].start, lines[page.tail - 1].end)


def _bounded(page: _Page) -> _Page:
    """The page with its body found; a page that were all furniture is all body."""
    head = _head_end(page)
    tail = _tail_start(page, head)
    return _Page(page.text, page.shadow, page.lines, head, tail) if head < tail else page


def _head_end(page: _Page) -> int:
    end = gap = 0
    for index, line in enumerate(page.lines[:_HEAD_LINES]):
        if line.kind in _HEAD:
            end, gap = index + 1, 0
        elif line.kind not in _NEUTRAL:
            gap += 1
            if gap > _HEAD_GAP or is_paragraph(page.line(index)):
                break
    return end


def _tail_start(page: _Page, head: int) -> int:
    start = index = len(page.lines)
    while index > head:
        index -= 1
        if page.lines[index].kind in _TAIL:
            start = index
        elif page.lines[index].kind not in _NEUTRAL:
            opener = _opener(page, index, head)
            if opener < 0:
                break
            start = index = opener
    return start


def _opener(page: _Page, index: int, head: int) -> int:
    """The line above that opens a list of related headlines, or a notice, with this line in it; -1 if none."""
    wanted = "notice" if is_paragraph(page.line(index)) else "related"
    for above in range(index - 1, max(head - 1, index - _LIST_LINES), -1):
        kind = page.lines[above].kind
        if kind == wanted:
            return above
        if kind == "" and (wanted == "notice" or is_paragraph(page.line(above))):
            return -1
    return -1


def _find_title(page: _Page) -> int:
    """The line of the headline: above the publication line, or the first of the body; -1 if there is none."""
    above = [
        index for index in range(page.head) if page.lines[index].kind == "" and _is_headline(page.line(index))
    ]
    repeated = [index for index in above if page.shadow.count(page.line(index)) > 1]
    if repeated:
        return repeated[0]
    plain = [index for index in above if not _SUBTITLE.match(page.line(index))]
    if plain:
        published = next((i for i in range(page.head) if page.lines[i].kind == "publication"), page.head)
        return max((index for index in plain if index < published), default=plain[0])
    first = page.head
    if first + 1 < page.tail and page.lines[first].kind == "" and _is_headline(page.line(first)):
        return first
    return -1


def _is_headline(line: str) -> bool:
    return len(line) in _HEADLINE and not is_paragraph(line) and not _NO_HEADLINE.search(line)


def _final_kinds(page: _Page, title: int) -> list[str]:
    kinds = []
    for index, line in enumerate(page.lines):
        if page.head <= index < page.tail:
            kinds.append(line.kind if line.kind in _ANYWHERE else "body")
        elif index == title:
            kinds.append("title")
        elif index >= page.tail:
            kinds.append(line.kind if line.kind in _TAIL else kinds[-1])
        else:
            kinds.append(_kind_above(page, index, title))
    return kinds


def _kind_above(page: _Page, index: int, title: int) -> str:
    """What a line above the body is that no rule tells: navigation above the headline, a subtitle below it."""
    kind = page.lines[index].kind
    if kind == "date":
        return "publication"
    if kind in _HEAD or kind in _NEUTRAL:
        return kind
    if title >= 0 and page.line(index) == page.line(title):
        return "repeat"
    return "subtitle" if 0 <= title < index else "navigation"


def _regions(page: _Page, kinds: Sequence[str]) -> Iterator[Region]:
    """Neighbouring lines of one kind as one region; a bare page is one body from end to end."""
    if page.is_bare and all(kind == "body" for kind in kinds):
        yield Region("body", 0, len(page.text))
        return
    start = 0
    for index in range(1, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[start]:
            yield Region(kinds[start], page.lines[start].start, page.lines[index - 1].end)
            start = index


def _find_credits(page: _Page, title: int) -> Credits:
    around = [index for index in range(len(page.lines)) if not page.head <= index < page.tail]
    opening = range(page.head, min(page.head + _FIRST_LINES, page.tail))
    closing = range(max(page.tail - _LAST_LINES, page.head + _FIRST_LINES), page.tail)
    start, end = (page.lines[title].start, page.lines[title].end) if title >= 0 else (0, 0)
    return Credits(
        title=page.text[start:end],
        published=_published(page, around, opening),
        publisher=_publisher(page, around, opening),
        site=_site(page, around),
        authors=tuple(dict.fromkeys(_authors(page, [*around, *opening, *closing]))),
        editor="、".join(dict.fromkeys(_editors(page, [*around, *closing]))),
    )


def _published(page: _Page, around: Sequence[int], opening: Sequence[int]) -> str:
    """The labelled date of the page before any other, then a date that is a line of its own, then a stamp."""
    dated = [(index, found) for index in around if (found := read_date(page.line(index)))]
    labelled = (
        found for index, found in dated if pattern("field.date").search(page.line(index))["date_label"]
    )
    own = (
        read_date(page.line(index)) for index in opening if page.lines[index].kind in {"date", "publication"}
    )
    stamps = (read_stamp(page.line(index)) for index in around)
    bracketed = (read_date(page.line(i)) for i in opening[:4] if page.line(i).startswith("("))
    every = [*labelled, *(found for _, found in dated), *own, *stamps, *bracketed]
    return next(filter(None, every), "")


def _publisher(page: _Page, around: Sequence[int], opening: Sequence[int]) -> str:
    for index in around:
        found = pattern("field.source").search(page.line(index))
        if found and found["publisher"]:
            start, end = found.span("publisher")
            return page.text[page.lines[index].start + start : page.lines[index].start + end]
    for index in opening:
        found = pattern("dateline").match(page.line(index))
        if found and not found["agency"].startswith("本"):
            start, end = found.span("agency")
            return page.text[page.lines[index].start + start : page.lines[index].start + end]
    return ""


def _site(page: _Page, around: Sequence[int]) -> str:
    """The first step of the breadcrumb where it is no section, or whom a notice names as the owner."""
    for name, kind in (("site.breadcrumb", "breadcrumb"), ("site.notice", "notice")):
        for index in around:
            found = pattern(name).search(page.line(index)) if page.lines[index].kind == kind else None
            if found and not is_section(found["site"]):
                low = page.lines[index].start
                return page.text[low + found.start("site") : low + found.end("site")]
    return ""


def _authors(page: _Page, indexes: Sequence[int]) -> Iterator[str]:
    for index in indexes:
        line = page.line(index)
        for name in ("byline.line", "field.author", "byline.bracket"):
            for found in pattern(name).finditer(line):
                if found["names"]:
                    low = page.lines[index].start
                    yield from find_names(
                        page.text, page.shadow, low + found.start("names"), low + found.end("names")
                    )


def _editors(page: _Page, indexes: Sequence[int]) -> Iterator[str]:
    for index in indexes:
        for found in pattern("field.editor").finditer(page.line(index)):
            if found["names"]:
                low = page.lines[index].start
                yield from find_names(
                    page.text, page.shadow, low + found.start("names"), low + found.end("names")
                )
