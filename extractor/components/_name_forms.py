"""Names by their form: a surname before a title, 某 for a given name, parts joined by a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.components._name_evidence import NAME, Cues, Edges, Scored, cut_of
from extractor.components._name_model import Floats, NameModel, code_points
from extractor.text.rules import one_of

_DOT = re.compile(r"[·・•‧]")
_BETWEEN = re.compile(r"(?:[A-Z]\.?|[㐀-鿿]+)\Z")
_HAN_BEFORE, _HAN_AFTER = re.compile(r"[㐀-鿿]+\Z"), re.compile(r"[㐀-鿿]+|[A-Z][a-z]+")
_LONGEST_PART = 9
_HIDDEN = "某"
APPOINTED = "name.appointed"
_COUNTED = re.compile(
    r"(?P<names>[一-鿿](?:[、和与及][一-鿿]){1,4})(?P<count>[2-5两二三四五]) ?名?[嫌男女妇童]"
)
_COUNTS = {"2": 2, "两": 2, "二": 2, "3": 3, "三": 3, "4": 4, "四": 4, "5": 5, "五": 5}
_SURE = 9.0  # log-odds of a surname of two characters
_FOREIGN_LEAST = -2.5
_DROP = -2.0  # behind a character as foreign to transliteration as this no name goes on
_CUE_GAIN = 3.0  # so that one rare character before a sign still belongs to the name
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """What stands after a surname alone, by first character: ``titles``, and marks (男, 姓 …).

    ``firm`` holds by code point the log-odds of surnames that are seldom anything else, 0 for others.
    """

    titles: Mapping[str, tuple[str, ...]]
    marks: frozenset[str]
    hidden: frozenset[str]
    firm: Floats
    follows: NDArray[np.bool_]
    barred: frozenset[str]
    appointed: re.Pattern[str]


def make_forms(model: NameModel, titles: Iterable[str], marks: Iterable[str]) -> Forms:
    """Forms for the surnames of the model from ``settings.firm_surname`` on."""
    by_first: dict[str, list[str]] = {}
    for title in sorted(titles, key=len, reverse=True):
        by_first.setdefault(title[0], []).append(title)
    marked = frozenset(marks)
    follows = np.zeros(len(model.surname), dtype=np.bool_)
    follows[[ord(char) for char in {*by_first, *marked, _HIDDEN}]] = True
    firm = np.where(model.surname >= float(model.settings["firm_surname"]), model.surname, 0.0)
    words = {char: tuple(known) for char, known in by_first.items()}
    barred = frozenset(model.settings["never_before_title"])
    appointed = re.compile(f"{one_of(model.settings['appoint'])}(?P<name>[一-鿿]{{2,3}})(?=为|担任|出任)")
    return Forms(words, marked, frozenset(model.settings["hidden_given"]), firm, follows, barred, appointed)


def formed_names(shadow: str, edges: Edges, forms: Forms, model: NameModel) -> list[Scored]:
    """Surnames with a title or mark after them, and names with 某."""
    points = code_points(shadow)
    odds = forms.firm[points]
    starts = np.flatnonzero((odds[:-1] > 0) & forms.follows[points[1:]])
    spans = [(start, start + 1, float(odds[start])) for start in starts.tolist()]
    spans += [(match.start(), match.end(), _SURE) for match in model.doubles.finditer(shadow)]
    found = (_formed(shadow, span, edges.starting, forms, model.settings) for span in spans)
    formed = [name for name in found if name is not None]
    formed += _appointed(shadow, edges.starting, forms, model)
    return [*formed, *_counted(shadow, forms, model.settings)]


def _appointed(shadow: str, kind: bytes, forms: Forms, model: NameModel) -> Iterator[Scored]:
    """任命|张三|为: a surname with given characters between a verb of appointment and 为, no word."""
    for match in forms.appointed.finditer(shadow):
        start, end = match.span("name")
        odds = float(model.surname[code_points(shadow[start])[0]])
        if odds >= float(model.settings["appointed_surname"]) and cut_of(kind, start, end) != "word":
            yield Scored(float(model.settings["hidden_score"]), start, end, APPOINTED)


def _counted(shadow: str, forms: Forms, settings: Mapping[str, Any]) -> Iterator[Scored]:
    """张、周2嫌: as many surnames as the number before the mark says."""
    for match in _COUNTED.finditer(shadow):
        places = list(range(match.start("names"), match.end("names"), 2))[-_COUNTS.get(match["count"], 9) :]
        known = all(
            ord(shadow[place]) < len(forms.firm) and forms.firm[ord(shadow[place])] for place in places
        )
        if known and len(places) == _COUNTS.get(match["count"]):
            yield from (
                Scored(float(settings["hidden_score"]), place, place + 1, "name.counted") for place in places
            )


def _formed(
    shadow: str, span: tuple[int, int, float], kind: bytes, forms: Forms, settings: Mapping[str, Any]
) -> Scored | None:
    """The name that a surname makes with what follows it."""
    start, end, odds = span
    after = shadow[end : end + 1]
    if after == _HIDDEN:
        size = 2 if shadow[end + 1 : end + 2] in forms.hidden else 1
        return Scored(float(settings["hidden_score"]), start, end + size, "name.hidden")
    if not kind[start] and odds < float(settings["titled_surname"]):
        return None
    free = shadow[start:end] not in forms.barred and (kind[end] or odds >= float(settings["titled_surname"]))
    if free and shadow.startswith(forms.titles.get(after, ("\0",)), end):
        return Scored(float(settings["titled_score"]), start, end, "name.titled")
    if after in forms.marks and kind[start] and _is_marked(shadow, span, kind, settings):
        return Scored(float(settings["marked_score"]), start, end, "name.marked")
    return None


def _is_marked(shadow: str, span: tuple[int, int, float], kind: bytes, settings: Mapping[str, Any]) -> bool:
    start, end, odds = span
    if shadow[start : end + 1] in settings["never_marked"]:
        return False
    named = kind[start] == NAME
    return (named or bool(kind[end + 1])) and (named or odds >= float(settings["marked_surname"]))


def dotted_names(shadow: str, cues: Cues, model: NameModel) -> Iterator[Scored]:
    """Foreign names whose parts are joined by a dot, cut where transliteration begins and ends."""
    breaks = frozenset(model.settings["foreign_breaks"])
    for parts in _dotted(shadow):
        for first, last in _chains(shadow, parts, breaks):
            odds = model.foreign[code_points(shadow[first[0] : last[1]])].tolist()
            start, before = _outer(odds[: first[1] - first[0]][::-1], shadow, first[1], -1, cues, breaks)
            end, after = _outer(odds[last[0] - first[0] :], shadow, last[0], 1, cues, breaks)
            if min(before, after) > 0:
                yield Scored(float(model.settings["dotted_score"]), start, end, "name.dotted")


def _dotted(shadow: str) -> Iterator[list[Span]]:
    """Runs of parts with dots between them; the outer parts are as long as a name can be."""
    run: list[Span] = []
    for dot in _DOT.finditer(shadow):
        place = dot.start()
        between = _BETWEEN.search(shadow, run[-1][0], place) if run else None
        if between is None or between.start() > run[-1][0]:
            if run:
                yield from _closed(shadow, run)
            before = _HAN_BEFORE.search(shadow, max(0, place - _LONGEST_PART), place)
            run = [(before.start(), place)] if before else []
        else:
            run[-1] = (run[-1][0], place)
        if run:
            run.append((place + 1, place + 1))
    if run:
        yield from _closed(shadow, run)


def _closed(shadow: str, run: list[Span]) -> Iterator[list[Span]]:
    start = run[-1][0]
    last = _HAN_AFTER.match(shadow, start, start + _LONGEST_PART)
    if last:
        yield [*run[:-1], (start, last.end())]


def _chains(shadow: str, parts: list[Span], breaks: frozenset[str]) -> Iterator[tuple[Span, Span]]:
    """First and last part of each name: parts between them hold no conjunction."""
    start = 0
    for place in range(1, len(parts)):
        low, high = parts[place]
        if place == len(parts) - 1 or not breaks.isdisjoint(shadow[low:high]):
            yield parts[start], parts[place]
            start = place


def _outer(
    odds: list[float], shadow: str, origin: int, step: int, cues: Cues, breaks: frozenset[str]
) -> tuple[int, float]:
    """The outer end of a part: where the sum of its characters and of the cue beyond it is greatest."""
    best, place, total, peak = 0.0, origin, 0.0, 0.0
    for size, value in enumerate(odds[:_LONGEST_PART], 1):
        if shadow[origin + step * size - (step > 0)] in breaks:
            break
        total += max(value, _FOREIGN_LEAST)
        end = origin + step * size
        label = cues.right(shadow, end) if step > 0 else cues.left(shadow, end)
        gain = 0.0 if label in {"other", "particle"} else _CUE_GAIN + (not label.startswith("sign"))
        if (total > 0 or gain) and total + gain > best:
            best, place = total + gain, end
        peak = max(peak, total)
        if total < peak + _DROP:
            break
    return place, best
