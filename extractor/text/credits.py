"""What a page says of itself: when it was published, by whom, who wrote and who edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractor.paths import default_model
from extractor.text.rules import RuleFile, load_rules

_DAY = re.compile(r"(\d{2,4}) ?[年/.-] ?(\d{1,2}) ?[月/.-] ?(\d{1,2})")
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
_LONGEST_NAME = 4


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


def read_date(line: str) -> str:
    """The first date of a line of the shadow as ISO 8601, with the time of day where one follows; "" if none.

    Years of the Republic (民国110年) are counted from 1911.
    """
    found = pattern("field.date").search(line)
    if found is None:
        return ""
    day = _iso_day(found.group("day"))
    clock = _CLOCK.search(found.group(), found.group().find(found.group("day")) + len(found.group("day")))
    return f"{day}T{_iso_clock(clock)}" if day and clock else day


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

    Names may be parted by blanks or signs, or stand together by twos and threes (叶卫东王文芳); a place and a day
    after a name (王芳台北5日电), words such as 通讯员 and what cannot be a name are left out.
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
    if "·" in written and _HAN.fullmatch(written.replace("·", "")):
        yield start, end
        return
    han = _HAN.match(written)
    if han is None:
        return
    end = start + _without_place(han.group(), han.end() < len(written))
    if end - start > _LONGEST_NAME:
        yield from _run_on(shadow, start, end)
    elif (
        end - start >= 2 and words("surname").match(shadow, start, end) and not _is_outlet(shadow[start:end])
    ):
        yield start, end


def _without_place(written: str, dated: bool) -> int:
    """The length of the name in 王芳台北 where a day follows it; all of it elsewhere."""
    if dated:
        for length in (3, 2, 4):
            if length < len(written) and words("stand").fullmatch(written[length:]):
                return length
    return len(written)


def _run_on(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names of three (or two) characters in a row, each with a surname; nothing where that does not come out."""
    for size in (3, 2):
        if (end - start) % size == 0:
            spans = [(low, low + size) for low in range(start, end, size)]
            if all(words("surname").match(shadow, low, high) for low, high in spans):
                yield from spans
                return


def _is_outlet(written: str) -> bool:
    return words("outlet").search(written) is not None


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
