"""``python -m extractor`` and the command ``extractor``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit status (0 ok, 1 an input failed, 2 usage, 3 output, 4 data, 130 interrupt)."""
    from extractor.cli.app import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
