"""Lines of links and of navigation, told from prose by their shape and by a list of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from extractor.errors import RuleError
from extractor.paths import default_model
from extractor.text.rules import one_of

_PARTING = re.compile(r" *[|_]+ *")
_FRAGMENTS = re.compile(r"[ \t|_,、/·>-]+")
_STOP = re.compile(r"[。,;!?]")
_SENTENCE_END = re.compile(r"[。!?…][”’)】]*")
_DIGIT = re.compile(r"[0-9]")
# Fragments of a line of links; a header of a table has fewer.  Checked on the raw news and reports: no
# paragraph of theirs is taken for links.
_FEWEST_LINKS = 6
_LONGEST_LINK = 24
_MOST_DIGITS = 0.3
_FEWEST_WORDS = 3
_WORD_SHARE, _SPAMLET_SHARE = 0.3, 0.5
_FEWEST_SECTIONS = 4
_SECTION_SHARE = 0.6
_LONGEST_MENU = 400


def links_kind(line: str) -> str:
    """Kind of a line: "links" of a link farm, "navigation" for the menu of a site, "" for anything else.

    ``line`` is one trimmed line of the shadow.
    """
    if _is_menu(line):
        return "navigation"
    return "links" if _is_parted(line) or _is_spam(line) else ""


def farm_start(line: str) -> int:
    """Where a link farm begins that is glued to the end of prose; the length of the line when none is."""
    if line.count("|") + line.count("_") < _FEWEST_LINKS:
        return len(line)
    stops = [match.end() for match in _SENTENCE_END.finditer(line)]
    if stops and _is_parted(line[stops[-1] :].strip()):
        return stops[-1]
    return len(line)


def is_spamlet(line: str) -> bool:
    """Whether a line is one link of a farm that has each on its own line: words of farms, little else."""
    words = _pattern("spam").findall(line)
    return len(words) > 1 and sum(map(len, words)) >= _SPAMLET_SHARE * len(line)


def is_section(word: str) -> bool:
    """Whether a word names a section of a site (新闻, 财经) or its front page."""
    return _pattern("navigation").fullmatch(word) is not None


def _is_parted(line: str) -> bool:
    """Many short fragments between | or _, few figures, and no row of a table."""
    if line.count("|") + line.count("_") < _FEWEST_LINKS - 1 or "。" in line:
        return False
    fragments = [fragment for fragment in _PARTING.split(line) if fragment]
    if len(fragments) < _FEWEST_LINKS or len(line) > _LONGEST_LINK * len(fragments):
        return False
    if len(_DIGIT.findall(line)) > _MOST_DIGITS * len(line):
        return False
    return not line.startswith("|") or _is_spam(line)


def _is_spam(line: str) -> bool:
    """Words of link farms make up the line, and it has no sentence.

    Fewer words do for a line of several fragments; a headline about a gambling ring has but one.
    """
    if "。" in line:
        return False
    words = _pattern("spam").findall(line)
    kinds, share = len(set(words)), sum(map(len, words)) / max(len(line), 1)
    if len(_FRAGMENTS.split(line)) >= _FEWEST_SECTIONS:
        return kinds >= _FEWEST_WORDS and share >= _WORD_SHARE
    return kinds >= 2 * _FEWEST_WORDS and share >= _WORD_SHARE and len(line) >= _LONGEST_LINK


def _is_menu(line: str) -> bool:
    if len(line) > _LONGEST_MENU or _STOP.search(line):
        return False
    words = [word for word in re.split(r"[ \t|_·/>]+", line) if word]
    known = sum(map(is_section, words))
    return len(words) >= _FEWEST_SECTIONS and known >= _SECTION_SHARE * len(words)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    lists = _words()
    words = lists["navigation"] if name == "navigation" else lists["adult"] + lists["seo"]
    return re.compile(one_of(words), re.IGNORECASE)


@cache
def _words() -> Mapping[str, list[str]]:
    path = default_model() / "rules" / "linkfarms.toml"
    lists: Mapping[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8")).get("words", {})
    missing = {"adult", "seo", "navigation"} - set(lists)
    if missing:
        raise RuleError(f"{path}: [words] lacks {', '.join(sorted(missing))}")
    return lists
