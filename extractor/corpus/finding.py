"""Paths → the files to read, in a stable order: arguments as given, folders sorted by name."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType

from extractor.corpus.sources import STDIN
from extractor.errors import InputError

KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".text", ".md"), "text"),
        **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
        **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
        ".json": "json",
        ".csv": "csv",
        **dict.fromkeys((".tsv", ".tab"), "tsv"),
        **dict.fromkeys((".xlsx", ".xlsm"), "excel"),
        ".parquet": "parquet",
        ".docx": "docx",
        ".pdf": "pdf",
    }
)

# What tells a folder that we wrote: it may lie in the folder that is read.
_WRITTEN = tuple({"run.json", f"statistics.{suffix}", f"documents.{suffix}"} for suffix in ("csv", "parquet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to read: where it is, and its path relative to the argument that named it."""

    path: Path
    relative: PurePath

    @property
    def stem(self) -> str:
        """The id that its name gives: the relative path without suffix, parts joined with "/"."""
        known = self.relative.suffix.lower() in KINDS
        return (self.relative.with_suffix("") if known else self.relative).as_posix()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the arguments name: files ("-" for standard input), and an error for each that names nothing.

    ``skipped`` counts what was passed over in folders, by suffix, or as "no suffix", "broken link" or
    "folder link": no file of a folder is read unless its suffix is in KINDS, and no link to a folder is
    followed.  Hidden files and folders and the tables of an earlier run are neither read nor counted.
    """

    entries: tuple[FoundFile | InputError, ...]
    skipped: Mapping[str, int]


def find_files(arguments: Iterable[str | Path]) -> Listing:
    """The files that ``arguments`` name, each once; nothing is opened."""
    skipped: Counter[str] = Counter()
    entries: list[FoundFile | InputError] = []
    seen: set[str] = set()
    for argument in arguments:
        for entry in _found(argument, skipped):
            if isinstance(entry, InputError):
                entries.append(entry)
                continue
            key = os.path.realpath(entry.path) if str(entry.path) != STDIN else STDIN
            if key not in seen:
                seen.add(key)
                entries.append(entry)
    return Listing(entries=tuple(entries), skipped=MappingProxyType(dict(sorted(skipped.items()))))


def _found(argument: str | Path, skipped: Counter[str]) -> Iterable[FoundFile | InputError]:
    path = Path(argument)
    if str(argument) == STDIN:
        return [FoundFile(path=path, relative=PurePath("stdin"))]
    try:
        if path.is_dir():
            return _in_folder(path, skipped)
        path.stat()
    except OSError as error:
        return [unreadable(str(argument), error)]
    return [FoundFile(path=path, relative=PurePath(path.name))]


def _in_folder(folder: Path, skipped: Counter[str]) -> list[FoundFile | InputError]:
    found: list[FoundFile | InputError] = []
    passed: Counter[str] = Counter()
    for entry in _walk(folder, passed):
        if isinstance(entry, InputError):
            found.append(entry)
        elif entry.suffix.lower() in KINDS:
            found.append(FoundFile(path=entry, relative=entry.relative_to(folder)))
        else:
            passed[entry.suffix.lower() or "no suffix"] += 1
    if found:
        skipped.update(passed)
    else:
        others = ", ".join(f"{count} {suffix}" for suffix, count in sorted(passed.items()))
        problem = (
            f"no file in this folder can be read (skipped: {others})"
            if others
            else "this folder holds no file"
        )
        return [InputError(str(folder), problem, f"it reads {' '.join(KINDS)}")]
    return found


def _walk(folder: Path, passed: Counter[str]) -> Iterator[Path | InputError]:
    """Files below ``folder``, sorted, before those of its subfolders; links that lead nowhere are counted."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted((e for e in listed if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        yield unreadable(str(folder), error)
        return
    names = {e.name for e in entries}
    if any(written <= names for written in _WRITTEN):
        return
    folders = [e for e in entries if e.is_dir(follow_symlinks=False)]
    yield from (Path(e.path) for e in entries if e.is_file())
    links = [e for e in entries if e.is_symlink() and not e.is_file()]
    passed.update("folder link" if e.is_dir() else "broken link" for e in links)
    for entry in folders:
        yield from _walk(Path(entry.path), passed)


def unreadable(shown: str, error: OSError) -> InputError:
    """What the system said about a file, in our words."""
    if isinstance(error, FileNotFoundError):
        return InputError(shown, "there is no such file or folder", "check the name")
    if isinstance(error, PermissionError):
        return InputError(shown, "reading it is not permitted", "check its permissions")
    return InputError(shown, f"cannot be read ({error.strerror or error})", "check the file")
