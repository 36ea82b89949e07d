"""Titles that a verb gives: 张三任某局局长, 李四，某公司总裁, 当选为主席, 王五（某大学校长）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.components._role_sites import Found, Organizations, RoleText
from extractor.components._titles import Title, TitleGrammar, word_before
from extractor.text.rules import one_of

_LONGEST_TITLES = 24  # characters between 身兼某局主席的 and the name
_CLOSED = frozenset({",", "，", ")", "）", "。", "、", ";", "；", ""})


class RoleFrames:
    """Finds titles behind a verb of office, a comma or a bracket."""

    def __init__(self, grammar: TitleGrammar, rules: Mapping[str, Any], frames: Sequence[str]) -> None:
        self._grammar = grammar
        self._frame = re.compile(one_of(frames))
        self._joins = tuple(sorted(rules["chains"]["joins"], key=len, reverse=True))
        words = rules["words"]
        self._moved = re.compile(f"由([^，,。；;]{{2,12}}?){one_of(words['moved'])}")
        self._copulas, self._adverbs = frozenset(words["copulas"]), one_of(words["adverbs"])
        self._only_adverbs = re.compile(f"(?:{self._adverbs})*")
        self._appoint, self._member = tuple(words["appoint"]), frozenset(words["member"])
        self._grounds = (*words["body_ends"], *words["grounds"])
        self._offices = tuple(words["after_title"])
        self._pro_org = tuple(words["pro_org"])
        self._organizations = Organizations(rules)

    def find(self, text: RoleText) -> list[Found]:
        """Every title of a person that a frame gives."""
        found: list[Found] = []
        for match in self._frame.finditer(text.shadow):
            if match.end() - match.start() == 1 and not text.is_word(match.start(), match.end()):
                continue
            person = self._subject(text, match.start(), match.group())
            titles = self._titles(text, person, match.end(), match.start())
            loose = match.group() not in self._copulas or self._is_appointed(text, person)
            found += [one for one in titles if loose or self._said(text, match, one)]
        found += self._left(text)
        for place in text.people:
            found += self._apposition(text, place)
            found += self._office(text, place)
        return found

    def _said(self, text: RoleText, frame: re.Match[str], found: Found) -> bool:
        """Behind 是 and 为 a title counts only with an organisation or as the dictionary has it."""
        title = self._grammar.ending_at(text.shadow, found.end, found.start)
        return not found.guessed or (title is not None and title.start == found.start == frame.end())

    def _is_appointed(self, text: RoleText, person: int) -> bool:
        """委任|张三 and 选举|李四: whether the person is the object of a verb of appointment."""
        if person < 0:
            return False
        return bool(word_before(text.shadow, text.mentions[person].start, self._appoint))

    def _left(self, text: RoleText) -> Iterator[Found]:
        """由副主任调任主任: the title that is left."""
        for match in self._moved.finditer(text.shadow):
            person = text.last_person(match.start(), text.sentence_start(match.start()))
            title = self._grammar.ending_at(text.shadow, match.end(1), match.start(1))
            if person >= 0 and title:
                yield self._found(text, title, person, -1)

    def _subject(self, text: RoleText, start: int, frame: str) -> int:
        """Who holds it: the person last named in the sentence; for 是 the one right before it."""
        person = text.last_person(start, text.sentence_start(start))
        if person >= 0 and frame in self._copulas:
            between = text.shadow[text.mentions[person].end : start]
            return person if self._only_adverbs.fullmatch(between) else -1
        return person

    def _titles(self, text: RoleText, person: int, start: int, frame_start: int) -> Iterator[Found]:
        """The titles from ``start`` on, joined by 、 or 兼; the first organisation holds for the rest."""
        org, place = self._organization_at(text, start)
        if org < 0:
            org = self._organization_before(text, frame_start)
        while title := self._grammar.first_after(text.shadow, place, text.start_after(place)):
            if title.end in text.person_at or title.byline:
                return
            if text.shadow.startswith("的", title.end):
                person = self._holder(text, title.end + 1, person)
            if person < 0 or (org < 0 and text.shadow[title.start : title.end] in self._member):
                return
            yield self._found(text, title, person, org)
            join = next((word for word in self._joins if text.shadow.startswith(word, title.end)), "")
            if not join:
                return
            further, place = self._organization_at(text, title.end + len(join))
            org = further if further >= 0 else org

    def _holder(self, text: RoleText, start: int, person: int) -> int:
        """Whose title it is before 的: the next person, also behind a title of its own; else ``person``."""
        following = text.start_of_person(start)
        near = following <= min(start + _LONGEST_TITLES, text.clause_end(start))
        if not near or following == len(text.shadow):
            return person
        titled = following == start or self._grammar.ending_at(text.shadow, following, start)
        return text.person_at[following] if titled or person < 0 else person

    def _found(self, text: RoleText, title: Title, person: int, org: int) -> Found:
        if org >= 0:
            return Found(title.start, title.end, person, org, False, "role.frame")
        if body := self._body(text, title):
            return Found(body[1], title.end, person, -1, False, "role.frame", body)
        start, committee = self._organizations.committee(text, title.start)
        if committee >= 0:
            return Found(start, title.end, person, committee, False, "role.frame")
        numbered = any(char.isdigit() for char in text.shadow[max(0, title.start - 6) : title.start])
        guess = -1 if numbered else self._organizations.guess(text, title.start, title.end)
        return Found(title.start, title.end, person, guess, True, "role.frame")

    def _body(self, text: RoleText, title: Title) -> tuple[int, int] | None:
        """The body that no matcher took for a name, at the front of a title (科技园主席)."""
        head = self._grammar.ending_at(text.shadow, title.end, title.start)
        body = text.shadow[title.start : head.start] if head else ""
        named = len(body) > 2 and body.endswith(self._grounds)
        return (title.start, title.start + len(body)) if named else None

    def _organization_at(self, text: RoleText, start: int) -> tuple[int, int]:
        """The entity named at ``start`` (-1: none) and where what follows it begins."""
        site = text.by_start.get(start)
        if site is None:
            return -1, start
        end = site.end + 1 if text.shadow.startswith("的", site.end) else site.end
        return site.entity, end

    def _organization_before(self, text: RoleText, start: int) -> int:
        """在某公司任…: the entity right before the verb, behind 在 or 于."""
        site = text.by_end.get(start)
        if site is not None and word_before(text.shadow, site.start, self._pro_org):
            return site.entity
        return -1

    def _office(self, text: RoleText, place: int) -> Iterator[Found]:
        """免去张三的某局局长职务."""
        end = text.mentions[place].end
        if not text.shadow.startswith("的", end):
            return
        org, start = self._organization_at(text, end + 1)
        title = self._grammar.first_after(text.shadow, start, text.start_after(start))
        if title is not None and text.shadow.startswith(self._offices, title.end):
            yield self._found(text, title, place, org)

    def _apposition(self, text: RoleText, place: int) -> Iterator[Found]:
        """张三，某公司总裁，… and 张三（某公司总裁）."""
        end = text.mentions[place].end
        sign = text.shadow[end : end + 1]
        if sign not in {",", "，", "(", "（"}:
            return
        org, start = self._organization_at(text, end + 1)
        if org < 0 and sign not in {"(", "（"}:
            return
        title = self._grammar.first_after(text.shadow, start, text.start_after(start))
        if title is None or text.shadow[title.end : title.end + 1] not in _CLOSED:
            return
        if text.start_of_person(title.end) < text.clause_end(title.end):
            return
        yield Found(title.start, title.end, place, org, org < 0, "role.apposition")
