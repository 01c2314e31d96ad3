"""Texts in another language than their page say so, wherever a page shows what publishers wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup
from support import build_folder

from portal.publishing.site.foreign_texts import language_of, marked

DESCRIPTOR = """name: made
title: 公园名录（2026年）
description: 全市公园的位置和面积。
keywords: [公园]
licenses: [{name: CC-BY-4.0}]
catalogue: {publisher: office, spatial: "440305"}
resources: [{name: t, path: t.csv, title: 公园表, schema: {fields: [{name: 编号, title: 公园编号}]}}]
"""


@pytest.mark.parametrize(
    ("text", "lang", "language"),
    [
        ("学校名录", "en", "zh-CN"),
        ("一般公共预算支出（2026年）", "en", "zh-CN"),
        ("GDP 分区县统计", "en", "zh-CN"),
        ("List of schools", "en", ""),
        ("Schools of Shifan City (示范市)", "en", ""),
        ("学校の一覧", "en", ""),
        ("2026", "en", ""),
        ("学校名录", "zh", ""),
        ("PM2.5 浓度", "zh", ""),
        ("List of schools", "zh", "en"),
        ("CSV", "zh", ""),
        ("OpenStreetMap", "zh", ""),
        ("", "zh", ""),
    ],
)
def test_a_text_has_its_language_where_it_is_not_the_page_s(text: str, lang: str, language: str) -> None:
    """Chinese on English pages, English on Chinese ones; names and abbreviations have none."""
    assert language_of(text, lang) == language


def test_parts_are_marked_and_escaped() -> None:
    """Only the foreign part of a sentence is marked, with its brackets and not with the quotes around it."""
    assert marked("<b>甲", "en") == Markup('&lt;b&gt;<span lang="zh-CN">甲</span>')
    assert marked("Report on “公园（2026年）”", "en") == Markup('Report on “<span lang="zh-CN">公园（2026年）</span>”')


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English pages of a dataset that is described in Chinese alone."""
    root = tmp_path_factory.mktemp("foreign") / "datasets"
    folder = root / "made"
    folder.mkdir(parents=True)
    (folder / "datapackage.yaml").write_text(DESCRIPTOR, encoding="utf-8")
    (folder / "t.csv").write_text("编号\n甲\n", encoding="utf-8")
    (root / "publishers.yaml").write_text("publishers: [{id: office, name: 园林局}]\n", encoding="utf-8")
    release = build_folder(root, root.parent / "build")
    assert release.folder
    return release.folder / "site" / "en"


@pytest.mark.parametrize("page", ["datasets/made", "datasets/made/report", "datasets", "publishers/office", ""])
def test_no_chinese_on_an_english_page_is_unmarked(english: Path, page: str) -> None:
    """Title, region, keywords, tables, departments: whatever has no English translation has its language."""
    html = (english / page / "index.html").read_text(encoding="utf-8")
    shown = re.sub(r"<head>.*?</head>|<script.*?</script>|<pre.*?</pre>", "", html, flags=re.DOTALL)
    while re.search(r'<(\w+)[^<>]* lang="zh-CN"[^<>]*>', shown):
        shown = re.sub(r'<(\w+)\b[^<>]* lang="zh-CN"[^<>]*>.*?</\1>', "", shown, count=1, flags=re.DOTALL)
    assert re.findall("[\u4e00-\u9fff]+", re.sub("<[^<>]*>", "", shown)) == []


def test_the_heading_itself_has_the_language(english: Path) -> None:
    """An English page with a Chinese title says at its first heading which language that is."""
    html = (english / "datasets" / "made" / "index.html").read_text(encoding="utf-8")
    assert '<h1 lang="zh-CN">公园名录（2026年）</h1>' in html


def test_a_planned_entry_has_no_english_meaning_on_its_chinese_page(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """English names of information items are the meaning on the English page, and no meaning on the Chinese one."""
    root = write_dataset(
        "name: made\ntitle: 条目\nresources: []\ncatalogue: {open: {is_open: false}, planned: {on: 2027-01-01}, "
        "items: [{name: 路段, name_en: Section, data_type: C}]}\n"
    )
    release = build_folder(root, tmp_path / "build")
    assert release.folder
    site = release.folder / "site"
    chinese = (site / "datasets" / "made" / "index.html").read_text(encoding="utf-8")
    english = (site / "en" / "datasets" / "made" / "index.html").read_text(encoding="utf-8")
    assert ("Section" in chinese, "含义" in chinese) == (False, False)
    assert "<strong>Section</strong>" in english
