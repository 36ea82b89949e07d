"""Document → records: runs the pipeline and carries every span back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import TypedDict

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import EntityRow, MentionRow, QuantityRow
from extractor.memory import collection_paused
from extractor.records import DocumentInfo, DocumentRecords, Entity, Mention, Number, Role, Statistic
from extractor.text.document import Document
from extractor.text.sentences import find_sentences

_BATCH = 64  # documents between two clearings of spaCy's string store
_KEPT_WORDS = 60_000  # words that stay in it: 94 of 100 of further news and reports, 40 MB


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Where the sentences of a text lie, and how they read in one line."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def around(self, position: int) -> str:
        """The sentence that holds ``position``, blanks and line breaks folded."""
        index = bisect_right(self.spans, (position, len(self.text) + 1)) - 1
        if index < 0:
            return ""
        start, end = self.spans[index]
        return " ".join(self.text[start:end].split())


class Extractor:
    """Turns documents into records with one pipeline; the same document always gives the same records."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def analyse(self, document: Document) -> Doc:
        """The spaCy Doc of a document: tokens, entities, spans, and the rows that records are made of."""
        doc = self.nlp.make_doc(document.text)
        state.set_published(doc, document.published)
        state.set_publisher(doc, document.publisher)
        return self.nlp(doc)

    def extract_document(self, document: Document) -> DocumentRecords:
        """The records of one document; offsets are code points into ``document.source``."""
        return to_records(document, self.analyse(document))

    def pipe(self, documents: Iterable[Document]) -> Iterator[DocumentRecords]:
        """The records of many documents, in order; memory does not grow with their number."""
        waiting = iter(documents)
        while batch := list(islice(waiting, _BATCH)):
            with self.room():
                records = [self.extract_document(document) for document in batch]
            yield from records

    @contextmanager
    def room(self) -> Iterator[None]:
        """Room to read documents in: what spaCy keeps of them goes with it, and no garbage is looked for.

        The words of the first documents stay, so that they are not made anew.
        """
        is_full = len(self.nlp.vocab) >= _KEPT_WORDS
        with self.nlp.memory_zone() if is_full else nullcontext(), collection_paused():
            yield


def to_records(document: Document, doc: Doc) -> DocumentRecords:
    """The records that an analysed Doc of ``document`` holds."""
    evidence = _Evidence(document.text, tuple(find_sentences(state.shadow(doc))))
    entities = state.entities(doc)
    named = state.mentions(doc)
    mentions = tuple(_mention(document, evidence, entities, row) for row in named)
    statistics = tuple(_statistics(document, evidence, entities, doc))
    return DocumentRecords(
        document=_info(document, len(mentions), len(statistics)),
        mentions=mentions,
        entities=tuple(_entities(document, entities, named)),
        roles=tuple(_roles(document, evidence, entities, doc)),
        statistics=statistics,
    )


def _info(document: Document, mentions: int, statistics: int) -> DocumentInfo:
    return DocumentInfo(
        doc_id=document.doc_id,
        path=document.path,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        site=document.site,
        authors=document.authors,
        editor=document.editor,
        script=document.script,
        characters=len(document.source),
        body_start=document.body_start,
        body_end=document.body_end,
        noise=document.noise,
        mentions=mentions,
        statistics=statistics,
        extra=document.extra,
        text=document.source,
    )


def _entity_id(entities: list[EntityRow], index: int) -> str:
    return entities[index].entity_id if index >= 0 else ""


class _Place(TypedDict):
    """What every record says of where it stands."""

    doc_id: str
    start: int
    end: int
    text: str
    sentence: str


def _place(document: Document, evidence: _Evidence, low: int, high: int) -> _Place:
    """Where a span of the document's text stands in its source, and the sentence as evidence."""
    start, end = document.to_source(low, high)
    text, sentence = document.source[start:end], evidence.around(low)
    return {"doc_id": document.doc_id, "start": start, "end": end, "text": text, "sentence": sentence}


def _mention(document: Document, evidence: _Evidence, entities: list[EntityRow], row: MentionRow) -> Mention:
    return Mention(
        **_place(document, evidence, row.start, row.end),
        label=row.label,
        nested=row.nested,
        entity_id=_entity_id(entities, row.entity),
        confidence=row.confidence,
        rule=row.rule,
    )


def _entities(document: Document, entities: list[EntityRow], mentions: list[MentionRow]) -> Iterator[Entity]:
    counts = Counter(row.entity for row in mentions)
    first = {row.entity: row.start for row in reversed(mentions)}
    for index, row in enumerate(entities):
        if index not in first:
            continue
        yield Entity(
            entity_id=row.entity_id,
            label=row.label,
            kind=row.kind,
            name=row.name,
            aliases=tuple(row.aliases),
            code=row.code,
            code_scheme=row.code_scheme,
            parents=tuple(row.parents),
            candidates=tuple(row.candidates),
            mentions=counts[index],
            first_doc_id=document.doc_id,
            first_start=document.to_source(first[index], first[index] + 1)[0],
        )


def _roles(document: Document, evidence: _Evidence, entities: list[EntityRow], doc: Doc) -> Iterator[Role]:
    for row in state.roles(doc):
        yield Role(
            **_place(document, evidence, row.start, row.end),
            person=row.person_text,
            role=row.role,
            org=row.org_text,
            person_id=_entity_id(entities, row.person),
            org_id=_entity_id(entities, row.org),
            rule=row.rule,
        )


def _statistics(
    document: Document, evidence: _Evidence, entities: list[EntityRow], doc: Doc
) -> Iterator[Statistic]:
    quantities = {(row.start, row.end): row for row in state.quantities(doc)}
    for row in state.statistics(doc):
        quantity = quantities[row.start, row.end]
        yield Statistic(
            **_place(document, evidence, row.start, row.end),
            **_numbers(quantity),
            modifier=quantity.modifier,
            unit=quantity.unit,
            base_unit=quantity.base_unit,
            category=row.category,
            direction=row.direction,
            item=row.item,
            subject=row.subject_text,
            subject_id=_entity_id(entities, row.subject),
            time_period=row.time_period,
            status=row.status,
            rule=quantity.rule,
        )


def _numbers(row: QuantityRow) -> dict[str, Number | None]:
    written = {"value": row.value, "low": row.low, "high": row.high, "base_value": row.base_value}
    return {name: read_number(text) for name, text in written.items()}


def read_number(written: str) -> Number | None:
    """The exact number that a row carries as text: "22000", "12.5", "1/3"; None for ""."""
    if not written:
        return None
    if "/" in written:
        return Fraction(written)
    return Decimal(written) if not written.lstrip("-").isdigit() else int(written)
