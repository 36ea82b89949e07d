"""What components hand on to each other: typed access to ``doc.user_data``.

Offsets are code points into ``doc.text``, end exclusive.  Everything is stored as lists of plain
tuples, so that ``doc.to_bytes()`` works; numbers lie there as exact strings ("22000", "12.5", "1/3").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from spacy.tokens import Doc

_PREFIX = "extractor."
Row = TypeVar("Row", bound=tuple)  # type: ignore[type-arg]


class Hit(NamedTuple):
    """A dictionary term found in the shadow; labels in lower case are cues, never mentions.

    ``context`` true: the term counts only with support (a short form that is also a common word).
    """

    start: int
    end: int
    label: str
    kind: str
    id: str
    user: bool
    context: bool


class Candidate(NamedTuple):
    """A span that a matcher proposes as a mention; the resolver decides."""

    start: int
    end: int
    label: str
    kind: str
    rule: str
    confidence: float
    priority: int


class MentionRow(NamedTuple):
    """A mention that the resolver accepted; ``entity`` indexes the entity rows, -1 before linking.

    ``id`` is the id of the dictionary entry or division that the span is known by ("" when none).
    """

    start: int
    end: int
    label: str
    kind: str
    rule: str
    confidence: float
    nested: bool
    entity: int
    id: str


class EntityRow(NamedTuple):
    """One entity of the document; ``aliases`` are its other written forms, clean and in order."""

    entity_id: str
    label: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    code: str
    code_scheme: str
    parents: tuple[str, ...]
    candidates: tuple[str, ...]


class RoleRow(NamedTuple):
    """A title of a person; ``person`` and ``org`` index the entity rows, -1 when there is none."""

    start: int
    end: int
    person: int
    person_text: str
    role: str
    org: int
    org_text: str
    rule: str


class ReferenceRow(NamedTuple):
    """A definite form (该社区, 全市, 我省) and the entity it stands for."""

    start: int
    end: int
    entity: int
    rule: str


def shadow(doc: Doc) -> str:
    """The text as rules read it: simplified, half-width, position for position that of ``doc.text``."""
    text: str = doc.user_data[_PREFIX + "shadow"]
    return text


def set_shadow(doc: Doc, text: str) -> None:
    """Store the shadow; called by the tokenizer."""
    doc.user_data[_PREFIX + "shadow"] = text


def text(doc: Doc) -> str:
    """``doc.text``, which spaCy joins from the tokens anew at every call."""
    stored: str | None = doc.user_data.get(_PREFIX + "text")
    if stored is None:
        stored = doc.user_data[_PREFIX + "text"] = doc.text
    return stored


def set_text(doc: Doc, written: str) -> None:
    """Store ``doc.text``; called by the tokenizer, which was given it."""
    doc.user_data[_PREFIX + "text"] = written


def read_rows(doc: Doc, name: str, kind: type[Row]) -> list[Row]:
    """The rows stored under ``name``, each as the given tuple class; empty when none were stored.

    Rows are plain where the Doc was read from bytes: then all of them are, or all but those added since.
    """
    stored: list[Any] = doc.user_data.get(_PREFIX + name, [])
    if stored and type(stored[0]) is kind:
        return stored.copy()
    return [row if type(row) is kind else kind(*row) for row in stored]


def write_rows(doc: Doc, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Store rows under ``name`` in place of those that were there."""
    doc.user_data[_PREFIX + name] = list(rows)


def drop_rows(doc: Doc, name: str) -> None:
    """Forget the rows under ``name``."""
    doc.user_data.pop(_PREFIX + name, None)


def hits(doc: Doc) -> list[Hit]:
    """The dictionary hits, by start and then longest first."""
    return read_rows(doc, "hits", Hit)


def candidates(doc: Doc) -> list[Candidate]:
    """What the matchers have proposed so far."""
    return read_rows(doc, "candidates", Candidate)


def add_candidates(doc: Doc, found: Iterable[Candidate]) -> None:
    """Propose further spans."""
    doc.user_data.setdefault(_PREFIX + "candidates", []).extend(found)


def mentions(doc: Doc) -> list[MentionRow]:
    """The accepted mentions by start, outermost first."""
    return read_rows(doc, "mentions", MentionRow)


def entities(doc: Doc) -> list[EntityRow]:
    """The entities of the document, by first mention."""
    return read_rows(doc, "entities", EntityRow)


def roles(doc: Doc) -> list[RoleRow]:
    """The titles of persons."""
    return read_rows(doc, "roles", RoleRow)


def references(doc: Doc) -> list[ReferenceRow]:
    """The definite forms that were resolved."""
    return read_rows(doc, "references", ReferenceRow)


class StatisticRow(NamedTuple):
    """What the statistics component adds to the quantity with the same span; ``subject`` indexes entities."""

    start: int
    end: int
    category: str
    direction: str
    item: str
    subject: int
    subject_text: str
    time_period: str
    status: str
    rule: str


class QuantityRow(NamedTuple):
    """A Quantity (``extractor.text.quantities``) with its numbers as exact strings, "" for None."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: str
    low: str
    high: str
    modifier: str
    unit: str
    dimension: str
    base_value: str
    base_unit: str
    rule: str


def quantities(doc: Doc) -> list[QuantityRow]:
    """The quantities that the grammar found and the resolver kept, by start."""
    return read_rows(doc, "quantities", QuantityRow)


def statistics(doc: Doc) -> list[StatisticRow]:
    """One row for each quantity that is a statistic, by start."""
    return read_rows(doc, "statistics", StatisticRow)


def published(doc: Doc) -> str:
    """When the document was published (ISO 8601), "" when that is not known."""
    written: str = doc.user_data.get(_PREFIX + "published", "")
    return written


def set_published(doc: Doc, written: str) -> None:
    """Store the date of publication, from which 去年 and 6月底 take their year."""
    doc.user_data[_PREFIX + "published"] = written


def mark_learned(doc: Doc) -> None:
    """Say that the learned layer has read the document."""
    write_rows(doc, "learned", [(True,)])


def has_learned(doc: Doc) -> bool:
    """Whether the learned layer has read the document."""
    return _PREFIX + "learned" in doc.user_data


def publisher(doc: Doc) -> str:
    """Who published the document, "" when that is not known."""
    written: str = doc.user_data.get(_PREFIX + "publisher", "")
    return written


def set_publisher(doc: Doc, written: str) -> None:
    """Store the publisher, whose region tells which of several places of one name is meant."""
    doc.user_data[_PREFIX + "publisher"] = written


def silenced(doc: Doc) -> list[tuple[int, int]]:
    """Spans that look like divisions and are none (城中村): no place has exactly such a span."""
    stored: list[Any] = doc.user_data.get(_PREFIX + "silenced", [])
    return [(start, end) for start, end in stored]
