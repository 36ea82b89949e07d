"""Standard streams that can say Chinese wherever they lead."""

from __future__ import annotations

import io
import os
import sys
from types import TracebackType
from typing import TextIO

from extractor.cli.language import say

DEBUG = "EXTRACTOR_DEBUG"


def prepare_streams() -> None:
    """Make standard output and error fit for Chinese text.

    What is piped or written to a file is UTF-8 on every system, unless PYTHONIOENCODING names another
    encoding; a terminal keeps its own (GBK on many Chinese Windows consoles).  What an encoding does not
    have is shown as ?, rather than fail.
    """
    chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] != ""
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream, chosen)
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        _prepare(sys.stdin, chosen)


def _prepare(stream: TextIO, chosen: bool) -> None:
    if not isinstance(stream, io.TextIOWrapper):
        return
    if chosen or stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="replace")


def report_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say on one line that something went wrong that nobody foresaw; with EXTRACTOR_DEBUG set, also where."""
    if os.environ.get(DEBUG):
        sys.__excepthook__(kind, error, trace)
        return
    problem = " ".join(str(error).split())
    print(say("unexpected", kind=kind.__name__, problem=problem, variable=DEBUG), file=sys.stderr)
