"""Numbers that are no statistics: dates, ordinals, codes, scores …, by the forms of a rule file.

Neighbouring forms that begin with the same slot share it, so that a numeral is not read once a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extractor.text.rules import Rule

_NAMED = re.compile(r"\(\?P<[a-z0-9_]+>")
_WINDOW = 12  # characters before a number in which its cue must end


class LeftOut(NamedTuple):
    """A number that is no statistic; ``rule`` is the class that says so."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Class:
    """A form as it is asked at a numeral."""

    id: str
    left: tuple[str, ...]
    unless: tuple[str, ...]
    pattern: re.Pattern[str]
    bare: bool


class LeftOutForms:
    """The classes of numbers that are no statistics."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rules)
        self._opaque = [rule for rule in rules if rule.fields.get("opaque")]
        asked = (_class(rule) for rule in rules if not rule.fields.get("opaque"))
        classes = sorted(asked, key=lambda each: each.bare)
        self.bare = frozenset(
            each.id for each in classes if each.bare
        )  # they hold for numbers without a unit
        self._cued = [each for each in classes if each.left]
        self._cues = tuple({word for each in self._cued for word in each.left})
        self._free = {each.id: each for each in classes if not each.left}
        self._groups = {f"r{index}": each for index, each in enumerate(self._free.values())}
        self._any = re.compile(_joined(self._groups))

    def match(self, shadow: str, start: int) -> LeftOut | None:
        """The class that the number at ``start`` falls into, with the end of its form; bare ones last."""
        left = shadow[max(0, start - _WINDOW) : start].rstrip(": ")
        cued = self._by_cue(shadow, start, left) if left.endswith(self._cues) else None
        if cued is not None and cued.rule not in self.bare:
            return cued
        return self._by_form(shadow, start, left) or cued

    def opaque(self, shadow: str) -> list[LeftOut]:
        """The stretches of the text in which no number counts (titles, addresses …), by start."""
        found = [
            LeftOut(match.start(), match.end(), rule.id)
            for rule in self._opaque
            for match in rule.pattern.finditer(shadow)
        ]
        return sorted(found)

    def _by_cue(self, shadow: str, start: int, left: str) -> LeftOut | None:
        for each in self._cued:
            if left.endswith(each.left) and (found := _asked(each, shadow, start, left)):
                return found
        return None

    def _by_form(self, shadow: str, start: int, left: str) -> LeftOut | None:
        found = self._any.match(shadow, start)
        if found is None or found.lastgroup is None:
            return None
        first = self._groups[found.lastgroup]
        if not left.endswith(first.unless):
            return LeftOut(start, found.end(), first.id)
        return self._later(shadow, start, left, first.id)

    def _later(self, shadow: str, start: int, left: str, refused: str) -> LeftOut | None:
        """A class after the one whose ``unless`` held."""
        seen = False
        for each in self._free.values():
            if seen and (found := _asked(each, shadow, start, left)):
                return found
            seen = seen or each.id == refused
        return None


def _class(rule: Rule) -> _Class:
    left, unless = (tuple(rule.fields.get(key, ())) for key in ("left", "unless"))
    return _Class(rule.id, left, unless, rule.pattern, bool(rule.fields.get("bare")))


def _asked(each: _Class, shadow: str, start: int, left: str) -> LeftOut | None:
    found = None if left.endswith(each.unless) else each.pattern.match(shadow, start)
    return LeftOut(start, found.end(), each.id) if found else None


def _joined(groups: dict[str, _Class]) -> str:
    """One expression over all forms; what neighbours begin with in common is written once."""
    branches: list[tuple[str, list[str]]] = []
    for name, each in groups.items():
        head, rest = _head(_NAMED.sub("(?:", each.pattern.pattern))
        if not branches or branches[-1][0] != head:
            branches.append((head, []))
        branches[-1][1].append(f"(?P<{name}>{rest})")
    return "|".join(f"{head}(?:{'|'.join(rests)})" for head, rests in branches)


def _head(form: str) -> tuple[str, str]:
    """The leading group of a form and the rest of it; forms have no bar outside a group."""
    depth = 0
    for end, char in enumerate(form if form.startswith("(?:") else "", 1):
        depth += (char == "(") - (char == ")")
        if not depth:
            return ("", form) if form[end : end + 1] in ("?", "*", "+", "{") else (form[:end], form[end:])
    return "", form
