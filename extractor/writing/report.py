"""One page of HTML: every text with its mentions and figures marked, and its tables; needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import Any

from extractor.columns import Headers, columns, title
from extractor.records import DocumentRecords, Mention, Statistic
from extractor.writing.delimited import LIST_SEPARATOR, number_text
from extractor.writing.output import Output, about_rows
from extractor.writing.whole import whole_file

# The columns that a person reads first; the other formats hold the rest.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "statistics": (
        "text",
        "value",
        "low",
        "high",
        "unit",
        "category",
        "direction",
        "item",
        "subject",
        "time_period",
        "status",
    ),
    "roles": ("person", "role", "org", "text"),
    "entities": ("name", "label", "kind", "aliases", "code", "mentions"),
}
_FACTS = ("published", "publisher", "site", "authors", "editor", "path", "duplicate_of")

_STYLE = """
.extractor{font:15px/1.9 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
color:#1c1c1c;background:#fff;max-width:62rem;margin:0 auto;padding:1rem 1.5rem}
.extractor h2{font-size:1.25rem;line-height:1.4;margin:.3rem 0}
.extractor .facts{color:#5b5b5b;font-size:.85rem;margin:0 0 .8rem}
.extractor .facts span{margin-right:1.2em}
.extractor .text{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 1rem}
.extractor mark{color:inherit;padding:.1em .15em;border-radius:.2em;background:#e4e4e4}
.extractor mark.PERSON{background:#ffe0b8}.extractor mark.ORG{background:#cfe4ff}
.extractor mark.LOC{background:#d2f0d0}.extractor mark.figure{background:#f3d6f5}
.extractor mark mark{padding:0 .1em;box-shadow:0 0 0 1px #8886}
.extractor .outside{color:#8a8a8a}
.extractor details.outside{margin:0}.extractor details.outside summary{font-weight:400}
.extractor details.outside summary::after{content:"… " attr(data-size)}
.extractor .error{color:#a40000}
.extractor details{margin:.4rem 0}.extractor summary{cursor:pointer;font-weight:600}
.extractor .scroll{overflow-x:auto}
.extractor table{border-collapse:collapse;font-size:.85rem;line-height:1.5;color:inherit;background:#fff}
.extractor th,.extractor td{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:left;
vertical-align:top}
.extractor .number{text-align:right;font-variant-numeric:tabular-nums}
.extractor article{border-top:1px solid #ccc;padding:1rem 0}
.extractor footer{border-top:1px solid #ccc;color:#5b5b5b;font-size:.75rem;padding-top:.5rem}
"""

_PAGE = Template("""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title></head><body>
$view
</body></html>
""")

# Bylines and notices stay open; what is longer is rarely worth a look.
_FOLDED = 300

_LEGEND = (("PERSON", "PERSON"), ("ORG", "ORG"), ("LOC", "LOC"), ("figure", "statistics"))


def write_html(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the page ``target``; raises OutputError when it cannot be written."""
    with (
        whole_file(target, force=output.force) as part,
        part.open("x", encoding="utf-8", newline="\n") as file,
    ):
        file.write(page(list(documents), output))


def page(documents: Sequence[DocumentRecords], output: Output) -> str:
    """A whole page: it loads nothing and runs nothing."""
    heading = documents[0].document.title or documents[0].document.doc_id if len(documents) == 1 else ""
    return _PAGE.substitute(title=_safe(heading or "extractor"), view=view(documents, output))


def view(documents: Sequence[DocumentRecords], output: Output, *, most: int | None = None) -> str:
    """The same as a fragment, for a notebook; of more than ``most`` documents only the first are shown."""
    shown = documents[:most]
    parts = [f"<style>{_STYLE}</style><div class='extractor'>", _legend()]
    parts += (_article(records, output.headers) for records in shown)
    if len(shown) < len(documents):
        parts.append(f"<p class='facts'>… {len(documents) - len(shown):,} more documents</p>")
    facts = " · ".join(f"{key}: {value}" for key, value in about_rows(output.about))
    parts.append(f"<footer>{_safe(facts)}</footer></div>" if facts else "</div>")
    return "\n".join(parts)


def _legend() -> str:
    marks = " ".join(f"<mark class='{name}'>{shown}</mark>" for name, shown in _LEGEND)
    return f"<p class='facts'>{marks}</p>"


def _article(records: DocumentRecords, headers: Headers) -> str:
    info = records.document
    facts = ((name, _shown("text", getattr(info, name))) for name in _FACTS)
    lines = [f"<article><h2>{_safe(info.title or info.doc_id)}</h2>"]
    lines.append(
        f"<p class='facts'>{''.join(_fact(name, value, headers) for name, value in facts if value)}</p>"
    )
    if info.status != "ok":
        lines.append(f"<p class='error'>{_safe(info.error)}</p>")
    lines.append(f"<div class='text'>{marked(records)}</div>")
    lines += (_table(records, table, headers) for table in SHOWN if getattr(records, table))
    return "\n".join([*lines, "</article>"])


def _fact(name: str, value: str, headers: Headers) -> str:
    header = next(column.header(headers) for column in columns("documents") if column.name == name)
    return f"<span>{_safe(header)}: {_safe(value)}</span>"


def _table(records: DocumentRecords, table: str, headers: Headers) -> str:
    rows = getattr(records, table)
    shown = [column for column in columns(table) if column.name in SHOWN[table]]
    head = "".join(f"<th{_aligned(column.kind)}>{_safe(column.header(headers))}</th>" for column in shown)
    lines = [f"<details open><summary>{_safe(title(table, headers))} ({len(rows)})</summary>"]
    lines.append(f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>")
    for row in rows:
        cells = (_cell(column.kind, getattr(row, column.name)) for column in shown)
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</tbody></table></div></details>"])


def _cell(kind: str, value: Any) -> str:
    return f"<td{_aligned(kind)}>{_safe(_shown(kind, value))}</td>"


def _aligned(kind: str) -> str:
    return " class='number'" if kind in ("number", "integer") else ""


def _shown(kind: str, value: Any) -> str:
    if kind == "number":
        return number_text(value)
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span to mark, the class that colours it, and what the pointer shows."""

    start: int
    end: int
    name: str
    tip: str


def marked(records: DocumentRecords) -> str:
    """The source as HTML with mentions and figures marked; what lies outside the body is grey."""
    source = records.document.text
    marks = sorted((*map(_mention, records.mentions), *map(_figure, records.statistics)), key=_outer_first)
    body = (records.document.body_start, records.document.body_end)
    if not 0 <= body[0] < body[1] <= len(source):
        body = (0, len(source))
    return "".join(_pieces(source, list(_nested(marks, len(source))), body))


def _mention(m: Mention) -> _Mark:
    name = m.label if m.label in ("PERSON", "ORG", "LOC") else "other"
    return _Mark(m.start, m.end, name, " · ".join(filter(None, (m.label, m.entity_id, m.rule))))


def _figure(s: Statistic) -> _Mark:
    value = number_text(s.value) or "…".join((number_text(s.low), number_text(s.high)))
    tip = (
        s.modifier,
        f"{value} {s.unit}".strip(),
        s.category,
        s.direction,
        s.item,
        s.subject,
        s.time_period,
        s.rule,
    )
    return _Mark(s.start, s.end, "figure", " · ".join(part for part in tip if part and part != "…"))


def _outer_first(mark: _Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _nested(marks: Iterable[_Mark], length: int) -> Iterator[_Mark]:
    """The marks that lie inside or beside those before them; one that crosses an edge is left out."""
    open_ends: list[int] = []
    for mark in marks:
        if not 0 <= mark.start < mark.end <= length:
            continue
        while open_ends and open_ends[-1] <= mark.start:
            open_ends.pop()
        if not open_ends or mark.end <= open_ends[-1]:
            open_ends.append(mark.end)
            yield mark


def _pieces(source: str, marks: Sequence[_Mark], body: tuple[int, int]) -> Iterator[str]:
    """``source`` cut at every edge, tags between the cuts."""
    place, open_marks = 0, list[_Mark]()
    for mark in (*marks, _Mark(len(source), len(source), "", "")):
        while open_marks and open_marks[-1].end <= mark.start:
            end = open_marks.pop().end
            yield _run(source, place, end, body) + "</mark>"
            place = end
        yield _run(source, place, mark.start, body)
        place = mark.start
        if mark.name:
            open_marks.append(mark)
            yield f"<mark class='{mark.name}' title='{_safe(mark.tip)}'>"


def _run(source: str, start: int, end: int, body: tuple[int, int]) -> str:
    """Plain text between two edges, the part outside the body in grey."""
    cuts = (start, min(max(body[0], start), end), max(min(body[1], end), start), end)
    before, inside, after = (_safe(source[a:b]) for a, b in pairwise(cuts))
    return _grey(before) + inside + _grey(after)


def _grey(text: str) -> str:
    """Page furniture in grey; a long piece, a link farm say, is folded."""
    if len(text) > _FOLDED:
        return f"<details class='outside'><summary data-size='{len(text):,}'></summary>{text}</details>"
    return f"<span class='outside'>{text}</span>" if text else ""


def _safe(text: str) -> str:
    return escape(text, quote=True)
