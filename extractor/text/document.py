"""A document: what was given, what of it is read, and the way from one to the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extractor.text.cleaning import Cleaned, clean
from extractor.text.credits import merged
from extractor.text.layout import Layout, Region, find_layout
from extractor.text.script import Script, script_of, to_shadow

# What the pipeline reads of a page, in the order of the page.
_READ = frozenset({"title", "subtitle", "body"})


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text, its parts, and what the page says of itself.

    ``source`` is what was given; ``text`` is what the pipeline reads: headline and body (all of the page
    when asked) without noise.  ``offsets[i]`` is the position of ``text[i]`` in ``source``; it has one entry
    more than ``text``.  ``widths`` holds the positions of ``text`` that stand for several characters of the
    source (an HTML entity).  ``regions`` label the page in source positions; ``body_start`` and ``body_end``
    too.  ``noise`` counts characters cut away by cleaning, on the whole page.  Strings not known are "".
    """

    source: str
    text: str
    offsets: Sequence[int]
    widths: Mapping[int, int] = field(default_factory=dict)
    doc_id: str = ""
    path: str = ""
    regions: tuple[Region, ...] = ()
    title: str = ""
    published: str = ""
    publisher: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    editor: str = ""
    script: Script = "simplified"
    body_start: int = 0
    body_end: int = 0
    noise: int = 0
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def shadow(self) -> str:
        """``text`` as rules read it (``extractor.text.script``), position for position."""
        return to_shadow(self.text)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``source`` from the first to the last character of ``text[start:end]``."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = end - 1
        return self.offsets[start], self.offsets[last] + self.widths.get(last, 1)


def read_document(
    source: str,
    *,
    doc_id: str = "",
    path: str = "",
    everything: bool = False,
    meta: Mapping[str, str] | None = None,
    extra: Mapping[str, object] | None = None,
) -> Document:
    """Tell the parts of a page apart and make it ready to be read.

    ``everything`` reads the page furniture as well as headline and body.  ``meta`` may hold title, published,
    publisher, site, author and editor as the page's own metadata has them; they fill what the text does not
    say.  ``extra`` is carried along.
    """
    cleaned = clean(source)
    layout = find_layout(cleaned.text, cleaned.shadow)
    stated = merged(layout.credits, meta or {})
    text, offsets, widths = _select(cleaned, list(_spans_read(cleaned.text, layout, everything)))
    body = _span_in_source(cleaned, layout.body_start, layout.body_end)
    return Document(
        source=source,
        text=text,
        offsets=offsets,
        widths=widths,
        doc_id=doc_id,
        path=path,
        regions=tuple(_region_in_source(cleaned, region) for region in layout.regions),
        title=stated.title,
        published=stated.published,
        publisher=stated.publisher,
        site=stated.site,
        authors=stated.authors,
        editor=stated.editor,
        script=script_of(text),
        body_start=body[0],
        body_end=body[1],
        noise=cleaned.noise,
        extra=dict(extra or {}),
    )


def _spans_read(text: str, layout: Layout, everything: bool) -> Iterator[tuple[int, int]]:
    """Spans of the cleaned text that are read, each with the line break that follows it."""
    read = [region for region in layout.regions if region.kind in _READ]
    if everything or read == [Region("body", 0, len(text))]:
        yield 0, len(text)
        return
    for region in read:
        stop = text.find("\n", region.end)
        if region is read[-1] or stop < 0:
            yield region.start, region.end
        else:
            yield region.start, region.end
            yield stop, stop + 1


def _select(
    cleaned: Cleaned, spans: Sequence[tuple[int, int]]
) -> tuple[str, Sequence[int], Mapping[int, int]]:
    """The text of ``spans`` joined, with its way back to the source."""
    if spans == [(0, len(cleaned.text))]:
        return cleaned.text, cleaned.offsets, cleaned.widths
    offsets: list[int] = []
    widths: dict[int, int] = {}
    wide = sorted(cleaned.widths)
    for start, end in spans:
        shift = len(offsets) - start
        inside = wide[bisect_left(wide, start) : bisect_left(wide, end)]
        widths.update((index + shift, cleaned.widths[index]) for index in inside)
        offsets += cleaned.offsets[start:end]
    last = spans[-1][1] if spans else 0
    offsets.append(cleaned.offsets[last])
    return "".join(cleaned.text[start:end] for start, end in spans), tuple(offsets), widths


def _span_in_source(cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    if start == 0 and end == len(cleaned.text):
        return 0, cleaned.offsets[-1]
    last = end - 1
    return cleaned.offsets[start], cleaned.offsets[last] + cleaned.widths.get(last, 1)


def _region_in_source(cleaned: Cleaned, region: Region) -> Region:
    return Region(region.kind, *_span_in_source(cleaned, region.start, region.end))
