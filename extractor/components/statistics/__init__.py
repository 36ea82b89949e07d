"""Statistics: what each figure counts, of which kind, whose it is, how firm, and for what time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import EntityRow, QuantityRow, StatisticRow
from extractor.components.statistics.bare import BareNumbers
from extractor.components.statistics.categories import CategoryFinder
from extractor.components.statistics.directions import ChangeFinder
from extractor.components.statistics.drafts import PERSON_UNITS, Draft, Sentence
from extractor.components.statistics.items import ItemFinder
from extractor.components.statistics.nodes import Nodes, Tokens, WordReader
from extractor.components.statistics.status import StatusFinder
from extractor.components.statistics.subjects import SubjectFinder
from extractor.components.statistics.trimming import distribute
from extractor.components.statistics.vocabulary import load_vocabulary
from extractor.paths import default_model
from extractor.text.timeline import time_periods


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
        tokens = Tokens(doc, self._words)
        subjects = SubjectFinder(doc, self._vocabulary, tokens.nodes)
        entities = state.entities(doc)
        drafts: list[Draft] = []
        last: Draft | None = None
        statuses = StatusFinder(shadow, self._vocabulary)
        for sentence in _sentences(doc, tokens):
            if not sentence.drafts:
                subjects.pass_over(sentence)
                continue
            kept: list[Draft] = []
            for draft in sentence.drafts:
                draft.change = self._changes.find(draft)
                self._items.find(draft, drafts)
                item = _text(shadow, draft)
                if draft.quantity.dimension == "bare" and not self._bare.counts(draft, item, last):
                    continue
                draft.category = draft.category or self._categories.find(draft, item)
                drafts.append(draft)
                kept.append(draft)
                last = draft
            distribute(kept, self._vocabulary.endings["indicator_heads"])
            subjects.read(sentence, kept)
            self._name_persons(kept, entities)
            statuses.read(sentence.drafts[0].nodes, sentence.opening, kept)
        figures = [(draft.quantity.start, draft.quantity.end) for draft in drafts]
        periods = time_periods(shadow, figures, state.published(doc), self._folder) if figures else []
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


def _sentences(doc: Doc, tokens: Tokens) -> Iterator[Sentence]:
    """The sentences up to the last figure."""
    quantities = state.quantities(doc)
    shadow, taken, paragraph, opening, last = tokens.shadow, 0, 0, 0, 0
    before: Callable[[], Nodes] | None = None
    for number, (low, high) in enumerate(pairwise([*tokens.sentences, len(shadow)])):
        if taken == len(quantities):
            return
        if shadow.find("\n", last, low) >= 0:
            paragraph, before, opening = paragraph + 1, None, low
        last, first = low, taken
        while taken < len(quantities) and quantities[taken].start < high:
            taken += 1
        read = partial(tokens.nodes, low, high)
        group: list[Draft] = []
        if taken > first:
            group = list(_drafts(read(), quantities, number, paragraph, before))
        yield Sentence(low, high, paragraph, opening, group)
        before = read


def _drafts(
    nodes: Nodes,
    quantities: Sequence[QuantityRow],
    sentence: int,
    paragraph: int,
    before: Callable[[], Nodes] | None,
) -> Iterator[Draft]:
    for index, row in nodes.source.items():
        if nodes.classes[index] == "Q":
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
