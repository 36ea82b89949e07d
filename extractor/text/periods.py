"""Time expressions: 2021年底, 去年上半年, 1—6月, “十三五”期间 → the time period that SDMX writes.

The forms are data (``rules/periods.toml``).  An expression without a year of its own keeps how far it
lies from the year of publication (去年) or from the year under discussion (当年, 年底); ``resolve`` puts
the year in, and returns "" when nothing fixes it.
Source of the writing: SDMX 2.1, part 4 (ObservationalTimePeriod): 2021, 2021-S1, 2021-Q3, 2021-06,
2021-06-30, and start/end for a range.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.numerals import parse_number
from extractor.text.rules import Rule, load_rules

_JOIN = re.compile(r" ?(?:至|到|——?|–|-|~) ?")
_FIELD = re.compile(r"\{(\w+)\}")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ERA = 1911  # year 1 of the Republic (民国) is 1912


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in the shadow: span, SDMX template, and what its year hangs on.

    ``year`` when it is written; else ``offset`` from the year of ``base``: "publication" (去年), "text"
    (当年: the year under discussion) or "near" (6月底: that of the sentence, else of the publication).
    """

    start: int
    end: int
    template: str
    year: int | None
    base: str
    offset: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Grammar:
    rules: tuple[Rule, ...]
    first: re.Pattern[str]
    anchor: re.Pattern[str]
    plans: Mapping[str, str]
    relatives: Mapping[str, tuple[str, int]]


@cache
def _grammar(folder: Path) -> _Grammar:
    codelists = folder / "codelists"
    plans = {row["term"]: row["period"] for row in read_codelist(codelists / "plans.tsv")}
    relatives = {
        row["term"]: (row["base"], int(row["offset"]))
        for row in read_codelist(codelists / "relative_years.tsv")
    }
    rules = load_rules(folder / "rules" / "periods.toml", {"plans": list(plans)})
    first, anchor = rules.rule("period.first").pattern, rules.rule("period.anchor").pattern
    forms = tuple(rule for rule in rules.rules if rule.fields["period"])
    return _Grammar(forms, first, anchor, plans, relatives)


def find_periods(shadow: str, folder: Path | None = None) -> list[TimeExpression]:
    """The time expressions of ``shadow`` in order, none overlapping; offsets are code points."""
    grammar = _grammar(folder or default_model())
    return list(_scan(shadow, grammar))


def _scan(shadow: str, grammar: _Grammar) -> Iterator[TimeExpression]:
    position, last = 0, None
    for first in grammar.first.finditer(shadow):
        start = first.start()
        if start < position or grammar.anchor.match(shadow, start) is None:
            continue
        found = _read(shadow, start, grammar)
        if found is None:
            continue
        position = found.end
        if last is not None and _JOIN.fullmatch(shadow, last.end, found.start) and "/" not in last.template:
            last = _range(last, found)
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _range(first: TimeExpression, second: TimeExpression) -> TimeExpression:
    """2016年6月1日—6月30日: one range; the second end takes the year of the first where it has none."""
    closing = second.template if second.year is None else second.template.replace("{year}", str(second.year))
    if (month := re.match(r"\{year\}-(\d\d)", first.template)) is not None:
        closing = closing.replace("{month}", month[1])
    return replace(first, end=second.end, template=f"{first.template}/{closing}", rule="period.range")


def _read(shadow: str, start: int, grammar: _Grammar) -> TimeExpression | None:
    for rule in grammar.rules:
        match = rule.pattern.match(shadow, start)
        if match is not None and match.end() > start:
            return _expression(match, rule, grammar)
    return None


def _expression(match: re.Match[str], rule: Rule, grammar: _Grammar) -> TimeExpression | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    template = _template(str(rule.fields["period"]), groups, grammar)
    if template is None:
        return None
    year = _year(groups["year"]) if "year" in groups else None
    base, offset = _base(groups, rule, grammar)
    return TimeExpression(match.start(), match.end(), template, year, base, offset, rule.id)


def _base(groups: Mapping[str, str], rule: Rule, grammar: _Grammar) -> tuple[str, int]:
    if "relative" in groups:
        return grammar.relatives[groups["relative"]]
    return ("text", 0) if "bare_end" in groups else ("near", 0)


def _template(period: str, groups: Mapping[str, str], grammar: _Grammar) -> str | None:
    """``period`` with everything filled in but the year (and a month that is only known by publication)."""

    def fill(field: re.Match[str]) -> str:
        name = field.group(1)
        return _field(name, groups, grammar) or field.group(0)

    filled = _FIELD.sub(fill, period)
    return filled if _possible(filled) else None


def _field(name: str, groups: Mapping[str, str], grammar: _Grammar) -> str:
    written = groups.get(name, "")
    if not written or name in ("year", "last"):
        return ""
    if name == "plan":
        return grammar.plans[written]
    if name == "decade":
        return _decade(written, groups.get("century", ""))
    if name in ("year0", "year2"):
        return f"{_year(written):04}"
    if name == "half":
        return "1" if written == "上半年" else "2"
    if name == "numeric":
        return "-".join(f"{int(part):02}" for part in re.split(r"[-/.]", written))
    return _two_digits(name, written)


def _decade(written: str, century: str) -> str:
    """The ten years of a decade; without its century, the twentieth."""
    first = int(parse_number(written) or 0)
    if first < 100:
        first += 100 * (int(parse_number(century) or 0) - 1) if century else 1900
    return f"{first}/{first + 9}"


def _two_digits(name: str, written: str) -> str:
    number = parse_number(written.strip("第季度月份日号 "))
    return f"{number}" if name == "quarter" else f"{number:02}"


def _possible(template: str) -> bool:
    """No 31st of a month that has 30 days (29 February counts as possible)."""
    found = re.fullmatch(r"(?:\{year\}|\d{4})-(\d\d)-(\d\d)", template)
    return found is None or int(found[2]) <= monthrange(2000, int(found[1]))[1]


def _year(written: str) -> int:
    digits = written.removeprefix("公元").rstrip("年度 ")
    if digits.startswith("民国"):
        return _ERA + int(parse_number(digits.removeprefix("民国")) or 0)
    number = int(digits.translate(_DIGITS))
    return number if number > 99 else number + (1900 if number > 50 else 2000)


def resolve(found: TimeExpression, published: str = "", year: int | None = None) -> str:
    """The SDMX time period of an expression; "" when its year cannot be told.

    ``published`` is the publication date (ISO 8601 or ""), ``year`` the year under discussion.
    """
    if "{" not in found.template:
        return found.template
    day = _published(published)
    if found.year is not None:
        return _fill(found.template, found.year, None)
    if year is not None and found.base in ("text", "near") and "{month}" not in found.template:
        return _fill(found.template, year + found.offset, None)
    if found.base == "text":
        return ""
    return _fill(found.template, day.year + found.offset, day) if day is not None else ""


def _published(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _fill(template: str, year: int, day: date | None) -> str:
    if "{month}" in template:  # a bare day: only the publication tells the month
        if day is None:
            return ""
        template = template.replace("{month}", f"{day.month:02}")
    filled = template.replace("{year}", f"{year:04}")
    if "{last}" in filled:
        filled = filled.replace("{last}", str(monthrange(year, int(filled[5:7]))[1]))
    return filled
