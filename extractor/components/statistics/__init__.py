"""Statistics: what each figure counts, of which kind, whose it is, how firm, and for what time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import StatisticRow
from extractor.components.statistics.categories import CategoryFinder
from extractor.components.statistics.directions import ChangeFinder
from extractor.components.statistics.drafts import Draft
from extractor.components.statistics.items import ItemFinder
from extractor.components.statistics.nodes import Tokens
from extractor.components.statistics.status import set_status
from extractor.components.statistics.subjects import SubjectFinder
from extractor.components.statistics.vocabulary import load_vocabulary
from extractor.paths import default_model
from extractor.text.sentences import find_sentences


class StatisticsReader:
    """Writes a StatisticRow for every quantity of the document that is a statistic."""

    def __init__(self, folder: Path) -> None:
        vocabulary = load_vocabulary(folder)
        self._vocabulary = vocabulary
        self._changes = ChangeFinder(vocabulary)
        self._items = ItemFinder(vocabulary)
        self._categories = CategoryFinder(vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its statistics."""
        drafts: list[Draft] = []
        text, shadow = doc.text, state.shadow(doc)
        for draft in _drafts(doc, Tokens(doc, self._vocabulary)):
            draft.change = self._changes.find(draft)
            self._items.find(draft, drafts)
            if not draft.category:
                draft.category = self._categories.find(draft, shadow[slice(*draft.item)])
            drafts.append(draft)
        set_status(drafts, shadow, self._vocabulary.cues)
        SubjectFinder(doc, self._vocabulary).find_all(drafts)
        state.write_rows(doc, "statistics", [_row(draft, text) for draft in drafts])
        return doc


def _drafts(doc: Doc, tokens: Tokens) -> Iterator[Draft]:
    quantities = state.quantities(doc)
    shadow, taken, paragraph, last = tokens.shadow, 0, 0, 0
    for number, (low, high) in enumerate(find_sentences(shadow)):
        paragraph += "\n" in shadow[last:low]
        last = low
        if taken == len(quantities):
            return
        if quantities[taken].start >= high:
            continue
        nodes = tokens.nodes(low, high)
        for index, letter in enumerate(nodes.classes):
            if letter == "Q":
                yield Draft(quantities[nodes.source[index]], nodes, index, number, paragraph)
                taken = nodes.source[index] + 1


def _row(draft: Draft, text: str) -> StatisticRow:
    quantity = draft.quantity
    return StatisticRow(
        start=quantity.start,
        end=quantity.end,
        category=draft.category,
        direction=draft.change if draft.category == "change" else "",
        item=text[slice(*draft.item)],
        subject=draft.subject,
        subject_text=text[slice(*draft.subject_span)],
        time_period="",
        status=draft.status,
        rule=draft.rule or quantity.rule,
    )


@Language.factory("extractor_statistics", default_config={"folder": ""})
def create_statistics(nlp: Language, name: str, folder: str = "") -> StatisticsReader:
    """The component; ``folder`` is the model folder, "" for the shipped one."""
    return StatisticsReader(Path(folder) if folder else default_model())
