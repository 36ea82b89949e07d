"""EntityResolver: from what the matchers propose to the mentions of the document."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.components import state
from extractor.components._overlaps import USER_PRIORITY, Accepted, decide, kept_quantities
from extractor.components._rebuilding import TokenEdges, rebuild
from extractor.components.state import Candidate, Hit, MentionRow, QuantityRow
from extractor.text.sentences import find_sentences


class EntityResolver:
    """Decides overlaps and gives a Doc whose tokens, entities and spans follow from the decision.

    The Doc that comes back has the same text.  ``doc.ents`` holds the outermost mentions,
    ``doc.spans["nested"]`` those inside them, ``doc.spans["quantities"]`` the quantities that no mention
    touches (label QUANTITY); ``span.id_`` is the rule.  The same is stored as mention and quantity rows;
    the candidates are gone.  How overlaps are decided: ``extractor.components._overlaps``.
    """

    def __call__(self, doc: Doc) -> Doc:
        """The document with its mentions, cut anew."""
        hits = state.hits(doc)
        found = [*state.candidates(doc), *_user_candidates(hits)]
        quantities = state.quantities(doc)
        accepted = decide(found, hits, quantities)
        rows = _mention_rows(accepted, hits)
        kept = kept_quantities(quantities, accepted)
        spans = [(row.start, row.end, row.label) for row in rows]
        spans += [(row.start, row.end, "QUANTITY") for row in kept]
        sentences = [start for start, _ in find_sentences(state.shadow(doc))]
        rebuilt, where = rebuild(doc, spans, sentences)
        _set_spans(rebuilt, where, rows, kept)
        state.write_rows(rebuilt, "mentions", rows)
        state.write_rows(rebuilt, "quantities", kept)
        state.drop_rows(rebuilt, "candidates")
        return rebuilt


def _user_candidates(hits: Iterable[Hit]) -> list[Candidate]:
    """The user's own names: they need no cue, whatever their label."""
    return [
        Candidate(hit.start, hit.end, hit.label, hit.kind, "dictionary.user", 1.0, USER_PRIORITY)
        for hit in hits
        if hit.user and hit.label.isupper() and not hit.context
    ]


def _mention_rows(accepted: Iterable[Accepted], hits: Iterable[Hit]) -> list[MentionRow]:
    ids = {(hit.start, hit.end, hit.label): hit.id for hit in hits if hit.id}
    return [
        MentionRow(
            one.start, one.end, one.label, one.kind, one.rule, one.confidence, nested, -1,
            ids.get((one.start, one.end, one.label), ""),
        )
        for one, nested in ((row.candidate, row.nested) for row in accepted)
    ]  # fmt: skip


def _set_spans(doc: Doc, where: TokenEdges, rows: list[MentionRow], quantities: list[QuantityRow]) -> None:
    def span(start: int, end: int, label: str, rule: str) -> Span:
        return Span(doc, *where.tokens(start, end), label=label, span_id=rule)

    doc.set_ents([span(row.start, row.end, row.label, row.rule) for row in rows if not row.nested])
    doc.spans["nested"] = [span(row.start, row.end, row.label, row.rule) for row in rows if row.nested]
    doc.spans["quantities"] = [span(row.start, row.end, "QUANTITY", row.rule) for row in quantities]


@Language.factory("extractor_entities", assigns=["doc.ents", "doc.spans"])
def create_entities(nlp: Language, name: str) -> EntityResolver:
    """The component for a pipeline; it needs no data."""
    return EntityResolver()
