"""extractor turns Chinese articles into tables.

    >>> import extractor
    >>> result = extractor.extract("迎新社区下辖60个小区、5500户居民。")
    >>> result.statistics[["text", "value", "unit", "item", "subject"]]

``extract`` returns an ``Extraction`` with the tables ``documents``, ``mentions``, ``entities``, ``roles``
and ``statistics``; ``load`` returns the spaCy pipeline behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.api import Extraction, extract, load
    from extractor.errors import (
        ExtractorError,
        InputError,
        LexiconError,
        ModelError,
        OutputError,
        RuleError,
    )
    from extractor.records import DocumentInfo, DocumentRecords, Entity, Mention, Role, Statistic
    from extractor.text.document import Document, read_document

    __version__: str

__all__ = [
    "Document",
    "DocumentInfo",
    "DocumentRecords",
    "Entity",
    "Extraction",
    "ExtractorError",
    "InputError",
    "LexiconError",
    "Mention",
    "ModelError",
    "OutputError",
    "Role",
    "RuleError",
    "Statistic",
    "__version__",
    "extract",
    "load",
    "read_document",
]

_HOMES = {
    "extractor.api": ("Extraction", "extract", "load"),
    "extractor.errors": (
        "ExtractorError",
        "InputError",
        "LexiconError",
        "ModelError",
        "OutputError",
        "RuleError",
    ),
    "extractor.records": ("DocumentInfo", "DocumentRecords", "Entity", "Mention", "Role", "Statistic"),
    "extractor.text.document": ("Document", "read_document"),
}


def __getattr__(name: str) -> object:
    """Import what a public name stands for when it is first used: ``import extractor`` alone is cheap."""
    from importlib import import_module
    from importlib.metadata import version

    if name == "__version__":
        return version("extractor")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
