"""Which time governs which figure of a text.

A time governs the figures that follow it in its sentence until the next one.  What stands around it may
end its reign (比1996年, …以来, 现有), make it a date of founding, or hand a list of times to a list of
figures (1995年、1996年分别为…) and the two ends of a range to a change (2000—2011年由…增至…).
全年 and 年底 take the year last written; a sentence that goes on about them keeps the time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractor.paths import default_model
from extractor.text.periods import TimeExpression, find_periods, resolve
from extractor.text.rules import Rule, load_rules

Span = tuple[int, int]
_SENTENCE_END = re.compile(r"[。!?！？\n]+")
_BEFORE = 6  # characters before an expression that the forms may read
_AFTER = 32  # and after it
_SAME_CLAUSE = 12  # characters between a figure and a time that follows it; on the sentences of the gold
_ONE_NOUN = 6  # characters of a noun between a time and its one figure; on the same
_COMMA = re.compile(r"[,，;；]")
_AND = re.compile(r" ?[、,，和及与] ?")
_CHANGE_TO = re.compile(r"(?:[到至为]了?|达)$")


@dataclass(frozen=True, slots=True)
class _Time:
    """A time in a sentence with the period it gives (start and end for a range) and its role."""

    start: int
    end: int
    period: str
    role: str
    anaphoric: bool


@cache
def _forms(folder: Path) -> Mapping[str, tuple[Rule, ...]]:
    rules = load_rules(folder / "rules" / "timeline.toml").rules
    sides = ("before", "after", "between")
    return {side: tuple(rule for rule in rules if rule.fields["side"] == side) for side in sides}


def time_periods(
    shadow: str, figures: Sequence[Span], published: str = "", folder: Path | None = None
) -> list[str]:
    """The SDMX time period of each figure ("" where none is fixed), for spans given in order.

    ``published`` is the date of publication (ISO 8601), from which 去年 and 6月底 take their year.
    """
    expressions = find_periods(shadow, folder)
    if not expressions:
        return [""] * len(figures)
    forms = _forms(folder or default_model())
    periods = [""] * len(figures)
    starts = [start for start, _ in figures]
    year: int | None = None
    carried = ""
    taken = 0
    for low, high in _sentences(shadow):
        inside = []
        while taken < len(expressions) and expressions[taken].start < high:
            inside.append(expressions[taken])
            taken += 1
        times, year = _times(shadow, inside, forms, published, year)
        first, last = bisect_left(starts, low), bisect_left(starts, high)
        carried = _carried(shadow, low, times, carried)
        periods[first:last] = _govern(shadow, times, figures[first:last], forms, carried)
    return periods


def _sentences(shadow: str) -> list[Span]:
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(shadow):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(shadow)))
    return spans


def _carried(shadow: str, low: int, times: Sequence[_Time], carried: str) -> str:
    """What a sentence without a time of its own inherits: the 全年 of its paragraph."""
    if any(time.role != "ignore" for time in times):
        anaphoric = [time for time in times if time.anaphoric and time.role == "governs"]
        return anaphoric[-1].period if anaphoric else ""
    return "" if low > 0 and shadow[low - 1] == "\n" else carried


def _times(
    shadow: str,
    expressions: Sequence[TimeExpression],
    forms: Mapping[str, tuple[Rule, ...]],
    published: str,
    year: int | None,
) -> tuple[list[_Time], int | None]:
    times: list[_Time] = []
    near: int | None = None
    for found in expressions:
        role = _role(shadow, found, forms)
        here = year if found.base == "text" else near
        period = resolve(found, published, here)
        if found.year is not None and role != "ignore":
            year = near = found.year
        times.append(_Time(found.start, found.end, period, role, found.base == "text"))
    return times, year


def _role(shadow: str, found: TimeExpression, forms: Mapping[str, tuple[Rule, ...]]) -> str:
    before = shadow[max(0, found.start - _BEFORE) : found.start]
    after = shadow[found.end : found.end + _AFTER]
    for side, context in (("before", before), ("after", after)):
        for rule in forms[side]:
            if rule.pattern.search(context):
                return str(rule.fields["role"])
    return "since" if found.rule == "period.decade" else "governs"


def _govern(
    shadow: str,
    times: Sequence[_Time],
    figures: Sequence[Span],
    forms: Mapping[str, tuple[Rule, ...]],
    carried: str,
) -> list[str]:
    times = [time for time in times if time.role != "ignore"]
    periods = ["" if times else carried] * len(figures)
    for index, (start, end) in enumerate(figures):
        time = _governor(times, start) or _just_after(shadow, times, end)
        if time is None or shadow.startswith("来", end):
            continue
        if time.start > start or not _closed(shadow, time, figures, index, forms):
            periods[index] = time.period
    _hand_out_lists(shadow, times, figures, periods)
    return [_one_end(shadow, figures, index, period) for index, period in enumerate(periods)]


def _governor(times: Sequence[_Time], position: int) -> _Time | None:
    governing = None
    for time in times:
        if time.end > position:
            break
        governing = time
    return governing


def _just_after(shadow: str, times: Sequence[_Time], end: int) -> _Time | None:
    """A time after the figure in its clause (8名代表1995年8月控告), where none stands before it."""
    if not times or times[0].start < end or times[0].start - end > _SAME_CLAUSE:
        return None
    return None if _COMMA.search(shadow, end, times[0].start) else times[0]


def _attributive(shadow: str, time: _Time, figures: Sequence[Span]) -> bool:
    """A time that dates one noun (…521米，2011年人口2,389，…) or ends its clause: good for that clause."""
    earlier = [end for _, end in figures if end <= time.start]
    following = next((start for start, _ in figures if start >= time.end), None)
    clause = max((m.end() for m in _COMMA.finditer(shadow, max(0, time.start - 40), time.start)), default=0)
    opening = shadow[max(clause, time.start - 40) : time.start].lstrip("截至到在于从自由又 ")
    if _COMMA.match(shadow, time.end) and len(opening) > 3 and clause:
        return True
    if not earlier or following is None or shadow[time.start - 1] in "到至":
        return False
    return following - time.end <= _ONE_NOUN


def _closed(
    shadow: str, time: _Time, figures: Sequence[Span], index: int, forms: Mapping[str, tuple[Rule, ...]]
) -> bool:
    between = shadow[time.end : figures[index][0]]
    if (
        "," in between
        and not between.rpartition(",")[2].startswith("其中")
        and _attributive(shadow, time, figures)
    ):
        return True
    if time.role == "since":
        return True
    if time.role == "clause" and any(mark in between for mark in ",，;；"):
        return True
    return any(rule.pattern.search(between) for rule in forms["between"])


def _hand_out_lists(shadow: str, times: Sequence[_Time], figures: Sequence[Span], periods: list[str]) -> None:
    """1995年、1996年、1997年…分别为A、B、C: each figure its own time, for every list of that length."""
    group = _last_list(shadow, times)
    if len(group) < 2:
        return
    waiting = [index for index, (start, _) in enumerate(figures) if start >= group[-1].end]
    size = len(group)
    for chunk in range(0, len(waiting) - size + 1, size):
        members = waiting[chunk : chunk + size]
        gaps = [shadow[figures[a][1] : figures[b][0]] for a, b in pairwise(members)]
        if all(_AND.fullmatch(gap) for gap in gaps):
            for member, time in zip(members, group, strict=True):
                periods[member] = time.period


def _last_list(shadow: str, times: Sequence[_Time]) -> list[_Time]:
    group: list[_Time] = []
    for time in times:
        if group and not _AND.fullmatch(shadow, group[-1].end, time.start):
            group = []
        group.append(time)
    return group


def _one_end(shadow: str, figures: Sequence[Span], index: int, period: str) -> str:
    """In 2000—2011年由A增至B, A has the time of the beginning and B that of the end."""
    if "/" not in period:
        return period
    first, last = period.split("/")
    start = figures[index][0]
    if _opens_change(shadow, figures, index):
        return first
    if (
        index
        and _opens_change(shadow, figures, index - 1)
        and _CHANGE_TO.search(shadow, max(0, start - 3), start)
    ):
        return last
    return period


def _opens_change(shadow: str, figures: Sequence[Span], index: int) -> bool:
    """Whether the figure is the A of 由A…到B: 由 or 从 shortly before it, 到 or 至 before the next."""
    if index + 1 >= len(figures):
        return False
    start, end = figures[index]
    after = figures[index + 1][0]
    opened = re.search(r"[由从自][^,，。;；]{0,6}$", shadow[max(0, start - 8) : start]) is not None
    return opened and after - end < 16 and _CHANGE_TO.search(shadow, max(0, after - 3), after) is not None
