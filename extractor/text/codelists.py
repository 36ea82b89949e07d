"""Codelists: tab-separated word lists with a header, comment lines from # on."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import RuleError


def read_codelist(path: Path) -> list[dict[str, str]]:
    """The rows of a codelist, column name → cell (cells that a line leaves out are "").

    Raises RuleError, which names file and line, when the file cannot be read, has no header, or a line
    has more cells than the header.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read as UTF-8 ({error}); check the file") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise RuleError(f"{path}: is empty; the first line names the columns")
    header = numbered[0][1].split("\t")
    return [_row(path, number, line, header) for number, line in numbered[1:]]


def _row(path: Path, number: int, line: str, header: list[str]) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) > len(header):
        raise RuleError(
            f"{path}, line {number}: {len(cells)} cells under {len(header)} columns; see the header"
        )
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
