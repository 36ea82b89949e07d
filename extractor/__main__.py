"""``python -m extractor`` and the command ``extractor``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit status (see ``extractor.cli``)."""
    from extractor.cli.app import run
    from extractor.cli.streams import report_unexpected

    sys.excepthook = report_unexpected
    return run()


if __name__ == "__main__":
    sys.exit(main())
