"""The parts of a page: headline, publication line, body, editor, notices, links; every part is labelled.

Lines are told apart by the rules of ``models/zh_news/rules/layout.toml`` and by the shape of link farms.
The furniture above the body reaches down to its last line before the first paragraph; the one below
reaches up from the end as far as every line is furniture or a list of related headlines.  When in doubt a
line is body, and a text without any furniture is all body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.text.credits import Credits, pattern
from extractor.text.furniture import Page, is_paragraph, read_page
from extractor.text.imprint import read_credits

_TOOLS = {"breadcrumb", "navigation", "greeting", "share", "prompt", "links", "comments"}
_ABOVE = _TOOLS | {"publication", "repeat", "editor"}
_BELOW = _ABOVE | {"notice", "related"}
# Lines below which nothing but furniture comes, as long as there is no prose.
_OPENERS = frozenset({"related", "notice", "editor", "comments"})
_ANYWHERE = frozenset({"links", "navigation", "prompt"})
# Furniture between furniture, body beside the body.
_NEUTRAL = frozenset({"byline", "date", "marks", "footer"})
# Lines of prose that may stand between two lines of furniture, and lines that a list of related headlines
# or a notice may have; counted on the government reports and the Taiwan and Hong Kong news.
_HEAD_LINES, _HEAD_GAP, _LIST_LINES = 40, 4, 60
# A line as short as an item of a menu does not count as prose there.
_LONGEST_ITEM = 8
_HEADLINE = range(4, 61)
_COUNTER = re.compile("[0-9]{1,4}")


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


def find_layout(text: str, shadow: str) -> Layout:
    """The parts of a text; ``shadow`` is its shadow, and all positions are those of both."""
    page = _bounded(read_page(text, shadow))
    title = _find_title(page)
    if 0 < page.head == title:
        page = replace(page, head=title + 1)
    stated = read_credits(page, page.written(title) if title >= 0 else "")
    regions = tuple(_regions(page, _final_kinds(page, title)))
    if page.is_bare:
        return Layout(regions, stated, 0, len(text))
    return Layout(regions, stated, page.lines[page.head].start, page.lines[page.tail - 1].end)


def _bounded(page: Page) -> Page:
    """The page with its body found; a page that were all furniture is all body."""
    head = _past_marks(page, _head_end(page))
    tail = _tail_start(page, head)
    return replace(page, head=head, tail=tail) if head < tail else page


def _head_end(page: Page) -> int:
    end = gap = 0
    for index in range(min(len(page.lines), _HEAD_LINES)):
        if page.kind(index) in _ABOVE:
            end, gap = index + 1, 0
        elif page.kind(index) not in _NEUTRAL:
            gap += len(page.line(index)) > _LONGEST_ITEM
            if gap > _HEAD_GAP or is_paragraph(page.line(index)):
                break
    return end


def _past_marks(page: Page, head: int) -> int:
    """Past counters and marks that close the furniture above: 0, ×."""
    while 0 < head < len(page.lines) and (page.kind(head) == "marks" or _COUNTER.fullmatch(page.line(head))):
        head += 1
    return head


def _tail_start(page: Page, head: int) -> int:
    start = index = len(page.lines)
    while index > head:
        index -= 1
        kind = page.kind(index)
        if kind in _BELOW or (kind == "footer" and start == index + 1 < len(page.lines)):
            start = index
        elif kind not in _NEUTRAL:
            opener = _opener(page, index, head)
            if opener < 0:
                break
            start = index = opener
    while start > head and page.kind(start - 1) == "marks":
        start -= 1
    return start


def _opener(page: Page, index: int, head: int) -> int:
    """The line above that opens the list of headlines or the notice with this line in it; -1 if none."""
    wanted = {"notice"} if is_paragraph(page.line(index)) else _OPENERS
    for above in range(index - 1, max(head - 1, index - _LIST_LINES), -1):
        if page.kind(above) in wanted:
            return above
        if page.kind(above) == "" and (wanted is not _OPENERS or is_paragraph(page.line(above))):
            return -1
    return -1


def _find_title(page: Page) -> int:
    """The line of the headline: the longest above the publication line, or the first of the body; -1."""
    above = [i for i in range(page.head) if page.kind(i) == "" and _is_headline(page.line(i))]
    crumbs = " ".join(page.line(i) for i in range(page.head) if page.kind(i) == "breadcrumb")
    below = pattern("field.subtitle")
    plain = [i for i in above if not below.match(page.line(i)) and not _is_step(page.line(i), crumbs)]
    if above:
        return max(_likelier(page, plain or above), key=lambda index: len(page.line(index)))
    first = page.head
    if first + 1 < page.tail and page.kind(first) == "" and _is_headline(page.line(first)):
        return first
    return -1


def _likelier(page: Page, lines: Sequence[int]) -> Sequence[int]:
    """Of lines that may be the headline those that are repeated, or else those above the publication line."""
    published = next((i for i in range(page.head) if page.kind(i) == "publication"), page.head)
    repeated = [index for index in lines if page.shadow.count(page.line(index)) > 1]
    return repeated or [index for index in lines if index < published] or lines


def _is_step(line: str, crumbs: str) -> bool:
    """Whether a line repeats a step of the breadcrumb; the last step may be the headline itself."""
    return len(line) <= _LONGEST_ITEM and line in crumbs


def _is_headline(line: str) -> bool:
    if len(line) not in _HEADLINE or is_paragraph(line) or pattern("field.no_headline").search(line):
        return False
    return pattern("field.outlet").fullmatch(line) is None


def _final_kinds(page: Page, title: int) -> list[str]:
    kinds: list[str] = []
    for index, line in enumerate(page.lines):
        if index == title and index < page.head:
            kinds.append("title")
        elif index < page.head:
            kinds.append(_kind_above(page, index, title, kinds))
        elif index < page.tail:
            kinds.append(line.kind if line.kind in _ANYWHERE else "body")
        else:
            kinds.append(line.kind if line.kind in _BELOW else kinds[-1])
    return kinds


def _kind_above(page: Page, index: int, title: int, kinds: Sequence[str]) -> str:
    """What a line above the body is: by itself, or navigation above the headline and a subtitle below."""
    kind = page.kind(index)
    if kind == "marks" and kinds:
        return kinds[-1]
    if kind in _NEUTRAL:
        return "byline" if kind == "byline" else "publication"
    if kind:
        return kind
    if title >= 0 and page.line(index) == page.line(title):
        return "repeat"
    if pattern("field.outlet").fullmatch(page.line(index)):
        return "publication"
    return "subtitle" if kinds and kinds[-1] in {"title", "subtitle"} else "navigation"


def _regions(page: Page, kinds: Sequence[str]) -> Iterator[Region]:
    """Neighbouring lines of one kind as one region; a page without furniture is one body from end to end."""
    if page.is_bare and set(kinds) <= {"body"}:
        yield Region("body", 0, len(page.text))
        return
    start = 0
    for index in range(1, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[start]:
            yield Region(kinds[start], page.lines[start].start, page.lines[index - 1].end)
            start = index
