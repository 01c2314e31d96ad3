"""Metadata score (MQA of data.europa.eu): 23 metrics of 405 points, and which of them a dataset meets.

MQA is the metadata quality assessment of the EU's portal. What decides is what our own DCAT carries. Metrics of files
are taken from one distribution, the one with the most points. Our own files answer: a release holds every file that its
manifest lists. Links elsewhere answer where links.ndjson says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.model.catalog import UNKNOWN_PUBLISHER
from portal.model.quality import MetadataScore
from portal.model.text import LocalText
from portal.publishing.formats.dcat.dcat_record import Distribution, Named, Record
from portal.publishing.formats.dcat.described import record_of
from portal.publishing.formats.dcat.vocabulary import THEME_SCHEME
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.link_answers import LinkAnswers
from portal.publishing.quality.weights import Weights

AUTHORITY = THEME_SCHEME.removesuffix("data-theme")
"""What the addresses of all the EU's vocabularies begin with."""


@dataclass(frozen=True)
class Basis:
    """What an assessment goes by, the same for all datasets of a build."""

    weights: Weights
    base_url: str
    today: date
    answers: LinkAnswers = LinkAnswers()


@dataclass(frozen=True)
class Dimension:
    """Metrics that ask for one thing."""

    id: str
    title: LocalText
    metrics: tuple[str, ...]


DIMENSIONS = (
    Dimension("findability", LocalText("可发现性", "Findability"), ("keyword", "theme", "spatial", "temporal")),
    Dimension(
        "accessibility",
        LocalText("可访问性", "Accessibility"),
        ("access_url_answers", "download_url", "download_url_answers"),
    ),
    Dimension(
        "interoperability",
        LocalText("互操作性", "Interoperability"),
        ("format", "media_type", "vocabularies", "non_proprietary", "machine_readable", "dcat_ap"),
    ),
    Dimension(
        "reusability",
        LocalText("可重用性", "Reusability"),
        ("licence", "licence_known", "access_rights", "access_rights_known", "contact", "publisher"),
    ),
    Dimension("contextuality", LocalText("上下文", "Contextuality"), ("rights", "byte_size", "issued", "modified")),
)

METRICS = {
    "keyword": LocalText("有关键词", "Has keywords"),
    "theme": LocalText("有主题", "Has topics"),
    "spatial": LocalText("有空间范围", "Says which region it covers"),
    "temporal": LocalText("有时间范围", "Says which period it covers"),
    "access_url_answers": LocalText("访问地址有应答", "The address of access answers"),
    "download_url": LocalText("有下载地址", "Has an address to download from"),
    "download_url_answers": LocalText("下载地址有应答", "The address to download from answers"),
    "format": LocalText("写明文件格式", "Names the format of the file"),
    "media_type": LocalText("写明媒体类型", "Names the media type"),
    "vocabularies": LocalText("格式和媒体类型取自标准词表", "Format and media type are from the standard lists"),
    "non_proprietary": LocalText("格式不属于某个厂商", "The format belongs to no company"),
    "machine_readable": LocalText("格式可机器读取", "The format can be read by machines"),
    "dcat_ap": LocalText("目录描述符合 DCAT-AP", "The description follows DCAT-AP"),
    "licence": LocalText("有许可", "Has a licence"),
    "licence_known": LocalText("许可是标准许可", "The licence is a standard one"),
    "access_rights": LocalText("写明访问权限", "States who may have it"),
    "access_rights_known": LocalText("访问权限取自标准词表", "Who may have it is from the standard list"),
    "contact": LocalText("有联系方式", "Says where to ask"),
    "publisher": LocalText("有提供方", "Names its publisher"),
    "rights": LocalText("写明使用权利", "States the rights of use"),
    "byte_size": LocalText("写明文件大小", "States the size of the file"),
    "issued": LocalText("有发布日期", "Has a day of publishing"),
    "modified": LocalText("有更新日期", "Has a day of last update"),
}

_ABOUT_DATASET: dict[str, Callable[[Record], bool]] = {
    "keyword": lambda record: bool(record.keywords),
    "theme": lambda record: bool(record.themes),
    "spatial": lambda record: bool(record.places),
    "temporal": lambda record: record.period is not None,
    "access_rights": lambda record: bool(record.access_rights),
    "access_rights_known": lambda record: record.access_rights.startswith(AUTHORITY),
    "contact": lambda record: record.contact is not None,
    "issued": lambda record: bool(record.issued),
    "modified": lambda record: bool(record.modified),
    "dcat_ap": lambda record: follows_dcat_ap(record),
}

_ABOUT_FILE: dict[str, Callable[[Distribution, Weights], bool]] = {
    "download_url": lambda item, _: bool(item.download_url),
    "format": lambda item, _: item.format is not None,
    "media_type": lambda item, _: bool(item.media_type),
    "vocabularies": lambda item, _: bool(item.media_type) and _is_known(item.format),
    "non_proprietary": lambda item, weights: _format_code(item) in weights.non_proprietary,
    "machine_readable": lambda item, weights: _format_code(item) in weights.machine_readable,
    "licence": lambda item, _: item.licence is not None,
    "licence_known": lambda item, _: _is_known(item.licence),
    "rights": lambda item, _: item.rights is not None,
    "byte_size": lambda item, _: item.size_bytes is not None,
}


def score(published: PublishedDataset, basis: Basis) -> MetadataScore | None:
    """Return the points of a dataset's metadata; None where it has neither files nor links here."""
    if not published.resources:
        return None
    record = record_of(published, base_url=basis.base_url)
    points = basis.weights.points
    passed = {name for name, rule in _ABOUT_DATASET.items() if rule(record)}
    if published.dataset.publisher.id != UNKNOWN_PUBLISHER:
        passed.add("publisher")
    unchecked: set[str] = set()
    best = max(
        (_about_file(item, basis) for item in record.distributions),
        key=lambda found: sum(points[name] for name in found[0]),
        default=(frozenset[str](), frozenset[str]()),
    )
    passed |= best[0]
    unchecked |= best[1]
    total = sum(points[name] for name in passed)
    return MetadataScore(
        points=total,
        points_max=basis.weights.points_max,
        band=basis.weights.band(total),
        passed=tuple(name for name in points if name in passed),
        unchecked=tuple(name for name in points if name in unchecked),
    )


def follows_dcat_ap(record: Record) -> bool:
    """Whether the description has what DCAT-AP 3.0.1 makes mandatory of a dataset, its publisher and its files."""
    agent, contact = record.publisher, record.contact
    return bool(
        record.title
        and record.description
        and (agent is None or (agent.name and agent.iri))
        and (contact is None or contact.iri)
        and all(item.access_url for item in record.distributions)
        and all(theme.label for theme in record.themes)
    )


def catalogue_value(counts: Mapping[str, tuple[int, int]], points: Mapping[str, int]) -> float:
    """Return the points of a whole catalogue: of each metric its points times the share of what meets it.

    *counts* are for each metric how many meet it, and of how many; each product is rounded to two decimals.

    >>> catalogue_value({"spatial": (42, 46)}, {"spatial": 20})
    18.26
    """
    parts = (round(points[name] * met / of, 2) for name, (met, of) in counts.items() if of)
    return round(sum(parts), 2)


def _about_file(item: Distribution, basis: Basis) -> tuple[frozenset[str], frozenset[str]]:
    """Return the metrics that a distribution meets, and those that nobody could decide."""
    passed = {name for name, rule in _ABOUT_FILE.items() if rule(item, basis.weights)}
    if item.download_url:
        return frozenset(passed | {"access_url_answers", "download_url_answers"}), frozenset()
    answers = basis.answers.answers(item.access_url, basis.today, basis.weights.answer_days_max)
    if answers:
        passed.add("access_url_answers")
    return frozenset(passed), frozenset({"access_url_answers"} if answers is None else ())


def _is_known(thing: Named | None) -> bool:
    """Whether a thing has its address in one of the EU's vocabularies."""
    return thing is not None and thing.iri.startswith(AUTHORITY)


def _format_code(item: Distribution) -> str:
    """Return the code in the EU's table of file types, else what stands for a format that is not there."""
    return item.format.iri.rpartition("/")[2].upper() if item.format else ""
