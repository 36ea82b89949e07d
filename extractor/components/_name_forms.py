"""Names by their form: a surname before a title, 某 for a given name, parts joined by a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.components._name_evidence import NAME, Bytes, Cues, Scored
from extractor.components._name_model import NameModel, code_points
from extractor.text.rules import one_of

_DOTTED = re.compile(r"[㐀-鿿]+(?:[·・•‧](?:[A-Z]\.?|[㐀-鿿]+))+")
_DOT = re.compile(r"[·・•‧]")
_LONGEST_PART = 9
_FOREIGN_LEAST = -2.5
_CUE_GAIN = 3.0  # so that one rare character before a sign still belongs to the name
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """Compiled forms: ``titled`` surname before a title, ``marked`` before 男 姓 …, ``hidden`` 某."""

    titled: re.Pattern[str]
    marked: re.Pattern[str]
    hidden: re.Pattern[str]


def make_forms(model: NameModel, titles: Iterable[str], marks: Iterable[str]) -> Forms:
    """Forms for the surnames of the model that are seldom anything else (``settings.firm_surname``)."""
    firm = float(model.settings["firm_surname"])
    surnames = [chr(place) for place in range(len(model.surname)) if model.surname[place] >= firm]
    barred = set(model.settings["never_before_title"])
    known = one_of([*surnames, *model.double])
    free = one_of([*(name for name in surnames if name not in barred), *model.double])
    ends = one_of(model.settings["hidden_given"])
    return Forms(
        titled=re.compile(f"{free}(?={one_of(titles)})"),
        marked=re.compile(f"{known}(?={one_of(marks)})"),
        hidden=re.compile(f"{known}某{ends}?"),
    )


def formed_names(shadow: str, kind: Bytes, forms: Forms, model: NameModel) -> list[Scored]:
    """Surnames with a title or mark after them, and names with 某."""
    odds = model.surname[code_points(shadow)]
    barred = frozenset(model.settings["never_marked"])
    found = [
        Scored(float(model.settings["titled_score"]), match.start(), match.end(), "name.titled")
        for match in forms.titled.finditer(shadow)
        if (kind[match.start()] and kind[match.end()])
        or odds[match.start()] >= float(model.settings["titled_surname"])
    ]
    found += [
        Scored(float(model.settings["marked_score"]), match.start(), match.end(), "name.marked")
        for match in forms.marked.finditer(shadow)
        if kind[match.start()] and (kind[match.end() + 1] or kind[match.start()] == NAME)
        if odds[match.start()] >= float(model.settings["marked_surname"]) or kind[match.start()] == NAME
        if shadow[match.start() : match.end() + 1] not in barred
    ]
    found += [
        Scored(float(model.settings["hidden_score"]), match.start(), match.end(), "name.hidden")
        for match in forms.hidden.finditer(shadow)
    ]
    return found


def dotted_names(shadow: str, cues: Cues, model: NameModel) -> Iterator[Scored]:
    """Foreign names whose parts are joined by a dot, cut where transliteration begins and ends."""
    for match in _DOTTED.finditer(shadow):
        dots = [dot.start() for dot in _DOT.finditer(shadow, match.start(), match.end())]
        bounds = [match.start(), *(dot + 1 for dot in dots), match.end() + 1]
        parts = list(zip(bounds[:-1], (bound - 1 for bound in bounds[1:]), strict=True))
        for first, last in _chains(shadow, parts, model):
            odds = model.foreign[code_points(shadow[first[0] : last[1]])].tolist()
            start, before = _outer(odds[: first[1] - first[0]][::-1], shadow, first[1], -1, cues)
            end, after = _outer(odds[last[0] - first[0] :], shadow, last[0], 1, cues)
            if min(before, after) > 0:
                yield Scored(float(model.settings["dotted_score"]), start, end, "name.dotted")


def _chains(shadow: str, parts: list[Span], model: NameModel) -> Iterator[tuple[Span, Span]]:
    """First and last part of each name: parts between them hold no conjunction."""
    start, breaks = 0, frozenset(model.settings["foreign_breaks"])
    for place in range(1, len(parts)):
        low, high = parts[place]
        if place == len(parts) - 1 or not breaks.isdisjoint(shadow[low:high]):
            yield parts[start], parts[place]
            start = place


def _outer(odds: list[float], shadow: str, origin: int, step: int, cues: Cues) -> tuple[int, float]:
    """The outer end of a part: where the sum of its characters and of the cue beyond it is greatest."""
    best, place, total = 0.0, origin, 0.0
    for size, value in enumerate(odds[:_LONGEST_PART], 1):
        total += max(value, _FOREIGN_LEAST)
        end = origin + step * size
        label = cues.right(shadow, end) if step > 0 else cues.left(shadow, end)
        gain = 0.0 if label in {"other", "particle"} else _CUE_GAIN + (not label.startswith("sign"))
        if (total > 0 or gain) and total + gain > best:
            best, place = total + gain, end
    return place, best
