"""Titles that stand beside a name: before it, after it, in brackets, in a byline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.components._role_sites import Found, Organizations, RoleText, Site
from extractor.components._titles import Title, TitleGrammar, word_before

_NOWHERE = (0, 0)
_OPENING, _CLOSING = ("(", "（"), (")", "）")
_LONGEST_BRACKET = 8


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
        self._never_after = frozenset((*words["never_after"], *words["member"]))
        self._member = tuple(words["member"])
        self._deputies = sorted(chains["deputies"], key=len, reverse=True)
        self._abroad = tuple(words["abroad"])
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
        start = self._before_bracket(text.shadow, text.mentions[place].start)
        title, org = self._title_at(text, start)
        if title is None or title.byline:
            return self._byline(text, place)
        if org is None and shadow_of(text, title) in self._member:
            return []
        chain = [(title, org)]
        while join := word_before(text.shadow, (org.start if org else title.start), self._joins):
            end = (org.start if org else title.start) - len(join)
            title, org = self._title_at(text, end)
            if title is None or title.byline or title.start in text.person_ending:
                break
            chain.append((title, org))
        return self._with_organizations(text, chain, previous)

    def _before_bracket(self, shadow: str, place: int) -> int:
        """Where a short bracket that ends at ``place`` opens: 副院长（教学）张三; else ``place``."""
        if not shadow.startswith(_CLOSING, place - 1) or place < 1:
            return place
        opening = max(shadow.rfind(sign, max(0, place - _LONGEST_BRACKET), place) for sign in _OPENING)
        return opening if opening >= 0 else place

    def _title_at(self, text: RoleText, end: int) -> tuple[Title | None, Site | None]:
        """The title that ends at ``end`` and the organisation in front of it."""
        low = text.edge_before(end)
        title = self._grammar.ending_at(text.shadow, end, low)
        if title is None and low == end - 1:  # 某市|长: the place took the first character
            title = self._grammar.ending_at(text.shadow, end, low - 1)
            return title, text.by_end.get(low) if title else None
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
        left: Held | None = None
        for title, site in reversed(chain):
            own = self._own(text, title, site)
            if own is None and left is not None:
                place = self._organizations.level_place(text, title.start, title.end)
                own = left._replace(title=title) if place < 0 else Held(title, place, False)
            if own is not None:
                left = own
            held.append(own or self._elsewhere(text, title, previous))
        return held

    def _own(self, text: RoleText, title: Title, site: Site | None) -> Held | None:
        """The title with what is written before it: a name, a committee, a body that is no mention."""
        if site is not None:
            return Held(title, self._sender(text, site), False)
        start, committee = self._organizations.committee(text, title.start)
        if committee >= 0:
            return Held(title._replace(start=start), committee, False)
        body = self._organizations.unnamed(text, title.start, title.end)
        return Held(title, -1, False, body) if body != _NOWHERE else None

    def _sender(self, text: RoleText, site: Site) -> int:
        """美国驻华大使: the country before 驻, not the one after it."""
        abroad = word_before(text.shadow, site.start, self._abroad)
        if not abroad or site.label != "LOC":
            return site.entity
        before = text.by_end.get(site.start - len(abroad))
        return before.entity if before is not None else -1

    def _elsewhere(self, text: RoleText, title: Title, previous: Sequence[Held]) -> Held:
        """Where the title is held when nothing stands before it: as in 行长张三、副行长李四, or a guess."""
        narrow = self._organizations.narrowed(text, title.start, title.end)
        if narrow < title.start:
            return Held(title._replace(start=narrow), -1, True)
        if previous and text.shadow.startswith("副", title.start):
            sign = word_before(text.shadow, title.start, self._deputies)
            person = text.last_person(title.start, 0)
            between = text.shadow[text.mentions[person].end : title.start - len(sign)]
            if sign and (not between or between in self._grammar.heads):
                return previous[-1]._replace(title=title)
        return Held(title, self._organizations.guess(text, title.start, title.end), True)

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
            if word not in self._grammar.heads or word in self._never_after or len(word) < max(2, size):
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
