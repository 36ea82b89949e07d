"""The parts of place names that dictionaries know, and how parts make a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.components._words import Words
from extractor.components.state import Hit

CERTAIN, LIKELY = 60, 50
# How far down a kind stands; a chain goes strictly down.
LEVELS = {
    "country": 0, "province": 1, "city": 2, "county": 3, "town": 4, "village": 5,
    "region": 6, "water": 6, "mountain": 6, "road": 6, "building": 7,
}  # fmt: skip
_LOWEST = 7
DIVISION_HEADS = frozenset("省市县区州镇乡村旗盟")
_LINES = frozenset(("road", "water"))  # 嘉陵江 + 重庆段, 京沪高速公路 + 沧州服务区
_JOINING = frozenset("和与及同向从对在")  # 和|县 cut in two is no 和县
_LISTING = frozenset("、")


class Unit(NamedTuple):
    """One part of a place name; ``id`` is that of the dictionary, "" for a name that no list has."""

    start: int
    end: int
    kind: str
    id: str
    priority: int
    rule: str

    @property
    def level(self) -> int:
        """Rank of the kind, 0 for a country."""
        return LEVELS.get(self.kind, _LOWEST)


def known_units(
    hits: Iterable[Hit], words: Words, text: str, division_words: frozenset[str], *, context: bool
) -> list[Unit]:
    """Dictionary places whose edges the segmenter does not speak against; leftmost and longest first.

    ``context`` chooses between the terms that need support and those that do not.
    """
    units: list[Unit] = []
    reach = 0
    rule = "place.name.supported" if context else "place.name"
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if hit.context is not context or hit.start < reach or not _is_well_cut(hit, words, text, reach):
            continue
        reach = _end_of_name(hit, text, division_words)
        units.append(Unit(hit.start, reach, hit.kind, hit.id, CERTAIN, rule))
    return units


def _end_of_name(hit: Hit, text: str, division_words: frozenset[str]) -> int:
    """湘潭市|长 is 湘潭|市长: a head that begins a word of its own does not belong to the name."""
    if hit.end - hit.start < 3 or text[hit.end - 1] not in DIVISION_HEADS:
        return hit.end
    if any(text[hit.end - 1 : hit.end + more] in division_words for more in (1, 2)):
        return hit.end - 1
    return hit.end


def _is_well_cut(hit: Hit, words: Words, text: str, reach: int) -> bool:
    """Whether a word begins where the name begins, or the name before it ends there, or the name is long."""
    size = hit.end - hit.start
    if hit.user or size > 3 or hit.start == reach or (size == 3 and text[hit.end - 1] in DIVISION_HEADS):
        return True
    if not words.starts_at(hit.start):
        return False
    if size == 2 and text[hit.start] in _JOINING and words.ends[words.at(hit.start)] < hit.end:
        return False
    return words.ends_at(hit.end) or size > 2 or words.ends[words.at(hit.start)] > hit.end


def outermost(units: Iterable[Unit]) -> list[Unit]:
    """Leftmost, then longest; none that overlaps one before it."""
    kept: list[Unit] = []
    for unit in sorted(units, key=lambda one: (one.start, -one.end, -one.priority)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


def supported(shaky: Iterable[Unit], sure: Sequence[Unit], text: str) -> Iterator[Unit]:
    """Of names that are also common words, those that the text speaks for.

    A larger place stands before, the text has the name elsewhere with its head or in a chain, or the name
    stands in a list of places.
    """
    ends = {unit.end: unit for unit in sure}
    ids = {unit.id for unit in sure if unit.id}
    stems = {text[unit.start : unit.end - 1] for unit in sure if unit.end - unit.start > 2}
    left: list[Unit] = []
    for unit in shaky:
        parent = ends.get(unit.start)
        if (
            unit.id in ids
            or text[unit.start : unit.end] in stems
            or (parent and leads_to(parent, unit, text))
        ):
            ends[unit.end] = unit
            ids.add(unit.id or "-")
            yield unit
        else:
            left.append(unit)
    yield from _listed([*sure, *left], left, text)


def _listed(units: list[Unit], shaky: Sequence[Unit], text: str) -> Iterator[Unit]:
    """A、B、C: where one is sure or there are three, all are places."""
    wanted = set(shaky)
    run: list[Unit] = []
    for unit in [*outermost(units), Unit(len(text) + 9, len(text) + 9, "", "", 0, "")]:
        if run and not (unit.start == run[-1].end + 1 and text[run[-1].end] in _LISTING):
            if len(run) > 2 or (len(run) > 1 and not wanted.issuperset(run)):
                yield from (one for one in run if one in wanted)
            run = []
        run.append(unit)


def leads_to(parent: Unit, child: Unit, text: str) -> bool:
    """Whether a chain may go on from ``parent`` to ``child``: down, and not against their codes."""
    if parent.kind in _LINES and child.kind == "road":
        return True
    if parent.level >= child.level:
        return False
    if parent.kind == "region" and text[parent.end - 1] not in DIVISION_HEADS:
        return child.kind == "building"
    if parent.id.isdigit() and child.id.isdigit():
        prefix = parent.id.rstrip("0")
        return child.id.startswith(prefix + "0" * (len(prefix) % 2))
    return True
