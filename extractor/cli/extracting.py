"""What ``extractor extract`` does: read, analyse, show or write, and say how it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol

from extractor.cli.language import counted, say, skipped_kind
from extractor.corpus.analysis import Settings, about, prepare
from extractor.corpus.finding import Listing, find_files
from extractor.corpus.reading import read_files
from extractor.corpus.run import run
from extractor.corpus.sources import Reading
from extractor.records import DocumentRecords

_STATUS_OK, _STATUS_INPUT_FAILED, _STATUS_WRONG_CALL = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the command; ``format`` is a key of ``extractor.writing.WRITERS``, or ""."""

    paths: tuple[str, ...]
    out: Path | None = None
    format: str = ""
    force: bool = False
    headers: Literal["en", "zh"] = "en"
    reading: Reading
    settings: Settings
    workers: int = 1
    quiet: bool = False


class _Step(Protocol):
    def __call__(self) -> None: ...


class _Watch:
    """Counts the documents that pass, and reports each that failed on standard error at once."""

    def __init__(self, results: Iterable[DocumentRecords]) -> None:
        self._results = results
        self.documents = self.failed = self.mentions = self.roles = self.statistics = 0

    def each(self, step: _Step) -> Iterator[DocumentRecords]:
        for records in self._results:
            self._count(records)
            step()
            yield records

    def _count(self, records: DocumentRecords) -> None:
        self.documents += 1
        self.mentions += len(records.mentions)
        self.roles += len(records.roles)
        self.statistics += len(records.statistics)
        if records.document.status != "ok":
            self.failed += 1
            _tell(say("failure", problem=records.document.error))


def extract_paths(call: Call) -> int:
    """Run the call; returns the exit status.

    Raises OutputError, LexiconError, RuleError or ModelError before any work when the place to write to or
    the data is at fault.
    """
    if call.out is None and call.format not in ("", "jsonl"):
        _tell(say("usage_hint", problem=say("no_out", format=call.format), command="extractor extract"))
        return _STATUS_WRONG_CALL
    if call.out is not None:
        from extractor.writing import check

        check(call.out, format=call.format, force=call.force)
    listing = find_files(call.paths)
    watch = _Watch(_results(call, listing))
    with _progress(call) as step:
        good, documents = _look_ahead(watch.each(step))
        if good or call.format == "jsonl":
            _deliver(call, documents)
    if not call.quiet:
        _summarize(call, watch, written=good)
        _tell_skipped(listing)
    return _STATUS_INPUT_FAILED if watch.failed else _STATUS_OK


def _results(call: Call, listing: Listing) -> Iterator[DocumentRecords]:
    workers = call.workers or os.cpu_count() or 1
    return run(read_files(listing, call.reading), partial(prepare, call.settings), workers=workers)


def _look_ahead(documents: Iterator[DocumentRecords]) -> tuple[bool, Iterator[DocumentRecords]]:
    """Whether any document went well, and all of them; where none did, nothing is to be written."""
    waiting: list[DocumentRecords] = []
    for records in documents:
        waiting.append(records)
        if records.document.status == "ok":
            return True, chain(waiting, documents)
    return False, iter(waiting)


def _deliver(call: Call, documents: Iterable[DocumentRecords]) -> None:
    """To a file or folder, as JSON Lines to standard output, or as tables to the terminal."""
    if call.out is not None:
        from extractor.writing import write

        made_by = about(call.settings, call.reading, call.headers)
        write(documents, call.out, format=call.format, force=call.force, headers=call.headers, about=made_by)
    elif call.format == "jsonl":
        from extractor.writing.jsonl import stream

        stream(documents, sys.stdout)
        sys.stdout.flush()
    else:
        from extractor.cli.terminal import make_console, show

        show((records for records in documents if records.document.status == "ok"), make_console())


def _progress(call: Call) -> AbstractContextManager[_Step]:
    """A moving count on standard error; nothing when it is no terminal or results are shown on one."""
    shown_here = call.out is None and sys.stdout.isatty()
    if call.quiet or shown_here or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    from extractor.cli.terminal import progress

    return progress(say("progress"))


def _summarize(call: Call, watch: _Watch, *, written: bool) -> None:
    if call.out is not None and written:
        names = ("documents", "mentions", "roles", "statistics")
        counts = {name: counted(name, getattr(watch, name)) for name in names}
        _tell(say("wrote", out=call.out, **counts))
    if watch.failed and watch.documents > 1:
        _tell(say("failed", failed=watch.failed, documents=watch.documents))


def _tell_skipped(listing: Listing) -> None:
    if listing.skipped:
        kinds = ", ".join(f"{count} {skipped_kind(kind)}" for kind, count in listing.skipped.items())
        _tell(say("skipped", files=counted("files", sum(listing.skipped.values())), kinds=kinds))


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
