"""What the README shows is what comes out: python tools/refresh_examples.py writes it anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("nbclient")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def refreshing():
    spec = importlib.util.spec_from_file_location(
        "refresh_examples", CHECKOUT / "tools" / "refresh_examples.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("default")
def test_the_readme_shows_what_comes_out(refreshing):
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    _, shown = readme.split("<!-- output -->\n```text\n")
    shown, _ = shown.split("\n```\n<!-- end of output -->")
    assert len(shown.splitlines()) > 30
    assert refreshing.readme_output().splitlines() == shown.splitlines()
