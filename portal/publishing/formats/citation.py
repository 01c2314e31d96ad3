"""Citation of a dataset: GB/T 7714-2015, BibTeX, and CSL-JSON for reference managers.

A line after GB/T 7714-2015 says how a dataset is cited.

Source: GB/T 7714-2015 信息与文献 参考文献著录规则, 4.6 (电子资源) and table B (DS: 数据集, OL: 联机网络).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.model.catalog import Dataset

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


@dataclass(frozen=True)
class Citation:
    """What a citation says, in one language. *day* is that of the last update, else of publishing."""

    key: str
    author: str
    title: str
    portal: str
    url: str
    accessed: date
    day: date | None = None
    version: str = ""
    lang: str = "zh"


def citation_of(dataset: Dataset, *, lang: str, portal_title: str, url: str, accessed: date) -> Citation:
    """Return what is cited of a dataset; *url* is the address of its page, *accessed* the day it is cited as of."""
    return Citation(
        key=dataset.name,
        author=_line(dataset.publisher.title.to(lang)),
        title=_line(dataset.title.to(lang)),
        portal=_line(portal_title),
        url=url,
        accessed=accessed,
        day=dataset.updated or dataset.published,
        version=_line(dataset.version),
        lang=lang,
    )


def gb7714(citation: Citation) -> str:
    """Return the citation in one line: author, title, portal and year, (day of the update)[day of access], address.

    >>> gb7714(Citation("schools", "小城教育局", "学校名录", "小城开放数据", "https://data.example.cn/datasets/schools/",
    ...                 date(2026, 6, 1), date(2026, 3, 1)))
    '小城教育局. 学校名录[DS/OL]. 小城开放数据, 2026 (2026-03-01)[2026-06-01]. https://data.example.cn/datasets/schools/.'
    """
    when = f", {citation.day.year} ({citation.day.isoformat()})" if citation.day else " "
    title = f"{citation.title}: {citation.version}" if citation.version else citation.title
    parts = [
        citation.author,
        f"{title}[DS/OL]",
        f"{citation.portal}{when}[{citation.accessed.isoformat()}]",
        citation.url,
    ]
    return ". ".join(part for part in parts if part) + "."


def bibtex(citation: Citation) -> str:
    """Return an entry ``@misc``, which BibTeX and biblatex both know; names of offices are kept whole by braces."""
    day = citation.day
    fields = {
        "author": f"{{{{{_tex(citation.author)}}}}}",
        "title": f"{{{{{_tex(citation.title)}}}}}",
        "howpublished": f"{{{_tex(citation.portal)}}}",
        "year": f"{{{day.year}}}" if day else "",
        "month": _MONTHS[day.month - 1] if day else "",
        "version": f"{{{_tex(citation.version)}}}" if citation.version else "",
        "url": f"{{{citation.url}}}",
        "urldate": f"{{{citation.accessed.isoformat()}}}",
        "language": "{chinese}" if citation.lang == "zh" else "{english}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    key = re.sub(r"[^A-Za-z0-9:_.-]", "-", citation.key)
    return f"@misc{{{key},\n{lines}\n}}"


def csl(citation: Citation) -> dict[str, Any]:
    """Return the item as CSL-JSON, which reference managers read."""
    item = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.title,
        "author": [{"literal": citation.author}] if citation.author else None,
        "publisher": citation.portal,
        "issued": _parts(citation.day) if citation.day else None,
        "accessed": _parts(citation.accessed),
        "URL": citation.url,
        "version": citation.version,
        "language": "zh-CN" if citation.lang == "zh" else "en",
    }
    return {key: value for key, value in item.items() if value}


def csl_text(citation: Citation) -> str:
    """Return the list of one item, as a file of CSL-JSON is."""
    return json.dumps([csl(citation)], ensure_ascii=False, indent=1)


def _parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _line(text: str) -> str:
    """Return a text in one line, without signs that only control."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
