"""Organisations by their last word: 科学技术|学会, 四川省委|统战部, 远山工程顾问|股份有限公司."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.components._left_edges import PROPER, Edge, LeftEdges
from extractor.components.state import Hit

LONGEST = 48  # characters; of 7,000 labelled organisations in news none is longer
STRONG, LIKELY, WEAK = 55, 50, 40
_NOUN = 10  # a common noun as core: no name until the text repeats it
_LEVELS = frozenset("省市县区州旗镇乡")
_OFFICIALS = frozenset("部局院校行会队厅处站厂所社团署台科店馆组班司庭")  # with 长: a title
_TITLED = frozenset({"党委", "党组"})  # before a title they are part of it: 社区 | 党委书记
_TITLES = ("书记", "副书记", "常委", "委员", "成员", "第一书记")
_AFTER_COMMITTEE = (
    "员",
    "托",
    "会",
    "婉",
    "派",
    "任",
    "屈",
)  # 市 | 委员, 市 | 委托: no committee of the city
_NAMED_BY_NOUNS = frozenset({"company", "hospital", "school"})  # 金叶集团, 油田总医院
_PLACE_NAMED = frozenset(
    {"school", "hospital", "media"}
)  # 北京大学, 四川日报: a bare place before the suffix


class OrgName(NamedTuple):
    """An organisation found.

    ``anchor`` is where the name that it begins with ends (-1: none), ``tail`` where its last word starts.
    """

    start: int
    end: int
    kind: str
    priority: int
    rule: str
    anchor: int
    tail: int


@dataclass(frozen=True, slots=True)
class OrgWords:
    """Words that look like organisations and name none; titles; prefixes (中共) that a place follows."""

    stops: frozenset[str]
    common: frozenset[str]
    legal: frozenset[str]
    titles: frozenset[str]
    committees: frozenset[str]
    prefixes: tuple[str, ...]


def tailed_names(
    tails: Iterable[Hit], edges: LeftEdges, lists: OrgWords, places: Mapping[int, int], countries: set[int]
) -> list[OrgName]:
    """Names by their tails, left to right, so that a later tail builds on an earlier name.

    ``edges.anchors`` must hold the ends of places and known organisations and takes up what is found;
    ``places`` maps ends of places to starts, ``countries`` are the ends of country names.
    """
    found = []
    known = {end: start for end, start in edges.anchors.items() if end not in places}
    for group in _by_end(tails):
        for tail in group:
            name = _name(tail, edges, lists, places, countries)
            if name is not None and name.end - name.start <= LONGEST and not _hides(name, known, places):
                found.append(name)
                edges.anchors[name.end] = min(name.start, edges.anchors.get(name.end, name.start))  # type: ignore[index]
                break
    return _repeated(found, edges.shadow)


def _hides(name: OrgName, known: Mapping[int, int], places: Mapping[int, int]) -> bool:
    """Whether the name only puts other words before a known one (泛民 | 立法会); a place may stand there."""
    return known.get(name.end, -1) == name.tail and name.anchor not in places


def _repeated(names: list[OrgName], text: str) -> list[OrgName]:
    """Names made of a common noun (金叶集团) only where the text has them twice; they give no short form."""
    counts = Counter(text[name.start : name.end] for name in names if name.priority == _NOUN)
    kept = [name for name in names if name.priority != _NOUN or counts[text[name.start : name.end]] > 1]
    return [
        name._replace(priority=LIKELY, tail=name.end) if name.priority == _NOUN else name for name in kept
    ]


def _by_end(tails: Iterable[Hit]) -> list[list[Hit]]:
    """The tails that end together, longest first."""
    groups: dict[int, list[Hit]] = {}
    for tail in tails:
        groups.setdefault(tail.end, []).append(tail)
    return [sorted(groups[end], key=lambda one: (one.start, one.label)) for end in sorted(groups)]


def _name(
    tail: Hit, edges: LeftEdges, lists: OrgWords, places: Mapping[int, int], countries: set[int]
) -> OrgName | None:
    if not _ends_well(tail, edges, lists):
        return None
    edge = edges.long(tail.start)
    if edges.shadow[tail.start : tail.end] in lists.legal and edge.loose >= 0:
        edge = replace(edge, start=edge.loose, proper=True)
    start = edge.start
    bare = edge.anchor == tail.start or start == tail.start
    text = edges.shadow
    if text[start : tail.end] in lists.stops:
        return None
    priority = _bare(tail, edge, places, countries) if bare else _cored(tail, edge, text, lists)
    if not priority:
        return None
    whole = _whole_start(start, edges, lists, places)
    if tail.kind == "branch" and whole == start:
        return None
    start = whole
    rule = f"org.{'head' if tail.label == 'org_head' else 'suffix'}.{tail.kind or 'other'}"
    return OrgName(start, tail.end, tail.kind, priority, rule, edge.anchor, tail.start)


def _whole_start(start: int, edges: LeftEdges, lists: OrgWords, places: Mapping[int, int]) -> int:
    """某某银行|西安分行, 中共|湖北省委: what belongs to the name before the place that it begins with."""
    if start in edges.anchors and start not in places:
        start = edges.anchors[start]
    if edges.shadow.startswith("驻", start - 1) and start - 1 in edges.anchors:
        start = edges.anchors[start - 1]
    for prefix in lists.prefixes:
        if edges.shadow.endswith(prefix, 0, start):
            start -= len(prefix)
    return start


def is_title(text: str, end: int) -> bool:
    """Whether 长 follows what ends there, so that it is no body but its head: 国防部|长."""
    return text.startswith("长", end) and text[end - 1] in _OFFICIALS and not text.startswith("长期", end)


def _ends_well(tail: Hit, edges: LeftEdges, lists: OrgWords) -> bool:
    """Whether the segmenter cuts behind the tail, or what it left in the word is a title."""
    text = edges.shadow
    if is_title(text, tail.end):
        return False
    if text[tail.start : tail.end] in _TITLED and text.startswith(_TITLES, tail.end):
        return False
    if text[tail.start : tail.end] in lists.committees and tail.start in edges.anchors:
        return text[tail.end : tail.end + 1] not in _AFTER_COMMITTEE
    word = edges.words.at(tail.end - 1)
    low, end = edges.words.starts[word], edges.words.ends[word]
    if tail.end - tail.start == 1 and low < tail.start and edges.words.tags[word] not in PROPER:
        return False
    if text[low : tail.end] in lists.stops and low < tail.start:
        return False
    return end == tail.end or text[tail.end : end] in lists.titles or text[tail.end : end] == "讯"


def _bare(tail: Hit, edge: Edge, places: Mapping[int, int], countries: set[int]) -> int:
    """Priority of a tail with nothing, or only a name, before it; 0 when it names nobody."""
    anchored = edge.anchor >= 0
    if tail.label == "org_head":
        if anchored:
            return STRONG
        return 0 if tail.context or tail.end - tail.start < 3 else WEAK
    if not anchored:
        return 0
    if edge.anchor not in places:
        return LIKELY
    if edge.anchor in countries:
        return LIKELY if tail.end - tail.start > 2 else 0
    return LIKELY if tail.kind in _PLACE_NAMED or not tail.context else 0


def _cored(tail: Hit, edge: Edge, text: str, lists: OrgWords) -> int:
    """Priority of a tail with words of its own before it."""
    if edge.anchor >= 0:
        return LIKELY
    core = text[edge.start : tail.start]
    if tail.label == "org_head":
        if core in _LEVELS or (core[-1] == "委" and core[:-1] in _LEVELS):
            return LIKELY
        return WEAK if edge.proper and tail.kind in ("government", "party", "group") else 0
    if core in _LEVELS:
        return LIKELY if tail.kind == "hospital" else 0
    if tail.context and core in lists.common:
        return 0
    if len(core) < 2:
        return 0
    if edge.proper:
        return LIKELY
    if tail.kind in _NAMED_BY_NOUNS and edge.words == 1 and core not in lists.common:
        return _NOUN
    return 0 if tail.context else WEAK
