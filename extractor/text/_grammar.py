"""The grammar of quantities of a pipeline folder: codelists and rule files, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.paths import default_model
from extractor.text._amounts import Reader
from extractor.text._countable import Countable
from extractor.text._left_out import LeftOutForms
from extractor.text._modifiers import ModifierForms
from extractor.text._number_words import NumberWords, read_number_words
from extractor.text._tables import TableUnits
from extractor.text._units import Unit, UnitTable, read_minor_units, read_units
from extractor.text.codelists import read_codelist
from extractor.text.rules import RuleFile, load_rules
from extractor.text.script import to_shadow


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the scan asks at each numeral; made by ``load_grammar``."""

    reader: Reader
    modifiers: ModifierForms
    left_out: LeftOutForms
    countable: Countable
    words: NumberWords
    tables: TableUnits
    signs: Mapping[str, tuple[Unit, bool]]


def load_grammar(folder: Path | None = None, user: Path | None = None) -> Grammar:
    """The grammar of a pipeline folder; a user's folder may add units and words of the same file names.

    Raises RuleError for a fault in a file.
    """
    return _load(folder or default_model(), user)


@cache
def _load(folder: Path, user: Path | None) -> Grammar:
    codelists = folder / "codelists"
    forms = read_units(_present("units.tsv", codelists, user))
    currencies = [row["word"] for row in read_codelist(codelists / "currencies.tsv") if len(row["word"]) > 1]
    units = UnitTable(forms, read_minor_units(codelists / "minor_units.tsv"), currencies)
    rules = load_rules(folder / "rules" / "quantities.toml", {"units": tuple(forms)})
    modifiers = ModifierForms(rules)
    words = [*_present("number_words_jieba.tsv", codelists), *_present("number_words.tsv", codelists, user)]
    return Grammar(
        reader=Reader(units, modifiers),
        modifiers=modifiers,
        left_out=LeftOutForms(load_rules(folder / "rules" / "quantities_left_out.toml").rules),
        countable=Countable(load_rules(folder / "rules" / "quantities_countable.toml")),
        words=NumberWords(read_number_words(words)),
        tables=TableUnits(_tables(folder, forms), units),
        signs=_signs(codelists / "currency_signs.tsv", forms),
    )


def _tables(folder: Path, forms: Mapping[str, Unit]) -> RuleFile:
    return load_rules(folder / "rules" / "quantities_tables.toml", {"units": tuple(forms)})


def _present(name: str, folder: Path, user: Path | None = None) -> list[Path]:
    return [path for path in (folder / name, *([user / name] if user else [])) if path.is_file()]


def _signs(path: Path, forms: Mapping[str, Unit]) -> dict[str, tuple[Unit, bool]]:
    rows = read_codelist(path)
    return {to_shadow(row["sign"]): (forms[row["unit"]], row["inside"] == "yes") for row in rows}
