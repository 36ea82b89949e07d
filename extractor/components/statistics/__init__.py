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
from extractor.components.statistics.nodes import Nodes, Tokens
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
        text, shadow = doc.text, state.shadow(doc)
        tokens, subjects = Tokens(doc, self._vocabulary), SubjectFinder(doc, self._vocabulary)
        drafts: list[Draft] = []
        for nodes, paragraph, group in _sentences(doc, tokens):
            for draft in group:
                draft.change = self._changes.find(draft)
                self._items.find(draft, drafts)
                if not draft.category:
                    draft.category = self._categories.find(draft, _text(shadow, draft))
                drafts.append(draft)
            subjects.read(nodes, paragraph, group)
        set_status(drafts, shadow, self._vocabulary.cues)
        state.write_rows(doc, "statistics", [_row(draft, text) for draft in drafts])
        return doc


def _sentences(doc: Doc, tokens: Tokens) -> Iterator[tuple[Nodes, int, list[Draft]]]:
    quantities = state.quantities(doc)
    shadow, taken, paragraph, last = tokens.shadow, 0, 0, 0
    for number, (low, high) in enumerate(find_sentences(shadow)):
        paragraph += "\n" in shadow[last:low]
        last = low
        if taken == len(quantities):
            return
        nodes = tokens.nodes(low, high)
        group = []
        for index, letter in enumerate(nodes.classes):
            if letter == "Q":
                group.append(Draft(quantities[nodes.source[index]], nodes, index, number, paragraph))
                taken = nodes.source[index] + 1
        yield nodes, paragraph, group


def _text(text: str, draft: Draft) -> str:
    return "".join(text[low:high] for low, high in draft.item)


def _row(draft: Draft, text: str) -> StatisticRow:
    quantity = draft.quantity
    return StatisticRow(
        start=quantity.start,
        end=quantity.end,
        category=draft.category,
        direction=draft.change if draft.category == "change" else "",
        item=_text(text, draft),
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
