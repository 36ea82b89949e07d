"""Administrative divisions of China with their codes, from province to village.

The data lie in ``divisions`` of a pipeline folder and are built by ``tools/build_divisions.py``:

- ``names.marisa``: a trie of all names, each written backwards; a name is looked up only where one of the
  characters that end names of divisions stands, so a text is scanned at the speed of one expression.
- ``steps.npy``: differences of the sorted codes of twelve digits; those beyond 16 bits in ``wide.npy``
  (rank, step).
- ``counts.npy``: how many units bear each name of the trie; ``bearers.npy``: their ranks among the codes,
  three bytes each, the lowest first; bit 23 marks a short name.
- ``former.tsv``: names of the past with old code, years and present code.
- ``other.tsv``: Taiwan, Hong Kong, Macau.

Codes are strings: 6 digits for provinces, cities, counties (GB/T 2260), 9 for towns, 12 for villages (NBS).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import numpy as np
import numpy.typing as npt

from extractor.errors import LexiconError
from extractor.text.script import to_shadow

FOLDER = "divisions"
ALIAS = 1 << 23
LEVELS = ("", "province", "city", "county", "town", "village")
GB, NBS, ISO, POST = "GB/T 2260", "NBS 2023", "ISO 3166-2", "TW postcode"
_LONGEST = 16  # code points of a name that is searched for; 99.9 % are shorter
_ENDS = re.compile("[村镇乡区县市省旗盟州]|街道|嘎查|苏木|[农林牧渔]场")
_ZONE = re.compile(r"\d{4}7\d")
_SIZES = ((10**10, 6, 1), (10**8, 6, 2), (10**6, 6, 3), (10**3, 9, 4), (1, 12, 5))


class DivisionHit(NamedTuple):
    """A name of a division in a shadow: [start, end) in code points; ``name`` numbers it for ``codes_of``."""

    start: int
    end: int
    name: int


class Former(NamedTuple):
    """A name of the past: its code and the years of the revisions that list it; ``now`` is "" if unknown."""

    name: str
    code: str
    first: int
    last: int
    now: str


class Other(NamedTuple):
    """A unit outside the mainland's statistics; ``code`` is "" where it has none."""

    name: str
    code: str
    parent: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Divisions:
    """All divisions of a pipeline folder; never changes."""

    _trie: marisa_trie.Trie
    _codes: npt.NDArray[np.int64]
    _bearers: npt.NDArray[np.uint8]
    _offsets: npt.NDArray[np.int64]
    _former: Mapping[str, tuple[Former, ...]]
    _others: Mapping[str, tuple[Other, ...]]
    _other_codes: Mapping[str, Other]

    def find(self, shadow: str) -> list[DivisionHit]:
        """Every full name (one that ends in 村, 镇, 县 …) in the text, by end and then shortest first."""
        backwards, size = shadow[::-1], len(shadow)
        prefixes = self._trie.iter_prefixes_with_ids
        return [
            DivisionHit(end - len(name), end, number)
            for end in [match.end() for match in _ENDS.finditer(shadow)]
            for name, number in prefixes(backwards[size - end : size - end + _LONGEST])
        ]

    def codes_of(self, name: int) -> tuple[str, ...]:
        """The codes of the units that bear the name with that number, in order."""
        ranks = _ranks(self._bearers[self._offsets[name] : self._offsets[name + 1]]) & (ALIAS - 1)
        return tuple(_written(code) for code in self._codes[ranks].tolist())

    def levels_of(self, name: int) -> frozenset[str]:
        """The levels of the units that bear the name with that number."""
        return frozenset(level_of(code) for code in self.codes_of(name))

    def candidates(self, name: str) -> tuple[str, ...]:
        """The codes of all units that are called so, in full or in short; either script."""
        return _candidates(self, to_shadow(name))

    def former(self, name: str) -> tuple[Former, ...]:
        """What was called so and is no longer."""
        return self._former.get(to_shadow(name), ())

    def others(self, name: str) -> tuple[Other, ...]:
        """The units of Taiwan, Hong Kong and Macau that are called so, those without code among them."""
        return self._others.get(to_shadow(name), ())

    def name(self, code: str) -> str:
        """The name of the unit with that code, "" when there is none."""
        if code in self._other_codes:
            return self._other_codes[code].name
        row = self._row(code)
        return "" if row < 0 else str(self._trie.restore_key(int(_names(self)[row])))[::-1]

    def parents(self, code: str) -> tuple[str, ...]:
        """The names of what lies around the unit with that code, from the top."""
        return tuple(name for name in map(self.name, self.around(code)) if name)

    def around(self, code: str) -> tuple[str, ...]:
        """The codes of what lies around the unit with that code, from the top."""
        other = self._other_codes.get(code)
        if other is not None:
            return (*self.around(other.parent), other.parent) if other.parent else ()
        steps = [code[:2] + "0000", code[:4] + "00", code[:6], code[:9]]
        return tuple(
            dict.fromkeys(
                step for step in steps if len(step) <= len(code) and step != code and self._row(step) >= 0
            )
        )

    def _row(self, code: str) -> int:
        if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)):
            return -1
        value = int(code.ljust(12, "0"))
        row = int(np.searchsorted(self._codes, value))
        return row if row < len(self._codes) and self._codes[row] == value else -1


@lru_cache(maxsize=1 << 14)
def _candidates(divisions: Divisions, name: str) -> tuple[str, ...]:
    found = tuple(other.code for other in divisions.others(name) if other.code)
    number = divisions._trie.get(name[::-1])
    return found if number is None else (*divisions.codes_of(number), *found)


def level_of(code: str) -> str:
    """province, city, county, town or village; "" for what is no division."""
    if code.startswith("TW-"):
        return "county" if code[3:].isdigit() else "city"
    if not code.isdigit():
        return ""
    if len(code) == 6:
        return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return "town" if len(code) == 9 else "village"


def scheme_of(code: str) -> str:
    """Whose code it is."""
    if code.startswith("TW-"):
        return POST if code[3:].isdigit() else ISO
    return GB if len(code) == 6 and not _ZONE.fullmatch(code) else NBS


def lies_in(code: str, outer: str) -> bool:
    """Whether the unit ``code`` lies in the unit ``outer``, or is it; by the digits of the mainland."""
    if outer in ("710000", code):
        return code.startswith("TW-") or code == outer
    return code.startswith(_significant(outer))


def _significant(code: str) -> str:
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _written(code: int) -> str:
    digits = next(size for unit, size, _ in _SIZES if code % unit == 0)
    return f"{code:012d}"[:digits]


def load_divisions(folder: Path) -> Divisions:
    """The divisions of a pipeline folder; the same folder gives the same object.

    Raises LexiconError, which names the file, when one cannot be read.
    """
    return _load(folder.resolve() / FOLDER)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Divisions:
    try:
        trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        counts, bearers, narrow, wide = (
            np.load(folder / f"{name}.npy") for name in ("counts", "bearers", "steps", "wide")
        )
        former = _by_name(_former(cells) for cells in _rows(folder / "former.tsv"))
        others = [_other(cells) for cells in _rows(folder / "other.tsv")]
    except (OSError, RuntimeError, ValueError) as error:
        raise LexiconError(
            f"{folder}: cannot be read ({error}); build it with tools/build_divisions.py"
        ) from error
    steps = narrow.astype(np.int64)
    steps[wide[:, 0]] = wide[:, 1]
    offsets = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    coded = {one.code: one for one in others if one.code}
    return Divisions(trie, np.cumsum(steps), bearers, offsets, former, _by_names(others), coded)


def _ranks(bearers: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """The ranks that three bytes each hold, with the mark of short names."""
    wide = bearers.astype(np.int32)
    return wide[:, 0] | wide[:, 1] << 8 | wide[:, 2] << 16


@lru_cache(maxsize=4)
def _names(divisions: Divisions) -> npt.NDArray[np.uint32]:
    """The number of the official name of each unit; made when the first name is asked for."""
    ranks, offsets = _ranks(divisions._bearers), divisions._offsets
    numbers = np.repeat(np.arange(len(offsets) - 1, dtype=np.uint32), np.diff(offsets))
    official = ranks < ALIAS
    names = np.empty(len(divisions._codes), dtype=np.uint32)
    names[ranks[official]] = numbers[official]
    return names


def _rows(path: Path) -> Iterator[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _former(cells: list[str]) -> Former:
    name, code, first, last, now = cells
    return Former(name, code, int(first), int(last), now)


def _other(cells: list[str]) -> Other:
    name, code, parent, aliases = cells
    return Other(name, code, parent, tuple(aliases.split("|")) if aliases else ())


def _by_name(rows: Iterable[Former]) -> dict[str, tuple[Former, ...]]:
    found: dict[str, tuple[Former, ...]] = {}
    for row in rows:
        found[row.name] = (*found.get(row.name, ()), row)
    return found


def _by_names(rows: Iterable[Other]) -> dict[str, tuple[Other, ...]]:
    found: dict[str, tuple[Other, ...]] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            found[name] = (*found.get(name, ()), row)
    return found
