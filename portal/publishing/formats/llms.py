"""llms.txt: what a language model (AI) should know of the portal, in a page of Markdown.

Source: https://llmstxt.org/.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.addresses import (
    ABOUT,
    API_DATASETS,
    API_OPENAPI,
    DATA_JSON,
    DATA_PACKAGE,
    DATASETS,
    DEVELOPERS,
    ENTRY,
    FEED,
    HOME,
    MARKDOWN_TWIN,
    MCP,
    SITEMAP,
    beside,
    catalog_file,
    ckan_action_path,
    data_path,
    dataset_path,
    in_language,
)
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
    """Return the page, Chinese first; *forms* are paths of files of the whole catalogue."""
    base, search = portal.base_url, ckan_action_path("package_search")
    page = dataset_path("<name>")
    twin = beside(page, MARKDOWN_TWIN)
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
        f"每个数据集的页面都有 Markdown 版：在页面地址后加 {MARKDOWN_TWIN}。文件都可直接下载，无需登录。",
        f"Every dataset page has a twin in Markdown: append {MARKDOWN_TWIN} to its address. Files need no login.",
        "",
        "## 目录 / Catalogue",
        "",
        *(f"- [{path[1:]}]({base}{path}): {_FORMS[path]}" for path in forms if path in _FORMS),
        "",
        "## 接口 / API",
        "",
        f"- [OpenAPI]({base}{API_OPENAPI}): 接口说明 / description of the API",
        f"- [MCP]({base}{MCP}): 供智能体调用的工具 / tools for agents, by POST (streamable HTTP)",
        f"- [{API_DATASETS}]({base}{API_DATASETS}?per_page=5): 检索 / search: q, publisher, theme, format, page",
        f"- [{search}]({base}{search}?rows=5): CKAN 兼容 / CKAN-compatible",
        "",
        "## 数据集 / A dataset",
        "",
        f"- `{base}{twin}`: 说明 / description; `{in_language('en', twin)}` in English",
        f"- `{base}{beside(page, DATA_PACKAGE)}`: 数据包，含字段 / Data Package with its columns",
        f"- `{base}{beside(page, ENTRY)}`: 目录条目，没有文件的数据集 / the entry of a dataset without files",
        f"- `{base}{data_path('<name>', '<table>.csv')}`: UTF-8 CSV; also .json, .xlsx, .parquet",
        "",
        "## Optional",
        "",
        f"- [数据集 / Datasets]({base}{DATASETS})",
        f"- [开发者 / Developers]({base}{DEVELOPERS})",
        f"- [关于 / About]({base}{ABOUT})",
        "",
    ]
    return "\n".join(lines)


_FORMS = {
    catalog_file("json"): "全部数据集及文件 / all datasets with their files",
    catalog_file("csv"): "目录表 / the catalogue as a table",
    catalog_file("xlsx"): "目录表，Excel / the catalogue as a workbook",
    catalog_file("jsonld"): "DCAT-AP, JSON-LD",
    catalog_file("ttl"): "DCAT-AP, Turtle",
    catalog_file("rdf"): "DCAT-AP, RDF/XML",
    DATA_JSON: "DCAT-US 1.1",
    beside(HOME, FEED): "最近更新 / newest first, Atom",
    SITEMAP: "全部页面 / all pages",
}


def _joined(text: LocalText) -> str:
    return " / ".join(dict.fromkeys(part for part in (text.zh, text.en) if part))
