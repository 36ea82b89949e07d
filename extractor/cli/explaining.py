"""What ``extractor explain`` shows: each number of a text, what it was taken for, or why it was left out."""

from __future__ import annotations

from pathlib import Path

from extractor.cli.language import say
from extractor.cli.terminal import cell_word, make_console, small_table, value_text
from extractor.corpus.analysis import Settings, make_extractor, to_document
from extractor.corpus.sources import SourceText
from extractor.explanation import Explanation, explain


def explain_text(text: str, lexicon: Path | None) -> int:
    """Print the numbers of ``text`` that count, then those that do not; returns the exit status."""
    document = to_document(SourceText(doc_id="text", path="", text=text), everything=True)
    found = explain(make_extractor(Settings(lexicon=lexicon, everything=True)), document)
    console = make_console()
    if not found:
        console.print(say("none_found"))
    taken = [one for one in found if one.statistic is not None]
    if taken:
        headers = [say(name) for name in ("number", "meaning", "rule", "place")]
        console.print(small_table(say("number_found"), headers, map(_taken, taken)))
    left = [one for one in found if one.statistic is None]
    if left:
        headers = [say(name) for name in ("number", "reason", "rule", "place")]
        console.print(small_table(say("number_left_out"), headers, map(_left, left)))
    return 0


def _taken(one: Explanation) -> tuple[str, ...]:
    statistic = one.statistic
    assert statistic is not None
    meaning = (
        f"{value_text(statistic)} {statistic.unit}".strip(),
        cell_word("category", statistic.category),
        statistic.item,
        statistic.subject,
        cell_word("direction", statistic.direction),
        statistic.time_period,
        "" if statistic.status == "normal" else cell_word("status", statistic.status),
    )
    return one.text, " · ".join(filter(None, meaning)), one.rule, f"{one.start}–{one.end}"


def _left(one: Explanation) -> tuple[str, ...]:
    return one.text, say(f"fate_{one.fate}", name=one.name), one.rule, f"{one.start}–{one.end}"
