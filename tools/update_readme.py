"""Put what the README's first command prints into the README: python tools/update_readme.py."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- output -->\n)(.*?)(<!-- end of output -->)", re.DOTALL)


def main() -> None:
    """Rewrite the block between the two marks."""
    command = [sys.executable, "-m", "extractor", "extract", "samples/community.txt"]
    english = {**os.environ, "LANG": "en_GB.UTF-8", "LANGUAGE": "", "LC_ALL": "", "PYTHONUTF8": "1"}
    shown = subprocess.check_output(command, cwd=CHECKOUT, env=english, encoding="utf-8")
    lines = "\n".join(line.rstrip() for line in shown.strip().splitlines())
    readme = CHECKOUT / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_BLOCK.sub(rf"\1```text\n{lines}\n```\n\3", text), encoding="utf-8")


if __name__ == "__main__":
    main()
