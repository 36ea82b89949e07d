"""Every example of every rule file that stands for itself; those of quantities have a test of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.rules import failing_examples, load_rules

FOLDER = default_model()
FILES = [
    path
    for path in sorted((FOLDER / "rules").glob("*.toml"))
    if not path.name.startswith("quantities") and "[[rule]]" in path.read_text(encoding="utf-8")
]


def first_column(path: Path) -> list[str]:
    return [next(iter(row.values())) for row in read_codelist(path)]


def test_there_are_rule_files() -> None:
    assert len(FILES) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_example_of_a_rule_file_holds(path: Path) -> None:
    codelists = {each.stem: first_column(each) for each in (FOLDER / "codelists").glob("*.tsv")}
    rules = load_rules(path, codelists)
    assert rules.rules
    assert failing_examples(rules) == []
