"""OrganizationMatcher: organisations by dictionary, last word, quotation marks and short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import state
from extractor.components._left_edges import EdgeWords, LeftEdges
from extractor.components._org_short_forms import ShortWords, repeated_names, short_forms
from extractor.components._org_tails import LIKELY, OrgName, OrgWords, is_title, tailed_names
from extractor.components._words import Words, words_of
from extractor.components.state import Candidate, Hit
from extractor.lexicon.lexicon import Lexicon, load_lexicon
from extractor.paths import default_model
from extractor.text.rules import load_rules

_CERTAIN = 60
_PARTS = frozenset({"company", "school", "association"})  # kinds of heads that are parts of a body
_QUOTED = re.compile(r"[“「『][^”」』]+[”」』]")
_WITH_PLACE = frozenset({"school", "hospital", "company", "association", "group", "government", "army"})
_CONFIDENCE = {60: 0.9, 55: 0.85, 50: 0.75}


class OrganizationMatcher:
    """Proposes ORG candidates; reads the places that were proposed before it.

    A name is found by the dictionary, by its last word (the left edge is sought in the segmenter's words),
    in quotation marks by the forms of ``rules/organizations.toml``; a name once found counts wherever the
    document repeats it, and so do short forms that its full form gives away.
    """

    def __init__(self, folder: Path, user: str = "") -> None:
        lexicon = load_lexicon(folder, Path(user) if user else None)
        self._rules = load_rules(folder / "rules" / "organizations.toml").rules
        self._edge_words = EdgeWords(lexicon.terms("name_stop"), lexicon.terms("org_inner"))
        self._words = OrgWords(
            lexicon.terms("org_stop"),
            lexicon.terms("org_common") | lexicon.terms("org_business") | lexicon.terms("org_inner"),
            lexicon.terms("org_legal"),
            lexicon.terms("title"),
            lexicon.terms("org_committee"),
            tuple(sorted(lexicon.terms("org_prefix"))),
        )
        companies = (term for term in lexicon.terms("org_suffix") if _is_company(lexicon, term))
        self._short = ShortWords(
            lexicon.terms("org_business"), frozenset(companies), lexicon.terms("org_inner")
        )

    def __call__(self, doc: Doc) -> Doc:
        """The document with organisation candidates added."""
        text, words = state.shadow(doc), words_of(doc)
        proposed, hits = state.candidates(doc), state.hits(doc)
        known = _known(hits, words, text)
        tails = _longest_tails(hits)
        quoted = [_with_tail(name, tails) for name in self._quoted(text)]
        learned = [_with_tail(name, tails) for name in _learned(proposed)]
        names = [*known, *quoted, *self._tailed(text, words, hits, proposed, [*known, *learned])]
        names += _placed(known, proposed)
        names += _bracketed(names, text, proposed)
        full = [*learned, *_beside(names, learned)]
        introduced = [*self._introduced(text, full)]
        short = [*introduced, *short_forms(full, text, self._short)]
        short += _with_parts(short, hits)
        found = [*names, *short, *repeated_names(full, introduced, text)]
        state.add_candidates(doc, (_candidate(name) for name in found))
        return doc

    def _tailed(
        self, text: str, words: Words, hits: list[Hit], proposed: list[Candidate], known: list[OrgName]
    ) -> list[OrgName]:
        places: dict[int, int] = {}
        for one in proposed:
            if one.label == "LOC" and one.priority >= LIKELY:
                places[one.end] = min(one.start, places.get(one.end, one.start))
        countries = {one.end for one in proposed if one.kind == "country"}
        anchors = {**places, **{name.end: name.start for name in known}}
        tails = [hit for hit in hits if hit.label in ("org_head", "org_suffix")]
        edges = LeftEdges(text, words, self._edge_words, anchors)
        return tailed_names(tails, edges, self._words, places, countries)

    def _quoted(self, text: str) -> Iterator[OrgName]:
        """Names in quotation marks, by forms that need nothing before them."""
        for rule in self._rules:
            if "full_end" in rule.pattern.groupindex:
                continue
            for match in rule.pattern.finditer(text):
                for start, end in _named(match):
                    if text[start:end] not in self._words.stops:
                        yield OrgName(start, end, "group", LIKELY, rule.id, -1, end)

    def _introduced(self, text: str, names: Iterable[OrgName]) -> Iterator[OrgName]:
        """Short names that the text introduces right behind a full name: 某某公司(以下简称“某某”)."""
        by_end = {name.end: name for name in names}
        for rule in self._rules:
            if "full_end" not in rule.pattern.groupindex:
                continue
            for match in rule.pattern.finditer(text):
                full = by_end.get(match.start("full_end"))
                if full is not None:
                    start, end = match.span("org")
                    yield full._replace(start=start, end=end, rule=rule.id, anchor=-1, tail=end)


def _known(hits: Iterable[Hit], words: Words, text: str) -> list[OrgName]:
    """Dictionary organisations, leftmost and longest first, where a word begins or ends at their edges."""
    found: list[OrgName] = []
    for hit in hits:
        if hit.label != "ORG" or hit.context or (found and hit.start < found[-1].end):
            continue
        if is_title(text, hit.end):
            continue
        if hit.user or _is_well_cut(hit, words):
            found.append(OrgName(hit.start, hit.end, hit.kind, _CERTAIN, "org.name", -1, hit.end))
    return found


def _learned(proposed: Iterable[Candidate]) -> Iterator[OrgName]:
    """The organisations that the learned layer has proposed."""
    for one in proposed:
        if one.label == "ORG" and one.priority > _CERTAIN:
            yield OrgName(one.start, one.end, one.kind, one.priority, "org.learned", -1, one.end)


def _beside(names: Iterable[OrgName], learned: Iterable[OrgName]) -> list[OrgName]:
    """The names that do not cross one of the learned layer, whose edges are better."""
    covered = {place for name in learned for place in range(name.start, name.end)}
    return [name for name in names if covered.isdisjoint(range(name.start, name.end))]


def _with_parts(names: Iterable[OrgName], hits: Iterable[Hit]) -> list[OrgName]:
    """远山|董事会: a part of an organisation right behind its name makes a name with it."""
    parts = {hit.start: hit.end for hit in hits if hit.label == "org_head" and hit.kind in _PARTS}
    return [name._replace(end=parts[name.end], tail=name.end) for name in names if name.end in parts]


def _named(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The span of the group org, or of each quoted part of the group orgs."""
    if "org" in match.re.groupindex:
        yield match.span("org")
        return
    for part in _QUOTED.finditer(match.string, *match.span("orgs")):
        yield part.start() + 1, part.end() - 1


def _is_company(lexicon: Lexicon, term: str) -> bool:
    return any(entry.label == "org_suffix" and entry.kind == "company" for entry in lexicon.entries(term))


def _longest_tails(hits: Iterable[Hit]) -> dict[int, Hit]:
    """By where they end, the longest last words of names."""
    tails: dict[int, Hit] = {}
    for hit in hits:
        if hit.label == "org_suffix" and (hit.end not in tails or hit.start < tails[hit.end].start):
            tails[hit.end] = hit
    return tails


def _with_tail(name: OrgName, tails: Mapping[int, Hit]) -> OrgName:
    """A name with the kind and place of its last word, so that its short form can be told."""
    tail = tails.get(name.end)
    if tail is None or tail.start <= name.start:
        return name
    return name._replace(kind=tail.kind, tail=tail.start)


def _placed(known: Iterable[OrgName], proposed: Iterable[Candidate]) -> Iterator[OrgName]:
    """上海|瑞金医院: a place written on to a known school, hospital or company belongs to its name."""
    starts: dict[int, int] = {}
    for one in proposed:
        if one.label == "LOC" and one.priority >= LIKELY:
            starts[one.end] = min(one.start, starts.get(one.end, one.start))
    for name in known:
        if name.start in starts and name.kind in _WITH_PLACE:
            yield name._replace(start=starts[name.start], rule="org.name.placed", priority=LIKELY + 5)


def _bracketed(names: Iterable[OrgName], text: str, proposed: Iterable[Candidate]) -> Iterator[OrgName]:
    """某某银行(中国): a place in brackets right behind a company belongs to its name."""
    places = {one.start: one.end for one in proposed if one.label == "LOC"}
    for name in names:
        end = places.get(name.end + 1, 0)
        if name.kind == "company" and text.startswith("(", name.end) and text.startswith(")", end):
            yield name._replace(end=end + 1, rule="org.bracketed", tail=end + 1)


def _is_well_cut(hit: Hit, words: Words) -> bool:
    """Whether the segmenter cuts at both edges; at one of them for a name of four characters."""
    first, last = words.starts_at(hit.start), words.ends_at(hit.end)
    return (first and last) or (hit.end - hit.start > 3 and (first or last)) or hit.end - hit.start > 4


def _candidate(name: OrgName) -> Candidate:
    confidence = _CONFIDENCE.get(name.priority, 0.5)
    return Candidate(name.start, name.end, "ORG", name.kind, name.rule, confidence, name.priority)


@Language.factory("extractor_organizations", default_config={"folder": "", "user": ""})
def create_organizations(nlp: Language, name: str, folder: str, user: str) -> OrganizationMatcher:
    """The component with the data of a pipeline folder (default: the shipped one) and a user's lexicon."""
    return OrganizationMatcher(Path(folder) if folder else default_model(), user)
