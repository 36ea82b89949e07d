"""The modifiers of a number (近, 超过, 余, 以上 …), read where a form of the rule file has them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.text.rules import Rule, RuleFile

_NAMED = re.compile(r"\(\?P<[a-z0-9_]+>")
_SCALES = "百千万亿"
_SCALE = re.compile(f"[{_SCALES}]")
_HAN = re.compile(r"[一-鿿]")
_WINDOW = 12  # characters before a number that its modifier may take
_REACH = 16  # characters before it in which a modifier apart from it stands


class Modifier(NamedTuple):
    """A modifier that was found: where it begins and ends, what it says, and the rule that says so."""

    start: int
    end: int
    kind: str
    apart: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """A form cut at its number and unit."""

    before: str
    between: str
    after: str


class ModifierForms:
    """The forms of modifiers, by the place they stand in."""

    def __init__(self, rules: RuleFile) -> None:
        cut = [(rule, _cut(rule, rules.slots)) for rule in rules.rules]
        before = [(rule, parts.before) for rule, parts in cut if parts.before]
        touching = [each for each in before if not each[0].fields.get("apart")]
        self._before = {
            scale: _Alternatives(
                [each for each in touching if each[0].fields.get("round", "") in fits], r"\Z"
            )
            for scale, fits in (("", ("",)), ("any", ("", "any")), ("alone", ("", "any", "alone")))
        }
        apart = [each for each in before if each[0].fields.get("apart")]
        self._apart = _Alternatives([each for each in apart if not each[0].fields.get("share")], r"\Z")
        self._share = _Alternatives(apart, r"\Z")
        self._cues = frozenset("".join(str(rule.fields["cues"]) for rule, _ in apart))
        self._between = _Alternatives([(rule, parts.between) for rule, parts in cut if parts.between])
        self._after = _Alternatives([(rule, parts.after) for rule, parts in cut if parts.after])
        self._last = frozenset(_HAN.findall("".join(form for _, form in touching)))
        self._first = frozenset(_HAN.findall("".join(parts.after for _, parts in cut)))

    def before(self, shadow: str, start: int, written: str, share: bool = False) -> Modifier | None:
        """The modifier that ends where the number ``written`` begins, or stands a little apart from it.

        ``share`` says that the number is a percentage, a multiple or a fraction of something.
        """
        start -= shadow[start - 1 : start] == " "
        left = max(0, start - _WINDOW)
        if shadow[start - 1 : start] in self._last:
            scale = "alone" if written[0] in _SCALES else "any" if _SCALE.search(written) else ""
            if touching := self._before[scale].search(shadow, left, start):
                return touching
        forms = self._share if share else self._apart
        for place in range(max(0, start - _REACH), start - 1):
            if shadow[place] in self._cues and (found := forms.match(shadow, place, start)):
                return found
        return None

    def between(self, shadow: str, position: int) -> Modifier | None:
        """The modifier between a number and its unit."""
        return self._between.match(shadow, position)

    def after(self, shadow: str, position: int) -> Modifier | None:
        """The modifier after the unit."""
        return self._after.match(shadow, position) if shadow[position : position + 1] in self._first else None


class _Alternatives:
    """Parts of forms as one expression that knows which of them matched."""

    def __init__(self, forms: Sequence[tuple[Rule, str]], tail: str = "") -> None:
        self._rules = {f"r{index}": rule for index, (rule, _) in enumerate(forms)}
        branches = (f"(?P<r{index}>{_NAMED.sub('(?:', form)})" for index, (_, form) in enumerate(forms))
        self._pattern = re.compile(f"(?:{'|'.join(branches)}){tail}")

    def match(self, shadow: str, position: int, end: int = sys.maxsize) -> Modifier | None:
        return self._modifier(self._pattern.match(shadow, position, end))

    def search(self, shadow: str, start: int, end: int) -> Modifier | None:
        return self._modifier(self._pattern.search(shadow, start, end))

    def _modifier(self, found: re.Match[str] | None) -> Modifier | None:
        if found is None or found.lastgroup is None:
            return None
        rule = self._rules[found.lastgroup]
        apart = bool(rule.fields.get("apart"))
        return Modifier(found.start(), found.end(), str(rule.fields["modifier"]), apart, rule.id)


def _cut(rule: Rule, slots: Mapping[str, str]) -> _Parts:
    before, _, rest = rule.pattern.pattern.partition(f"(?P<number>{slots['number']})")
    between, unit, after = rest.partition(f"(?P<unit>{slots['unit']})")
    return _Parts(before, between if unit else "", after)
