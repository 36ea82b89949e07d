"""HTML pages: the main text with the lines that say when and by whom, and what the page says of itself.

The main text is trafilatura's (Barbaresi 2021, ACL demo).  It leaves out the lines 来源 / 作者 / 责编, which
name publisher and editor; they are looked for beside it and put back, the headline in front, so that
the text reads as a person would copy it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from extractor.corpus.rows import Parts, iso_date
from extractor.corpus.sources import FileSource, Part, Reading, quiet
from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.decoding import declared_charset, decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Meta tags by what they say: Open Graph, schema.org's article, and those that the State Council's
# 政府网站发展指引 (2017) asks of government pages.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("articletitle", "og:title"),
    "published": ("pubdate", "article:published_time", "publishdate", "publish_date", "datepublished"),
    "publisher": ("contentsource", "source"),
    "site": ("sitename", "og:site_name"),
    "author": ("author", "article:author"),
    "editor": ("editor",),
}
_SILENT = {"script", "style", "noscript", "template", "head", "svg", "iframe", "select", "textarea", "button"}
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *(
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
        ),
        "wbr",
    )
)
_EDGES = {("td", "start"): "", ("th", "start"): "", ("td", "end"): "\t", ("th", "end"): "\t"}
# How many lines beside the main text may belong to it, and how long such a line may be: the bylines of news
# agencies and governments keep well within both.
_NEAR, _LONGEST, _KEY = 8, 120, 20
_SITE_BEHIND = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")


def read_html(source: FileSource, reading: Reading) -> Parts:
    """The page as one text: headline, byline, main text, editor's line."""
    data = source.read()
    declared = declared_charset(data)
    html = decode(data, path=source.shown, encoding=reading.encoding, declared=declared).text
    page = parse(html)
    if page is None:
        raise source.error("holds no page", "check the file")
    main, meta = _main_text(page, html)
    lines = list(_lines(page))
    if not lines:
        raise source.error("holds no text", "a page that scripts fill in must be saved from the browser")
    title = meta.get("title", "")
    yield Part(text=_mended(_composed(title, lines, _body(lines, main))), meta=meta)


def parse(html: str) -> HtmlElement | None:
    """The tree of a page, or None when there is none."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # A declaration inside the text speaks of the bytes that are decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    try:
        page: HtmlElement = document_fromstring(
            text.encode(), parser=HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return page


def _main_text(page: HtmlElement, html: str) -> tuple[str, dict[str, str]]:
    """The main text as trafilatura finds it, and the page's own metadata, its meta tags first."""
    from trafilatura import bare_extraction

    quiet("trafilatura")
    quiet("htmldate")
    found: Any = bare_extraction(html, with_metadata=True, include_comments=False)
    meta = _tags(page)
    if found is None:
        return "", meta
    guessed = {"title": found.title, "published": found.date, "author": found.author}
    guessed["site"] = found.sitename or found.hostname
    meta |= {name: value for name, value in guessed.items() if value and name not in meta}
    if "title" in meta:
        meta["title"] = _headline(page, meta["title"])
    return found.text or "", meta


def _headline(page: HtmlElement, title: str) -> str:
    """The heading that a window's title holds, else the title up to the name of the site behind it."""
    headings = [" ".join(heading.text_content().split()) for heading in page.iter("h1")]
    inside = [heading for heading in headings if len(heading) > 3 and _squeezed(heading) in _squeezed(title)]
    return inside[0] if inside else _SITE_BEHIND.split(title, maxsplit=1)[0]


def _tags(page: HtmlElement) -> dict[str, str]:
    """What the meta tags say; names in any case."""
    tags: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop") or ""
        tags.setdefault(name.lower(), (tag.get("content") or "").strip())
    found: dict[str, str] = {}
    for field, names in _META.items():
        value = next((tags[name] for name in names if tags.get(name)), "")
        value = iso_date(value) if field == "published" else value
        if value:
            found[field] = value
    return found


def _body(lines: Sequence[str], main: str) -> list[str]:
    """The lines of the page that make up the main text; trafilatura's own lines where the two differ.

    The page's are better: trafilatura breaks some lines at inline elements, in the middle of figures.
    """
    own = [_cells(line) for line in main.split("\n") if line.strip()]
    edges = set(accumulate((len(_squeezed(line)) for line in own), initial=0))
    whole = "".join(map(_squeezed, own))
    return (
        _matched(lines, whole, edges) or _matched(lines, whole, range(len(whole) + 1)) or own or list(lines)
    )


def _matched(lines: Sequence[str], whole: str, edges: Container[int]) -> list[str]:
    """The lines that, one after another, are ``whole``, each ending at an edge; none when they are not."""
    found: list[str] = []
    place = 0
    for line in lines:
        squeezed = _squeezed(line)
        if place + len(squeezed) in edges and whole.startswith(squeezed, place):
            found.append(line)
            place += len(squeezed)
    return found if place == len(whole) else []


def _composed(title: str, lines: Sequence[str], body: Sequence[str]) -> str:
    """Headline, the lines above the body that date and sign it, the body, the lines below."""
    first, last = _first_place(lines, body), _last_place(lines, body)
    held = set(body)
    above = lines[max(0, first - _NEAR) : first] if first >= 0 else ()
    below = lines[last + 1 : last + 1 + _NEAR] if last >= 0 else ()
    head = [line for line in above if line not in held and _signs(line, "head")]
    foot = [line for line in below if line not in held and _signs(line, "foot")]
    headline = [title] if title and _squeezed(title) not in map(_squeezed, body[:2]) else []
    return "\n".join([*headline, *head, *body, *foot])


def _first_place(lines: Sequence[str], body: Sequence[str]) -> int:
    """Where on the page the body begins: the line that begins as one of its first lines; -1 for nowhere."""
    squeezed = [_squeezed(line) for line in lines]
    for wanted in body[:_NEAR]:
        key = _squeezed(wanted)[:_KEY]
        place = next((n for n, line in enumerate(squeezed) if key and line.startswith(key)), -1)
        if place >= 0:
            return place
    return -1


def _last_place(lines: Sequence[str], body: Sequence[str]) -> int:
    """Where it ends: the last line that ends as one of its last lines."""
    squeezed = [_squeezed(line) for line in lines]
    for wanted in body[: -_NEAR - 1 : -1]:
        key = _squeezed(wanted)[-_KEY:]
        place = next((n for n, line in reversed(list(enumerate(squeezed))) if key and line.endswith(key)), -1)
        if place >= 0:
            return place
    return -1


def _cells(line: str) -> str:
    """A row of a table as trafilatura writes it, | 课程 | 人数 |, with tabs between its cells."""
    inner = line.strip()
    if not (inner.startswith("|") and inner.endswith("|") and len(inner) > 1):
        return line
    return "\t".join(cell.strip() for cell in inner[1:-1].split("|"))


def _signs(line: str, place: str) -> bool:
    if len(line) > _LONGEST:
        return False
    dated = place == "head" and _DATE.search(line) is not None
    return dated or any(term in line for term in _terms(place))


@cache
def _terms(place: str) -> tuple[str, ...]:
    rows = read_codelist(default_model() / "codelists" / "page_lines.tsv")
    return tuple(row["term"] for row in rows if row["place"] == place)


def _lines(page: HtmlElement) -> Iterator[str]:
    """The text of the page, a line a block, blanks folded."""
    pieces: list[str] = []
    _gather(page, pieces)
    for line in "".join(pieces).split("\n"):
        folded = "\t".join(" ".join(cell.split()) for cell in line.split("\t"))
        if folded.strip():
            yield folded.strip()


def _gather(page: Any, pieces: list[str]) -> None:
    """Text of all elements in order, a line end where a block begins or ends; no recursion."""
    from lxml import etree

    silent = 0
    for event, element in etree.iterwalk(page, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        hidden = not name or name in _SILENT
        if event == "start" and hidden:
            silent += 1
        edge = "" if name in _INLINE or hidden else _EDGES.get((name, event), "\n")
        if event == "start" and not silent:
            pieces += (edge, _text(element.text))
        if event == "end" and hidden:
            silent -= 1
        if event != "start" and not silent:
            pieces += (edge, _text(element.tail))


def _text(written: str | None) -> str:
    """Line ends and tabs in the markup are blanks."""
    return written.replace("\n", " ").replace("\t", " ") if written else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _mended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
