"""EntityResolver: from what the matchers propose to the mentions of the document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.components import state
from extractor.components._consistency import agree, without_verbs
from extractor.components._overlaps import (
    RULES_ALONE,
    USER_PRIORITY,
    Accepted,
    Policy,
    decide,
    kept_quantities,
)
from extractor.components._rebuilding import TokenEdges, rebuild
from extractor.components.state import Candidate, Hit, MentionRow, QuantityRow
from extractor.errors import RuleError
from extractor.paths import default_model
from extractor.text.sentences import find_sentences


class EntityResolver:
    """Decides overlaps and gives a Doc whose tokens, entities and spans follow from the decision.

    The Doc that comes back has the same text.  ``doc.ents`` holds the outermost mentions,
    ``doc.spans["nested"]`` those inside them, ``doc.spans["quantities"]`` the quantities that no mention
    touches (label QUANTITY); ``span.id_`` is the rule.  The same is stored as mention and quantity rows;
    the candidates are gone.  How overlaps are decided: ``extractor.components._overlaps``; ``policy`` counts
    where the learned layer has read the document.
    """

    def __init__(self, policy: Policy = RULES_ALONE) -> None:
        self.policy = policy

    def __call__(self, doc: Doc) -> Doc:
        """The document with its mentions, cut anew."""
        hits = state.hits(doc)
        found = [*_unsilenced(state.candidates(doc), state.silenced(doc)), *_user_candidates(hits)]
        quantities = state.quantities(doc)
        policy = self.policy if state.has_learned(doc) else RULES_ALONE
        found = without_verbs(found, state.shadow(doc), self.policy.not_last)
        found = agree(found, state.shadow(doc), policy.learned)
        accepted = decide(found, hits, quantities, policy)
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
        state.drop_rows(rebuilt, "learned")
        return rebuilt


def _unsilenced(candidates: Iterable[Candidate], silenced: Iterable[tuple[int, int]]) -> list[Candidate]:
    """The candidates but for places with exactly the span of what looks like a division and is none."""
    spans = set(silenced)
    return [one for one in candidates if one.label != "LOC" or (one.start, one.end) not in spans]


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


def read_policy(folder: Path) -> Policy:
    """The policy of a pipeline folder (``rules/entities.toml``); raises RuleError for a file at fault."""
    path = folder / "rules" / "entities.toml"
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        learned, trusted = rules["learned"], tuple(map(str, rules["learned"]["trusted"]))
        not_last = "".join(rules["people"]["not_last"])
        return Policy(str(learned["rule"]), trusted, float(learned["doubt"]), not_last)
    except (OSError, ValueError, KeyError) as error:
        raise RuleError(f"{path}: cannot be read ({error!r}); check the file") from error


@Language.factory("extractor_entities", default_config={"folder": ""}, assigns=["doc.ents", "doc.spans"])
def create_entities(nlp: Language, name: str, folder: str) -> EntityResolver:
    """The component with the policy of a pipeline folder ("": the shipped one)."""
    return EntityResolver(read_policy(Path(folder) if folder else default_model()))
