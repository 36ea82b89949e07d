"""The component that finds the quantities of a document and stores them as rows."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components.state import QuantityRow
from extractor.paths import default_model
from extractor.text.numerals import Number
from extractor.text.quantities import Quantity, find_quantities, load_grammar, with_list_commas


class QuantityMatcher:
    """Writes the QuantityRows of a Doc by start; statistics decides what they count."""

    def __init__(self, folder: Path, user: str = "") -> None:
        self._grammar = load_grammar(folder, Path(user) if user else None)

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its quantities stored."""
        text = with_list_commas(state.text(doc), state.shadow(doc))
        state.write_rows(doc, "quantities", map(_row, find_quantities(text, self._grammar)))
        return doc


def _row(quantity: Quantity) -> QuantityRow:
    return QuantityRow(
        start=quantity.start,
        end=quantity.end,
        number_start=quantity.number_start,
        number_end=quantity.number_end,
        value=_written(quantity.value),
        low=_written(quantity.low),
        high=_written(quantity.high),
        modifier=quantity.modifier,
        unit=quantity.unit,
        dimension=quantity.dimension,
        base_value=_written(quantity.base_value),
        base_unit=quantity.base_unit,
        rule=quantity.rule,
    )


def _written(number: Number | None) -> str:
    """An exact string: "22000", "12.5", "1/3", "" for None."""
    return "" if number is None else str(number)


@Language.factory("extractor_quantities", default_config={"folder": "", "user": ""})
def create_quantities(nlp: Language, name: str, folder: str, user: str) -> QuantityMatcher:
    """The component with the data of a pipeline folder (default: the shipped one) and a user's lexicon."""
    return QuantityMatcher(Path(folder) if folder else default_model(), user)
