"""HTML in titles and descriptions is told with its place, and nothing that is published has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import build_folder

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.words import said
from portal.settings import load_settings

DESCRIPTOR = """name: made
title: {title}
description: {description}
licenses: [{{name: CC-BY-4.0}}]
catalogue: {{publisher: office, themes: [traffic], update_cycle: daily, published: "2026-01-01"}}
{more}
"""


def found(folder: Path) -> list[tuple[str | None, str]]:
    """Return the places of HTML in a folder, and the tags."""
    (folder / "publishers.yaml").write_text("publishers: [{id: office, name: 办公室}]\n", encoding="utf-8")
    catalog, _ = load_catalog(load_settings(folder))
    report = check_metadata(catalog, profile="basic")
    return [(item.field, said(dict(item.details)["tags"], "en")) for item in report if item.code == "html-in-text"]


@pytest.mark.parametrize(
    ("text", "tags", "plain"),
    [
        ("<p>全市公交</p><p>每日</p>", "<p>", "全市公交\n\n每日"),
        ("<P CLASS='x'>全市</P>公交<BR/>每日", "<p>, <br>", "全市\n\n公交\n每日"),
        ('<a href="javascript:alert(1)">全市</a>公交', "<a>", "全市公交"),
        ("全市&nbsp;公交", "&nbsp;", "全市 公交"),
        ("&lt;b&gt;全市&lt;/b&gt;公交", "&lt;, &gt;", "全市公交"),
        ("全市<script>alert(1)</script>公交", "<script>", "全市公交"),
        ("全市<!-- 旧 -->公交", "<!-- -->", "全市公交"),
    ],
)
def test_html_is_told_and_left_out(write_dataset: Callable[..., Path], text: str, tags: str, plain: str) -> None:
    """Whatever it is, one finding names it at its place, and what is read is plain text."""
    quoted = text.replace("'", "''")
    folder = write_dataset(DESCRIPTOR.format(title="标题", description=f"'{quoted}'", more="resources: []"))
    assert found(folder) == [("description", tags)]
    catalog, _ = load_catalog(load_settings(folder))
    assert catalog.datasets[0].description.zh == plain


@pytest.mark.parametrize(
    "text",
    [
        "收入 <5 万元",
        "x<y，y>z",
        "List<String>",
        "标签 `<br>` 表示换行",
        "R&D 与 AT&T",
        "<https://a.example>",
        "见 /data/<table>.csv",
    ],
)
def test_what_only_looks_like_html_stays(write_dataset: Callable[..., Path], text: str) -> None:
    """Comparisons, placeholders, addresses and tags that are spoken about are no HTML."""
    folder = write_dataset(DESCRIPTOR.format(title="标题", description=f"'{text}'", more="resources: []"))
    assert found(folder) == []
    catalog, _ = load_catalog(load_settings(folder))
    assert catalog.datasets[0].description.zh == text


def test_every_text_is_looked_at(write_dataset: Callable[..., Path]) -> None:
    """Titles, keywords, translations, resources and fields: each has its own place."""
    more = (
        "keywords: [<b>甲</b>]\ntranslations: {en: {description: <p>Text, fields: {a: <i>A</i>}, "
        "resources: {t: {title: T<br>}}}}\n"
        "resources: [{name: t, path: t.csv, title: <u>表</u>, "
        "schema: {fields: [{name: a, title: <b>甲</b>, description: 乙<br>丙}]}}]"
    )
    folder = write_dataset(DESCRIPTOR.format(title="<i>标题</i>", description="摘要", more=more), t__csv="a\n1\n")
    assert found(folder) == [
        ("title", "<i>"),
        ("keywords", "<b>"),
        ("translations.en.description", "<p>"),
        ("translations.en.fields.a", "<i>"),
        ("translations.en.resources.t.title", "<br>"),
        ("title", "<u>"),
        ("schema.fields.a.title", "<b>"),
        ("schema.fields.a.description", "<br>"),
    ]


def test_settings_and_departments_are_looked_at(write_dataset: Callable[..., Path]) -> None:
    """The portal's own description and those of departments are told in their files."""
    folder = write_dataset(DESCRIPTOR.format(title="标题", description="摘要", more="resources: []"))
    (folder / "catalog.yaml").write_text("description: {zh: <p>门户</p>, en: Portal}\n", encoding="utf-8")
    publishers = "publishers: [{id: office, name: 办公室, description: <b>甲</b>乙}]\n"
    (folder / "publishers.yaml").write_text(publishers, encoding="utf-8")
    settings = load_settings(folder)
    catalog, report = load_catalog(settings)
    places = [(item.file, item.field) for item in report if item.code == "html-in-text"]
    assert places == [("catalog.yaml", "description"), ("publishers.yaml", "publishers.office.description")]
    assert (settings.portal.description.zh, catalog.publishers[0].description.zh) == ("门户", "甲乙")


def test_no_page_shows_a_tag(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Neither the title of the page nor its description for search engines has one."""
    folder = write_dataset(
        DESCRIPTOR.format(title="<i>标题</i>", description="<p>全市<b>公交</b></p>", more="resources: []")
    )
    release = build_folder(folder, tmp_path / "build")
    assert release.folder
    html = (release.folder / "site" / "datasets" / "made" / "index.html").read_text(encoding="utf-8")
    head = html.partition("</head>")[0]
    assert re.findall(r"&lt;|&#60;|\\u003c", html) == []
    assert '<meta name="description" content="全市公交">' in head
