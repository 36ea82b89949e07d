"""Statistics: what each figure counts, of which kind, whose it is, how firm, and for what time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import EntityRow, QuantityRow, StatisticRow
from extractor.components.statistics.bare import BareNumbers
from extractor.components.statistics.categories import CategoryFinder
from extractor.components.statistics.directions import ChangeFinder
from extractor.components.statistics.drafts import PERSON_UNITS, Draft
from extractor.components.statistics.items import ItemFinder
from extractor.components.statistics.nodes import Nodes, Tokens, WordReader
from extractor.components.statistics.status import StatusFinder
from extractor.components.statistics.subjects import SubjectFinder
from extractor.components.statistics.trimming import distribute
from extractor.components.statistics.vocabulary import load_vocabulary
from extractor.paths import default_model
from extractor.text.sentences import find_sentences
from extractor.text.timeline import time_periods

_TOPIC = 48  # characters from the first name of a sentence that show whether it is the subject


class StatisticsReader:
    """Writes a StatisticRow for every quantity of the document that is a statistic."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        vocabulary = load_vocabulary(folder)
        self._vocabulary = vocabulary
        self._words = WordReader(vocabulary)
        self._changes = ChangeFinder(vocabulary)
        self._items = ItemFinder(vocabulary)
        self._bare = BareNumbers(vocabulary)
        self._categories = CategoryFinder(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its statistics."""
        shadow = state.shadow(doc)
        tokens, subjects = Tokens(doc, self._words), SubjectFinder(doc, self._vocabulary)
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
        rows = [_row(draft, tokens, period) for draft, period in zip(drafts, periods, strict=True)]
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
    """Each sentence up to the last figure with its paragraph, the start of that, and its figures.

    A sentence without a figure is read only as far as its first names, to see what it is about.
    """
    quantities = state.quantities(doc)
    named = [row.start for row in state.mentions(doc)]
    named = sorted(named + [row.start for row in state.references(doc)])
    taken = name = paragraph = opening = last = 0
    before: Callable[[], Nodes] | None = None
    for number, (low, high) in enumerate(find_sentences(tokens.shadow)):
        if taken == len(quantities):
            return
        if "\n" in tokens.shadow[last:low]:
            paragraph, before, opening = paragraph + 1, None, low
        last = low
        if quantities[taken].start < high:
            nodes = tokens.nodes(low, high)
            group = list(_drafts(nodes, quantities, number, paragraph, before))
            taken = next(
                (i for i in range(taken, len(quantities)) if quantities[i].start >= high), len(quantities)
            )
            yield nodes, paragraph, opening, group
        else:
            name = bisect_left(named, low, name)
            if name < len(named) and named[name] < high:
                yield tokens.nodes(low, min(high, named[name] + _TOPIC)), paragraph, opening, []
        before = partial(tokens.nodes, low, high)


def _drafts(
    nodes: Nodes,
    quantities: Sequence[QuantityRow],
    sentence: int,
    paragraph: int,
    before: Callable[[], Nodes] | None,
) -> Iterator[Draft]:
    for index, letter in enumerate(nodes.classes):
        if letter == "Q":
            row = nodes.source[index]
            draft = Draft(quantities[row], nodes, index, sentence, paragraph, before)
            if nodes.classes[index + 1 : index + 2] == "Q":
                draft.inner = quantities[row + 1].dimension
            yield draft


def _text(text: str, draft: Draft) -> str:
    return "".join(text[low:high] for low, high in draft.item)


def _row(draft: Draft, tokens: Tokens, period: str) -> StatisticRow:
    quantity = draft.quantity
    return StatisticRow(
        start=quantity.start,
        end=quantity.end,
        category=draft.category,
        direction=draft.change if draft.category == "change" else "",
        item="".join(tokens.written(low, high) for low, high in draft.item),
        subject=draft.subject,
        subject_text=tokens.written(*draft.subject_span),
        time_period=period,
        status=draft.status,
        rule=draft.rule or quantity.rule,
    )


@Language.factory("extractor_statistics", default_config={"folder": ""})
def create_statistics(nlp: Language, name: str, folder: str = "") -> StatisticsReader:
    """The component; ``folder`` is the model folder, "" for the shipped one."""
    return StatisticsReader(Path(folder) if folder else default_model())
