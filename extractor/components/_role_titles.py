"""Titles that stand beside a name: before it, after it, in brackets, in a byline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.components._role_sites import Found, Organizations, RoleText, Site
from extractor.components._titles import Title, TitleGrammar, word_before

_NOWHERE = (0, 0)


class Held(NamedTuple):
    """A title with the entity it is held in; ``guessed`` when that is not written beside it."""

    title: Title
    org: int
    guessed: bool
    body: tuple[int, int] = _NOWHERE


class RoleTitles:
    """Finds titles before and after names."""

    def __init__(self, grammar: TitleGrammar, rules: Mapping[str, Any], frames: Sequence[str]) -> None:
        chains, words = rules["chains"], rules["words"]
        self._grammar, self._frames = grammar, frames
        self._joins = sorted(chains["joins"], key=len, reverse=True)
        self._lists, self._last = frozenset(chains["lists"]), tuple(chains["last"])
        self._byline_lists, self._gaps = frozenset(chains["byline_lists"]), frozenset(chains["byline_gaps"])
        self._never_after = frozenset(words["never_after"])
        self._datelines = tuple(words["datelines"])
        self._reach = int(rules["settings"]["byline_reach"])
        self._organizations = Organizations(rules)

    def find(self, text: RoleText) -> list[Found]:
        """Every title beside a name."""
        found: list[Found] = []
        held: list[Held] = []
        for number, place in enumerate(text.people):
            before = self._before(text, place, held)
            if before:
                held = before
            elif not (held and self._continues(text, number, held)):
                held = []
            rule = "role.byline" if held and held[0].title.byline else "role.before"
            found += [_found(one, place, rule) for one in held]
            found += self._after(text, place)
        return found

    def _continues(self, text: RoleText, number: int, held: Sequence[Held]) -> bool:
        """Whether the person goes on a list: 副市长张三、李四."""
        if not number:
            return False
        before, here = text.mentions[text.people[number - 1]], text.mentions[text.people[number]]
        between = text.shadow[before.end : here.start]
        if held[0].title.byline:
            return between.strip() == "" or between.strip() in self._byline_lists
        return between in self._lists or (between in self._last and self._listed(text, number - 1))

    def _listed(self, text: RoleText, number: int) -> bool:
        if not number:
            return False
        before, here = text.mentions[text.people[number - 1]], text.mentions[text.people[number]]
        return text.shadow[before.end : here.start] in self._lists

    def _before(self, text: RoleText, place: int, previous: Sequence[Held]) -> list[Held]:
        """The chain of titles in front of a name, first one last."""
        start = text.mentions[place].start
        title, org = self._title_at(text, start)
        if title is None:
            return self._byline(text, place)
        if title.byline:
            return self._byline(text, place)
        chain = [(title, org)]
        while join := word_before(text.shadow, (org.start if org else title.start), self._joins):
            end = (org.start if org else title.start) - len(join)
            title, org = self._title_at(text, end)
            if title is None or title.byline:
                break
            chain.append((title, org))
        return self._with_organizations(text, chain, previous)

    def _title_at(self, text: RoleText, end: int) -> tuple[Title | None, Site | None]:
        """The title that ends at ``end`` and the organisation in front of it."""
        low = text.edge_before(end)
        title = self._grammar.ending_at(text.shadow, end, low)
        if title is None or title.byline:
            return title, None
        site = text.by_end.get(low)
        gap = text.shadow[low : title.start]
        if site is None or gap == "":
            return title, site
        if gap == "的":
            return title, site
        if self._grammar.fills(gap) and "\n" not in gap:
            return title._replace(start=self._past_frame(text.shadow, low, title.start)), site
        return title, None

    def _past_frame(self, shadow: str, low: int, start: int) -> int:
        """Where the title begins behind 现任 or 时任 that stands between."""
        for frame in self._frames:
            place = shadow.rfind(frame, low, start)
            if place == low:
                return place + len(frame)
        return low

    def _with_organizations(
        self, text: RoleText, chain: Sequence[tuple[Title, Site | None]], previous: Sequence[Held]
    ) -> list[Held]:
        """Titles without an organisation of their own take the one to their left, then what can be told."""
        held: list[Held] = []
        left, body = -1, _NOWHERE
        for title, site in reversed(chain):
            if site is not None:
                left, body = site.entity, _NOWHERE
                held.append(Held(title, left, False))
                continue
            unnamed = self._organizations.unnamed(text, title.start)
            if unnamed != _NOWHERE:
                left, body = -1, unnamed
            start, committee = self._organizations.committee(text, title.start, title.end)
            if committee >= 0:
                held.append(Held(title._replace(start=start), committee, False))
                continue
            if body != _NOWHERE:
                held.append(Held(title, -1, False, body))
                continue
            inherited = left if left >= 0 else self._inherit(text, title, previous)
            org = inherited if inherited >= 0 else self._organizations.guess(text, title.start, title.end)
            held.append(Held(title, org, left < 0))
        return held

    def _inherit(self, text: RoleText, title: Title, previous: Sequence[Held]) -> int:
        """行长张三、副行长李四: the organisation of the title before, with only a name and 、 between."""
        if not previous or not text.shadow.startswith("副", title.start):
            return -1
        person = text.person_ending.get(title.start - 1)
        return previous[-1].org if person is not None and text.shadow[title.start - 1] in self._lists else -1

    def _byline(self, text: RoleText, place: int) -> list[Held]:
        """记者张三; 文/李四; 作者 王五: the role as written, the agency of the dateline or beside it."""
        row = text.mentions[place]
        end = row.start
        while end and text.shadow[end - 1] in self._gaps:
            end -= 1
        title = self._grammar.ending_at(text.shadow, end, text.edge_before(end))
        if title is None or not title.byline or (len(shadow_of(text, title)) == 1 and end == row.start):
            return []
        site = text.by_end.get(title.start)
        if site is not None:
            return [Held(title, site.entity, False)]
        return [Held(title, self._agency(text, title, row.end), True)]

    def _agency(self, text: RoleText, title: Title, end: int) -> int:
        site = text.by_start.get(end + 1)
        if site is not None and site.label == "ORG" and text.shadow[end] in self._gaps:
            return site.entity
        low = max(0, title.start - self._reach, text.shadow.rfind("\n", 0, title.start) + 1)
        for site in text.sites_before(title.start, low):
            between = text.shadow[site.end : title.start]
            if site.label == "ORG" and any(word in between for word in self._datelines):
                return site.entity
        return -1

    def _after(self, text: RoleText, place: int) -> Iterator[Found]:
        """张三书记; 高教授: the title that follows a name and no other name."""
        row = text.mentions[place]
        for size in self._grammar.head_sizes:
            word = text.shadow[row.end : row.end + size]
            if word not in self._grammar.heads or word in self._never_after or len(word) < 2:
                continue
            if row.end + size in text.person_at:
                return
            site = text.by_end.get(row.start)
            org = site.entity if site is not None else -1
            yield Found(row.end, row.end + size, place, org, site is None, "role.after")
            return


def shadow_of(text: RoleText, title: Title) -> str:
    """The title as the shadow has it."""
    return text.shadow[title.start : title.end]


def _found(held: Held, person: int, rule: str) -> Found:
    return Found(held.title.start, held.title.end, person, held.org, held.guessed, rule, held.body)
