"""The codelists of units: which written form stands for which unit, and what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from extractor.errors import RuleError
from extractor.text.codelists import read_codelist
from extractor.text.script import to_shadow

KINDS = frozenset({"measure", "money", "time", "classifier", "noun"})
_LETTER = re.compile(r"[A-Za-z0-9]")
_COUNTRY = r"[一-鿿]{2,6}?"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``name`` is canonical, ``factor`` what one is in ``base`` (None where there is no base unit).

    ``kind`` and ``note`` say how it behaves after a number (see the codelist), ``not_before`` which
    characters may not follow its form.
    """

    name: str
    dimension: str
    kind: str
    factor: Fraction | None = None
    base: str = ""
    note: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Minor:
    """A unit within another: its share, and whether its figure may stand without it (1米85)."""

    name: str
    share: Fraction
    bare: bool


class UnitTable:
    """Finds the longest unit that begins at a position; forms lie by their first character."""

    def __init__(
        self, forms: Mapping[str, Unit], minors: Mapping[str, tuple[Minor, ...]], currencies: Iterable[str]
    ) -> None:
        self.forms, self.minors = forms, minors
        by_first: dict[str, list[tuple[str, int, Unit]]] = {}
        for form in sorted(forms, key=len, reverse=True):
            by_first.setdefault(form[0], []).append((form, len(form), forms[form]))
        self._by_first = {char: tuple(rows) for char, rows in by_first.items()}
        self._foreign = re.compile(rf"({_COUNTRY}(?:{'|'.join(currencies)}))")

    def match(self, shadow: str, position: int) -> tuple[Unit, int] | None:
        """The unit at ``position`` and where it ends, or None."""
        for form, length, unit in self._by_first.get(shadow[position : position + 1], ()):
            if shadow.startswith(form, position) and _free(form, unit, shadow, position + length):
                return unit, position + length
        return None

    def foreign(self, shadow: str, position: int) -> tuple[Unit, int] | None:
        """A currency that is named by its country (肯尼亚先令), whichever the country."""
        found = self._foreign.match(shadow, position)
        return (Unit(found[1], "money", "money"), found.end()) if found else None

    def minor(self, unit: Unit, shadow: str, position: int) -> tuple[Minor, int] | None:
        """The unit within ``unit`` that is written at ``position``, and where it ends."""
        follower = self.match(shadow, position)
        for minor in self.minors.get(unit.name, ()):
            if follower is not None and follower[0].name == minor.name:
                return minor, follower[1]
            if shadow.startswith(minor.name, position):
                return minor, position + len(minor.name)
        return None


def _free(form: str, unit: Unit, shadow: str, end: int) -> bool:
    """Whether the form stands for itself and is not the beginning of another word."""
    if form[-1].isascii() and form[-1].isalpha():
        return _LETTER.match(shadow, end) is None
    follower = shadow[end : end + 1]
    return not (len(form) == 1 and follower and follower in unit.not_before)


def read_units(paths: Iterable[Path]) -> dict[str, Unit]:
    """Form → unit from codelists of units; a later file overrides an earlier one.

    Raises RuleError, which names file and unit, for an unknown kind or a factor that is no number.
    """
    forms: dict[str, Unit] = {}
    for path in paths:
        for row in read_codelist(path):
            unit = _unit(path, row)
            for form in (row["unit"], *filter(None, row["forms"].split("|"))):
                forms[to_shadow(form)] = unit
    return forms


def read_minor_units(path: Path) -> dict[str, tuple[Minor, ...]]:
    """Unit → the units that may follow it in one amount."""
    minors: dict[str, tuple[Minor, ...]] = {}
    for row in read_codelist(path):
        minor = Minor(row["minor"], Fraction(row["share"]), row["bare"] == "yes")
        minors[row["unit"]] = (*minors.get(row["unit"], ()), minor)
    return minors


def _unit(path: Path, row: Mapping[str, str]) -> Unit:
    name, kind = row["unit"], row["kind"]
    if not name or kind not in KINDS:
        raise RuleError(f"{path}: unit {name!r}: the kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    try:
        factor = Fraction(row["factor"]) if row["factor"] else None
    except ValueError as error:
        raise RuleError(f"{path}: unit {name!r}: the factor {row['factor']!r} is no number") from error
    return Unit(name, row["dimension"], kind, factor, row["base"], row["note"], row["not_before"])
