"""Dictionaries as one matcher: found in a single pass, looked up by term or by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from extractor.errors import LexiconError
from extractor.lexicon.files import Entry, lexicon_files, read_entries, written_forms
from extractor.text.script import to_shadow

# Cue classes that are searched for in texts; the others are only looked up.
SCANNED_CUES = frozenset({"never", "org_head", "org_suffix", "place_head", "title", "speech_verb"})


class Found(NamedTuple):
    """A term found in a shadow: [start, end) in code points, and its entry."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries of a folder of dictionaries, with the user's own on top; never changes.

    Forms are keyed as rules read them (simplified, half-width), so a term in either script matches both.
    """

    _by_form: Mapping[str, tuple[Entry, ...]]
    _by_label: Mapping[str, frozenset[str]]
    _forms: tuple[tuple[Entry, ...], ...]
    _matcher: AhoCorasick

    def terms(self, label: str) -> frozenset[str]:
        """The forms with that label, as they read in the shadow."""
        return self._by_label.get(label, frozenset())

    def entries(self, term: str) -> tuple[Entry, ...]:
        """What is known of a term in either script; empty when nothing is."""
        return self._by_form.get(to_shadow(term), ())

    def user_terms(self) -> list[tuple[str, Entry]]:
        """The user's own terms with an entry each, as they read in the shadow."""
        return [(form, entry) for form, known in self._by_form.items() for entry in known if entry.user]

    def find(self, shadow: str) -> list[Found]:
        """Every occurrence of every searched form, overlapping ones too, by start and then longest first."""
        forms = self._forms
        matches = self._matcher.find_matches_as_indexes(shadow, overlapping=True)
        found = [Found(start, end, entry) for form, start, end in matches for entry in forms[form]]
        found.sort(key=lambda one: (one.start, -one.end))
        return found


@lru_cache(maxsize=8)
def load_lexicon(folder: Path, user: Path | None = None) -> Lexicon:
    """The dictionaries of a pipeline folder (its ``lexicon``) and of a user's folder.

    Raises LexiconError, which names file, line and value, for the first fault in a file.
    """
    entries = [entry for path in lexicon_files(folder / "lexicon") for entry in read_entries(path)]
    if user is not None:
        entries += _user_entries(user)
    return build_lexicon(entries)


def _user_entries(folder: Path) -> list[Entry]:
    files = lexicon_files(folder) if folder.is_dir() else []
    if not files:
        raise LexiconError(f"{folder}: holds no dictionary; put a .tsv, .csv, .xlsx or jieba .txt there")
    return [entry for path in files for entry in read_entries(path, user=True)]


def build_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """A lexicon of entries; where a user's entry and a shipped one share form and label, the user's stays."""
    by_form: dict[str, dict[str, Entry]] = {}
    by_label: dict[str, set[str]] = {}
    for form, entry in written_forms(entries):
        key = to_shadow(form)
        known = by_form.setdefault(key, {})
        if entry.label not in known or (entry.user and not known[entry.label].user):
            known[entry.label] = entry
        by_label.setdefault(entry.label, set()).add(key)
    searched = {key: tuple(filter(_is_searched, known.values())) for key, known in by_form.items()}
    patterns = [key for key, known in searched.items() if known]
    return Lexicon(
        {key: tuple(known.values()) for key, known in by_form.items()},
        {label: frozenset(keys) for label, keys in by_label.items()},
        tuple(searched[key] for key in patterns),
        AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA),
    )


def _is_searched(entry: Entry) -> bool:
    return entry.label.isupper() or entry.label in SCANNED_CUES
