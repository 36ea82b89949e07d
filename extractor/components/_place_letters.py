"""Places written with one letter: 中美, 川渝, 访华, 台股; by the forms of ``rules/places.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.components._words import Words
from extractor.text.rules import Rule


def find_letters(shadow: str, words: Words, rules: Iterable[Rule]) -> Iterator[tuple[int, str]]:
    """Offset and rule of each one-letter place; an offset may come more than once.

    A group whose name ends in ``place`` holds the letters; what is between them (、) is skipped.  ``cut``
    of a rule says where the segmenter must have cut a word.
    """
    for rule in rules:
        names = [name for name in rule.pattern.groupindex if name.endswith("place")]
        for match in rule.pattern.finditer(shadow):
            for name in names:
                start, end = match.span(name)
                if start < 0:
                    continue
                if _is_cut(str(rule.fields.get("cut", "none")), match, start, end, words):
                    yield from ((place, rule.id) for place in range(start, end) if shadow[place] != "、")


def _is_cut(cut: str, match: re.Match[str], start: int, end: int, words: Words) -> bool:
    """Whether the segmenter cut as the rule wants.

    ``run``: the letters are whole words, ``word-run``: one or two; ``after``: a word ends behind them,
    ``word``: behind the whole match, ``office``: behind the letter or the office that follows.
    """
    if cut == "run":
        return words.starts_at(start) and words.ends_at(end)
    if cut == "after":
        return words.ends_at(end) and (words.starts_at(start) or words.starts_at(match.start()))
    if cut == "word-run":
        return words.starts_at(start) and words.ends_at(end) and words.at(end - 1) - words.at(start) < 2
    if cut == "office":
        word_end = words.ends[words.at(start)]
        return words.starts_at(start) and word_end in (end, match.end("office"))
    if cut == "word":
        return words.starts_at(start) and words.ends_at(match.end())
    return True
