"""What all formats have in common."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sample_records import ABOUT, DOCUMENTS

from extractor.errors import OutputError
from extractor.writing import WRITERS, check, format_for, write

NAMES = {
    "csv": "out",
    "xlsx": "out.xlsx",
    "jsonl": "out.jsonl",
    "parquet": "out",
    "sqlite": "out.sqlite",
    "sdmx-csv": "out.csv",
    "html": "out.html",
}


def test_every_format_is_tried_here():
    assert set(NAMES) == set(WRITERS)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("documents", [DOCUMENTS, ()], ids=["full", "empty"])
@pytest.mark.parametrize("headers", ["en", "zh"])
def test_a_format_writes_one_output_and_nothing_beside_it(tmp_path, name, documents, headers):
    target = tmp_path / NAMES[name]
    write(iter(documents), target, format=name, headers=headers, about=ABOUT)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.is_dir() == bool(WRITERS[name].folder_suffix)


@pytest.mark.parametrize("name", WRITERS)
def test_an_output_is_replaced_with_force_only(tmp_path, name):
    target = tmp_path / NAMES[name]
    write(DOCUMENTS, target, format=name)
    with pytest.raises(OutputError, match="exists already"):
        check(target, format=name)
    with pytest.raises(OutputError, match="exists already"):
        write(DOCUMENTS, target, format=name)
    check(target, format=name, force=True)
    write(DOCUMENTS, target, format=name, force=True)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("name", WRITERS)
def test_an_interrupt_while_documents_come_in_leaves_nothing(tmp_path, name):
    def documents():
        yield DOCUMENTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(documents(), tmp_path / NAMES[name], format=name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_documents_give_the_same_bytes(tmp_path, name):
    if name == "xlsx":
        pytest.skip("a workbook holds the time at which it was made")
    written = []
    for folder in ("1", "2"):
        target = tmp_path / folder / NAMES[name]
        write(DOCUMENTS, target, format=name, about=ABOUT)
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]
    assert all(written[0])


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("out", "csv"),
        ("结果/2023", "csv"),
        ("out.xlsx", "xlsx"),
        ("OUT.XLSX", "xlsx"),
        ("out.jsonl", "jsonl"),
        ("out.db", "sqlite"),
        ("out.parquet", "parquet"),
        ("out.html", "html"),
    ],
)
def test_the_name_says_the_format(target, name):
    assert format_for(Path(target)) == name


def test_a_name_that_says_no_format_is_refused():
    with pytest.raises(OutputError, match=r"out\.pdf: .*add --format \(csv, xlsx, "):
        format_for(Path("out.pdf"))
    with pytest.raises(OutputError, match=r"five tables do not fit one CSV file; give a folder \(out\)"):
        format_for(Path("out.csv"))
    with pytest.raises(OutputError, match="word: no such format; choose from csv, "):
        write(DOCUMENTS, Path("out"), format="word")


@pytest.mark.parametrize(
    ("alias", "name"), [("excel", "x.xlsx"), ("sdmx", "x.csv"), ("sqlite3", "x"), ("ndjson", "x")]
)
def test_other_names_of_the_formats(tmp_path, alias, name):
    write(DOCUMENTS, tmp_path / name, format=alias)
    assert (tmp_path / name).is_file()


def test_what_made_a_folder_stands_in_run_json(tmp_path):
    for name in ("csv", "parquet"):
        write(DOCUMENTS, tmp_path / name, format=name, about=ABOUT)
        assert json.loads((tmp_path / name / "run.json").read_text(encoding="utf-8")) == ABOUT


def test_json_lines_need_none_of_the_heavy_packages():
    heavy = ["pandas", "numpy", "pyarrow", "openpyxl", "spacy"]
    code = f"import extractor.writing.jsonl, extractor.writing, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
