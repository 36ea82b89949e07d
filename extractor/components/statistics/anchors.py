"""Where entities stand in a sentence, and whether they are what the sentence is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractor.components.state import EntityRow, MentionRow, ReferenceRow, RoleRow
from extractor.components.statistics.nodes import Nodes

# What may stand between the beginning of a clause and its subject: nouns and titles, time, adverbs.
_OPENING = re.compile(r"[angxdcrtmfoZbeEkR]*\Z")
_REACH = 60  # nodes that are read before a name
_ENUMERATED = re.compile(r"[EkcansgdmRr]*e")
_LISTED = re.compile(r"(?:[kc]E)*Q")
_TITLE = re.compile(r"(?:u(?=[anv]{1,4}E))?[angv]*[ang](?:[kc][ang]+)*E")
_PREDICATE = re.compile(r"[^wQu]*u[^w]*")
_PLACE = re.compile(r"p[EanRkc]*\Z")
_OPENS = re.compile(r"[fns]?(?:w|[dt]*L)")
_ACTS = re.compile(r"[dtmr]*[LIDv]")
_HEADS = re.compile(
    r"[ngsa]{0,4}(?:c?[dtmr])*[LIDvQwA]|\Z"
)  # what goes on about a name behind a relative clause
_SAYS = re.compile(r"(?:A[^Z]*Z)?[dtmrpf]*v")
_ATTRIBUTE = re.compile(r"[angs]{0,3}u[angsx]{0,4}E[wdtLv]")  # 某省的频道甲, …: the name behind is meant
_OPENED = re.compile("[《“「『]")
_TITLED = re.compile(r"《[^》]{1,24}》|[“「『][^”」』,。;!?、]{1,12}[”」』]")
_WITH = re.compile(r"(?:^|[^ER])c\Z")
_STRONG = frozenset({"subject", "head", "actor"})
_NAMED = _STRONG | {"speaker"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entity named at a node; ``role`` is subject, head, actor, place, speaker, or another, weak one."""

    node: int
    start: int
    end: int
    entity: int
    label: str
    kind: str
    role: str
    reference: bool
    paired: bool = False

    def strong(self) -> bool:
        """Whether the sentence is about it."""
        return self.role in _STRONG

    def lasting(self) -> bool:
        """Whether the sentences that follow may be about it; not one of several, nor a lone surname."""
        return not self.paired and (self.label != "PERSON" or self.end - self.start > 1)


class AnchorFinder:
    """Finds the anchors of a sentence."""

    def __init__(
        self,
        mentions: Sequence[MentionRow],
        references: Sequence[ReferenceRow],
        entities: Sequence[EntityRow],
        roles: Sequence[RoleRow],
        lists: Mapping[str, frozenset[str]],
        shadow: str,
    ) -> None:
        self._mentions = mentions
        self._opening = _opening(mentions, entities, shadow) if references else {}
        self._offices = _offices(mentions, roles)
        self._references = references
        self._entities = entities
        self._lists = lists
        self._media = tuple(sorted(lists["media_names"]))
        self._bounds = _bounds(lists["compass"], lists["bounds"])

    def find(self, nodes: Nodes) -> list[Anchor]:
        """The anchors in order."""
        found = []
        for index in nodes.source:
            letter = nodes.classes[index]
            if letter != "Q":
                anchor = self._anchor(nodes, index, letter)
                if anchor is not None:
                    found.append(anchor)
        return found

    def _anchor(self, nodes: Nodes, index: int, letter: str) -> Anchor | None:
        rows: Sequence[MentionRow | ReferenceRow] = self._mentions if letter == "E" else self._references
        row = rows[nodes.source[index]]
        if isinstance(row, ReferenceRow):
            row = self._meant(row)
        if row.entity < 0:
            return None
        entity = self._entities[row.entity]
        role = self._role(nodes, index, entity.label)
        if role in _NAMED and self._reports(nodes, index, row.end, entity.kind):
            role = "source"
        paired = "kE" in (
            nodes.classes[index + 1 : index + 3],
            nodes.classes[index - 1 : index + 1],
        )
        return Anchor(
            index,
            row.start,
            row.end,
            row.entity,
            entity.label,
            entity.kind,
            role,
            letter == "R",
            paired,
        )

    def _meant(self, row: ReferenceRow) -> ReferenceRow:
        """全镇 is the town that sentences open with, not one that is only named on the way."""
        level = self._entities[row.entity].name[-1:] if row.entity >= 0 else ""
        opening = self._opening.get(level, [])
        if not opening or any(entity == row.entity for _, entity in opening):
            return row
        before = [entity for start, entity in opening if start < row.start]
        return row._replace(entity=before[-1]) if before else row

    def _role(self, nodes: Nodes, index: int, label: str) -> str:
        classes, behind = nodes.classes, index + 1
        low = max(0, index - _REACH)
        clause = max(low, classes.rfind("w", low, index) + 1)
        before = _timed(nodes, clause, index)
        if self._listed(nodes, index) or before.endswith("A"):
            return "listed"
        if self._titled(nodes, index) or (classes[index] == "E" and nodes.source[index] in self._offices):
            return "title"
        if self._speaks(nodes, index, label):
            return "speaker"
        if self._aside(nodes, clause, index):
            return "aside"
        if self._governed(nodes, clause, index):
            return "other"
        if _PLACE.search(before):
            return self._place(nodes, index)
        if _OPENING.match(before):
            return "subject"
        if before.endswith("u") and _HEADS.match(classes, behind):
            return "head"
        if before[-1] in "vnL" and _ACTS.match(classes, behind):
            return "actor"
        return "other"

    def _speaks(self, nodes: Nodes, index: int, label: str) -> bool:
        """Whether a name is the source of what follows (某局今日公布, …) or signs it (记者某某)."""
        if label == "PERSON" and index and nodes.words[index - 1] in self._lists["bylines"]:
            return True
        match = _SAYS.match(nodes.classes, index + 1)
        if match is not None and nodes.words[match.end() - 1] in self._lists["speech"]:
            return True
        stop = nodes.classes.find("w", index)
        return stop > index + 1 and nodes.words[stop - 1] in self._lists["speech"]

    def _aside(self, nodes: Nodes, clause: int, index: int) -> bool:
        """Whether a name only says where something else lies: 距某城|九公里, 西起某站, 与某县|接壤."""
        words, follower = nodes.words[clause:index], nodes.words[index + 1 : index + 2]
        if any(word in self._lists["distance"] or word[0] == "距" for word in words):
            return True
        if self._bounds.match(nodes.shadow, nodes.starts[clause]):
            return index > clause
        bordering = bool(follower) and follower[0] in self._lists["bordering"]
        return bordering and _WITH.search(nodes.classes[clause:index]) is not None

    def _governed(self, nodes: Nodes, clause: int, index: int) -> bool:
        """Whether a name only completes another: 为某市|提供, 从某城|起飞, 是某国最受欢迎的."""
        words, follower = nodes.words[clause:index], nodes.words[index + 1 : index + 2]
        if nodes.classes[index - 1 : index] == "L" and _PREDICATE.match(nodes.classes, index + 1):
            return True
        if words and words[0] in self._lists["starting"]:
            return True
        if _ATTRIBUTE.match(nodes.classes, index + 1) or _quoted(
            nodes.shadow, nodes.starts[index], nodes.end(index)
        ):
            return True
        giving = bool(follower) and follower[0] in self._lists["giving"]
        return giving and any(word in self._lists["towards"] for word in words)

    def _reports(self, nodes: Nodes, index: int, end: int, kind: str) -> bool:
        """Whether a name only says where the news is from: datelines, media, 某局数据显示, 某地一家企业."""
        if _DATELINE.match(nodes.shadow, end):
            return True
        behind = nodes.words[index + 1 : index + 2]
        if behind and behind[0] in self._lists["unnamed"]:
            return True
        stop = nodes.classes.find("w", index)
        if stop > 0 and nodes.words[stop - 1] in self._lists["showing"]:
            return True
        if nodes.shadow[:end].endswith(self._media):
            kind = "media"
        return kind == "media" and nodes.classes[index + 1 : index + 2] not in (
            "L",
            "I",
            "D",
            "u",
            "n",
        )

    def _listed(self, nodes: Nodes, index: int) -> bool:
        classes = nodes.classes
        if classes[index] != "E":
            return False
        if _ENUMERATED.match(classes, index + 1):
            return True
        neighbours = classes[max(0, index - 1) : index] + classes[index + 1 : index + 2]
        return ("k" in neighbours or "c" in neighbours) and bool(_LISTED.match(classes, index + 1))

    def _titled(self, nodes: Nodes, index: int) -> bool:
        match = _TITLE.match(nodes.classes, index + 1)
        if match is None:
            return False
        row = nodes.source[match.end() - 1]
        return self._mentions[row].label == "PERSON"

    def _place(self, nodes: Nodes, index: int) -> str:
        """在某地，…, 在某地就有…: what a clause is opened by; any other place is none."""
        low = nodes.classes.rfind("p", 0, index)
        opens = nodes.words[low].endswith(("在", "于")) and _OPENS.match(nodes.classes, index + 1)
        return "place" if opens else "other"


def _opening(
    mentions: Sequence[MentionRow], entities: Sequence[EntityRow], shadow: str
) -> dict[str, list[tuple[int, int]]]:
    """The places that lines and sentences begin with, by the last character of their names."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in mentions:
        if row.label == "LOC" and row.entity >= 0 and not row.nested and _opens(shadow, row.start, "\n。"):
            found.setdefault(entities[row.entity].name[-1:], []).append((row.start, row.entity))
    return found


@cache
def _bounds(compass: frozenset[str], verbs: frozenset[str]) -> re.Pattern[str]:
    """西起, 东临, 南部与: how a clause begins that says what lies around."""
    return re.compile(f"(?:{'|'.join(sorted(compass))})+[部面侧端]?(?:{'|'.join(sorted(verbs))})")


def _offices(mentions: Sequence[MentionRow], roles: Sequence[RoleRow]) -> frozenset[int]:
    """Organisations and places that stand in a title (某局|局长某某)."""
    starts = sorted(role.start for role in roles if role.org >= 0)
    ends = {role.start: role.end for role in roles}
    found = set()
    for index, mention in enumerate(mentions):
        if mention.label != "PERSON" and not mention.nested:
            place = bisect_right(starts, mention.end) - 1
            if place >= 0 and (starts[place] == mention.end or mention.start < ends[starts[place]]):
                found.add(index)
    return frozenset(found)


class Dominance:
    """How much of a document each entity takes up; grows with what sentences turn out to be about.

    Only an entity that opens a clause, or stands in the first line, may dominate.
    Mentions in the first line count threefold; a dateline counts nothing, media and persons count less.
    """

    def __init__(
        self,
        mentions: Sequence[MentionRow],
        references: Sequence[ReferenceRow],
        entities: Sequence[EntityRow],
        shadow: str,
    ) -> None:
        self._entities = entities
        self._weights: dict[int, float] = {}
        self._best: dict[bool, int] = {}
        self._evident: set[int] = set()
        headline = _headline(shadow)
        self._evident.update(row.entity for row in references)
        named = [(row.start, row.end, row.entity) for row in mentions if not row.nested]
        for start, end, entity in named + [(row.start, row.end, row.entity) for row in references]:
            if entity >= 0 and not _DATELINE.match(shadow, end):
                self.add(entity, 3.0 if end <= headline else 1.0)
                person = entities[entity].label == "PERSON"
                if end <= headline or _opens(shadow, start, "\n" if person else _STOPS):
                    self._evident.add(entity)

    def add(self, entity: int, weight: float) -> None:
        """Count ``weight`` more mentions of the entity."""
        self._weights[entity] = self._weights.get(entity, 0.0) + weight
        self._best.clear()

    def best(self, person: bool) -> int:
        """Index of the dominating entity, -1 when none stands out; persons only where they may be meant."""
        if person not in self._best:
            self._best[person] = self._search(person)
        return self._best[person]

    def weight(self, entity: int) -> float:
        """How often the entity was counted."""
        return self._weights.get(entity, 0.0)

    def _search(self, person: bool) -> int:
        best, top = -1, 0.0
        for entity, weight in self._weights.items():
            row = self._entities[entity]
            if row.label not in _FACTORS or (row.label == "PERSON" and not person):
                continue
            if weight < 2.0 or entity not in self._evident:
                continue
            weight *= 0.2 if row.kind == "media" else _FACTORS[row.label]
            if weight > top:
                best, top = entity, weight
        return best


def _timed(nodes: Nodes, low: int, high: int) -> str:
    """The classes of the nodes, lengths of time read as times: 今年头3个月|某国."""
    before = nodes.classes[low:high]
    if "Q" not in before:
        return before
    words = nodes.words[low:high]
    return "".join(
        "t" if letter == "Q" and word[-1] in "年月天日周" else letter
        for letter, word in zip(before, words, strict=True)
    )


def _quoted(shadow: str, start: int, end: int) -> bool:
    """Whether a name is only part of a title or name in quotation marks: 《某国戏曲志》."""
    if _OPENED.search(shadow, max(0, start - 12), start) is None:
        return False
    for match in _TITLED.finditer(shadow, max(0, start - 12), end + 24):
        if match.start() < start and end < match.end():
            return match.start() < start - 1 or end < match.end() - 1
    return False


def _headline(shadow: str) -> int:
    """Where a first line ends that is no sentence; 0 when there is none."""
    end = max(shadow.find("\n"), 0)
    return 0 if "。" in shadow[:end] else end


def _opens(shadow: str, start: int, stops: str) -> bool:
    """Whether what stands at ``start`` begins the text or follows one of ``stops``."""
    return start == 0 or shadow[start - 1] in stops


_STOPS = "\n。!?;: ,"
_DATELINE = re.compile(
    r" ?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|专电|消息)|[电讯](?:[(（ ]|$)|报[导道](?:[】〕\])。 ]|$)"
)
_FACTORS = {"LOC": 1.1, "ORG": 1.0, "PERSON": 0.6}
