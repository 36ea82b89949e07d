from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.__main__ import main


def test_the_public_names():
    assert extractor.__all__ == [
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
    assert dir(extractor) == sorted(extractor.__all__)


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_public_name_is_there(name):
    assert getattr(extractor, name) is not None


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="has no attribute 'nix'"):
        extractor.nix  # noqa: B018


def test_importing_the_package_loads_nothing():
    code = (
        "import sys, extractor\nassert 'extractor.api' not in sys.modules\nassert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_package_is_typed():
    assert (Path(extractor.__file__).parent / "py.typed").is_file()


def test_the_module_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["extractor", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"extractor {extractor.__version__}\n"


def test_python_m_runs_the_command():
    done = subprocess.run([sys.executable, "-m", "extractor", "extract"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
