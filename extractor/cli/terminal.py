"""Records as tables that read well in a terminal."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO, cast

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.cli.language import find_language, say
from extractor.columns import Headers, columns, in_words, plain_number
from extractor.records import DocumentRecords, Entity, Number, Statistic

_HEAD = ("published", "publisher", "site", "authors", "editor")
_STATISTICS = ("text", "value", "unit", "category", "item", "subject", "time_period", "direction", "status")
_FOLDING = frozenset({"item", "subject"})
_NARROWEST = 14  # columns of a cell that folds: six characters
_LEAVING = ("status", "direction", "time_period", "category")
_STYLE: Any = {
    "title_justify": "left",
    "title_style": "bold",
    "box": None,
    "padding": (0, 1),
    "header_style": "dim",
}
_FILLING = re.compile(" +$", re.MULTILINE)
_PLAIN_WIDTH = 120  # columns when the output is no terminal: a page of results in a pager or a mail


def make_console() -> Console:
    """A console on standard output; wide enough for tables where there is no terminal to ask."""
    console = Console(highlight=False)
    if console.is_terminal:
        return console
    return Console(highlight=False, width=_PLAIN_WIDTH, file=cast(TextIO, _Trimmed(sys.stdout)))


class _Trimmed:
    """A stream for tables: the blanks that fill up a line are not written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        self._stream.write(_FILLING.sub("", text))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()


def show(documents: Iterable[DocumentRecords], console: Console) -> None:
    """Print each document that could be read: its head, its entities and its figures."""
    for records in documents:
        console.print(_document(records, console.width))


def _document(records: DocumentRecords, width: int) -> RenderableType:
    info = records.document
    parts: list[RenderableType] = [Rule(Text(info.title or info.doc_id), align="left", characters="─")]
    head = _head(records)
    if head.row_count:
        parts.append(head)
    if records.entities:
        parts += ["", _entities(records)]
    if records.statistics:
        parts += ["", _statistics(records.statistics, width)]
    if not (records.entities or records.statistics):
        parts.append(say("nothing_found"))
    return Group(*parts, "")


def _head(records: DocumentRecords) -> Table:
    table = Table.grid(padding=(0, 2))
    headers = _headers("documents")
    for name in _HEAD:
        value = getattr(records.document, name)
        text = "、".join(value) if isinstance(value, tuple) else value
        if text:
            table.add_row(Text(headers[name], style="dim"), Text(text))
    return table


def _entities(records: DocumentRecords) -> Table:
    headers = _headers("entities")
    titles = _titles(records)
    names = ["name", "label", "mentions", *(["aliases"] if any(e.aliases for e in records.entities) else [])]
    table = _table(say("entities"), [headers[name] for name in names], right={headers["mentions"]})
    if titles:
        table.add_column(say("titles"))
    for entity in records.entities:
        cells = [_entity_cell(entity, name) for name in names]
        table.add_row(*map(Text, [*cells, *([titles.get(entity.entity_id, "")] if titles else [])]))
    return table


def _entity_cell(entity: Entity, name: str) -> str:
    if name == "aliases":
        return "、".join(entity.aliases)
    return cell_word(name, str(getattr(entity, name)))


def _titles(records: DocumentRecords) -> dict[str, str]:
    """What the persons are, by their entity: 党委书记 (迎新社区)."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for role in records.roles:
        found[role.person_id][f"{role.role} ({role.org})" if role.org else role.role] = None
    return {person: "、".join(titles) for person, titles in found.items()}


def _statistics(statistics: tuple[Statistic, ...], width: int) -> Table:
    headers = _headers("statistics")
    cells = {name: [_statistic_cell(s, name) for s in statistics] for name in _STATISTICS}
    names = _fitting({name: [headers[name], *cells[name]] for name in _STATISTICS if any(cells[name])}, width)
    table = Table(title=say("statistics"), **_STYLE)
    for name in names:
        folds = name in _FOLDING
        table.add_column(
            headers[name], justify="right" if name == "value" else "left", overflow="fold", no_wrap=not folds
        )
    for row in zip(*(cells[name] for name in names), strict=True):
        table.add_row(*map(Text, row))
    return table


def _fitting(cells: Mapping[str, Sequence[str]], width: int) -> list[str]:
    """The columns that fit into ``width``; those that say least are left out first."""
    needed = {name: max(map(cell_len, texts)) + 2 for name, texts in cells.items()}
    needed |= {name: min(needed[name], _NARROWEST) for name in _FOLDING & needed.keys()}
    for name in _LEAVING:
        if sum(needed.values()) <= width:
            break
        needed.pop(name, None)
    return list(needed)


def _statistic_cell(statistic: Statistic, name: str) -> str:
    if name == "value":
        return value_text(statistic)
    value: str = getattr(statistic, name)
    return "" if (name, value) == ("status", "normal") else cell_word(name, value)


def cell_word(column: str, value: str) -> str:
    """A fixed word of a table (a category, a status) in the user's language."""
    return in_words(column, value, _language())


def _language() -> Headers:
    return "zh" if find_language() == "zh" else "en"


def value_text(statistic: Statistic) -> str:
    """The figure with its bounds: 60, ≥ 900, ≤ 3, ~ 1,800, 3 – 5."""
    low, high = statistic.low, statistic.high
    if statistic.modifier == "range":
        return f"{_number(low)} – {_number(high)}"
    if statistic.value is None:
        return "?"
    sign = {"more": "≥ ", "less": "≤ ", "approx": "~ "}.get(statistic.modifier, "")
    return sign + _number(statistic.value)


def _number(number: Number | None) -> str:
    plain = plain_number(number)
    if plain is None:
        return "?"
    return f"{plain:,}" if isinstance(plain, int) else f"{plain:,.6g}" if abs(plain) < 1 else f"{plain:,}"


def _headers(table: str) -> dict[str, str]:
    return {column.name: column.header(_language()) for column in columns(table)}


def _table(title: str, headers: Iterable[str], *, right: Container[str] = ()) -> Table:
    table = Table(title=title, **_STYLE)
    for header in headers:
        table.add_column(header, justify="right" if header in right else "left", overflow="fold")
    return table


def small_table(title: str, headers: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """A table of texts."""
    table = _table(title, headers)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


@contextmanager
def progress(title: str) -> Iterator[Callable[[], None]]:
    """A count on standard error that moves with each call of what is returned, and leaves no trace."""
    columns_shown = (SpinnerColumn(), TextColumn("{task.description} {task.completed}"), TimeElapsedColumn())
    with Progress(*columns_shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda: bar.advance(task)
