"""Where titles stand: mentions by place, the organisation beside or behind a title."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractor.components._entity_ids import fold
from extractor.components.state import EntityRow, MentionRow, ReferenceRow
from extractor.errors import RuleError

_SENTENCE = re.compile(r"[。!?！？\n]")
_CLAUSE = re.compile(r"[。!?！？\n，,;；:：]")


class Found(NamedTuple):
    """A title at ``start``–``end`` of the mention ``person``, held in the entity ``org`` (-1: none).

    ``body`` is where the organisation is written when it is no mention, (0, 0) when it is one or none.
    """

    start: int
    end: int
    person: int
    org: int
    guessed: bool
    rule: str
    body: tuple[int, int] = (0, 0)


class Site(NamedTuple):
    """A span that names or stands for an organisation or a place."""

    start: int
    end: int
    entity: int
    label: str


class Words(NamedTuple):
    """The segmenter's cuts: 1 where a token starts, and for the end of each noun where it starts."""

    edges: bytes
    noun_starts: Mapping[int, int]


class RoleText:
    """One document as roles see it; mentions that read like one of ``parts`` are no organisation here."""

    def __init__(
        self,
        shadow: str,
        words: Words,
        mentions: Sequence[MentionRow],
        entities: Sequence[EntityRow],
        references: Sequence[ReferenceRow],
        parts: frozenset[str] = frozenset(),
    ) -> None:
        self.shadow, self.entities, self._edge = shadow, entities, words.edges
        self.mentions, self._noun_starts = mentions, words.noun_starts
        self.keys = [fold(entity.name) for entity in entities]
        self.people = [
            place for place, row in enumerate(mentions) if row.label == "PERSON" and not row.nested
        ]
        outer = [Site(row.start, row.end, row.entity, row.label) for row in mentions if not row.nested]
        stand_ins = [Site(row.start, row.end, row.entity, entities[row.entity].label) for row in references]
        sites = sorted(site for site in [*outer, *stand_ins] if site.label in {"ORG", "LOC"})
        self.sites = [site for site in sites if shadow[site.start : site.end] not in parts]
        self.by_end = {site.end: site for site in self.sites}
        self.by_start = {site.start: site for site in self.sites}
        self.person_at = {mentions[place].start: place for place in self.people}
        self.person_ending = {mentions[place].end: place for place in self.people}
        others = {row.end for row in mentions if shadow[row.start : row.end] not in parts}
        self._edges = sorted(others | {site.end for site in self.sites})
        self._starts = sorted(
            {row.start for row in mentions if not row.nested and shadow[row.start : row.end] not in parts}
        )
        self._site_ends = [site.end for site in sorted(self.sites, key=lambda site: site.end)]
        self._by_site_end = sorted(self.sites, key=lambda site: site.end)
        self._person_starts = [mentions[place].start for place in self.people]
        self._person_ends = [mentions[place].end for place in self.people]

    def key(self, found: Found) -> tuple[str, str]:
        """Person and role of a row as strings in simplified characters."""
        person = self.mentions[found.person]
        return self.shadow[person.start : person.end], self.shadow[found.start : found.end]

    def edge_before(self, place: int) -> int:
        """The end of the last mention or stand-in that ends at or before ``place``; 0 for none."""
        number = bisect_left(self._edges, place + 1)
        return self._edges[number - 1] if number else 0

    def start_after(self, place: int) -> int:
        """The start of the next mention from ``place`` on, or the end of the text."""
        number = bisect_left(self._starts, place)
        return self._starts[number] if number < len(self._starts) else len(self.shadow)

    def sites_before(self, place: int, low: int) -> Iterator[Site]:
        """Organisations and places that end at or before ``place`` and start from ``low`` on, last first."""
        number = bisect_left(self._site_ends, place + 1)
        while number and self._by_site_end[number - 1].start >= low:
            number -= 1
            yield self._by_site_end[number]

    def noun_before(self, place: int) -> int:
        """Where the noun begins that ends at ``place``, or the word that is cut there; -1 for neither."""
        if self._edge[place]:
            return self._noun_starts.get(place, -1)
        return self._edge.rfind(1, 0, place)

    def is_word(self, start: int, end: int) -> bool:
        """Whether the segmenter cuts at both ends."""
        return bool(self._edge[start] and self._edge[end])

    def start_of_person(self, place: int) -> int:
        """Where the next person from ``place`` on is named, or the end of the text."""
        number = bisect_left(self._person_starts, place)
        return self._person_starts[number] if number < len(self._person_starts) else len(self.shadow)

    def clause_end(self, place: int) -> int:
        """Where the clause of ``place`` ends."""
        match = _CLAUSE.search(self.shadow, place)
        return match.start() if match else len(self.shadow)

    def last_person(self, place: int, low: int) -> int:
        """The person named last before ``place`` and not before ``low``; -1 for none."""
        number = bisect_left(self._person_ends, place + 1)
        if not number or self.mentions[self.people[number - 1]].start < low:
            return -1
        return self.people[number - 1]

    def sentence_start(self, place: int) -> int:
        """Where the sentence of ``place`` begins."""
        return _last_break(_SENTENCE, self.shadow, place)

    def clause_start(self, place: int) -> int:
        """Where the clause of ``place`` begins."""
        return _last_break(_CLAUSE, self.shadow, place)


_FARTHEST = 200  # code points in which a sentence or clause is looked back for


def _last_break(pattern: re.Pattern[str], shadow: str, place: int) -> int:
    low = max(0, place - _FARTHEST)
    last = low
    for match in pattern.finditer(shadow, low, place):
        last = match.end()
    return last


class Organizations:
    """Tells where a title is held that has no organisation beside it."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._committees: Mapping[str, str] = rules["committees"]
        self._levels: Mapping[str, str] = rules["levels"]
        self._ends = {level: tuple(ends) for level, ends in rules["level_ends"].items()}
        self._personal = tuple(rules["words"]["personal"])
        self._body_ends = tuple(rules["words"]["body_ends"])
        self._companies, self._narrow = (tuple(rules["words"][name]) for name in ("companies", "narrow"))
        self._never = frozenset(rules["words"]["gap_never"])

    def unnamed(self, text: RoleText, start: int, end: int) -> tuple[int, int]:
        """The body written right before a title that no matcher took for a name; (0, 0) for none.

        It runs back over nouns as the segmenter cuts and tags them.
        """
        begin = self._nouns_before(text, start, 13)
        body = text.shadow[begin:start]
        if len(body) > 2 and body.endswith(self._body_ends):
            return begin, start
        company = 1 < len(body) < 7 and text.shadow.startswith(self._companies, start)
        return (begin, start) if company else (0, 0)

    def narrowed(self, text: RoleText, start: int, end: int) -> int:
        """Where a title really begins whose head says little alone: at the noun before it (商务部长)."""
        if not text.shadow.endswith(self._narrow, start, end):
            return start
        return self._nouns_before(text, start, 6)

    def _nouns_before(self, text: RoleText, start: int, most: int) -> int:
        begin, low = start, text.edge_before(start)
        while begin > low and (before := text.noun_before(begin)) >= low and start - before <= most:
            if not self._never.isdisjoint(text.shadow[before:begin]):
                break
            begin = before
        return begin

    def committee(self, text: RoleText, start: int) -> tuple[int, int]:
        """For 市委书记: where the rest of the title starts, and the committee's entity.

        When no such committee is named the whole title stays, with the place of that level; -1 for none.
        """
        name = next((name for name in self._committees if text.shadow.startswith(name, start)), "")
        if not name and start > text.edge_before(start) and text.is_word(start - 1, start):
            start -= 1  # 人大常委会主任 behind 市
            name = next((name for name in self._committees if text.shadow.startswith(name, start)), "")
        if not name:
            return start, -1
        for site in text.sites_before(start, 0):
            if site.label == "ORG" and text.keys[site.entity].endswith(name):
                return start + len(name), site.entity
        return start, self._place(text, self._committees[name], start)

    def level_place(self, text: RoleText, start: int, end: int) -> int:
        """The place of a title that says its level (省长, 市长), as it was last named; -1 for none."""
        for ending, level in self._levels.items():
            if text.shadow.endswith(ending, start, end):
                return self._place(text, level, start)
        return -1

    def has_level(self, text: RoleText, start: int, end: int) -> bool:
        """Whether the title says its level."""
        return text.shadow.endswith(tuple(self._levels), start, end)

    def guess(self, text: RoleText, start: int, end: int) -> int:
        """The entity that the title before ``end`` is held in, from its level or the clause; -1 for none.

        A medium is passed over: it reports.
        """
        title = text.shadow[start:end]
        if self.has_level(text, start, end):
            return self.level_place(text, start, end)
        if title.endswith(self._personal):
            return -1
        for low in (text.clause_start(start), text.sentence_start(start)):
            for site in text.sites_before(start, low):
                if site.label == "ORG" and text.entities[site.entity].kind != "media":
                    return site.entity
        return -1

    def _place(self, text: RoleText, level: str, place: int) -> int:
        """The place of a level that was named last, nested ones too."""
        ends = self._ends[level]
        rows = [row for row in text.mentions if row.label == "LOC" and row.start < place]
        for row in reversed(rows):
            entity = text.entities[row.entity]
            if entity.kind == level or text.keys[row.entity].endswith(ends):
                return row.entity
        return -1


def read_role_rules(path: Path) -> dict[str, Any]:
    """The rules of roles; RuleError names the file when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: cannot be read ({error}); check the file") from error
