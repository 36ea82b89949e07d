"""Text → records: what a run needs to know, and the analysis it gives to every text."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.corpus.run import Analyse
from extractor.corpus.sources import Reading, SourceText
from extractor.paths import default_model
from extractor.records import DocumentRecords
from extractor.text.document import Document, read_document

if TYPE_CHECKING:
    from extractor.columns import Headers
    from extractor.extraction import Extractor


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What decides the records of a text, besides the text.

    ``model`` and ``lexicon`` are folders, None for the shipped pipeline and for no dictionaries of the
    user's own; ``everything`` reads the whole page instead of headline and body.
    """

    model: Path | None = None
    lexicon: Path | None = None
    everything: bool = False


def prepare(settings: Settings) -> Analyse:
    """Load the pipeline; returns the analysis of one text. Raises ModelError, LexiconError, RuleError."""
    extractor = make_extractor(settings)

    def analyse(source: SourceText) -> DocumentRecords:
        document = to_document(source, everything=settings.everything)
        with extractor.room():
            return extractor.extract_document(document)

    return analyse


def make_extractor(settings: Settings) -> Extractor:
    """The pipeline of ``settings``, ready for documents."""
    from extractor.extraction import Extractor
    from extractor.pipeline import load

    return Extractor(load(settings.model, lexicon=settings.lexicon))


def to_document(source: SourceText, *, everything: bool = False) -> Document:
    """A text as a Document; what the file says about it counts where the text itself is silent."""
    return read_document(
        source.text,
        doc_id=source.doc_id,
        path=source.path,
        meta=source.meta,
        extra=source.extra,
        everything=everything,
    )


def about(settings: Settings, reading: Reading | None = None, headers: Headers = "en") -> dict[str, object]:
    """What made an output: versions, model, dictionaries, settings, date.

    ``encoding``, ``text_column`` and ``id_column`` are "" where they were found out.
    """
    model, read = settings.model or default_model(), reading or Reading()
    made: dict[str, object] = {
        "extractor": version("extractor"),
        "python": platform.python_version(),
        "segmenter": _segmenter(),
        "spacy": version("spacy"),
        "model": {"name": model.name, "version": _model_version(model), "data": fingerprint(model)},
        "everything": settings.everything,
        "headers": headers,
        "encoding": read.encoding,
        "text_column": read.text_column,
        "id_column": read.id_column,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    if settings.lexicon:
        made["lexicon"] = {"folder": str(settings.lexicon), "files": _files(settings.lexicon)}
    return made


def _segmenter() -> str:
    """The engine that cuts words: rjieba, or jieba where it has no wheel."""
    try:
        return f"rjieba {version('rjieba')}"
    except PackageNotFoundError:
        return f"jieba {version('jieba')}"


def _model_version(model: Path) -> str:
    meta = model / "meta.json"
    return str(json.loads(meta.read_text(encoding="utf-8"))["version"]) if meta.is_file() else ""


def fingerprint(folder: Path) -> str:
    """A short name of the contents of a folder: the same for the same files on every machine."""
    digest = sha256()
    for name, own in _files(folder).items():
        digest.update(f"{name} {own}\n".encode())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Mapping[str, str]:
    """Each file below ``folder`` with the start of its hash."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    names = [(path.relative_to(folder).as_posix(), path) for path in paths]
    return {name: sha256(path.read_bytes()).hexdigest()[:12] for name, path in names}
