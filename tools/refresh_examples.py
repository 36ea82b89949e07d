"""Show in README and notebooks what the program gives now: python tools/refresh_examples.py."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

CHECKOUT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- output -->\n)(.*?)(<!-- end of output -->)", re.DOTALL)
_VOLATILE = ("execution", "widgets")  # metadata that differs from run to run


def main() -> None:
    """Rewrite the output in the README and the outputs of every notebook."""
    _refresh_readme(CHECKOUT / "README.md")
    for notebook in sorted((CHECKOUT / "notebooks").glob("*.ipynb")):
        _refresh_notebook(notebook)


def readme_output() -> str:
    """What the command of the README shows, under an English locale, without a terminal."""
    command = [sys.executable, "-m", "extractor", "extract", "samples/community.txt"]
    english = {**os.environ, "LANG": "en_GB.UTF-8", "LANGUAGE": "", "LC_ALL": "", "PYTHONUTF8": "1"}
    return subprocess.check_output(command, cwd=CHECKOUT, env=english, encoding="utf-8").strip()


def _refresh_readme(readme: Path) -> None:
    block = f"```text\n{readme_output()}\n```\n"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_BLOCK.sub(lambda found: found[1] + block + found[3], text), encoding="utf-8")


def _refresh_notebook(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    for cell in notebook.cells:
        for name in _VOLATILE:
            cell.metadata.pop(name, None)
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
