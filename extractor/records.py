"""The records that an extraction returns: frozen, typed, one class a table.

``start`` and ``end`` are code points into the source the user gave, end exclusive, and
``source[start:end] == text`` holds for every record.  Strings that are not known are "", numbers and
bounds None.  Numbers are exact: int, Decimal or Fraction; only tables turn them into dtypes.
The meaning of every field of a statistic is the one of SDMX where SDMX has the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Decimal | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """One document: where it came from, its furniture, and how reading it went."""

    doc_id: str
    path: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    editor: str = ""
    script: str = ""
    characters: int = 0
    body_start: int = 0
    body_end: int = 0
    noise: int = 0
    mentions: int = 0
    statistics: int = 0
    duplicate_of: str = ""
    status: str = "ok"
    error: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the text where an entity is named."""

    doc_id: str
    start: int
    end: int
    text: str
    label: str
    nested: bool = False
    entity_id: str = ""
    confidence: float = 1.0
    rule: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organisation or place, with every form in which the documents write it."""

    entity_id: str
    label: str
    kind: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    code: str = ""
    code_scheme: str = ""
    parents: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    mentions: int = 0
    documents: int = 1
    first_doc_id: str = ""
    first_start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One title of one person, and where it is held; the span covers title and person."""

    doc_id: str
    start: int
    end: int
    text: str
    person: str
    role: str
    org: str = ""
    person_id: str = ""
    org_id: str = ""
    rule: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One figure: how many or how much, of what, whose, and for what time."""

    doc_id: str
    start: int
    end: int
    text: str
    value: Number | None
    low: Number | None
    high: Number | None
    modifier: str
    unit: str
    base_value: Number | None = None
    base_unit: str = ""
    category: str = "items"
    direction: str = ""
    item: str = ""
    subject: str = ""
    subject_id: str = ""
    time_period: str = ""
    status: str = "normal"
    rule: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecords:
    """Everything that one document gave: one line of the machine output, one part of every table.

    A document that could not be read or analysed has ``document.status`` "failed", the reason in
    ``document.error``, and no other records.
    """

    document: DocumentInfo
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    statistics: tuple[Statistic, ...] = ()
