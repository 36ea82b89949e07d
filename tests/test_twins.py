"""The same page in another script or encoding gives the same rows."""

from __future__ import annotations

import pytest

import extractor
from extractor.text.script import to_shadow

ROWS = {
    "mentions": ["start", "end", "label", "nested"],
    "roles": ["start", "end"],
    "statistics": [
        "start",
        "end",
        "value",
        "low",
        "high",
        "modifier",
        "unit",
        "category",
        "direction",
        "status",
    ],
}
META = ["published", "body_start", "body_end", "noise"]


def rows(result):
    """What was found, without the words that differ between scripts."""
    found = {table: getattr(result, table)[columns].to_numpy().tolist() for table, columns in ROWS.items()}
    assert len(found["mentions"]) > 20
    assert len(found["statistics"]) > 10
    return found | {"documents": result.documents[META].to_numpy().tolist()}


def simplified(text):
    """The text in simplified characters, everything else as it is."""
    return "".join(
        folded if "\u3400" <= given <= "\u9fff" else given
        for given, folded in zip(text, to_shadow(text), strict=True)
    )


@pytest.fixture(scope="module", params=["own", "article"])
def page(request, samples):
    if request.param == "own":
        return (samples / "community.txt").read_text(encoding="utf-8")
    return (request.getfixturevalue("reference") / "gold" / "article.txt").read_text(encoding="utf-8")


def test_a_simplified_twin_gives_the_same_rows(page):
    twin = simplified(page)
    assert twin != page
    assert rows(extractor.extract(twin)) == rows(extractor.extract(page))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_another_encoding_gives_the_same_rows(encoding, page, tmp_path):
    file = tmp_path / "page.txt"
    file.write_bytes(page.encode(encoding))
    assert rows(extractor.extract(file)) == rows(extractor.extract(page))


def test_big5_gives_the_same_rows(page, tmp_path):
    found = extractor.extract(page).documents.loc[0]
    body = page[found["body_start"] : found["body_end"]]
    body = body.encode("big5hkscs", "ignore").decode("big5hkscs")
    file = tmp_path / "page.txt"
    file.write_bytes(body.encode("big5hkscs"))
    assert extractor.extract(file).documents.loc[0, "text"] == body
    assert rows(extractor.extract(file)) == rows(extractor.extract(body))
