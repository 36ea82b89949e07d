"""A written place as a chain of divisions (四川省|绵阳市|涪城区|迎宾社区), with the codes of each part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.divisions import Divisions, level_of

_LONGEST = 16
_STATE = ("中华人民共和国", "中国")
# Heads of nature: a short name of a county that ends so names the mountain or lake as often (杭州西湖).
_PLAIN = re.compile("(?:[镇乡村]|街道|社区|嘎查|苏木|地区|[农林牧渔]场)$")
_NATURE = frozenset("山湖江河海岛沟泉洲楼")


class Part(NamedTuple):
    """A piece of a chain and the codes that it may have; ``old`` are codes of a name of the past.

    ``twin``: the name is also that of another place (德州 for Texas, 黄山 the mountain); ``nature``: it is a
    short name that ends like one of a river or mountain (清水河 for 清水河县).
    """

    start: int
    end: int
    codes: tuple[str, ...]
    old: tuple[str, ...] = ()
    twin: bool = False
    nature: bool = False


class Chain(NamedTuple):
    """The parts from the left; ``whole`` when they cover the name to its end."""

    parts: tuple[Part, ...]
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Reads chains; ``letters`` are the places that one character stands for, ``twins`` shared names."""

    divisions: Divisions
    letters: Mapping[str, str]
    twins: frozenset[str] = frozenset()

    def read(self, name: str) -> Chain:
        """The chain that covers most of a name (simplified, no blanks)."""
        return _read(self, name)

    def known(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes that a name may have, and its codes in the past where it is a name of the past."""
        others = self.divisions.others(name)
        bare = tuple(f"{one.parent}/{one.name}" for one in others if not one.code)
        codes = (*self.divisions.candidates(name), *bare)
        if not _PLAIN.search(name):
            codes = tuple(code for code in codes if level_of(code) not in ("town", "village"))
        if codes:
            return codes, ()
        former = self.divisions.former(name) or (self.divisions.former(name + "市") if len(name) > 1 else ())
        now = tuple(dict.fromkeys(one.now for one in former if one.now))
        return now, tuple(dict.fromkeys(one.code for one in former))

    def lies_in(self, code: str, outer: str) -> bool:
        """Whether one unit lies in another."""
        return outer in self.around(code)

    def around(self, code: str) -> tuple[str, ...]:
        """The codes of the units around a unit, from the top."""
        return _around(self.divisions, code)

    def was_prefecture(self, code: str) -> bool:
        """Whether a county was a prefecture of that name before: 莱芜."""
        city = re.sub("[市县区]$", "市", self.divisions.name(code))
        return any(one.code.endswith("00") and one.now == code for one in self.divisions.former(city))

    def label(self, code: str) -> str:
        """The name of a unit."""
        return code.partition("/")[2] or self.divisions.name(code)


@lru_cache(maxsize=1 << 15)
def _around(divisions: Divisions, code: str) -> tuple[str, ...]:
    parent, slash, _ = code.partition("/")
    return (*divisions.around(parent), parent) if slash else divisions.around(code)


@lru_cache(maxsize=1 << 14)
def _read(chains: Chains, name: str) -> Chain:
    if len(name) == 1:
        code = chains.letters.get(name, "")
        return Chain((Part(0, 1, (code,)),), True) if code else Chain((), False)
    start = next((len(state) for state in _STATE if name.startswith(state) and len(name) > len(state)), 0)
    best: tuple[Part, ...] = ()
    for parts in _splits(chains, name, start, ()):
        if not best or _reach(parts) > _reach(best):
            best = parts
        if _reach(parts) == len(name):
            break
    return Chain(_pruned(chains, best), _reach(best) == len(name))


def _reach(parts: tuple[Part, ...]) -> int:
    return parts[-1].end if parts else 0


def _splits(chains: Chains, name: str, start: int, before: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """The chains that begin with ``before``, longest parts first."""
    for end in range(min(len(name), start + _LONGEST), start + 1, -1):
        name_here = name[start:end]
        codes, old = chains.known(name_here)
        if before:
            outer = before[-1].codes
            codes = tuple(code for code in codes if any(chains.lies_in(code, one) for one in outer))
            codes = _without_nature(name_here, codes)
        else:
            codes = tuple(code for code in codes if not any(chains.lies_in(code, one) for one in codes))
        if codes or (old and not before):
            twin = not before and name_here in chains.twins
            part = Part(start, end, codes, old, twin, name_here[-1] in _NATURE)
            yield from _splits(chains, name, end, (*before, part))
    if before:
        yield before


def _without_nature(name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    if name[-1] not in _NATURE:
        return codes
    return tuple(code for code in codes if level_of(code) not in ("county", "town"))


def _pruned(chains: Chains, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Each part with the codes only that the part after it lies in."""
    kept: list[Part] = list(parts[-1:])
    for part in reversed(parts[:-1]):
        inner = kept[-1].codes
        codes = tuple(one for one in part.codes if any(chains.lies_in(code, one) for code in inner))
        kept.append(part._replace(codes=codes))
    return tuple(reversed(kept))
