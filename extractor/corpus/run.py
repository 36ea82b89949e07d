"""An analysis over many texts: in this process or in several, results in the order of the texts.

One text that breaks never stops the others: it comes back as a failed document with its reason, even
when it takes its process down.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import TypeAlias

from extractor.corpus.sources import SourceText
from extractor.corpus.workers import Workers
from extractor.errors import ExtractorError, InputError
from extractor.records import DocumentInfo, DocumentRecords

Analyse: TypeAlias = Callable[[SourceText], DocumentRecords]
Prepare: TypeAlias = Callable[[], Analyse]
Input: TypeAlias = SourceText | InputError

_LOG = logging.getLogger(__name__)


def run(inputs: Iterable[Input], prepare: Prepare, *, workers: int = 1) -> Iterator[DocumentRecords]:
    """The records of every input, in the order of the inputs, each as soon as it is its turn.

    ``prepare`` loads what the analysis needs and returns it; with ``workers`` above 1 it is called once
    in each process and must be picklable (a function of a module, or a partial of one).  An InputError
    among the inputs, and a text whose analysis fails, give a document with status "failed" and nothing
    else.  A text that was there before has ``duplicate_of``, the id of the first.
    """
    results = _alone(inputs, prepare) if workers <= 1 else _together(inputs, prepare, workers)
    return _settled(results)


def analysed(analyse: Analyse, source: Input) -> DocumentRecords:
    """The records of one input, or the failed document that tells why there are none."""
    if isinstance(source, InputError):
        return failed(source.path, source.path, str(source))
    try:
        return analyse(source)
    except ExtractorError as error:
        return failed(source.doc_id, source.path, str(error), source)
    except Exception as error:  # the worker boundary: whatever one text does, the others go on
        _LOG.debug("%s could not be analysed", source.doc_id, exc_info=True)
        return failed(source.doc_id, source.path, f"{source.doc_id}: {_reason(error)}", source)


def _reason(error: BaseException) -> str:
    """What went wrong, on one line; of an error that wraps another, the one that was first."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(f"{type(error).__name__}: {error}".split())


def failed(doc_id: str, path: str, error: str, source: SourceText | None = None) -> DocumentRecords:
    """A document that gave nothing, and why."""
    info = DocumentInfo(doc_id=doc_id, path=path, status="failed", error=error)
    if source is not None:
        info = replace(info, extra=source.extra, text=source.text, characters=len(source.text))
    return DocumentRecords(document=info)


def _alone(inputs: Iterable[Input], prepare: Prepare) -> Iterator[DocumentRecords]:
    analyse: Analyse | None = None
    for source in inputs:
        if analyse is None and not isinstance(source, InputError):
            analyse = prepare()
        yield analysed(analyse or _never, source)


def _never(source: SourceText) -> DocumentRecords:
    raise AssertionError(f"{source.doc_id} came before the analysis was ready")


def _together(inputs: Iterable[Input], prepare: Prepare, workers: int) -> Iterator[DocumentRecords]:
    with Workers(prepare, analysed, workers) as pool:
        yield from pool.results(inputs, _crashed)


def _crashed(source: Input) -> DocumentRecords:
    if isinstance(source, InputError):
        return failed(source.path, source.path, str(source))
    reason = f"{source.doc_id}: the process that analysed it died (out of memory?)"
    return failed(source.doc_id, source.path, reason, source)


def _settled(results: Iterable[DocumentRecords]) -> Iterator[DocumentRecords]:
    """Duplicates named, and inputs that failed given an id each.

    Texts are compared by a hash of 128 bits: a run keeps 16 bytes and an id of every text in memory.
    """
    first: dict[bytes, str] = {}
    faults: Counter[str] = Counter()
    for records in results:
        info = records.document
        if info.text:
            key = blake2b(info.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            original = first.setdefault(key, info.doc_id)
            settled = info if original == info.doc_id else replace(info, duplicate_of=original)
        else:
            faults[info.doc_id] += 1
            number = faults[info.doc_id]
            settled = info if number == 1 else replace(info, doc_id=f"{info.doc_id}#{number}")
        yield records if settled is info else replace(records, document=settled)
