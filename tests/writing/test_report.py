from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import ABOUT, DOCUMENTS, TEXT

from extractor.records import DocumentInfo, DocumentRecords, Mention
from extractor.writing import write
from extractor.writing.output import Output
from extractor.writing.report import marked, page, view

_VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """A page as a browser sees it: its text, its tags, and whether they close."""

    def __init__(self, html):
        super().__init__()
        self.text, self.open, self.tags = "", [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def document(text, *spans):
    info = DocumentInfo(doc_id="x", text=text, characters=len(text), body_end=len(text))
    mentions = tuple(
        Mention(doc_id="x", start=start, end=end, text=text[start:end], label=label)
        for start, end, label in spans
    )
    return DocumentRecords(document=info, mentions=mentions)


def test_the_page_needs_nothing_else(tmp_path):
    write(DOCUMENTS, tmp_path / "out.html", about=ABOUT)
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert not re.search(r"(src|href)=|<script|@import|url\(", html)
    seen = Page(html)
    assert seen.open == []
    assert '<meta charset="utf-8">' in html


def test_the_page_shows_text_tables_and_what_made_it():
    seen = Page(page(DOCUMENTS, Output(about=ABOUT)))
    assert TEXT in seen.text
    for shown in (
        "近3200户",
        "李晓梅; 陈静",
        "420102001001",
        "2023/2024",
        "news/c.txt: is empty",
        "model.name: zh_news",
    ):
        assert shown in seen.text
    headers = {tag for tag, _ in seen.tags}
    assert {"table", "th", "mark", "details"} <= headers


def test_mentions_and_figures_are_marked_with_what_they_are():
    seen = Page(marked(DOCUMENTS[0]))
    marks = [attrs for tag, attrs in seen.tags if tag == "mark"]
    assert [m["class"] for m in marks] == ["LOC", "figure", "figure", "PERSON", "figure"]
    assert "LOC · LOC:江岸社区 · place.head" in marks[0]["title"]
    assert "less · 3200 户 · households · 居民 · 江岸社区 · 2023/2024" in marks[2]["title"]
    assert seen.text == TEXT


def test_what_lies_outside_the_body_is_grey():
    html = marked(DOCUMENTS[0])
    assert html.startswith("<span class='outside'>江岸社区办起夜校\n</span>")
    assert html.endswith("<span class='outside'>\n（完）</span>")


def test_a_long_piece_of_furniture_is_folded():
    records = document("正文。\n" + "链接|" * 200)
    seen = Page(marked(replace(records, document=replace(records.document, body_end=3))))
    assert [tag for tag, _ in seen.tags] == ["details", "summary"]
    assert seen.text == records.document.text


def test_a_text_cannot_smuggle_markup_in():
    text = "<script>alert('1')</script>&amp;\"北京\""
    records = document(text, (0, len(text), 'LOC"><b>'))
    hostile = replace(records, document=replace(records.document, title="</title><script>", doc_id="<i>"))
    html = page([hostile], Output(about={"<u>": "<s>"}))
    seen = Page(html)
    assert not {"script", "b", "i", "u", "s"} & {tag for tag, _ in seen.tags}
    assert text in seen.text


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([(0, 2, "LOC")], "<mark class='LOC' title='LOC'>甲乙</mark>丙丁"),
        (
            [(0, 4, "ORG"), (0, 2, "LOC")],
            "<mark class='ORG' title='ORG'><mark class='LOC' title='LOC'>甲乙</mark>丙丁</mark>",
        ),
        (
            [(0, 2, "LOC"), (2, 4, "ORG")],
            "<mark class='LOC' title='LOC'>甲乙</mark><mark class='ORG' title='ORG'>丙丁</mark>",
        ),
        ([(0, 3, "LOC"), (2, 4, "ORG")], "<mark class='LOC' title='LOC'>甲乙丙</mark>丁"),
        ([(1, 2, "产品")], "甲<mark class='other' title='产品'>乙</mark>丙丁"),
        ([(3, 9, "LOC"), (2, 2, "LOC")], "甲乙丙丁"),
        ([], "甲乙丙丁"),
    ],
)
def test_marks_nest_and_never_cross(spans, html):
    assert marked(document("甲乙丙丁", *spans)) == html


@given(
    st.text(max_size=20),
    st.lists(
        st.tuples(st.integers(-2, 22), st.integers(-2, 22), st.sampled_from(["LOC", "ORG", "x'y"])),
        max_size=8,
    ),
    st.integers(-3, 25),
    st.integers(-3, 25),
)
def test_the_text_is_never_changed_and_every_tag_closes(text, spans, body_start, body_end):
    text = re.sub("[\r\x00\ud800-\udfff]", "", text)
    records = document(text, *spans)
    info = replace(records.document, body_start=body_start, body_end=body_end)
    seen = Page(marked(replace(records, document=info)))
    assert seen.text == text
    assert seen.open == []


def test_a_notebook_shows_the_first_documents_only():
    html = view(DOCUMENTS, Output(), most=1)
    assert "2 more documents" in html
    assert "<html" not in html
    assert TEXT.split("\n")[1][:4] in html
    assert Page(html).open == []


def test_chinese_headers():
    seen = Page(page(DOCUMENTS, Output(headers="zh")))
    assert "统计 (3)" in seen.text
    assert "发布时间: 2023-05-08" in seen.text


def test_the_title_of_a_page_of_one_document_is_its_own():
    assert "<title>江岸社区办起夜校</title>" in page(DOCUMENTS[:1], Output())
    assert "<title>extractor</title>" in page(DOCUMENTS, Output())
