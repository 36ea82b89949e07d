"""Which written names of one document are one thing.

Names are compared as ``Form``: folded (simplified, no blanks), with the words they are cut into.
Each function links short forms to the full form that bears them, and leaves alone what fits two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.components._name_model import NameModel


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written somewhere in the document; ``first`` is its first place."""

    key: str
    label: str
    kind: str
    id: str
    first: int
    count: int
    words: tuple[str, ...]
    places: tuple[int, ...] = ()  # lengths of the places that the name begins with


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings of names, from ``rules/linking.toml``."""

    units: tuple[str, ...]
    whole: tuple[str, ...]
    called: tuple[str, ...]
    inner: tuple[str, ...]
    highest: frozenset[str] = frozenset()


class Groups:
    """Forms that are one thing (union by first form)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, place: int) -> int:
        """The form that stands for the group of ``place``."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Make the groups of two forms one."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low


Index = Mapping[str, int]
Test = Callable[[Form, Form, Endings], bool]


def group_forms(forms: Sequence[Form], endings: Endings, names: NameModel) -> Groups:
    """Groups of the forms of one document."""
    groups = Groups(len(forms))
    for label, link in (("LOC", _link_places), ("ORG", _link_organizations), ("PERSON", _link_people)):
        chosen = {form.key: place for place, form in enumerate(forms) if form.label == label}
        link(forms, chosen, groups, endings, names)
    return groups


def _link_places(
    forms: Sequence[Form], index: Index, groups: Groups, endings: Endings, names: NameModel
) -> None:
    by_id: dict[str, int] = {}
    for key, place in index.items():
        form = forms[place]
        if form.id:
            groups.join(by_id.setdefault(form.id, place), place)
        stem = _without(key, endings.units)
        if stem != key and stem in index and _same_id(form, forms[index[stem]]):
            groups.join(place, index[stem])
    _link_chains(forms, index, groups, endings)


def _link_chains(forms: Sequence[Form], index: Index, groups: Groups, endings: Endings) -> None:
    """四川省绵阳市涪城区 and 涪城区, where what stands before is a place too; longest chain first."""
    owners: dict[str, int] = {}
    for key in sorted(index, key=len, reverse=True):
        place = index[key]
        for cut in range(1, len(key) - 1):
            tail = key[cut:]
            if tail not in index or not _is_place(key[:cut], forms[place], index, endings):
                continue
            if forms[index[tail]].kind in endings.highest and not _is_country(key[:cut], forms, index):
                continue
            owner = owners.setdefault(tail, place)
            if _agree(forms[owner].key, key) and _same_id(forms[place], forms[index[tail]]):
                groups.join(place, index[tail])
            break


def _is_country(text: str, forms: Sequence[Form], index: Index) -> bool:
    return text in index and forms[index[text]].kind == "country"


def _is_place(text: str, form: Form, index: Index, endings: Endings) -> bool:
    if len(text) < 2:
        return False
    return text in index or len(text) in form.places or (len(text) > 1 and text.endswith(endings.units))


def _agree(one: str, other: str) -> bool:
    """Two chains that end alike name one place when the shorter leaves units out, or they are equal."""
    short, full = sorted((one, other), key=len)
    rest = iter(full)
    return all(char in rest for char in short)


def _same_id(one: Form, other: Form) -> bool:
    return not one.id or not other.id or one.id == other.id


def _link_organizations(
    forms: Sequence[Form], index: Index, groups: Groups, endings: Endings, names: NameModel
) -> None:
    by_last, by_first = _buckets(forms, index)
    tests: tuple[tuple[Test, Mapping[str, list[int]], int], ...] = (
        (_is_tail, by_last, -1),
        (_is_head, by_first, 0),
        (_is_abbreviation, by_first, 0),
    )
    for place in sorted(index.values(), key=lambda place: -len(forms[place].key)):
        form = forms[place]
        for test, bucket, side in tests:
            longer = (
                other for other in bucket.get(form.key[side], ()) if len(forms[other].key) > len(form.key)
            )
            found = [other for other in longer if test(form, forms[other], endings)]
            if found:
                _join_only(place, found, groups)
                break


def _buckets(forms: Sequence[Form], index: Index) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Organisations by their last character, and by each character of their first word."""
    by_last: dict[str, list[int]] = {}
    by_first: dict[str, list[int]] = {}
    for key, place in index.items():
        by_last.setdefault(key[-1], []).append(place)
        for char in dict.fromkeys(forms[place].words[0]):
            by_first.setdefault(char, []).append(place)
    return by_last, by_first


def _join_only(place: int, found: Sequence[int], groups: Groups) -> None:
    """Join a short form to what bears it, unless that is more than one entity."""
    if len({groups.root(other) for other in found}) == 1:
        groups.join(place, found[0])


def _is_tail(short: Form, full: Form, endings: Endings) -> bool:
    """西安明德学院 called 明德学院; 成都市公安局 called 市公安局."""
    if not full.key.endswith(short.key):
        return False
    rest = len(full.key) - len(short.key)
    begins_with_unit = short.key.startswith(endings.units)
    return begins_with_unit or rest in full.places or full.key[:rest].endswith(endings.units)


def _is_head(short: Form, full: Form, endings: Endings) -> bool:
    """亚新 or 亚新公司 for 亚新工程顾问股份有限公司: the same beginning, only a company after it."""
    if not full.key.endswith(endings.whole) or full.key.endswith(endings.inner):
        return False
    stem = _without(short.key, endings.called)
    if short.key.endswith(endings.whole) and stem == short.key:
        return False
    return (
        len(stem) > 1
        and full.key.startswith(stem)
        and not _without(full.key, endings.whole).endswith(endings.inner)
    )


def _is_abbreviation(short: Form, full: Form, endings: Endings) -> bool:
    """中大 for 中文大学: a character of each word, in order, from the first word to the last."""
    words = full.words
    if not 2 <= len(short.key) <= 5 or len(words) < 2 or short.key[0] not in words[0]:
        return False
    place, used = 0, 0
    for char in short.key:
        while place < len(words) and char not in words[place]:
            place += 1
        if place == len(words):
            return False
        place, used = place + 1, used + 1
    return place == len(words) and words[-1].startswith(short.key[-1]) and used * 2 >= len(words)


def _link_people(
    forms: Sequence[Form], index: Index, groups: Groups, endings: Endings, names: NameModel
) -> None:
    full = [place for key, place in index.items() if len(key) > 1 and key not in names.double]
    for key, place in index.items():
        bearers = [other for other in full if other != place and _is_called(key, forms[other].key, names)]
        if bearers:
            groups.join(place, _likeliest(forms[place], [forms[other] for other in bearers], bearers))


def _is_called(short: str, full: str, names: NameModel) -> bool:
    """高 for 高明, 林郑 for 林郑月娥, 阿巴斯 for 马哈茂德·阿巴斯."""
    if len(short) >= len(full):
        return False
    if len(short) == 1 or short in names.double:
        return full.startswith(short) and "·" not in full and len(full) <= 4
    parts = full.split("·")
    return short in parts if len(parts) > 1 else len(full) == 4 and full.startswith(short)


def _likeliest(form: Form, bearers: Sequence[Form], places: Sequence[int]) -> int:
    """Of several bearers one that is named before, without a husband's surname, and most often."""

    def rank(bearer: Form) -> tuple[bool, bool, int]:
        return bearer.first < form.first, len(bearer.key) < 4, bearer.count

    return max(zip(bearers, places, strict=True), key=lambda pair: rank(pair[0]))[1]


def _without(name: str, endings: Iterable[str]) -> str:
    """The name without the first of the endings that it has, if two characters are left."""
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) > 1:
            return name[: -len(ending)]
    return name
