"""Places: load, memory and scan of the divisions beside other tools, precision of mentions, codes.

    python benchmarks/places.py [speed] [precision] [cases]

Without a word all three parts run.  Reference data lie in ``EXTRACTOR_DATA`` (default: ``shared`` beside the
checkout).  ``pyahocorasick`` and ``cpca`` are measured where they are installed.  ``precision`` compares the
pipeline with ``division_verdicts.tsv``: 200 hits of ``Divisions.find`` a level, each read in its context;
kept: the pipeline has a place with exactly that span, nested ones too.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractor.extraction import Extractor
from extractor.lexicon.divisions import Divisions, level_of, load_divisions
from extractor.paths import default_model
from extractor.pipeline import load
from extractor.records import DocumentRecords
from extractor.text.document import read_document
from extractor.text.script import to_shadow

HERE = Path(__file__).parent
DATA = Path(os.environ.get("EXTRACTOR_DATA") or HERE.parents[1] / "shared")
RAW = DATA / "corpora" / "raw"
CASES = DATA / "cases" / "jionlp_location_parser.jsonl"
LEVELS = ("province", "city", "county", "town", "village")
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
# Cases that are not met, and why; the others must be.
KNOWN = {
    "location_parser#22": "reads the peninsula 九龙半岛 as the district 九龙城区",
    "location_parser#32": "puts 屏东县 a level lower than ISO 3166-2 does",
}


class Verdict(NamedTuple):
    """A line of ``division_verdicts.tsv``."""

    corpus: str
    document: int
    start: int
    end: int
    level: str
    verdict: str
    code: str


def main(parts: list[str]) -> None:
    """Run the parts that are named."""
    for name, part in (("speed", speed), ("precision", precision), ("cases", cases)):
        if not parts or name in parts:
            part()


def raw_texts(corpus: str) -> list[str]:
    """The texts of one corpus in the order of its lines."""
    with (RAW / f"{corpus}.jsonl").open(encoding="utf-8") as lines:
        return [row["text"] for row in map(json.loads, lines)]


def speed() -> None:
    """Load time, memory and characters a second, each tool in a process of its own."""
    for tool in ("divisions", "pyahocorasick", "cpca"):
        module = {"pyahocorasick": "ahocorasick", "divisions": "marisa_trie"}.get(tool, tool)
        if importlib.util.find_spec(module) is None:
            print(f"{tool}: not installed")
            continue
        subprocess.run([sys.executable, __file__, "--tool", tool], check=True)


def measure(tool: str) -> None:
    """One line about one tool: seconds of CPU to load, memory that it adds, speed of its search."""
    text = to_shadow(
        "\n".join(text for name in ("government-reports", "news-emergencies") for text in raw_texts(name))
    )
    names = every_name() if tool == "pyahocorasick" else []
    before, began, wall = memory(), time.process_time(), time.perf_counter()
    search = {"divisions": divisions_search, "pyahocorasick": automaton_search, "cpca": cpca_search}[tool](
        names
    )
    spent, waited, held = time.process_time() - began, time.perf_counter() - wall, memory() - before
    sample = text if tool != "cpca" else text[:20_000]
    began = time.process_time()
    found = search(sample)
    rate = len(sample) / (time.process_time() - began)
    print(
        f"{tool}: load {spent * 1000:.0f} ms CPU ({waited * 1000:.0f} ms), {held:.0f} MB,"
        f" {rate / 1e6:.2f} M chars/s, {found} hits in {len(sample)} characters"
    )


def memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def every_name() -> list[str]:
    """All names of the divisions, each as it is written."""
    import marisa_trie

    trie = marisa_trie.Trie()
    trie.load(str(default_model() / "divisions" / "names.marisa"))
    return [name[::-1] for name in trie]


def divisions_search(names: list[str]) -> Callable[[str], int]:
    """Ours."""
    divisions = load_divisions(default_model())
    return lambda text: len(divisions.find(text))


def automaton_search(names: list[str]) -> Callable[[str], int]:
    """All names in one automaton, without codes."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, name in enumerate(names):
        automaton.add_word(name, number)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(text))


def cpca_search(names: list[str]) -> Callable[[str], int]:
    """Provinces, cities and counties only; one address a line."""
    import cpca

    cpca.transform(["北京市"])
    return lambda text: len(cpca.transform(text.splitlines()).dropna(subset=["adcode"]))


def verdicts() -> list[Verdict]:
    """The lines of the file."""
    lines = (HERE / "division_verdicts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Verdict(one[0], int(one[1]), int(one[2]), int(one[3]), *one[4:7]) for one in cells]


def precision() -> None:
    """How many of the hits that are kept are places, how many places are kept, how many codes are right."""
    rows, extractor = verdicts(), Extractor(load())
    found: dict[tuple[str, int], dict[tuple[int, int], str]] = {}
    for corpus in sorted({row.corpus for row in rows}):
        texts = raw_texts(corpus)
        for document in sorted({row.document for row in rows if row.corpus == corpus}):
            records = extractor.extract_document(read_document(texts[document], everything=True))
            found[corpus, document] = places(records)
    for level in LEVELS:
        print(line(level, [row for row in rows if row.level == level], found))


def places(records: DocumentRecords) -> dict[tuple[int, int], str]:
    """The spans of places with their codes."""
    codes = {one.entity_id: one.code for one in records.entities}
    return {(one.start, one.end): codes[one.entity_id] for one in records.mentions if one.label == "LOC"}


def line(level: str, rows: list[Verdict], found: dict[tuple[str, int], dict[tuple[int, int], str]]) -> str:
    """The figures of one level."""
    counts: Counter[str] = Counter()
    for row in rows:
        code = found[row.corpus, row.document].get((row.start, row.end))
        counts[row.verdict] += 1
        if code is not None:
            counts[f"kept {row.verdict}"] += 1
        if code and row.verdict == "place":
            counts["coded"] += 1
            counts["right"] += code == row.code
    kept, coded = counts["kept place"] + counts["kept no"], max(counts["coded"], 1)
    return (
        f"{level}: {len(rows)} hits, {counts['place']} places; precision {counts['kept place'] / kept:.3f}"
        f" of {kept}, kept {counts['kept place'] / counts['place']:.3f};"
        f" codes {counts['right'] / coded:.3f} of {counts['coded']}"
    )


def cases() -> None:
    """JioNLP's addresses: province, city and county; every other one with the reason."""
    divisions, extractor = load_divisions(default_model()), Extractor(load())
    rows = [json.loads(row) for row in CASES.read_text(encoding="utf-8").splitlines()]
    right = 0
    for row in rows:
        wanted = row["expect"][0]["value"]
        records = extractor.extract_document(read_document(row["text"], everything=True))
        got = address(records, divisions)
        if all(agree(wanted[level], got.get(level, ""), records) for level in LEVELS[:3]):
            right += 1
            continue
        expected = "/".join(str(wanted[level] or "-") for level in LEVELS[:3])
        given = "/".join(got.get(level, "-") for level in LEVELS[:3])
        reason = KNOWN.get(row["id"], "NOT EXPLAINED")
        print(f"{row['id']} {row['text']}: {given}, expected {expected}: {reason}")
    print(f"cases: {right} of {len(rows)}")


def address(records: DocumentRecords, divisions: Divisions) -> dict[str, str]:
    """The names from the top that the lowest place with a code gives; a municipality is its own city."""
    coded = [one.code for one in records.entities if one.label == "LOC" and level_of(one.code)]
    if not coded:
        return dict(open_levels(records, divisions))
    lowest = max(coded, key=lambda code: len(divisions.around(code)))
    got: dict[str, str] = {}
    for code in (*divisions.around(lowest), lowest):
        got[level_of(code)] = divisions.name(code)
        if code in MUNICIPALITIES:
            got["city"] = divisions.name(code)
    return got


def open_levels(records: DocumentRecords, divisions: Divisions) -> Iterator[tuple[str, str]]:
    """The name of a place that may be one of several, where all have one level (西湖区)."""
    for one in records.entities:
        levels = {level_of(code) for code in one.candidates}
        if one.label == "LOC" and len(levels) == 1:
            yield levels.pop(), divisions.name(one.candidates[0])


def agree(wanted: Any, got: str, records: DocumentRecords) -> bool:
    """Whether a name is the one that is wanted; where none is wanted because no list was asked, any will do.

    秦皇岛市经济技术开发区 is 经济技术开发区; a county that the village in the text implies is no error.
    """
    if not wanted:
        return not got or any(one.kind == "village" for one in records.entities)
    return got == wanted or got.endswith(wanted)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tool"]:
        measure(sys.argv[2])
    else:
        main(sys.argv[1:])
