"""Dictionaries as one matcher: found in a single pass, looked up by term or by label."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from extractor.errors import LexiconError
from extractor.lexicon.entries import Entry, is_name, written_forms
from extractor.lexicon.files import lexicon_files, read_entries
from extractor.text.script import to_shadow

# Cue classes that are searched for in texts; the others are only looked up.
SCANNED_CUES = frozenset(("never", "bare", "org_head", "org_suffix", "place_head"))
_SIZES = {"country": 6, "province": 5, "city": 4, "county": 3, "town": 2, "village": 1}
# Marks on names of the shipped dictionaries (marks.tsv): what kind of word else the form is.
SHAKY, SURE, DROPPED = "shaky", "sure", "dropped"


class Found(NamedTuple):
    """A term found in a shadow: [start, end) in code points, and its entry.

    Where several entries share form and label, ``entry`` is the foremost with the codes of all (a|b).
    """

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries of a folder of dictionaries, with the user's own on top; never changes.

    Forms are keyed as rules read them (simplified, half-width), so a term in either script matches both.
    A form that begins or ends with a Latin letter or a digit is found only where no further one touches it.
    """

    _by_form: Mapping[str, tuple[Entry, ...]]
    _by_label: Mapping[str, frozenset[str]]
    _searched: Sequence[tuple[Entry, ...]]
    _latin: frozenset[int]
    _matcher: AhoCorasick

    def terms(self, label: str) -> frozenset[str]:
        """The forms with that label, as they read in the shadow."""
        return self._by_label.get(label, frozenset())

    def labels(self) -> frozenset[str]:
        """Every label that a row has."""
        return frozenset(self._by_label)

    def entries(self, term: str) -> tuple[Entry, ...]:
        """What is known of a term in either script, the user's first; empty when nothing is."""
        return self._by_form.get(to_shadow(term.strip()), ())

    def user_terms(self) -> list[tuple[str, Entry]]:
        """The user's own terms with an entry each, as they read in the shadow."""
        return [(form, entry) for form, known in self._by_form.items() for entry in known if entry.user]

    def find(self, shadow: str) -> list[Found]:
        """Every occurrence of every searched form, overlapping ones too, by start and then longest first."""
        searched, latin = self._searched, self._latin
        found = [
            Found(start, end, entry)
            for form, start, end in self._matcher.find_matches_as_indexes(shadow, overlapping=True)
            if form not in latin or _stands_free(shadow, start, end)
            for entry in searched[form]
        ]
        found.sort(key=_by_start)
        return found


def _by_start(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _stands_free(shadow: str, start: int, end: int) -> bool:
    before, after = shadow[start - 1 : start + 1] if start else "", shadow[end - 1 : end + 1]
    return not (_is_latin(before) or _is_latin(after))


def _is_latin(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


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
    with _collection_paused():
        entries = [entry for path, _, _ in own for entry in read_entries(path, user=True)]
        return build_lexicon(entries + [entry for path, _, _ in shipped for entry in read_entries(path)])


@contextmanager
def _collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile: all that is read here stays, and it takes half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def build_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """A lexicon of entries.

    A form that a user's dictionary lists as a name, or as ``never``, is no longer a name of the shipped ones.
    """
    by_form: dict[str, tuple[Entry, ...]] = {}
    by_label: dict[str, list[str]] = {}
    for key, entry in _keyed(sorted(entries, key=lambda one: not one.user)):
        known = by_form.get(key)
        by_form[key] = (entry,) if known is None else (*known, entry)
        by_label.setdefault(entry.label, []).append(key)
    searched = {key: merged for key, known in by_form.items() if (merged := _searched(known))}
    patterns = list(searched)
    return Lexicon(
        by_form,
        {label: frozenset(keys) for label, keys in by_label.items()},
        tuple(searched.values()),
        frozenset(place for place, form in enumerate(patterns) if _has_latin_edge(form)),
        _matcher(patterns),
    )


def _matcher(patterns: list[str]) -> AhoCorasick:
    # Of the implementations the fastest to search: 37 million characters a second with 18,000 forms.
    chosen = Implementation.ContiguousNFA
    return AhoCorasick(patterns, MatchKind.Standard, store_patterns=False, implementation=chosen)


def _keyed(entries: Iterable[Entry]) -> Iterable[tuple[str, Entry]]:
    """Every form with its entry, as it reads in a shadow; folded in one go, which is many times faster."""
    forms = list(written_forms(entries))
    keys = to_shadow("\n".join([form for form, _ in forms])).split("\n")
    return zip(keys, [entry for _, entry in forms], strict=True) if forms else ()


def _has_latin_edge(form: str) -> bool:
    return any(edge.isascii() and edge.isalnum() for edge in (form[0], form[-1]))


def _searched(known: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What a match of a form says: one entry a label, of those that are searched for."""
    if len(known) == 1:
        return known if is_name(known[0].label) or known[0].label in SCANNED_CUES else ()
    marks = {entry.label for entry in known}
    settled = DROPPED in marks or any(
        one.user and (is_name(one.label) or one.label == "never") for one in known
    )
    by_label: dict[str, list[Entry]] = {}
    for entry in known:
        if entry.label in SCANNED_CUES or (is_name(entry.label) and (entry.user or not settled)):
            by_label.setdefault(entry.label, []).append(entry)
    return tuple(_merged(entries, marks) for entries in by_label.values())


def _settles(entry: Entry) -> bool:
    return is_name(entry.label) or entry.label == "never"


def _merged(entries: list[Entry], marks: set[str]) -> Entry:
    """The user's, or else the foremost: by priority, then one that needs no support, then the larger place.

    It comes with the codes of all and with the marks on the form.
    """
    best = max(entries, key=lambda one: (one.user, one.priority, not one.context, _SIZES.get(one.kind, 0)))
    if best.user:
        return best
    codes = dict.fromkeys(one.id for one in entries if one.id and one.priority == best.priority)
    context = (best.context or SHAKY in marks) and SURE not in marks
    return best._replace(id="|".join(codes), context=context)
