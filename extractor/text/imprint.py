"""Who published a page, when, and who wrote and edited it, read from the lines around the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.text.credits import Credits, find_names, pattern, read_date, read_stamp
from extractor.text.furniture import Page
from extractor.text.linkfarms import is_section

# Lines at either end of the body that may name its authors, and lines that may hold the date of a document.
_FIRST_LINES, _LAST_LINES, _DATED_LINES = 6, 3, 4
# Characters of the labels that date a page: 发布, 刊登, 出版, 上线 before 时间, 日期 and 更新.
_FIRST_PUBLISHED, _DATED = "发刊版公", "时日"
_SITES = (("site.breadcrumb", "breadcrumb"), ("greeting", "greeting"), ("site.notice", "notice"))
_OF_THE_PAGE = frozenset({"publication", "repeat", "editor", "byline", "date", "share"})
_BYLINES = ("byline.line", "byline.mark", "field.author", "byline.bracket", "field.reporter")


def read_credits(page: Page, title: str) -> Credits:
    """What the lines around the body, and the first and last of the body, say of the page."""
    authors = _people(page, [*_around(page), *_opening(page), *_closing(page)], _BYLINES)
    editors = _people(page, [*_around(page), *_closing(page)], ("field.editor",))
    return Credits(
        title=title or next(_original_titles(page), ""),
        published=next(filter(None, _dates(page)), ""),
        publisher=next(_publishers(page), ""),
        site=next(_sites(page), ""),
        authors=tuple(dict.fromkeys(authors)),
        editor="、".join(dict.fromkeys(editors)),
    )


def _around(page: Page) -> list[int]:
    """The lines above and below the body that speak of the page itself, not of others or of rights."""
    around = [*range(page.head), *range(page.tail, len(page.lines))]
    return [index for index in around if page.kind(index) in _OF_THE_PAGE]


def _opening(page: Page) -> range:
    """The first lines of the body."""
    return range(page.head, min(page.head + _FIRST_LINES, page.tail))


def _closing(page: Page) -> range:
    """The last lines of the body."""
    return range(max(page.tail - _LAST_LINES, page.head), page.tail)


def _people(page: Page, indexes: Iterable[int], rules: Sequence[str]) -> Iterator[str]:
    """The people whom the group ``names`` of the rules holds, line by line."""
    for index in indexes:
        start, line = page.lines[index].start, page.line(index)
        for found in (match for rule in rules for match in pattern(rule).finditer(line)):
            if found["names"]:
                span = start + found.start("names"), start + found.end("names")
                yield from find_names(page.text, page.shadow, *span)


def _original_titles(page: Page) -> Iterator[str]:
    """A headline that a label announces: 原标题:…"""
    for index in _around(page):
        found = pattern("repeat").match(page.line(index)) if page.kind(index) == "repeat" else None
        if found:
            yield page.written(index, *found.span("title"))


def _dates(page: Page) -> Iterator[str]:
    """Labelled dates of the furniture, its other dates, a date on a line of its own, an agency's stamp."""
    lines = [page.line(index) for index in _around(page)]
    for label in (_FIRST_PUBLISHED, _DATED, ""):
        yield from (read_date(line, label=label) for line in lines)
    for index in _opening(page)[:_DATED_LINES]:
        if page.kind(index) in {"date", "publication"} or page.line(index).startswith("("):
            yield read_date(page.line(index))
    yield from (read_stamp(page.line(index)) for index in [*_closing(page), *_around(page)])
    for index in _closing(page):
        if page.kind(index) == "date":
            yield read_date(page.line(index))


def _publishers(page: Page) -> Iterator[str]:
    """Who a labelled field names, or the agency that opens the body."""
    for index in _around(page):
        for found in pattern("field.source").finditer(page.line(index)):
            if found["publisher"]:
                yield page.written(index, *found.span("publisher"))
    yield from _outlets(page)
    for index in _opening(page):
        opened = pattern("dateline").match(page.line(index)) or pattern("opening").match(page.line(index))
        if opened and not opened["outlet"].startswith("本"):
            yield page.written(index, *opened.span("outlet"))


def _outlets(page: Page) -> Iterator[str]:
    """Names of media without a label: beside the date, or on a line of their own above the body."""
    for index in _around(page):
        found = pattern("field.outlet").search(page.line(index))
        if found and page.kind(index) == "publication" and read_date(page.line(index)):
            yield page.written(index, *found.span("publisher"))
    for index in range(page.head):
        alone = pattern("field.outlet").fullmatch(page.line(index))
        if alone and not page.kind(index):
            yield page.written(index, *alone.span("publisher"))


def _sites(page: Page) -> Iterator[str]:
    """The first step of a breadcrumb where it is no section, whom a greeting or a notice names."""
    for rule, kind in _SITES:
        for index in (index for index, line in enumerate(page.lines) if line.kind == kind):
            found = pattern(rule).search(page.line(index))
            if found and not is_section(found["site"]):
                yield page.written(index, *found.span("site"))
