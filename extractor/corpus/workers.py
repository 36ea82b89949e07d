"""Processes of our own that load the model once, take chunks of texts and return records.

spaCy's own ``n_process`` sends Docs through pipes and loses a failed document silently; here records
travel, a process that dies costs one document, and results come in the order of the inputs.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

from extractor.errors import ExtractorError, ModelError

Analyse = TypeVar("Analyse")
Input = TypeVar("Input")
Result = TypeVar("Result")

# Texts a chunk: few enough that processes end together, enough that a message costs little (articles of
# about 1,000 characters take some milliseconds each).
_CHUNK = 16
# How many chunks may be done ahead of the one whose turn it is, for each process.
_AHEAD = 4


class Workers(Generic[Analyse, Input, Result]):
    """A number of processes; a context manager that ends them whatever happens."""

    def __init__(
        self, prepare: Callable[[], Analyse], analysed: Callable[[Analyse, Input], Result], number: int
    ) -> None:
        self._prepare, self._analysed = prepare, analysed
        self._context = multiprocessing.get_context("spawn")
        self._number = number
        self._running: dict[Connection, BaseProcess] = {}
        self._doing: dict[Connection, tuple[int, list[Input]]] = {}

    def __enter__(self) -> Workers[Analyse, Input, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection, process in self._running.items():
            process.terminate()
            process.join()
            connection.close()
        self._running.clear()

    def results(self, inputs: Iterable[Input], crashed: Callable[[Input], Result]) -> Iterator[Result]:
        """A result for each input, in order; ``crashed`` gives the one of an input that kills its process."""
        chunks = enumerate(_chunks(inputs))
        done: dict[int, Sequence[Result]] = {}
        turn, more = 0, True
        while more or self._doing or done:
            while more and self._room(turn, len(done)):
                more = self._give(next(chunks, None))
            if self._doing and turn not in done:
                done |= self._received(crashed)
            while turn in done:
                yield from done.pop(turn)
                turn += 1

    def _room(self, turn: int, waiting: int) -> bool:
        ahead = waiting + len(self._doing) < self._number * _AHEAD
        return ahead and len(self._doing) < self._number

    def _give(self, chunk: tuple[int, list[Input]] | None) -> bool:
        if chunk is None:
            return False
        connection = next((c for c in self._running if c not in self._doing), None) or self._started()
        self._doing[connection] = chunk
        self._send(connection, chunk[1])
        return True

    @staticmethod
    def _send(connection: Connection, chunk: list[Input]) -> None:
        """Hand a chunk over; a process that is dead already is noticed when its answer is read."""
        with suppress(OSError):
            connection.send(chunk)

    def _started(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._prepare, self._analysed), daemon=True
        )
        process.start()
        theirs.close()
        self._running[ours] = process
        return ours

    def _received(self, crashed: Callable[[Input], Result]) -> dict[int, Sequence[Result]]:
        found: dict[int, Sequence[Result]] = {}
        for ready in wait(list(self._doing)):
            connection = next(c for c in self._doing if c is ready)
            number, chunk = self._doing.pop(connection)
            results = self._answer(connection)
            found[number] = self._singly(chunk, crashed) if results is None else results
        return found

    def _answer(self, connection: Connection) -> list[Result] | None:
        """What the process sends back; None when it died.  An error of its preparation is raised here."""
        try:
            answer = connection.recv()
        except (EOFError, OSError):
            self._running.pop(connection).join()
            connection.close()
            return None
        if isinstance(answer, ExtractorError):
            raise answer
        results: list[Result] = answer
        return results

    def _singly(self, chunk: list[Input], crashed: Callable[[Input], Result]) -> list[Result]:
        """Each input of a chunk that killed its process, by itself, so that only the guilty one is lost."""
        results: list[Result] = []
        connection = self._started()
        for source in chunk:
            if connection not in self._running:
                connection = self._started()
            self._send(connection, [source])
            results += self._answer(connection) or [crashed(source)]
        return results


def _chunks(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    waiting = iter(inputs)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _unforeseen(error: Exception) -> ModelError:
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return ModelError(f"the model cannot be loaded: {reason}; install extractor again")


def _work(
    connection: Connection, prepare: Callable[[], Analyse], analysed: Callable[[Analyse, Input], Result]
) -> None:
    """The life of a process: prepare, then a chunk in, its results out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt goes to the parent, which ends us
    try:
        analyse = prepare()
    except Exception as error:  # a fault of loading is the run's, and the parent must hear of it
        connection.recv()
        connection.send(error if isinstance(error, ExtractorError) else _unforeseen(error))
        return
    while True:
        try:
            chunk = connection.recv()
        except EOFError:
            return
        connection.send([analysed(analyse, source) for source in chunk])
