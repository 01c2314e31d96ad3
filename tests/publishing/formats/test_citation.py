"""Citations, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from portal.publishing.formats.citation import Citation, bibtex, citation_of, csl, gb7714
from portal.publishing.publication import PublishedDataset

STATED = Citation(
    key="air-quality",
    author="示范市生态环境局",
    title="空气质量 {小时} 100%",
    portal="示范市开放数据",
    url="https://data.example.cn/datasets/air-quality/",
    accessed=date(2026, 6, 1),
    day=date(2026, 5, 20),
    version="1.2",
)


def test_the_line_follows_gb_t_7714() -> None:
    """Author, title with its kind, portal and year, day of the update, day of access, address."""
    assert gb7714(STATED) == (
        "示范市生态环境局. 空气质量 {小时} 100%: 1.2[DS/OL]. 示范市开放数据, 2026 (2026-05-20)[2026-06-01]. "
        "https://data.example.cn/datasets/air-quality/."
    )


def test_what_has_no_date_has_none_in_its_citation() -> None:
    """No year is invented."""
    assert gb7714(replace(STATED, day=None, version="")) == (
        "示范市生态环境局. 空气质量 {小时} 100%[DS/OL]. 示范市开放数据 [2026-06-01]. "
        "https://data.example.cn/datasets/air-quality/."
    )


def test_bibtex_escapes_what_tex_would_take_for_itself() -> None:
    """Braces, percent and the like are text; the name of an office is one name."""
    assert bibtex(STATED).splitlines() == [
        "@misc{air-quality,",
        "  author = {{示范市生态环境局}},",
        r"  title = {{空气质量 \{小时\} 100\%}},",
        "  howpublished = {示范市开放数据},",
        "  year = {2026},",
        "  month = may,",
        "  version = {1.2},",
        "  url = {https://data.example.cn/datasets/air-quality/},",
        "  urldate = {2026-06-01},",
        "  language = {chinese}",
        "}",
    ]


def test_csl_json_is_a_dataset_with_its_days() -> None:
    """Reference managers get every part by itself."""
    assert csl(replace(STATED, version="")) == {
        "id": "air-quality",
        "type": "dataset",
        "title": "空气质量 {小时} 100%",
        "author": [{"literal": "示范市生态环境局"}],
        "publisher": "示范市开放数据",
        "issued": {"date-parts": [[2026, 5, 20]]},
        "accessed": {"date-parts": [[2026, 6, 1]]},
        "URL": "https://data.example.cn/datasets/air-quality/",
        "language": "zh-CN",
    }


def test_a_dataset_is_cited_as_of_its_last_update(published: Callable[[str], PublishedDataset]) -> None:
    """The names are those of the page's language."""
    dataset = published("bus-lines").dataset
    stated = citation_of(dataset, lang="en", portal_title="Small Town", url="https://x.cn/", accessed=date(2026, 6, 1))
    assert gb7714(stated) == (
        "Small Town Transport Bureau. 公交线路与站点[DS/OL]. Small Town, 2026 (2026-05-20)[2026-06-01]. https://x.cn/."
    )
