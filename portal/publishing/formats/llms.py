"""llms.txt: what a language model (AI) should know of the portal, in a page of Markdown.

Source: https://llmstxt.org/.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.formats.markdown_twin import escaped


@dataclass(frozen=True)
class Counts:
    """How much a catalogue holds."""

    datasets: int
    open_datasets: int
    publishers: int
    rows: int


def dump(portal: Portal, counts: Counts, *, forms: tuple[str, ...] = ()) -> str:
    """Return the page, Chinese first; *forms* are names of the files of the whole catalogue, from the root."""
    base = portal.base_url
    lines = [
        f"# {escaped(str(portal.title))}",
        "",
        f"> {escaped(_joined(portal.description))}",
        "",
        f"- 数据集 / Datasets: {counts.datasets}（无条件开放 / open: {counts.open_datasets}）",
        f"- 提供方 / Publishers: {counts.publishers}",
        f"- 数据行数 / Rows: {counts.rows}",
        "",
    ]
    notice = escaped(_joined(portal.notice))
    if notice:
        lines += [notice, ""]
    lines += [
        "每个数据集的页面都有 Markdown 版：在页面地址后加 index.md。文件都可直接下载，无需登录。",
        "Every dataset page has a twin in Markdown: append index.md to its address. Files need no login.",
        "",
        "## 目录 / Catalogue",
        "",
        *(f"- [{name}]({base}/{name}): {_FORMS[name]}" for name in forms if name in _FORMS),
        "",
        "## 接口 / API",
        "",
        f"- [OpenAPI]({base}/api/v1/openapi.json): 接口说明 / description of the API",
        f"- [/api/v1/datasets]({base}/api/v1/datasets?per_page=5): 检索 / search: q, publisher, theme, format, page",
        f"- [/api/3/action/package_search]({base}/api/3/action/package_search?rows=5): CKAN 兼容 / CKAN-compatible",
        "",
        "## 数据集 / A dataset",
        "",
        f"- `{base}/datasets/<name>/index.md`: 说明 / description; `/en/datasets/<name>/index.md` in English",
        f"- `{base}/datasets/<name>/datapackage.json`: 数据包，含字段 / Data Package with its columns",
        f"- `{base}/data/<name>/<table>.csv`: UTF-8 CSV; also .json, .xlsx, .parquet",
        "",
        "## Optional",
        "",
        f"- [数据集 / Datasets]({base}/datasets/)",
        f"- [开发者 / Developers]({base}/developers/)",
        f"- [关于 / About]({base}/about/)",
        "",
    ]
    return "\n".join(lines)


_FORMS = {
    "catalog.json": "全部数据集及文件 / all datasets with their files",
    "catalog.csv": "目录表 / the catalogue as a table",
    "catalog.xlsx": "目录表，Excel / the catalogue as a workbook",
    "catalog.jsonld": "DCAT-AP, JSON-LD",
    "catalog.ttl": "DCAT-AP, Turtle",
    "catalog.rdf": "DCAT-AP, RDF/XML",
    "data.json": "DCAT-US 1.1",
    "feed.xml": "最近更新 / newest first, Atom",
    "sitemap.xml": "全部页面 / all pages",
}


def _joined(text: LocalText) -> str:
    return " / ".join(dict.fromkeys(part for part in (text.zh, text.en) if part))
