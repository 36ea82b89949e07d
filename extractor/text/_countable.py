"""Whether an amount counts something: 一 as an article, ranks in small Chinese figures, scale words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractor.text._amounts import Amount
from extractor.text.rules import RuleFile

_WINDOW = 24  # characters before an amount that are looked at
_SCALES = "百千万亿兆"
_SMALL = frozenset("一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Context:
    """An amount in its text; ``start`` takes in the modifier before it."""

    shadow: str
    start: int
    end: int
    amount: Amount
    modified: bool


class Countable:
    """Decides by the forms of a rule file, each of which looks at one side of the amount."""

    def __init__(self, rules: RuleFile) -> None:
        self._before: Mapping[str, re.Pattern[str]] = {
            rule.id: re.compile(f"(?:{rule.pattern.pattern})\\Z")
            for rule in rules.rules
            if _side(rule.fields) == "before"
        }
        self._after: Mapping[str, re.Pattern[str]] = {
            rule.id: rule.pattern for rule in rules.rules if _side(rule.fields) == "after"
        }

    def reason_against(self, context: Context) -> str:
        """The id of the class that says it is no statistic, "" when it is one."""
        amount, shadow = context.amount, context.shadow
        written = shadow[amount.number_start : amount.number_end]
        if amount.unit is None:
            return self._bare(context, written)
        if context.modified:
            return ""
        if amount.unit.kind in ("classifier", "noun") and written in ("零", "〇"):
            return "word.figure"
        if amount.unit.kind == "noun" and written[0] in _SCALES:
            return "word.scale"
        if amount.unit.kind in ("classifier", "noun") and self.has("rank.front-before", context):
            return "ordinal.front"
        if written == "一":
            return self._article(context)
        if amount.unit.note == "ordinal":
            return self._rank(context, written)
        return self._noun(context, written) if amount.unit.note == "fixed" else ""

    def has(self, name: str, context: Context) -> bool:
        """Whether the form ``name`` holds on its side of the amount."""
        if name in self._before:
            start = context.start - context.shadow[context.start - 1 : context.start].isspace()
            return self._before[name].search(context.shadow, max(0, start - _WINDOW), start) is not None
        return self._after[name].match(context.shadow, context.end) is not None

    def _article(self, context: Context) -> str:
        unit = context.amount.unit
        if unit is None or unit.kind in ("measure", "money"):
            return ""
        if self.has("one.only-before", context) or self.has("one.only-after", context):
            return ""
        if unit.kind == "time":
            return "set.article" if self._is_vague_time(unit.name, context) else ""
        if unit.name == "人" and not self.has("one.person-set", context):
            return ""
        far = self.has("one.only-far", context) and self.has("one.ends-after", context)
        listed = self.has("one.list-before", context) and self.has("one.list-noun", context)
        return "" if far or listed or self.has("one.list-after", context) else "set.article"

    def _is_vague_time(self, unit: str, context: Context) -> bool:
        """Whether 一天, 一年 names some time, not how long it was; 地震发生后一小时 says how long."""
        short = unit in ("天", "日", "夜", "年头", "春秋")
        if self.has("one.since-before", context) and not (short and self.has("one.day-beside", context)):
            return False
        if self.has("one.vague-before", context) or self.has("one.vague-after", context):
            return True
        return short and not self.has("one.length-before", context)

    def _rank(self, context: Context, written: str) -> str:
        """二期, 三级, 5班: ranks unless something says that they are counted."""
        value = context.amount.value
        if "两" in written or (value is not None and value >= 20 and written[0] not in _SMALL):
            return ""
        levels = context.amount.unit_text == "级" and self.has("rank.levels-before", context)
        held = context.amount.unit_text == "期" and self.has("rank.issues-before", context)
        return "" if levels or held or self.has("rank.counted-before", context) else "ordinal.unit"

    def _noun(self, context: Context, written: str) -> str:
        """三省, 两市: names unless something says that they are counted."""
        if len(written) > 1 or written not in _SMALL | {"两"}:
            return ""
        counted = self.has("noun.counted-before", context) or self.has("noun.counted-after", context)
        return "" if counted else "word.noun"

    def _bare(self, context: Context, written: str) -> str:
        amount = context.amount
        if context.modified or amount.form in ("fraction", "percent"):
            return ""
        if written[0] in _SCALES or written[0] in "几数":
            return "" if written[0] in "几数" and len(written) > 1 else "word.scale"
        if amount.form == "digits" or written[0] in "零〇半":
            return "code.digits"
        if len(written) == 1 and (written in _SMALL or written == "两"):
            return "" if written != "一" and self.has("bare.noun-after", context) else "word.figure"
        return ""


def _side(fields: Mapping[str, object]) -> str:
    return str(fields.get("side", ""))
