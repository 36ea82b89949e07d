"""One document, one reading: what a candidate is elsewhere decides where the learned layer is in doubt."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from extractor.components._overlaps import STRONG, USER_PRIORITY
from extractor.components.state import Candidate

# Below this confidence a label yields to the one that the same string has elsewhere (set on 18 passages).
_DOUBT = 0.6
# Below this one a candidate of the learned layer yields to a rule that is sure (on 600 sentences of news).
_GUESS, _SURE = 0.5, 0.85
_REPEATABLE = ("ORG", "LOC")
_LONG_ENOUGH = 4  # characters of a name that repetition alone confirms
_REPEATED = "document.repeated"


def agree(candidates: Iterable[Candidate], shadow: str, learned: str) -> list[Candidate]:
    """The candidates, with those of the rule ``learned`` brought in line with the rest of the document.

    A person of which all but the last character is a person elsewhere, where another character follows, is
    dropped when the longer string stands only once and the shorter one is proposed there too (张明如是说
    beside 张明).  A name of a rule that elsewhere ends a name of the learned layer (柳湾社区 beside
    青州市柳湾社区), or begins an organisation of its (柳湾机电 beside 柳湾机电有限公司), is confirmed.
    A label in doubt becomes the one that the string has in the other places, and a guess yields to a rule
    that is sure.
    """
    found = list(candidates)
    if not learned:
        return found
    found = _confirmed(found, shadow, learned)
    labels = _labels(found, shadow, learned)
    short = _short_people(found, shadow)
    sure = {(one.start, one.end) for one in found if one.rule != learned and one.confidence >= _SURE}
    kept = (
        one
        for one in found
        if one.rule != learned or not (_is_overlong(one, shadow, short) or _is_guess(one, sure))
    )
    return [_relabelled(one, shadow, labels) if one.rule == learned else one for one in kept]


def without_verbs(candidates: Iterable[Candidate], shadow: str, verbs: str) -> list[Candidate]:
    """The candidates; people of three characters or more lose a last one that is a verb (王小说 → 王小)."""
    return [
        one._replace(end=one.end - 1)
        if one.label == "PERSON"
        and one.end - one.start > 2
        and one.priority < USER_PRIORITY
        and shadow[one.end - 1] in verbs
        else one
        for one in candidates
    ]


def _confirmed(found: list[Candidate], shadow: str, learned: str) -> list[Candidate]:
    names = _known_names(found, shadow, learned) | _repeated_names(found, shadow, learned)
    return [
        one._replace(rule=_REPEATED)
        if one.rule != learned
        and one.priority < USER_PRIORITY
        and (shadow[one.start : one.end], one.label) in names
        else one
        for one in found
    ]


def _known_names(found: Iterable[Candidate], shadow: str, learned: str) -> set[tuple[str, str]]:
    """Names (string, label) that end one of the learned layer, or begin an organisation of its."""
    edges: dict[tuple[bool, int, str], int] = {}
    for one in found:
        if one.rule == learned:
            edges[False, one.end, one.label] = one.start
            if one.label == "ORG":
                edges[True, one.start, one.label] = one.end
    return {
        (shadow[one.start : one.end], one.label)
        for one in found
        if edges.get((False, one.end, one.label), one.end) <= one.start
        or edges.get((True, one.start, one.label), one.start) >= one.end
    }


def _repeated_names(found: Iterable[Candidate], shadow: str, learned: str) -> set[tuple[str, str]]:
    """Places and bodies that a likely rule sees at several places, each between other characters."""
    around: dict[tuple[str, str], set[str]] = {}
    for one in found:
        likely = one.rule != learned and one.label in _REPEATABLE and one.priority >= STRONG
        if likely and one.end - one.start >= _LONG_ENOUGH:
            key = shadow[one.start : one.end], one.label
            outside = shadow[max(0, one.start - 1) : one.start] + shadow[one.end : one.end + 1]
            around.setdefault(key, set()).add(outside)
    return {key for key, outsides in around.items() if len(outsides) > 1}


def _labels(found: Iterable[Candidate], shadow: str, learned: str) -> dict[str, dict[str, float]]:
    """For each string the confidence that it has under each label, summed over the document."""
    labels: dict[str, dict[str, float]] = {}
    for one in found:
        if one.rule == learned:
            sums = labels.setdefault(shadow[one.start : one.end], {})
            sums[one.label] = sums.get(one.label, 0.0) + one.confidence
    return labels


def _relabelled(one: Candidate, shadow: str, labels: Mapping[str, Mapping[str, float]]) -> Candidate:
    if one.confidence >= _DOUBT:
        return one
    sums = labels[shadow[one.start : one.end]]
    label = max(sorted(sums), key=lambda name: sums[name])
    return one._replace(label=label) if sums[label] >= 2 * sums[one.label] else one


def _is_guess(one: Candidate, sure: Container[tuple[int, int]]) -> bool:
    return one.confidence < _GUESS and (one.start, one.end) in sure


def _short_people(found: Iterable[Candidate], shadow: str) -> dict[str, dict[int, str]]:
    """For each string proposed as a person: where it stands, and the character after it."""
    places: dict[str, dict[int, str]] = {}
    for one in found:
        if one.label == "PERSON":
            places.setdefault(shadow[one.start : one.end], {})[one.start] = shadow[one.end : one.end + 1]
    return places


def _is_overlong(one: Candidate, shadow: str, people: Mapping[str, Mapping[int, str]]) -> bool:
    text = shadow[one.start : one.end]
    if one.label != "PERSON" or len(text) < 3 or len(people.get(text, ())) > 1:
        return False
    places = people.get(text[:-1], {})
    return one.start in places and any(after != text[-1] for after in places.values())
