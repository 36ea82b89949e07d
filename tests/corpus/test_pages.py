from __future__ import annotations

import pytest

from extractor.corpus.reading import read_inputs
from extractor.corpus.sources import Reading, SourceText
from extractor.errors import InputError

BODY = """
<p>　　东湖日报讯（记者 李晓梅）江岸社区下辖12个小区、3200户居民，去年办起夜校，开设书法、摄影等课程15门。</p>
<p>　　“报名的人比预想的多。”社区党委书记<b>王强</b>介绍，首批学员有260余人，其中党员58名，占两成以上。</p>
<p>　　据介绍，社区投入资金约35万元，改造了800平方米的活动室，今年还将增设3个教学点，<br>预计服务居民1.2万人次。</p>
"""
PARAGRAPHS = [
    "东湖日报讯（记者 李晓梅）江岸社区下辖12个小区、3200户居民，去年办起夜校，开设书法、摄影等课程15门。",
    "“报名的人比预想的多。”社区党委书记王强介绍，首批学员有260余人，其中党员58名，占两成以上。",
]
HEAD = """<meta charset="utf-8"><title>江岸社区办起夜校_东湖新闻网</title>
<meta name="PubDate" content="2023-05-08 09:30"><meta name="ContentSource" content="东湖日报">
<meta name="Author" content="李晓梅"><meta property="og:site_name" content="东湖新闻网">"""


def page(body=BODY, head=HEAD, before="", after=""):
    return f"""<!DOCTYPE html><html lang="zh-CN"><head>{head}
<script>var a = "不要";</script><style>.不要 {{}}</style></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/n">新闻</a> &gt; 正文</div>
<h1>江岸社区办起夜校</h1>{before}<div id="content">{body}</div>{after}
<div class="rec"><a href="1">推荐阅读：某地某事</a><a href="2">另一条新闻</a></div>
<div class="footer">版权所有 东湖新闻网 ICP备00000000号</div></body></html>"""


def read(tmp_path, html, **settings):
    path = tmp_path / "a.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return list(read_inputs([path], Reading(**settings)))


def only_text(found):
    assert len(found) == 1
    assert isinstance(found[0], SourceText), found
    return found[0]


def test_the_main_text_with_its_headline_and_nothing_around_it(tmp_path):
    lines = only_text(read(tmp_path, page())).text.split("\n")
    assert lines[:3] == ["江岸社区办起夜校", *PARAGRAPHS]
    assert lines[-1].endswith("预计服务居民1.2万人次。")
    joined, around = "".join(lines), ("不要", "首页", "推荐阅读", "版权所有")
    assert [word in page() for word in around] == [True] * 4
    assert [word for word in around if word in joined] == []


def test_the_lines_that_date_and_sign_it_are_put_back(tmp_path):
    before = "<div><span>2023年05月08日 09:30</span>&nbsp; <span>来源：东湖日报</span> <span>作者：李晓梅</span></div>"
    after = "<div class='e'>（责任编辑：陈静）</div><div>分享到微信</div>"
    lines = only_text(read(tmp_path, page(before=before, after=after))).text.split("\n")
    assert lines[1] == "2023年05月08日 09:30 来源：东湖日报 作者：李晓梅"
    assert lines[-1] == "（责任编辑：陈静）"
    assert lines[2:4] == PARAGRAPHS


def test_what_the_page_says_of_itself(tmp_path):
    assert dict(only_text(read(tmp_path, page())).meta) == {
        "title": "江岸社区办起夜校",
        "published": "2023-05-08T09:30:00",
        "publisher": "东湖日报",
        "site": "东湖新闻网",
        "author": "李晓梅",
    }


def test_open_graph_names_are_understood(tmp_path):
    head = """<meta property="og:title" content="夜校开课"><meta property="article:published_time"
    content="2023-05-08T09:30:00+08:00">"""
    meta = only_text(read(tmp_path, page(head=head))).meta
    assert (meta["title"], meta["published"]) == ("夜校开课", "2023-05-08T09:30:00")


def test_a_headline_inside_the_text_is_not_doubled(tmp_path):
    text = only_text(read(tmp_path, page(body="<h1>江岸社区办起夜校</h1>" + BODY))).text
    assert text.count("江岸社区办起夜校") == 1


def test_a_table_keeps_its_cells_apart(tmp_path):
    table = "<table><tr><td>课程</td><td>人数</td></tr><tr><td>书法</td><td>80人</td></tr></table>"
    lines = only_text(read(tmp_path, page(body=BODY + table))).text.split("\n")
    assert lines[-2:] == ["课程\t人数", "书法\t80人"]


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("gbk", "gb18030"), ("utf-8", "utf-8")]
)
def test_the_declared_charset_is_believed(tmp_path, charset, encoding):
    html = page(head=f'<meta charset="{charset}"><title>镕</title>').encode(encoding)
    assert PARAGRAPHS[0] in only_text(read(tmp_path, html)).text


def test_big5(tmp_path):
    body = (
        "<p>臺北市信義區這個月有三百二十位居民參加社區的活動，里長說大家都很高興，明年還要再辦一次。</p>" * 2
    )
    html = f'<html><head><meta charset="big5"></head><body>{body}</body></html>'.encode("big5hkscs")
    assert "里長說大家都很高興" in only_text(read(tmp_path, html)).text


def test_a_charset_that_lies_does_no_harm(tmp_path):
    html = page(head='<meta charset="gb2312"><title>题</title>').encode()
    assert PARAGRAPHS[0] in only_text(read(tmp_path, html)).text


def test_an_xhtml_page_with_a_declaration(tmp_path):
    html = '<?xml version="1.0" encoding="gb2312"?>\n' + page()
    assert PARAGRAPHS[0] in only_text(read(tmp_path, html.encode("gb18030"))).text


def test_a_table_that_lays_out_the_page_does_no_harm(tmp_path):
    body = f"<table><tr><td>导航</td><td>{BODY}</td></tr></table>"
    assert PARAGRAPHS[1] in only_text(read(tmp_path, page(body=body))).text.split("\n")


def test_the_name_of_the_site_behind_a_headline_is_no_part_of_it(tmp_path):
    html = (
        page(head="<title>江岸社区的夜校_新闻 - 东湖新闻网</title>")
        .replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>")
    )
    assert only_text(read(tmp_path, html)).meta["title"] == "江岸社区的夜校"


def test_a_figure_is_never_broken_at_an_inline_element(tmp_path):
    body = (
        "<div>江岸社区有<span>3,<b>20</b>0</span><!-- x -->户居民，<i>近</i>12个小区，书记说今年还要再办一所夜校。</div>"
        * 2
    )
    assert "江岸社区有3,200户居民，近12个小区" in only_text(read(tmp_path, page(body=body))).text


def test_a_short_page_is_all_text(tmp_path):
    html = "<html><body><div>首页</div><div>江岸社区有<span>12</span>个小区。</div></body></html>"
    assert "江岸社区有12个小区。" in only_text(read(tmp_path, html)).text


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<html><body><script>x()</script></body></html>"]
)
def test_a_page_without_text(tmp_path, html):
    found = read(tmp_path, html)
    assert len(found) == 1
    assert isinstance(found[0], InputError)
    assert str(found[0]) == (
        f"{tmp_path}/a.html: holds no text; a page that scripts fill in must be saved from the browser"
    )


def test_a_page_that_is_only_a_comment(tmp_path):
    found = read(tmp_path, "<!-- 无 -->")
    assert len(found) == 1
    assert isinstance(found[0], InputError)


def test_a_deeply_nested_page_is_read(tmp_path):
    html = page(body="<div>" * 3000 + BODY + "</div>" * 3000)
    assert len(read(tmp_path, html)) == 1


def test_broken_markup_is_read(tmp_path):
    html = page().replace("</p>", "").replace("</div>", "").replace("</b>", "")
    assert "首批学员有260余人" in only_text(read(tmp_path, html)).text
