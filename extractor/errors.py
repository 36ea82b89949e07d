"""What can go wrong, as a tree.

- ExtractorError: anything we foresee; its text is one line that a user can act on
    - InputError: a file or text that cannot be read: says which, why, and what to do
    - OutputError: a place that cannot be written
        - OutputExistsError: a place that already holds something that may be replaced
    - LexiconError: a dictionary with a fault: file, line, value
    - RuleError: a rule file with a fault: file, rule, what is wrong
    - ModelError: a model folder that is missing, foreign or of another version
"""

from __future__ import annotations

from pathlib import Path


class ExtractorError(Exception):
    """Base of every error that extractor raises on purpose; ``str(error)`` is one line for the user."""


class InputError(ExtractorError):
    """A source that cannot be read.

    ``path`` names it ("-" for standard input), ``problem`` says what is wrong, ``remedy`` what to do.
    """

    def __init__(self, path: str | Path, problem: str, remedy: str = "") -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(f"{self.path}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Pickle by the three parts, so that worker processes can hand the error on."""
        return type(self), (self.path, self.problem, self.remedy)


class OutputError(ExtractorError):
    """A place that cannot be written, or that holds what is not ours."""


class OutputExistsError(OutputError):
    """A place that already holds an output, which is replaced only on demand; ``place`` names it."""

    def __init__(self, place: str | Path) -> None:
        self.place = str(place)
        super().__init__(f"{place}: exists already; choose another name, or force=True to replace it")

    def __reduce__(self) -> tuple[type[OutputExistsError], tuple[str]]:
        """Pickle by the place."""
        return type(self), (self.place,)


class LexiconError(ExtractorError):
    """A dictionary file with a fault; the text names file, line and value."""


class RuleError(ExtractorError):
    """A rule or codelist file with a fault; the text names file, rule and what is wrong."""


class ModelError(ExtractorError):
    """A model folder that is missing, foreign or of another version."""
