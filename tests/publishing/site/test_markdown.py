"""Descriptions: what of Markdown is shown, and what is only text."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsed import parse

from portal.publishing.site.markdown import to_html, to_summary

ALLOWED = {"p", "ul", "ol", "li", "em", "strong", "code", "pre", "a", "br", "blockquote"}

FRAGMENTS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:1)",
    "[x](&#106;avascript:1)", "<javascript:alert(1)>", "![x](javascript:1)", "[x](data:text/html,<script>)",
    "[x][y]", "[y]: javascript:1", "# title", "---", "===", "`<b>`", "~~~html\n<i>\n~~~", "* a", "1. b", "> c",
    "**d**", "[e](https://example.cn/ \"f\")", "<https://example.cn/>", "\"", "'", "&lt;", "\\<", "\n", "\n\n",
    "    <u>", "<!-- -->", "<![CDATA[", "{{ 7 * 7 }}", "水质", "[g](vbscript:1)", "[h](file:///etc/passwd)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("水质\n\n空气", "<p>水质</p>\n<p>空气</p>\n"),
        ("**重要** *强调* `code`", "<p><strong>重要</strong> <em>强调</em> <code>code</code></p>\n"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ("1. 一", "<ol>\n<li>一</li>\n</ol>\n"),
        ("", ""),
    ],
)
def test_paragraphs_lists_and_emphasis_are_shown(text: str, html: str) -> None:
    """Plain Markdown becomes the elements that it means."""
    assert to_html(text) == html


def test_links_lead_to_the_web_without_recommending_it() -> None:
    """A link of a publisher is a link, and search engines are told that the portal does not vouch for it."""
    assert to_html("[a](https://example.cn/?x=1&y=2)") == (
        '<p><a rel="nofollow ugc" href="https://example.cn/?x=1&amp;y=2">a</a></p>\n'
    )


@pytest.mark.parametrize("text", ["# 标题", "标题\n===", "标题\n---", "![图](https://example.cn/a.png)"])
def test_headings_and_images_stay_text(text: str) -> None:
    """A description cannot disturb the outline of the page, nor load anything from elsewhere."""
    assert not parse(to_html(text)).all("h1", "h2", "img", "hr")


def test_html_is_shown_as_it_was_written() -> None:
    """Tags in a description are text that the reader sees."""
    assert to_html('<b onclick="x">y</b>') == "<p>&lt;b onclick=&quot;x&quot;&gt;y&lt;/b&gt;</p>\n"


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=12).map("".join))
def test_nothing_that_acts_gets_through(text: str) -> None:
    """Whatever a description holds, its HTML has known elements only, no handlers, and links to the web only."""
    page = parse(to_html(text))
    assert {item.tag for item in page.all()} <= ALLOWED
    assert {name for item in page.all() for name in item.attributes} <= {"href", "rel", "title", "class", "start"}
    schemes = {urlsplit(link["href"]).scheme for link in page.all("a")}
    assert not schemes & {"javascript", "vbscript", "file", "data"}


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("一段话。", "一段话。"),
        ("**重要**的 `code`\n\n- 一\n- 二", "重要的 code 一 二"),
        ("# 说明\n1. file_name 是文件名\n\n> 引用", "说明 file_name 是文件名 引用"),
        ("降水量 > 50 毫米，-3 度", "降水量 > 50 毫米，-3 度"),
        ("说明：\n - 甲；\n + 乙 - 丙", "说明： 甲； 乙 - 丙"),
        ("见[说明](https://example.cn/)。", "见说明。"),
        ("", ""),
    ],
)
def test_a_summary_is_one_line_without_marks(text: str, summary: str) -> None:
    """Lists show the words of a description, not its marks or addresses."""
    assert to_summary(text) == summary


@pytest.mark.parametrize(("length", "shown"), [(10, "长" * 10), (11, "长" * 9 + "…")])
def test_a_long_summary_is_cut_with_a_sign(length: int, shown: str) -> None:
    """A summary has at most the characters asked for, the sign of the cut among them."""
    assert to_summary("长" * length, 10) == shown
