"""What a page says of itself: when it was published, by whom, who wrote and who edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractor.paths import default_model
from extractor.text.rules import RuleFile, load_rules

_DAY = re.compile(r"(\d{2,4}) ?[年/. -] ?(\d{1,2}) ?[月/.-] ?(\d{1,2})")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_CLOCK = re.compile(r"(上午|下午|晚上|凌晨|中午)? ?(\d{1,2}) ?[:时点] ?(\d{2})(?: ?[:分] ?(\d{2}))?")
_ROC_STAMP = re.compile(r"\)(1\d\d)(\d\d)(\d\d)$")
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_ROC = 1911
_AFTERNOON = ("下午", "晚上")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_PARTING = re.compile(r"[ 、,/&;|:]+|和(?=[\u4e00-\u9fff]{2})")
_INSIDE_NAMES = {ord("·"): None, ord(" "): None}
_LONGEST_NAME, _LONGEST_ROW = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Title, time and people of a page; "" and () for what it does not say.  ``published`` is ISO 8601."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    editor: str = ""


@cache
def _rules() -> RuleFile:
    return load_rules(default_model() / "rules" / "layout.toml")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The compiled form of the rule ``layout.<name>``."""
    return _rules().rule(f"layout.{name}").pattern


@cache
def words(slot: str) -> re.Pattern[str]:
    """The compiled words of a slot."""
    return re.compile(_rules().slots[slot])


def read_date(line: str, *, label: str = "") -> str:
    """The first date of a line of the shadow as ISO 8601, with the time of day where one follows; "" if none.

    Years of the Republic (民国110年) are counted from 1911.  ``label`` takes only a date that is announced
    by a word with one of these characters in it (发 for 发布时间, 发表于).
    """
    for found in pattern("field.date").finditer(line):
        if label and not set(label) & set(found["date_label"] or ""):
            continue
        day = _iso_day(found["day"] or f"20{found['short']}")
        clock = _CLOCK.search(line, max(found.end("day"), found.end("short")), found.end())
        return f"{day}T{_iso_clock(clock)}" if day and clock else day
    return ""


def read_stamp(line: str) -> str:
    """The date that closes a report of a Taiwan agency, after the editors: (编辑:陈大文)1130412."""
    found = _ROC_STAMP.search(line)
    return _iso(int(found[1]) + _ROC, int(found[2]), int(found[3])) if found else ""


def _iso_day(written: str) -> str:
    chinese = _CHINESE_DAY.search(written)
    if chinese:
        year = int("".join(_DIGITS[char] for char in chinese[1]))
        return _iso(year, _small(chinese[2]), _small(chinese[3]))
    found = _DAY.search(written)
    if found is None:
        return ""
    year = int(found[1]) + (_ROC if "民国" in written else 0)
    return _iso(year, int(found[2]), int(found[3]))


def _small(written: str) -> int:
    """A number up to 99 in Chinese: 十二, 三十一."""
    tens, ten, units = written.rpartition("十")
    if not ten:
        return int("".join(_DIGITS[char] for char in units))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(units, "0"))


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _iso_clock(found: re.Match[str]) -> str:
    hour = int(found[2])
    if found[1] in _AFTERNOON and hour < 12:
        hour += 12
    return f"{hour % 24:02}:{found[3]}:{found[4] or '00'}"


def find_names(text: str, shadow: str, start: int, end: int) -> Iterator[str]:
    """The names of people in a byline, as the text writes them.

    Names may be parted by blanks or signs, or stand together by twos and threes (叶卫东王文芳); a place
    and a day after a name (王芳台北5日电), words such as 通讯员 and what cannot be a name are left out.
    """
    for low, high in _tokens(shadow, start, end):
        for first, last in _split_names(shadow, low, high):
            yield "".join(text[first:last].split())


def _tokens(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between separators and words for reporters; single characters that a blank parts are one name."""
    single: tuple[int, int] | None = None
    for low, high in _between(_between([(start, end)], shadow, words("reporter")), shadow, _PARTING):
        if high - low == 1:
            if single and low - single[1] == 1:
                yield single[0], high
                single = None
            else:
                single = (low, high)
            continue
        single = None
        yield low, high


def _between(
    spans: Iterable[tuple[int, int]], shadow: str, parting: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        done = start
        for match in parting.finditer(shadow, start, end):
            if match.start() > done:
                yield done, match.start()
            done = match.end()
        if end > done:
            yield done, end


def _split_names(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    written = shadow[start:end]
    if _HAN.fullmatch(written) is None and _HAN.fullmatch(written.translate(_INSIDE_NAMES)):
        if "·" in written or _has_surname(shadow, start, end):
            yield start, end
        return
    han = _HAN.match(written)
    if han is None or words("stand").fullmatch(han.group()):
        return
    length = _without_place(han.group(), han.end() < len(written))
    if words("outlet").search(written, 0, length):
        return
    yield from _people(shadow, start, start + length)


def _without_place(written: str, dated: bool) -> int:
    """The length of the name in 王芳台北 where a day follows it; all of it elsewhere."""
    if dated:
        for length in (3, 2, 4):
            if length < len(written) and words("stand").fullmatch(written[length:]):
                return length
    return len(written)


def _people(shadow: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names that Han characters in a row make up, each with a surname; [] where that is not clear.

    Up to three are one name; four are one after a double surname, as married women have it, too.
    """
    length = end - start
    if not 2 <= length <= _LONGEST_ROW or not _has_surname(shadow, start, end):
        return []
    if length <= _LONGEST_NAME or (length == _LONGEST_NAME + 1 and _has_two_surnames(shadow, start)):
        return [(start, end)]
    splits = list(_splits(shadow, start, end))
    fewest = min(map(len, splits), default=0)
    best = [split for split in splits if len(split) == fewest]
    return best[0] if len(best) == 1 else []


def _splits(shadow: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    if start == end:
        yield []
    for size in (2, 3):
        if start + size <= end and _has_surname(shadow, start, start + size):
            yield from ([(start, start + size), *rest] for rest in _splits(shadow, start + size, end))


def _has_surname(shadow: str, start: int, end: int) -> bool:
    return words("surname").match(shadow, start, end) is not None


def _has_two_surnames(shadow: str, start: int) -> bool:
    first = words("surname").match(shadow, start)
    return first is not None and (first.end() - start > 1 or _has_surname(shadow, start + 1, start + 2))


def merged(stated: Credits, meta: Mapping[str, str]) -> Credits:
    """``stated``, and where it says nothing, what the page's own metadata says."""
    authors = tuple(name for name in re.split(r"[;,、，；]\s*", meta.get("author", "")) if name)
    return Credits(
        title=stated.title or meta.get("title", ""),
        published=stated.published or meta.get("published", ""),
        publisher=stated.publisher or meta.get("publisher", ""),
        site=stated.site or meta.get("site", ""),
        authors=stated.authors or authors,
        editor=stated.editor or meta.get("editor", ""),
    )
