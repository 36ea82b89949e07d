"""Which division a place name means, told by its chain, the rest of the document, and its publisher.

A code is given only when one is left; otherwise the codes that are possible are listed.  In order:

1. A chain leaves one (北京市朝阳区), or there is only one of that name among provinces, cities and counties.
2. The name lies in a place that the document names; the lowest such place decides, and among equals the one
   in the headline or dateline, then the one at most 60 characters before.
3. The name lies in the region of the publisher (北京日报).
4. A short name of a prefecture stands for it, even if a county far away is called so too (大同).

Lists are never complete: a village that is written alone needs the county or town around it in the document
(中关村 is listed once, and not in Beijing), a town one of several names its prefecture or county.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extractor.components._place_chains import Chain, Chains, Part
from extractor.components.state import EntityRow, MentionRow
from extractor.errors import LexiconError
from extractor.lexicon.divisions import FOLDER, level_of, load_divisions

_RANK = {"province": 1, "city": 2, "county": 3, "town": 4, "village": 5}
_MUNICIPALITIES = ("11", "12", "31", "50", "81", "82")
_NEAR = 60  # code points before a name in which a place around it speaks for it
_OPENING = 80  # code points that are taken for the dateline
_KEPT = 20  # candidates that are listed at most


class Resolved(NamedTuple):
    """What a place may be: its code or "", the codes around it, and the candidates (or former codes)."""

    code: str = ""
    around: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class _Context:
    """The places that the document has named for sure: code → offsets."""

    chains: Chains
    opening: int
    region: str
    named: dict[str, list[int]] = field(default_factory=dict)

    def add(self, code: str, offset: int) -> None:
        for one in (*self.chains.around(code), code):
            self.named.setdefault(one, []).append(offset)

    def lowest(self, code: str) -> int:
        """How far down a place around the unit, or it itself, was named; 0 for none."""
        around = (*self.chains.around(code), code)
        return max((_depth(one) for one in around if one in self.named), default=0)

    def likeliest(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Of several units those around which a place was named (the lowest for towns), else all."""
        depths = {code: self.lowest(code) for code in codes}
        deepest = max(depths.values(), default=0)
        near = [code for code in codes if depths[code] >= (deepest if _rank(code) > 3 else 1)]
        return tuple(near or codes)

    def is_taiwan(self) -> bool:
        """Whether most of what was named lies in Taiwan."""
        return 2 * sum(one.startswith("TW-") for one in self.named) > len(self.named)

    def names_town(self, county: str) -> bool:
        """Whether a town of that county was named."""
        return any(len(code) == 9 and code.startswith(county) for code in self.named)

    def nearest(self, code: str, offset: int) -> int:
        """How far before ``offset`` a place around the unit was named; in the opening counts as near."""
        deep = self.lowest(code)
        places = [
            place
            for one in (*self.chains.around(code), code)
            if _depth(one) == deep
            for place in self.named.get(one, ())
        ]
        if any(place < self.opening for place in places):
            return 0
        return min((offset - place for place in places if place <= offset), default=_NEAR + 1)


def _depth(code: str) -> int:
    """The rank of a place around; a municipality stands where a prefecture does."""
    return 2 if code[2:] == "0000" and code[:2] in _MUNICIPALITIES else _rank(code)


def _rank(code: str) -> int:
    return 3 if "/" in code else _RANK.get(level_of(code), 0)


def resolve_places(
    mentions: Sequence[MentionRow], shadow: str, chains: Chains, publisher: str = ""
) -> dict[int, Resolved]:
    """What each place among the mentions may be, by its index; those without any clue are left out."""
    read = _read_all(mentions, shadow, chains)
    context = _Context(chains, min(_OPENING, len(shadow)), _region(publisher, chains))
    found: dict[int, Resolved] = {}
    for decide in (_by_itself, _by_context, _by_context, _by_publisher, _by_rank):
        for index, chain in read.items():
            if index in found or not chain.whole:
                continue
            offset = mentions[index].start
            code = decide(chain.parts, context, offset)
            if code:
                context.add(code, offset)
                found[index] = _resolved(code, chain, chains)
    for index, chain in read.items():
        if index not in found and chain.parts:
            found[index] = _open(chain, context)
    return found


def _read_all(mentions: Sequence[MentionRow], shadow: str, chains: Chains) -> dict[int, Chain]:
    """The chain of each place; a place inside another is the part of the outer chain that ends with it."""
    read: dict[int, Chain] = {}
    outer, whole = MentionRow(0, 0, "", "", "", 0.0, False, -1, ""), Chain((), False)
    foreign: set[str] = set()
    for index, row in enumerate(mentions):
        if row.label != "LOC" or _is_given(row):
            continue
        name = _name(row, shadow)
        if row.nested and outer.start <= row.start and row.end <= outer.end and whole.parts:
            read[index] = _inner(whole, row.start - outer.start, row.end - outer.start)
            if not read[index].parts and row.start - outer.start >= whole.parts[-1].end:
                foreign.add(name)
            continue
        read[index] = chains.read(name)
        if not row.nested:
            outer, whole = row, read[index]
    unlisted = Chain((), False)
    return {
        index: unlisted if len(chain.parts) == 1 and _name(mentions[index], shadow) in foreign else chain
        for index, chain in read.items()
    }


def _name(row: MentionRow, shadow: str) -> str:
    return "".join(shadow[row.start : row.end].split())


def _inner(whole: Chain, start: int, end: int) -> Chain:
    """The chain down to the part that ends where an inner name ends; none where no part does."""
    for number, part in enumerate(whole.parts, 1):
        if part.end == end and part.start >= start:
            return Chain(whole.parts[:number], True)
    return Chain((), False)


def _is_given(row: MentionRow) -> bool:
    return row.rule == "dictionary.user" and row.id != ""


def _resolved(code: str, chain: Chain, chains: Chains) -> Resolved:
    if "/" in code:
        return Resolved("", chains.around(code), ())
    return Resolved(code, chains.around(code), tuple(old for old in chain.parts[-1].old if old != code))


def _open(chain: Chain, context: _Context) -> Resolved:
    """What stays open: the candidates; for a place that no list has, the last place in its chain."""
    last, chains = chain.parts[-1], context.chains
    if chain.whole:
        codes = context.likeliest([code for code in last.codes if "/" not in code]) or last.old
        return Resolved("", _shared(codes, chains), codes[:_KEPT])
    outer = last.codes[0] if len(last.codes) == 1 and (len(chain.parts) > 1 or last.end > 2) else ""
    return Resolved("", (*chains.around(outer), outer) if outer and "/" not in outer else (), ())


def _shared(codes: Sequence[str], chains: Chains) -> tuple[str, ...]:
    """What lies around all of the candidates."""
    if not codes:
        return ()
    first, *rest = (chains.around(code) for code in codes)
    return tuple(one for one in first if all(one in other for other in rest))


def _by_itself(parts: Sequence[Part], context: _Context, offset: int) -> str:
    codes = parts[-1].codes
    if parts[-1].twin:
        return ""
    provinces = [code for code in codes if _rank(code) == 1]
    if len(parts) == 1 and len(provinces) == 1:
        return provinces[0]
    if len(codes) != 1:
        return ""
    sure = len(parts) > 1 or _rank(codes[0]) < 4
    return codes[0] if sure and not _is_short_county(parts, codes[0], context) else ""


def _is_short_county(parts: Sequence[Part], code: str, context: _Context) -> bool:
    """Whether a county is named in short and alone: 涪城; not 涪城区, 绵阳涪城, 莱芜 (a prefecture once)."""
    size = parts[-1].end - parts[-1].start
    if len(parts) > 1 or _rank(code) != 3 or size >= len(context.chains.label(code)):
        return False
    if size > 2:
        return parts[-1].nature
    return not context.chains.was_prefecture(code)


def _by_context(parts: Sequence[Part], context: _Context, offset: int) -> str:
    codes = parts[-1].codes
    depths = {code: context.lowest(code) for code in codes}
    deepest = max(depths.values(), default=0)
    if not deepest:
        return ""
    best = [code for code in codes if depths[code] == deepest]
    if len(best) > 1:
        distances = {code: context.nearest(code, offset) for code in best}
        near = min(distances.values())
        best = [code for code in best if distances[code] == near] if near <= _NEAR else []
    if len(best) != 1 or not _is_enough(best[0], parts[-1], context):
        return ""
    return "" if _may_be_city(best[0], codes, context) else best[0]


def _is_short(part: Part, code: str, context: _Context) -> bool:
    """Whether a county is called by less than its name: 涪城 for 涪城区."""
    return _rank(code) == 3 and part.end - part.start < len(context.chains.label(code)) and not part.old


def _may_be_city(code: str, codes: Sequence[str], context: _Context) -> bool:
    """Whether a county shares its name with a prefecture (朝阳) whose province is named too."""
    return code not in context.named and any(
        _rank(one) < _rank(code) and context.lowest(one) for one in codes if one != code
    )


def _is_enough(code: str, part: Part, context: _Context) -> bool:
    """Whether the place around that was named lies low enough to speak for the unit."""
    rank, deepest = _rank(code), context.lowest(code)
    if rank == 5:
        return deepest > 3 or (deepest == 3 and not context.names_town(code[:6]))
    short = _is_short(part, code, context)
    if short and (part.nature or part.twin):
        return code in context.named
    if code.startswith("TW-") and len(part.codes) == 1:
        return context.is_taiwan()
    if short or any(_rank(one) < rank for one in part.codes):
        return deepest > 1
    return rank < 4 or len(part.codes) == 1 or deepest > 1


def _by_publisher(parts: Sequence[Part], context: _Context, offset: int) -> str:
    if not context.region:
        return ""
    inside = [code for code in parts[-1].codes if context.chains.lies_in(code, context.region)]
    if len(inside) != 1 or _rank(inside[0]) > 4 or _is_short(parts[-1], inside[0], context):
        return ""
    return inside[0]


def _by_rank(parts: Sequence[Part], context: _Context, offset: int) -> str:
    if parts[-1].twin:
        return ""
    cities = [code for code in parts[-1].codes if _rank(code) == 2]
    others = [code for code in parts[-1].codes if _rank(code) < 2]
    return cities[0] if len(cities) == 1 and not others else ""


def _region(publisher: str, chains: Chains) -> str:
    """The place that the name of a publisher begins with."""
    parts = chains.read(publisher).parts if len(publisher) > 1 else ()
    codes = [code for code in parts[0].codes if _rank(code) < 3] if parts else []
    return min(codes, key=_rank) if codes else ""


def named(codes: Iterable[str], chains: Chains) -> tuple[str, ...]:
    """The names of units."""
    return tuple(name for name in map(chains.label, codes) if name)


def with_codes(mentions: Sequence[MentionRow], resolved: Mapping[int, Resolved]) -> list[MentionRow]:
    """The mentions with the code of a division as their id, or with none where it stays open."""
    return [_with_code(row, resolved.get(index)) for index, row in enumerate(mentions)]


def _with_code(row: MentionRow, found: Resolved | None) -> MentionRow:
    if row.label != "LOC" or _is_given(row):
        return row
    if found is not None and found.code:
        return row._replace(id=found.code)
    return row._replace(id="") if level_of(row.id.partition("|")[0]) else row


def place_entities(
    entities: Sequence[EntityRow],
    mentions: Sequence[MentionRow],
    resolved: Mapping[int, Resolved],
    chains: Chains,
) -> list[EntityRow]:
    """The entities with level, parents and candidates of the places among them."""
    clues: dict[int, list[Resolved]] = {}
    for index, found in resolved.items():
        clues.setdefault(mentions[index].entity, []).append(found)
    return [
        _placed(row, clues[number], chains) if number in clues else row for number, row in enumerate(entities)
    ]


def _placed(row: EntityRow, clues: Sequence[Resolved], chains: Chains) -> EntityRow:
    best = next((one for one in clues if one.code == row.code), max(clues, key=lambda one: len(one.around)))
    if row.code and not level_of(row.code):
        return row
    kind = level_of(row.code) or row.kind
    listed = tuple(dict.fromkeys(code for one in clues if one.code == row.code for code in one.candidates))
    return row._replace(kind=kind, parents=named(best.around, chains), candidates=listed[:_KEPT])


def load_chains(folder: Path) -> Chains:
    """The divisions of a pipeline folder with the places that one character stands for."""
    letters = dict(line.split("\t")[:2] for line in _lines(folder / FOLDER / "letters.tsv"))
    twins = frozenset(line.split("\t")[0] for line in _lines(folder / FOLDER / "twins.tsv"))
    return Chains(load_divisions(folder), letters, twins)


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    return [line for line in lines if line and not line.startswith("#")]
