"""The columns of the five tables and the rows that records give them; no pandas.

Names and types of the columns are the fields of the records, so the two cannot drift apart; Chinese
headers and descriptions come from ``codelists/headers.tsv``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_type_hints

from extractor.paths import default_model
from extractor.records import (
    DocumentInfo,
    DocumentRecords,
    Entity,
    Mention,
    Number,
    Role,
    Statistic,
)
from extractor.text.codelists import read_codelist

Kind: TypeAlias = Literal["text", "integer", "number", "flag", "list", "json"]
Row: TypeAlias = tuple[Any, ...]
Headers: TypeAlias = Literal["en", "zh"]

RECORDS: Mapping[str, type] = MappingProxyType(
    {
        "documents": DocumentInfo,
        "mentions": Mention,
        "entities": Entity,
        "roles": Role,
        "statistics": Statistic,
    }
)
TABLES: tuple[str, ...] = tuple(RECORDS)

# Beyond this a float has no value; no text states such a figure.
_LARGEST = 10**300


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its kind, its Chinese header and what it holds.

    Kinds: text ("" when unknown), integer, number (exact in records; null when unknown), flag (true or
    false), list (of texts), json (an object).
    """

    name: str
    kind: Kind
    zh: str
    description: str

    def header(self, headers: Headers) -> str:
        """The column's name, or its Chinese header."""
        return self.zh if headers == "zh" else self.name


def _kind(hint: object) -> Kind:
    simple: dict[object, Kind] = {str: "text", int: "integer", float: "number", bool: "flag"}
    if hint in simple:
        return simple[hint]
    if hint == tuple[str, ...]:
        return "list"
    return "number" if hint == Number | None else "json"


@cache
def _headers() -> Mapping[tuple[str, str], tuple[str, str]]:
    rows = read_codelist(default_model() / "codelists" / "headers.tsv")
    return MappingProxyType({(r["table"], r["column"]): (r["zh"], r["description"]) for r in rows})


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of ``table`` (one of TABLES) in their order."""
    hints = get_type_hints(RECORDS[table])
    found = []
    for name in (field.name for field in fields(RECORDS[table])):
        zh, description = _headers().get((table, name), (name, ""))
        found.append(Column(name=name, kind=_kind(hints[name]), zh=zh, description=description))
    return tuple(found)


def about_headers(headers: Headers) -> tuple[str, str]:
    """The two headers of the table that says what made the others."""
    return (
        ("key", "value")
        if headers == "en"
        else (_headers()["about", "key"][0], _headers()["about", "value"][0])
    )


def title(table: str, headers: Headers) -> str:
    """The name of a table (or of "about") in the language of the headers."""
    return _headers()[table, ""][0] if headers == "zh" else table


@cache
def _words() -> Mapping[tuple[str, str], str]:
    rows = read_codelist(default_model() / "codelists" / "cell_words.tsv")
    return MappingProxyType({(r["column"], r["word"]): r["zh"] for r in rows})


def in_words(column: str, value: str, headers: Headers) -> str:
    """A fixed word of a column (a category, a status, a label) in the language of the headers."""
    return _words().get((column, value), value) if headers == "zh" else value


@cache
def _cells(table: str) -> Callable[[object], Row]:
    return attrgetter(*(field.name for field in fields(RECORDS[table])))


def rows(documents: Iterable[DocumentRecords], table: str) -> Iterator[Row]:
    """The rows of ``table`` over all documents, cells as in the records, in the order of ``columns``."""
    return (row for name, found in batches(documents, (table,)) for row in found)


def batches(
    documents: Iterable[DocumentRecords], tables: Sequence[str] = TABLES, size: int = 10_000
) -> Iterator[tuple[str, list[Row]]]:
    """Rows of the tables as the documents come, at most about ``size`` of one table at a time.

    Entities come last, when all documents are known: of everything else no more is held than a batch.
    """
    waiting: dict[str, list[Row]] = {table: [] for table in tables if table != "entities"}
    entities: dict[str, Entity] = {}
    for records in documents:
        for table, found in waiting.items():
            of_table = (records.document,) if table == "documents" else getattr(records, table)
            found += map(_cells(table), of_table)
            if len(found) >= size:
                yield table, found
                waiting[table] = []
        if "entities" in tables:
            _add(entities, records.entities)
    yield from ((table, found) for table, found in waiting.items() if found)
    if entities:
        yield "entities", [_cells("entities")(entity) for entity in entities.values()]


def merge_entities(entities: Iterable[Entity]) -> list[Entity]:
    """One row an entity over all documents: counts summed, forms joined, the rest as first seen."""
    merged: dict[str, Entity] = {}
    _add(merged, entities)
    return list(merged.values())


def _add(merged: dict[str, Entity], entities: Iterable[Entity]) -> None:
    for entity in entities:
        first = merged.setdefault(entity.entity_id, entity)
        if first is not entity:
            merged[entity.entity_id] = _joined(first, entity)


def _joined(first: Entity, other: Entity) -> Entity:
    forms = dict.fromkeys((*first.aliases, other.name, *other.aliases))
    forms.pop(first.name, None)
    return replace(
        first,
        aliases=tuple(forms),
        mentions=first.mentions + other.mentions,
        documents=first.documents + other.documents,
    )


def plain_number(number: Number | float | None) -> int | float | None:
    """An exact number as the nearest int or float: whole ones are int, 1/3 is 0.3333333333333333.

    Returns None for None and for what no float can hold.
    """
    if number is None or not -_LARGEST < number < _LARGEST:
        return None
    if isinstance(number, Decimal | Fraction):
        whole = int(number)
        return whole if whole == number else float(number)
    return number


def json_text(value: object) -> str:
    """``value`` as JSON on one line, Chinese readable; what JSON does not know becomes its string."""
    return json.dumps(value, ensure_ascii=False, default=_json_value)


def _json_value(value: object) -> object:
    if isinstance(value, Decimal | Fraction):
        return plain_number(value)
    return dict(value) if isinstance(value, Mapping) else str(value)
