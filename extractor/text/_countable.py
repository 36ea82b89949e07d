"""Whether an amount counts something: 一 as an article, ranks in small Chinese figures, scale words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractor.text._amounts import Amount
from extractor.text.rules import RuleFile

_WINDOW = 10  # characters before an amount that are looked at
_SCALES = "百千万亿"
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
        if written == "一" and not context.modified:
            return self._article(context)
        if (
            written[0] in _SCALES
            and len(written) == 1
            and not context.modified
            and amount.unit.kind == "noun"
        ):
            return "word.scale"
        if amount.unit.ordinal and not context.modified:
            return self._rank(context, written)
        if amount.unit.kind == "noun" and written[0] in _SMALL:
            return self._noun(context, written)
        return ""

    def has(self, name: str, context: Context) -> bool:
        """Whether the form ``name`` holds on its side of the amount."""
        if name in self._before:
            start = context.start
            return self._before[name].search(context.shadow, max(0, start - _WINDOW), start) is not None
        return self._after[name].match(context.shadow, context.end) is not None

    def _article(self, context: Context) -> str:
        unit = context.amount.unit
        if unit is None or unit.kind in ("measure", "money"):
            return ""
        if self.has("one.only-before", context) or self.has("one.only-after", context):
            return ""
        if unit.kind == "time":
            vague = self.has("one.vague-before", context) or self.has("one.vague-after", context)
            short = unit.name in ("天", "日", "夜", "年头", "春秋")
            return "set.article" if vague or (short and not self.has("one.length-before", context)) else ""
        if unit.name == "人" and not self.has("one.person-set", context):
            return ""
        return (
            ""
            if self.has("one.list-before", context) or self.has("one.list-after", context)
            else "set.article"
        )

    def _rank(self, context: Context, written: str) -> str:
        """二期, 三级, 5班: ranks unless something says that they are counted."""
        value = context.amount.value
        if "两" in written or (value is not None and value >= 20 and written[0] not in _SMALL):
            return ""
        return "" if self.has("rank.counted-before", context) else "ordinal.unit"

    def _noun(self, context: Context, written: str) -> str:
        unit = context.amount.unit
        name = unit.name if unit else ""
        if name in ("国", "市", "省", "州", "区", "院", "校", "村", "镇", "县", "乡", "厂", "企"):
            if written in ("两", "二", "一", "三", "四", "五", "八") and not self.has(
                "noun.counted-before", context
            ):
                return "word.noun"
        return ""

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
