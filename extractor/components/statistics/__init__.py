"""Statistics: what each figure counts, of which kind, whose it is, how firm, and for what time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import EntityRow, StatisticRow
from extractor.components.statistics.bare import BareNumbers
from extractor.components.statistics.categories import CategoryFinder
from extractor.components.statistics.directions import ChangeFinder
from extractor.components.statistics.drafts import PERSON_UNITS, Draft
from extractor.components.statistics.items import ItemFinder
from extractor.components.statistics.nodes import Nodes, Tokens
from extractor.components.statistics.status import StatusFinder
from extractor.components.statistics.subjects import SubjectFinder
from extractor.components.statistics.trimming import distribute
from extractor.components.statistics.vocabulary import load_vocabulary
from extractor.paths import default_model
from extractor.text.sentences import find_sentences
from extractor.text.timeline import time_periods


class StatisticsReader:
    """Writes a StatisticRow for every quantity of the document that is a statistic."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        vocabulary = load_vocabulary(folder)
        self._vocabulary = vocabulary
        self._changes = ChangeFinder(vocabulary)
        self._items = ItemFinder(vocabulary)
        self._bare = BareNumbers(vocabulary)
        self._categories = CategoryFinder(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its statistics."""
        text, shadow = doc.text, state.shadow(doc)
        tokens, subjects = Tokens(doc, self._vocabulary), SubjectFinder(doc, self._vocabulary)
        entities = state.entities(doc)
        drafts: list[Draft] = []
        last: Draft | None = None
        statuses = StatusFinder(shadow, self._vocabulary)
        for nodes, paragraph, opening, group in _sentences(doc, tokens):
            kept: list[Draft] = []
            for draft in group:
                draft.change = self._changes.find(draft)
                self._items.find(draft, drafts)
                item = _text(shadow, draft)
                if draft.quantity.dimension == "bare" and not self._bare.counts(draft, item, last):
                    continue
                draft.category = draft.category or self._categories.find(draft, item)
                drafts.append(draft)
                kept.append(draft)
                last = draft
            distribute(kept, self._vocabulary.lists["indicator_heads"])
            subjects.read(nodes, paragraph, kept)
            self._name_persons(kept, entities)
            if kept:
                statuses.read(nodes, opening, kept)
        figures = [(draft.quantity.start, draft.quantity.end) for draft in drafts]
        periods = time_periods(shadow, figures, state.published(doc), self._folder)
        rows = [_row(draft, text, period) for draft, period in zip(drafts, periods, strict=True)]
        state.write_rows(doc, "statistics", rows)
        return doc

    def _name_persons(self, group: Sequence[Draft], entities: Sequence[EntityRow]) -> None:
        """Persons without a noun are told apart by whose they are."""
        last: Draft | None = None
        for draft in group:
            if draft.quantity.unit in PERSON_UNITS and draft.category == "people" and not draft.item:
                label = entities[draft.subject].label if draft.subject >= 0 else ""
                draft.category = self._categories.unnamed(draft, last, label)
            last = draft


def _sentences(doc: Doc, tokens: Tokens) -> Iterator[tuple[Nodes, int, int, list[Draft]]]:
    quantities = state.quantities(doc)
    shadow, taken, paragraph, last = tokens.shadow, 0, 0, 0
    before: Nodes | None = None
    opening = 0
    for number, (low, high) in enumerate(find_sentences(shadow)):
        if "\n" in shadow[last:low]:
            paragraph, before, opening = paragraph + 1, None, low
        last = low
        if taken == len(quantities):
            return
        nodes = tokens.nodes(low, high)
        group = []
        for index, letter in enumerate(nodes.classes):
            if letter == "Q":
                taken = nodes.source[index] + 1
                draft = Draft(quantities[taken - 1], nodes, index, number, paragraph, before)
                if nodes.classes[index + 1 : index + 2] == "Q":
                    draft.inner = quantities[taken].dimension
                group.append(draft)
        yield nodes, paragraph, opening, group
        before = nodes


def _text(text: str, draft: Draft) -> str:
    return "".join(text[low:high] for low, high in draft.item)


def _row(draft: Draft, text: str, period: str) -> StatisticRow:
    quantity = draft.quantity
    return StatisticRow(
        start=quantity.start,
        end=quantity.end,
        category=draft.category,
        direction=draft.change if draft.category == "change" else "",
        item=_text(text, draft),
        subject=draft.subject,
        subject_text=text[slice(*draft.subject_span)],
        time_period=period,
        status=draft.status,
        rule=draft.rule or quantity.rule,
    )


@Language.factory("extractor_statistics", default_config={"folder": ""})
def create_statistics(nlp: Language, name: str, folder: str = "") -> StatisticsReader:
    """The component; ``folder`` is the model folder, "" for the shipped one."""
    return StatisticsReader(Path(folder) if folder else default_model())
