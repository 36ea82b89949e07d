"""What notebooks and scripts use: ``extract()`` and the ``Extraction`` it returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from io import IOBase
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from extractor.corpus.analysis import Settings, about, make_extractor, to_document
from extractor.corpus.reading import read_inputs
from extractor.corpus.sources import Reading, SourceText
from extractor.errors import InputError
from extractor.pipeline import load
from extractor.records import DocumentRecords
from extractor.text.document import Document

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc

    from extractor.columns import Headers
    from extractor.extraction import Extractor

__all__ = ["Extraction", "Text", "extract", "load"]

Text: TypeAlias = str | Path | Document

_SHOWN = 20  # documents in the view of a notebook cell
_NO_COLLECTION = (bytes, bytearray, memoryview, IOBase, Mapping, set, frozenset)  # not texts in an order
_TAKEN = "extract() takes a text (str), a file or folder (Path), a Document, or several of them in a list"


def extract(
    text: Text | Iterable[Text],
    *,
    model: str | Path | None = None,
    lexicon: str | Path | None = None,
    everything: bool = False,
    encoding: str | None = None,
) -> Extraction:
    """Take organisations, people, places, titles and figures out of texts.

    A ``str`` is always a text, a ``Path`` always a file (or a folder of files, or a file of many texts),
    a ``Document`` is taken as it is.  Texts get the ids "1", "2", …, files the path without suffix.
    ``lexicon`` is a folder of dictionaries of your own, ``model`` another pipeline than the shipped one;
    ``everything`` reads the whole page instead of headline and body; ``encoding`` forces that of files.

    Raises TypeError for anything else, InputError for a file that cannot be read, LexiconError, RuleError
    and ModelError for faulty dictionaries, rules and models.
    """
    settings = Settings(model=_path(model), lexicon=_path(lexicon), everything=everything)
    reading = Reading(encoding=encoding or "")
    return Extraction(list(_documents(_texts(text), reading, settings)), settings, reading)


class Extraction:
    """The records of one or more documents, and their tables.

    Everything is computed when it is first asked for and then kept.  ``documents``, ``mentions``,
    ``entities``, ``roles`` and ``statistics`` are DataFrames whose columns and dtypes never depend on
    what was found; ``records`` holds the same as typed, exact records, one ``DocumentRecords`` a document.
    """

    def __init__(self, texts: Sequence[Document], settings: Settings, reading: Reading | None = None) -> None:
        self._texts = texts
        self._settings = settings
        self._reading = reading or Reading()

    @cached_property
    def records(self) -> list[DocumentRecords]:
        """The records of each document, in the order of the texts."""
        return [self._extractor.extract_document(document) for document in self._texts]

    @cached_property
    def docs(self) -> list[Doc]:
        """The spaCy Docs, whose text is that of the documents with noise cut out (``Document.text``)."""
        return [self._extractor.analyse(document) for document in self._texts]

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return self.frame("documents")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row a place where an entity is named; offsets are code points into ``documents.text``."""
        return self.frame("mentions")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row an entity over all documents: mentions summed, documents counted."""
        return self.frame("entities")

    @cached_property
    def roles(self) -> pd.DataFrame:
        """One row a title of a person."""
        return self.frame("roles")

    @cached_property
    def statistics(self) -> pd.DataFrame:
        """One row a figure; values in plain units (22000, 12.5 for 12.5 %)."""
        return self.frame("statistics")

    def frame(self, table: str, headers: Headers = "en") -> pd.DataFrame:
        """One of the five tables, with English or Chinese column names ("zh")."""
        from extractor.tables import frame

        return frame(self.records, table, headers)

    def to_csv(self, folder: str | Path, *, force: bool = False, headers: Headers = "en") -> Path:
        """Write a folder of CSV files, one a table, and ``run.json``, which says what made them."""
        return self._write(folder, "csv", force, headers)

    def to_excel(self, file: str | Path, *, force: bool = False, headers: Headers = "en") -> Path:
        """Write one workbook, a sheet a table."""
        return self._write(file, "xlsx", force, headers)

    def to_parquet(self, folder: str | Path, *, force: bool = False) -> Path:
        """Write a folder of Parquet files, one a table."""
        return self._write(folder, "parquet", force)

    def to_jsonl(self, file: str | Path, *, force: bool = False) -> Path:
        """Write the machine output: JSON Lines, one document a line."""
        return self._write(file, "jsonl", force)

    def to_sqlite(self, file: str | Path, *, force: bool = False) -> Path:
        """Write a SQLite database, a table a table."""
        return self._write(file, "sqlite", force)

    def to_sdmx(self, file: str | Path, *, force: bool = False) -> Path:
        """Write the statistics as SDMX-CSV."""
        return self._write(file, "sdmx-csv", force)

    def to_html(self, file: str | Path, *, force: bool = False, headers: Headers = "en") -> Path:
        """Write one page: every text with its mentions and figures marked, and its tables."""
        return self._write(file, "html", force, headers)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._texts)

    def __repr__(self) -> str:
        """Counts of what was found."""
        counts = {
            name: sum(len(getattr(r, name)) for r in self.records)
            for name in ("mentions", "roles", "statistics")
        }
        found = ", ".join(_counted(count, name) for name, count in counts.items())
        return f"<Extraction: {_counted(len(self), 'documents')}, {found}>"

    def _repr_html_(self) -> str:
        """The view in a notebook: marked text and tables."""
        from extractor.writing.output import Output
        from extractor.writing.report import view

        return view(self.records, Output(), most=_SHOWN)

    @cached_property
    def _extractor(self) -> Extractor:
        settings = self._settings
        return _loaded(settings.model, settings.lexicon, _state(settings.model), _state(settings.lexicon))

    def _write(self, place: str | Path, format: str, force: bool, headers: Headers = "en") -> Path:  # noqa: A002
        """Write and say where; raises OutputError when the place holds something (unless ``force``)."""
        from extractor.writing import write

        target = Path(place)
        made_by = about(self._settings, self._reading, headers)
        write(self.records, target, format=format, force=force, headers=headers, about=made_by)
        return target


@lru_cache(maxsize=4)
def _loaded(model: Path | None, lexicon: Path | None, *states: object) -> Extractor:
    """The pipeline, kept between calls; ``states`` tell one version of the folders from the next."""
    return make_extractor(Settings(model=model, lexicon=lexicon))


def _state(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the files of a folder."""
    if folder is None:
        return ()
    files = ((path.as_posix(), path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


def _path(place: str | Path | None) -> Path | None:
    return Path(place) if place is not None else None


def _texts(given: object) -> list[Text]:
    """The texts that were given, one or many; raises TypeError for what is none."""
    if isinstance(given, str | Path | Document):
        return [given]
    if not isinstance(given, Iterable) or isinstance(given, _NO_COLLECTION) or _is_other(given):
        raise TypeError(f"{_TAKEN}, not {type(given).__name__}")
    texts: list[Text] = []
    for number, text in enumerate(given, 1):
        if not isinstance(text, str | Path | Document):
            raise TypeError(f"{_TAKEN}; number {number} is {type(text).__name__} ({text!r:.40})")
        texts.append(text)
    return texts


def _is_other(given: object) -> bool:
    """Whether it gives tokens or the names of columns, one by one, instead of texts."""
    import pandas as pd
    from spacy.tokens import Doc, Span

    return isinstance(given, Doc | Span | pd.DataFrame)


def _counted(count: int, plural: str) -> str:
    return f"{count} {plural.removesuffix('s') if count == 1 else plural}"


def _documents(texts: Iterable[Text], reading: Reading, settings: Settings) -> Iterator[Document]:
    """A Document for each text, in order; the first file that cannot be read is raised as InputError.

    Files that follow each other are read together, so that their ids differ.
    """
    for is_path, group in groupby(enumerate(texts, 1), lambda numbered: isinstance(numbered[1], Path)):
        if is_path:
            sources = read_inputs([str(path) for _, path in group], reading)
            yield from (_from_source(source, settings) for source in sources)
            continue
        for number, text in group:
            if isinstance(text, Document):
                yield text
            else:
                yield _from_source(SourceText(doc_id=str(number), path="", text=str(text)), settings)


def _from_source(source: SourceText | InputError, settings: Settings) -> Document:
    if isinstance(source, InputError):
        raise source
    return to_document(source, everything=settings.everything)
