"""The page that the benchmark of rendering measures: made-up datasets, our template, and the same page for Hugo."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from portal.model.addresses import dataset_path
from portal.model.portal import Directory, Portal
from portal.publishing.site import page_registry
from portal.publishing.site.cells_in_words import ShownCell
from portal.publishing.site.contexts.dataset_contexts import Download, FieldRow
from portal.publishing.site.contexts.look_contexts import LookColumn, LookTable
from portal.publishing.site.contexts.page_contexts import Detail, Link
from portal.publishing.site.frame import Rendering, in_script, rendering
from portal.publishing.site.render import Renderer, write_pages

TODAY = date(2026, 12, 1)
TEMPLATE = """{% extends "base.html" %}
{% from "components/downloads.html" import downloads %}
{% from "components/table-look.html" import table_look %}
{% from "components/dictionary.html" import dictionary %}
{% from "components/details.html" import details %}
{% block head %}
<script type="application/ld+json">{{ page.body.json_ld }}</script>
{% endblock %}
{% block content %}
{% set body = page.body %}
<article class="dataset">
<h1 id="title">{{ body.title }}</h1>
<p>{{ body.description }}</p>
{{ downloads(body.files, "title") }}
{{ table_look(body.look, "title") }}
{{ dictionary(body.fields, body.title) }}
{{ details(body.details) }}
<ul class="tags cluster">
{% for link in body.related %}
<li><a class="tags__link" href="{{ page_url(link.path) }}">{{ link.title }}</a></li>
{% endfor %}
</ul>
</article>
{% endblock %}
"""
LAYOUT = """<main class="main" id="main" tabindex="-1">
<article class="dataset">
<h1 id="title">{{ .Params.title }}</h1>
<p>{{ .Params.description }}</p>
<ul class="downloads cluster">
{{ range $at, $file := .Params.files }}<li><a class="downloads__link cluster{{ if not $at }} downloads__link--first{{ end }}" href="../..{{ .path }}" aria-label="下载 {{ .label }} {{ .size }}" aria-describedby="title" download>
<span class="downloads__label">{{ if not $at }}下载 {{ end }}{{ .label }}</span>
<span class="downloads__size">{{ .size }}</span>
</a></li>
{{ end }}</ul>
<details class="fold"><summary class="fold__summary">校验值（SHA-256）</summary>
<p>用这些值可以核对文件下载后是否完整、未被改动。</p>
<dl class="checksums">
{{ range .Params.files }}<div class="checksums__item"><dt>{{ .label }}</dt>
<dd class="cluster"><code class="checksums__value">{{ .sha256 }}</code> <button class="copy" type="button" data-module="copy" data-copy-text="{{ .sha256 }}" hidden>复制</button></dd></div>
{{ end }}</dl></details>
<div class="table-look"><div class="table-look__choices cluster"><label class="table-look__choice table-look__choice--narrow"><input type="checkbox" class="table-look__cards"> 每行显示为一张卡片</label></div>
<div class="table-region table-look__frame box" tabindex="0" role="region" aria-labelledby="title title-look">
<table class="table table--data table--look"><caption class="table__caption" id="title-look">{{ .Params.caption }}</caption>
<thead><tr>{{ range $at, $column := .Params.columns }}<th scope="col"{{ if ge $at 4 }} class="table__number"{{ end }}>{{ $column }}</th>{{ end }}</tr></thead>
<tbody>
{{ $columns := .Params.columns }}{{ range .Params.rows }}<tr>{{ range $at, $cell := . }}{{ if not $at }}<th scope="row">{{ $cell }}</th>{{ else }}<td data-label="{{ index $columns $at }}"{{ if ge $at 4 }} class="table__number"{{ end }}>{{ $cell }}</td>{{ end }}{{ end }}</tr>
{{ end }}</tbody></table></div></div>
<div class="table-region box" tabindex="0" role="region" aria-label="{{ .Params.title }}">
<table class="table table--rows"><caption class="table__caption">{{ .Params.title }}</caption>
<thead><tr><th scope="col">列</th><th scope="col">含义</th><th scope="col">类型</th></tr></thead><tbody>
{{ range .Params.fields }}<tr><th scope="row"><code class="table__name">{{ .name }}</code></th>
<td class="table__text"><strong>{{ .title }}</strong><span class="table__note">{{ .description }}</span></td>
<td class="table__name" data-label="类型">{{ .type }}</td></tr>
{{ end }}</tbody></table></div>
<dl class="details">
{{ range .Params.details }}<div class="details__item"><dt class="details__label">{{ index . 0 }}</dt><dd class="details__text">{{ index . 1 }}</dd></div>
{{ end }}</dl>
<ul class="tags cluster">
{{ range .Params.related }}<li><a class="tags__link" href="../{{ .name }}/">{{ .title }}</a></li>
{{ end }}</ul>
</article>
</main>"""  # noqa: E501 - the markup of a page
COLUMNS = ("站点编号", "站点名称", "所在区", "监测日期", "细颗粒物", "可吸入颗粒物", "二氧化氮", "臭氧")


def records(count: int) -> Iterator[dict[str, Any]]:
    """Yield so many made-up datasets as JSON holds them, the same at every run."""
    for number in range(count):
        name, title = f"d{number:05}", f"空气质量监测数据第{number}号"
        description = f"第{number}组监测站点每日的空气质量，由示范市生态环境局（虚构）编造，用于演示。"
        files = [
            {"label": form, "path": f"/data/{name}/{name}.{form.lower()}", "size": f"{number % 90 + 10} kB",
             "sha256": f"{number:064x}"}
            for form in ("XLSX", "CSV", "JSON")
        ]  # fmt: skip
        yield {
            "name": name,
            "title": title,
            "description": description,
            "caption": "最新 20 行，共 3,650 行",
            "files": files,
            "columns": COLUMNS,
            "rows": [
                [f"S{row:03}", f"监测站{number + row}", "晨星区", f"2026-11-{row + 1:02}"]
                + [f"{(number + row * column) % 97}.{row % 10}" for column in range(4, 8)]
                for row in range(20)
            ],
            "fields": [
                {"name": f"field_{at}", "title": column, "description": f"{column}，按国家标准测得。", "type": "文本"}
                for at, column in enumerate(COLUMNS)
            ],
            "details": [[f"元数据项{at}", f"第{number}个数据集的第{at}项说明文字"] for at in range(15)],
            "related": [
                {"name": f"d{(number + at) % count:05}", "title": f"空气质量监测数据第{(number + at) % count}号"}
                for at in (1, 2, 3)
            ],
            "json_ld": {"@context": "https://schema.org", "@type": "Dataset", "name": title,
                        "description": description, "license": "https://data.example.gov.cn/terms/",
                        "distribution": files},
        }  # fmt: skip


def write(source: str, out: str, count: str) -> None:
    """Write the pages of the first *count* datasets of the file *source* below the folder *out*."""
    with tempfile.TemporaryDirectory() as folder, Path(source).open(encoding="utf-8") as file:
        (Path(folder) / "pages").mkdir()
        (Path(folder) / "pages" / "dataset.html").write_text(TEMPLATE, encoding="utf-8")
        lines = itertools.islice(file, int(count))
        write_pages(map(_page, lines), Renderer(Path(folder)), Path(out))


def _page(line: str) -> Rendering:
    record = json.loads(line)
    body = _Body(record)
    crumbs = (page_registry.HOME.link("zh"), page_registry.DATASETS.link("zh"))
    return rendering(
        page_registry.DATASET,
        _DIRECTORY,
        "zh",
        TODAY,
        body,
        path=dataset_path(record["name"]),
        title=body.title,
        description=body.description,
        crumbs=crumbs,
    )


class _Body:
    """The context of the page: what the components ask for."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.title: str = record["title"]
        self.description: str = record["description"]
        self.json_ld = in_script(record["json_ld"])
        self.files = tuple(
            Download(item["label"], item["path"], item["size"], item["sha256"], False) for item in record["files"]
        )
        columns = tuple(LookColumn(title, "", at >= 4) for at, title in enumerate(record["columns"]))
        self.look = LookTable(record["caption"], columns, tuple(tuple(map(ShownCell, row)) for row in record["rows"]))
        self.fields = tuple(FieldRow(**item, rules=(), gaps="", span="") for item in record["fields"])
        self.details = tuple(Detail(label, text) for label, text in record["details"])
        self.related = tuple(Link(item["title"], dataset_path(item["name"])) for item in record["related"])


_DIRECTORY = Directory(Portal(base_url="https://data.example.gov.cn", has_base_url=True))

if __name__ == "__main__":
    write(*sys.argv[1:4])
