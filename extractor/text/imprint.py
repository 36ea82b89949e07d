"""Who published a page, when, and who wrote and edited it, read from the lines around the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.text.credits import Credits, find_names, pattern, read_date, read_stamp
from extractor.text.furniture import Line, flat
from extractor.text.linkfarms import is_section

# Lines at either end of the body that may name its authors, and lines that may hold the date of a document.
_FIRST_LINES, _LAST_LINES, _DATED_LINES = 6, 3, 4
# Characters of the labels that date a page: 发布, 刊登, 出版, 上线 before 时间, 日期 and 更新.
_FIRST_PUBLISHED, _DATED = "发刊版公", "时日"
_BYLINES = ("byline.line", "field.author", "byline.bracket", "field.reporter")


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines of a text; those from ``head`` to before ``tail`` are body."""

    text: str
    shadow: str
    lines: Sequence[Line]
    head: int
    tail: int

    def line(self, index: int) -> str:
        """A line as rules read it."""
        return flat(self.shadow, self.lines[index].start, self.lines[index].end)

    def written(self, index: int, found: re.Match[str], group: str) -> str:
        """A group of a match in a line, as the text writes it."""
        start = self.lines[index].start
        return self.text[start + found.start(group) : start + found.end(group)]

    def names(self, indexes: Iterable[int], rules: Iterable[str]) -> Iterator[str]:
        """The people whom the group ``names`` of the rules holds, line by line."""
        rules = tuple(rules)
        for index in indexes:
            start, line = self.lines[index].start, self.line(index)
            for found in (match for rule in rules for match in pattern(rule).finditer(line)):
                if found["names"]:
                    span = start + found.start("names"), start + found.end("names")
                    yield from find_names(self.text, self.shadow, *span)

    @property
    def around(self) -> list[int]:
        """The lines above and below the body."""
        return [*range(self.head), *range(self.tail, len(self.lines))]

    @property
    def opening(self) -> range:
        """The first lines of the body."""
        return range(self.head, min(self.head + _FIRST_LINES, self.tail))

    @property
    def closing(self) -> range:
        """The last lines of the body."""
        return range(max(self.tail - _LAST_LINES, self.head), self.tail)


def read_credits(page: Imprint, title: str) -> Credits:
    """What the lines around the body, and the first and last of the body, say of the page."""
    authors = page.names([*page.around, *page.opening, *page.closing], _BYLINES)
    editors = page.names([*page.around, *page.closing], ["field.editor"])
    return Credits(
        title=title,
        published=next(filter(None, _dates(page)), ""),
        publisher=next(_publishers(page), ""),
        site=next(_sites(page), ""),
        authors=tuple(dict.fromkeys(authors)),
        editor="、".join(dict.fromkeys(editors)),
    )


def _dates(page: Imprint) -> Iterator[str]:
    """Labelled dates of the furniture, its other dates, a date on a line of its own, an agency's stamp."""
    lines = [page.line(index) for index in page.around]
    for label in (_FIRST_PUBLISHED, _DATED, ""):
        yield from (read_date(line, label=label) for line in lines)
    for index in page.opening[:_DATED_LINES]:
        if page.lines[index].kind in {"date", "publication"} or page.line(index).startswith("("):
            yield read_date(page.line(index))
    yield from (read_stamp(page.line(index)) for index in [*page.closing, *page.around])
    for index in page.closing:
        if page.lines[index].kind == "date":
            yield read_date(page.line(index))


def _publishers(page: Imprint) -> Iterator[str]:
    """Who a labelled field names, or the agency that opens the body."""
    for index in page.around:
        for found in pattern("field.source").finditer(page.line(index)):
            if found["publisher"]:
                yield page.written(index, found, "publisher")
    yield from _outlets(page)
    for index in page.opening:
        opened = pattern("dateline").match(page.line(index)) or pattern("opening").match(page.line(index))
        if opened and not opened["outlet"].startswith("本"):
            yield page.written(index, opened, "outlet")


def _outlets(page: Imprint) -> Iterator[str]:
    """Names of media without a label: beside the date, or on a line of their own above the body."""
    for index in page.around:
        found = pattern("field.outlet").search(page.line(index))
        if found and page.lines[index].kind == "publication" and read_date(page.line(index)):
            yield page.written(index, found, "publisher")
    for index in range(page.head):
        alone = pattern("field.outlet").fullmatch(page.line(index))
        if alone and not page.lines[index].kind:
            yield page.written(index, alone, "publisher")


def _sites(page: Imprint) -> Iterator[str]:
    """The first step of the breadcrumb where it is no section, or whom a notice names as the owner."""
    for rule, kind in (("site.breadcrumb", "breadcrumb"), ("site.notice", "notice")):
        for index in page.around:
            found = pattern(rule).search(page.line(index)) if page.lines[index].kind == kind else None
            if found and not is_section(found["site"]):
                yield page.written(index, found, "site")
