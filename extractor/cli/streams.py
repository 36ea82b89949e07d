"""Standard streams that can say Chinese wherever they lead."""

from __future__ import annotations

import io
import sys
from typing import TextIO


def prepare_streams() -> None:
    """Make standard output and error fit for Chinese text.

    What is piped or written to a file is UTF-8 on every system; a terminal keeps its own encoding (GBK on
    many Chinese Windows consoles) and shows ? for what it cannot, rather than fail.
    """
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream)
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _prepare(stream: TextIO) -> None:
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="replace")
