"""Dictionaries as one matcher: found in a single pass, looked up by term or by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.errors import LexiconError
from extractor.lexicon.entries import Entry, is_name, written_forms
from extractor.lexicon.files import lexicon_files, read_entries
from extractor.lexicon.search import Matcher, matcher_of
from extractor.memory import collection_paused
from extractor.text.script import to_shadow

# Cue classes that are searched for in texts; the others are only looked up.
SCANNED_CUES = frozenset(("never", "bare", "org_head", "org_suffix", "place_head"))
# Marks on names of the shipped dictionaries (marks.tsv): what kind of word else the form is.
SHAKY, SURE, DROPPED = "shaky", "sure", "dropped"
_SIZES = {"country": 6, "province": 5, "city": 4, "county": 3, "town": 2, "village": 1}


class Found(NamedTuple):
    """A term found in a shadow: [start, end) in code points, and its entry.

    Where several entries share form and label, ``entry`` is the foremost with the codes of all (a|b).
    """

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shelf:
    """The entries of one origin; ``searched`` holds for each form of ``matcher`` what a match says."""

    by_form: Mapping[str, tuple[Entry, ...]]
    by_label: Mapping[str, frozenset[str]]
    forms: Mapping[str, int]
    searched: Sequence[tuple[Entry, ...]]
    latin: frozenset[int]
    matcher: Matcher

    def find(self, shadow: str) -> list[Found]:
        """Every occurrence of every searched form, in any order."""
        searched, latin = self.searched, self.latin
        return [
            Found(start, end, entry)
            for form, start, end in self.matcher.find(shadow)
            if form not in latin or _stands_free(shadow, start, end)
            for entry in searched[form]
        ]


class Lexicon:
    """All entries of a folder of dictionaries, with the user's own on top; never changes.

    Forms are keyed as rules read them (simplified, half-width), so a term in either script matches both.
    A form that begins or ends with a Latin letter or a digit is found only where no further one touches it.
    """

    def __init__(self, shipped: Shelf, own: Shelf | None = None) -> None:
        self._own = own
        self._shelves = [shipped] if own is None else [own, _yielding(shipped, own)]

    def labels(self) -> frozenset[str]:
        """Every label that a row has."""
        return frozenset().union(*(shelf.by_label for shelf in self._shelves))

    def terms(self, label: str) -> frozenset[str]:
        """The forms with that label, as they read in the shadow."""
        known = [shelf.by_label[label] for shelf in self._shelves if label in shelf.by_label]
        return known[0] if len(known) == 1 else frozenset().union(*known)

    def entries(self, term: str) -> tuple[Entry, ...]:
        """What is known of a term in either script, the user's first; empty when nothing is."""
        form = to_shadow(term.strip())
        return tuple(entry for shelf in self._shelves for entry in shelf.by_form.get(form, ()))

    def user_terms(self) -> list[tuple[str, Entry]]:
        """The user's own terms with an entry each, as they read in the shadow."""
        forms = self._own.by_form if self._own is not None else {}
        return [(form, entry) for form, known in forms.items() for entry in known]

    def find(self, shadow: str) -> list[Found]:
        """Every occurrence of every searched form, overlapping ones too, by start and then longest first."""
        found = [one for shelf in self._shelves for one in shelf.find(shadow)]
        found.sort(key=_by_start)
        return found


def _by_start(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _stands_free(shadow: str, start: int, end: int) -> bool:
    before, after = shadow[start - 1 : start + 1] if start else "", shadow[end - 1 : end + 1]
    return not (_is_latin(before) or _is_latin(after))


def _is_latin(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _yielding(shipped: Shelf, own: Shelf) -> Shelf:
    """The shipped shelf without the names of forms that the user lists as a name or as ``never``."""
    searched = list(shipped.searched)
    for form, known in own.by_form.items():
        place = shipped.forms.get(form)
        if place is not None and any(is_name(one.label) or one.label == "never" for one in known):
            searched[place] = tuple(one for one in searched[place] if not is_name(one.label))
    return replace(shipped, searched=searched)


def load_lexicon(folder: Path, user: Path | None = None) -> Lexicon:
    """The dictionaries of a pipeline folder (its ``lexicon``) and of a user's folder.

    The same files give the same object.  Raises LexiconError, which names file, line and value, for the
    first fault in a file, and when the user's folder holds no dictionary.
    """
    shipped = lexicon_files(folder / "lexicon")
    own = lexicon_files(user) if user is not None and user.is_dir() else []
    if user is not None and not own:
        raise LexiconError(f"{user}: holds no dictionary; put a .tsv, .csv, .xlsx or jieba .txt there")
    return _load(_stamped(shipped), _stamped(own))


Stamp = tuple[Path, int, int]


def _stamped(files: Iterable[Path]) -> tuple[Stamp, ...]:
    """The files as they are now: one that is edited is another key."""
    return tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=8)
def _load(shipped: tuple[Stamp, ...], own: tuple[Stamp, ...]) -> Lexicon:
    return Lexicon(_load_shelf(shipped, False), _load_shelf(own, True) if own else None)


@lru_cache(maxsize=8)
def _load_shelf(files: tuple[Stamp, ...], user: bool) -> Shelf:
    with collection_paused():
        entries = [entry for path, _, _ in files for entry in read_entries(path, user=user)]
        return _shelf(entries)


def build_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """A lexicon of entries.

    A form that a user's dictionary lists as a name, or as ``never``, is no longer a name of the shipped ones.
    """
    known = list(entries)
    own = [entry for entry in known if entry.user]
    shipped = _shelf(entry for entry in known if not entry.user)
    return Lexicon(shipped, _shelf(own) if own else None)


def _shelf(entries: Iterable[Entry]) -> Shelf:
    by_form: dict[str, tuple[Entry, ...]] = {}
    by_label: dict[str, list[str]] = {}
    for key, entry in _keyed(entries):
        known = by_form.get(key)
        by_form[key] = (entry,) if known is None else (*known, entry)
        by_label.setdefault(entry.label, []).append(key)
    searched = {key: merged for key, known in by_form.items() if (merged := _searched(known))}
    forms = list(searched)
    return Shelf(
        by_form=by_form,
        by_label={label: frozenset(keys) for label, keys in by_label.items()},
        forms={form: place for place, form in enumerate(forms)},
        searched=tuple(searched.values()),
        latin=frozenset(place for place, form in enumerate(forms) if _has_latin_edge(form)),
        matcher=matcher_of(forms),
    )


def _keyed(entries: Iterable[Entry]) -> Iterable[tuple[str, Entry]]:
    """Every form with its entry, as it reads in a shadow; folded in one go, which is many times faster."""
    forms = list(written_forms(entries))
    keys = to_shadow("\n".join([form for form, _ in forms])).split("\n")
    return zip(keys, [entry for _, entry in forms], strict=True) if forms else ()


def _has_latin_edge(form: str) -> bool:
    first, last = form[0], form[-1]
    return (first.isascii() and first.isalnum()) or (last.isascii() and last.isalnum())


def _searched(known: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What a match of a form says: one entry a label, of those that are searched for."""
    if len(known) == 1:
        return known if is_name(known[0].label) or known[0].label in SCANNED_CUES else ()
    marks = {entry.label for entry in known}
    by_label: dict[str, list[Entry]] = {}
    for entry in known:
        if entry.label in SCANNED_CUES or (is_name(entry.label) and DROPPED not in marks):
            by_label.setdefault(entry.label, []).append(entry)
    return tuple(_merged(entries, marks) for entries in by_label.values())


def _merged(entries: list[Entry], marks: set[str]) -> Entry:
    """The foremost: by priority, then one that needs no support, then the larger place.

    It comes with the codes of all that have its priority and with the marks on the form.
    """
    best = max(entries, key=lambda one: (one.priority, not one.context, _SIZES.get(one.kind, 0)))
    codes = dict.fromkeys(one.id for one in entries if one.id and one.priority == best.priority)
    context = (best.context or SHAKY in marks) and SURE not in marks
    return best._replace(id="|".join(codes), context=context)
