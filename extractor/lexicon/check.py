"""What is wrong with a folder of dictionaries: every problem at once, with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from extractor.errors import LexiconError
from extractor.lexicon.entries import Entry, is_name, written_forms
from extractor.lexicon.files import COLUMNS, JIEBA_SUFFIXES, header_of, is_dictionary, read_entries
from extractor.lexicon.lexicon import Lexicon
from extractor.text.script import to_shadow

# Frequency in jieba's dictionary from which a word counts as common; chosen by eye on the names of counties.
COMMON = 100
_NAME_LABELS = ("PERSON", "ORG", "LOC")
_OTHER_LABELS = frozenset(("never", "word"))


class Problem(NamedTuple):
    """One thing that is wrong; ``line`` is 0 for a whole file.

    An error keeps the dictionaries from being loaded, a warning says that a row will not do what it seems to.
    """

    severity: Literal["error", "warning"]
    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line: file, line, what is wrong, what to do."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")


def check_lexicon(
    folder: Path, shipped: Lexicon | None = None, frequencies: Mapping[str, int] | None = None
) -> list[Problem]:
    """The problems of a user's folder of dictionaries, by file and line; empty when there is none.

    ``shipped`` gives the cue classes that a row may add to; ``frequencies`` (word → count in simplified
    characters) tells which terms are common words.
    """
    if not folder.is_dir():
        return [Problem("error", str(folder), 0, "is no folder", "name a folder of dictionaries")]
    problems: list[Problem] = []
    entries: list[Entry] = []
    for path in sorted(folder.iterdir()):
        if is_dictionary(path):
            entries += _read(path, problems)
        elif path.is_file() and not path.name.startswith((".", "~")):
            problems.append(_unread(path))
    if not entries and not problems:
        problems.append(
            Problem("error", str(folder), 0, "holds no dictionary", "put a .tsv, .csv or .xlsx there")
        )
    problems += _label_problems(entries, shipped)
    problems += _form_problems(entries, frequencies or {})
    return sorted(problems, key=lambda one: (one.file, one.line, one.problem))


def _unread(path: Path) -> Problem:
    return Problem("warning", str(path), 0, "is not read as a dictionary", "save it as .tsv, .csv or .xlsx")


def _read(path: Path, problems: list[Problem]) -> list[Entry]:
    def report(line: int, problem: str) -> None:
        what, _, remedy = problem.partition("; ")
        problems.append(Problem("error", str(path), line, what, remedy))

    try:
        if path.suffix.lower() not in JIEBA_SUFFIXES:
            problems += _column_problems(path)
        return read_entries(path, user=True, report=report)
    except LexiconError as error:
        what, _, remedy = str(error).removeprefix(f"{path}: ").partition("; ")
        problems.append(Problem("error", str(path), 0, what, remedy))
        return []


def _column_problems(path: Path) -> Iterator[Problem]:
    line, names = header_of(path)
    for name in names:
        if name and name not in COLUMNS:
            remedy = f"the columns are {', '.join(COLUMNS)}"
            yield Problem("warning", str(path), line, f"the column {name!r} is not read", remedy)


def _label_problems(entries: Iterable[Entry], shipped: Lexicon | None) -> Iterator[Problem]:
    known = _OTHER_LABELS | (shipped.labels() if shipped is not None else frozenset())
    for entry in entries:
        if is_name(entry.label) or entry.label in known or shipped is None:
            continue
        remedy = f"use {', '.join(_NAME_LABELS)}, never, or capitals for a label of your own"
        yield _warning(entry, f"the label {entry.label!r} is no class that anything reads", remedy)


def _form_problems(entries: Iterable[Entry], frequencies: Mapping[str, int]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for form, entry in written_forms(entries):
        key = to_shadow(form)
        before = first.setdefault(key, entry)
        if before is not entry:
            yield _twice(form, before, entry)
        if is_name(entry.label) and not entry.context:
            yield from _name_problems(form, entry, frequencies.get(key, 0))


def _twice(form: str, before: Entry, entry: Entry) -> Problem:
    place = f"line {before.line}" if before.file == entry.file else f"{before.file}, line {before.line}"
    if before.label == entry.label:
        return _warning(entry, f"{form!r} is there already ({place})", "delete one of the two")
    if "never" in (before.label, entry.label):
        return _warning(
            entry, f"{form!r} is a name and never one ({place}); it is silenced", "delete one of the two"
        )
    labels = f"{before.label} ({place}) and {entry.label}"
    return _warning(entry, f"{form!r} is {labels}", "give it one label")


def _name_problems(form: str, entry: Entry, frequency: int) -> Iterator[Problem]:
    if not form.isprintable():
        yield _warning(entry, f"{form!r} holds an invisible character and will not be found", "type it again")
    if len(form) == 1:
        yield _warning(entry, f"{form!r} has one character and is found in other words", "give a longer form")
    elif frequency >= COMMON:
        remedy = "set context to yes, or give a longer form"
        yield _warning(entry, f"{form!r} is also a common word (frequency {frequency:,})", remedy)


def _warning(entry: Entry, problem: str, remedy: str) -> Problem:
    return Problem("warning", entry.file, entry.line, problem, remedy)
