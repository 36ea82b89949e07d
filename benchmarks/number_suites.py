"""Outside suites of numbers and money against the extractor, and why each case that fails fails.

    python benchmarks/number_suites.py [--data FOLDER]

Reads ``cases/*.jsonl`` of the reference data (``EXTRACTOR_DATA``), runs the pipeline on every text, and
counts an expected value as found when a statistic that overlaps it carries it.  ``number_cases.tsv`` gives
the reason for every case that is not found: where our definition of a statistic is another than the
suite's, ``extractor.text.numerals`` must still read the number, and the run says so when it does not.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractor.api import extract
from extractor.records import Statistic
from extractor.text.codelists import read_codelist
from extractor.text.numerals import parse_number

SUITES = {
    "cn2an_number": 0.90,
    "nzh": 0.90,
    "rt_number_numbermodel": 0.75,
    "rt_number_percentmodel": 0.90,
    "rt_numberwithunit_currencymodel": 0.85,
}
REASONS = Path(__file__).with_name("number_cases.tsv")
NOT_OURS = "bare"  # the reason under which the numeral itself must be read


class Miss(NamedTuple):
    """An expected value that no statistic carries: the case's place in its suite, and what was expected."""

    suite: str
    case: int
    text: str
    value: float


def cases(path: Path) -> list[dict[str, Any]]:
    """The cases of a suite that expect something."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["mode"] != "equivalent" and row["expect"]]


def misses(suite: str, rows: list[dict[str, Any]]) -> Iterator[Miss]:
    """The expected values of a suite that are not found."""
    found = extract([row["text"] for row in rows]).records
    for number, (row, records) in enumerate(zip(rows, found, strict=True)):
        for expect in row["expect"]:
            if not any(_carries(statistic, expect) for statistic in records.statistics):
                yield Miss(suite, number, expect["text"], expect.get("value") or math.nan)


def _carries(statistic: Statistic, expect: dict[str, Any]) -> bool:
    if statistic.start >= expect["end"] or expect["start"] >= statistic.end:
        return False
    if expect.get("value") is None:
        bounds = ((statistic.low, expect.get("low")), (statistic.high, expect.get("high")))
        return all(wanted is None or _same(got, wanted) for got, wanted in bounds)
    return _same(statistic.value, expect["value"])


def _same(got: Any, wanted: float) -> bool:
    return got is not None and math.isclose(float(got), float(wanted), rel_tol=1e-9)


def main() -> int:
    """Print the share of every suite and the misses without a reason; 1 when a goal is not met."""
    parser = argparse.ArgumentParser(description="Outside suites of numbers and money")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("EXTRACTOR_DATA", "../shared")))
    folder = parser.parse_args().data / "cases"
    reasons = {(row["suite"], row["case"]): row["reason"] for row in read_codelist(REASONS)}
    failed = False
    for suite, goal in SUITES.items():
        rows = cases(folder / f"{suite}.jsonl")
        missed = list(misses(suite, rows))
        total = sum(len(row["expect"]) for row in rows)
        share = 1 - len(missed) / total
        failed |= share < goal
        kinds = Counter(reasons.get((suite, str(miss.case)), "no reason given") for miss in missed)
        print(f"{suite}: {total - len(missed)} of {total} ({share:.1%}, goal {goal:.0%}); {dict(kinds)}")
        for miss in missed:
            _tell(miss, reasons.get((suite, str(miss.case)), ""))
    return int(failed)


def _tell(miss: Miss, reason: str) -> None:
    if not reason:
        print(f"  {miss.suite} {miss.case}: {miss.text} is not found and has no reason in {REASONS.name}")
    if reason == NOT_OURS and not _same(parse_number(miss.text), miss.value):
        print(f"  {miss.suite} {miss.case}: {miss.text} is a bare number that numerals do not read")


if __name__ == "__main__":
    sys.exit(main())
