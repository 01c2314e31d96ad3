"""Advice for a better quality score: what to do next, with the points it brings, the most first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.model.quality import MetadataScore
from portal.model.text import LocalText


@dataclass(frozen=True)
class Advice:
    """One thing to do. It mends *metrics*; *key* is that of the descriptor, *questions* those of the form.

    Without *questions* a form does not ask for it: whoever runs the portal does it.
    """

    metrics: tuple[str, ...]
    text: LocalText
    key: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gain:
    """A piece of advice and the points it would bring."""

    advice: Advice
    points: int


QUESTIONS = {
    "title": LocalText("数据集名称", "Title"),
    "description": LocalText("摘要", "Description"),
    "keywords": LocalText("关键词", "Keywords"),
    "catalogue.publisher": LocalText("提供单位", "Publisher"),
    "catalogue.themes": LocalText("主题", "Topics"),
    "licenses": LocalText("开放许可", "Licence"),
    "open": LocalText("开放属性", "Openness"),
    "catalogue.published": LocalText("发布日期", "Published"),
    "catalogue.updated": LocalText("更新日期", "Updated"),
    "temporal_from": LocalText("时间范围：起", "Period: from"),
    "temporal_to": LocalText("时间范围：止", "Period: to"),
    "catalogue.spatial": LocalText("空间范围", "Region"),
}
"""Questions of the form by their keys, as they are printed there."""

ADVICE = (
    Advice(
        ("download_url", "download_url_answers", "access_url_answers", "byte_size"),
        LocalText(
            "把文件本身放进数据集，不要只给外部网站的链接。",
            "Put the file itself into the dataset instead of a link to another site.",
        ),
        "resources[].path",
    ),
    Advice(
        ("keyword",),
        LocalText("写两到五个关键词。", "Give two to five keywords."),
        "keywords",
        ("keywords",),
    ),
    Advice(("theme",), LocalText("选择主题。", "Choose its topics."), "catalogue.themes", ("catalogue.themes",)),
    Advice(
        ("licence", "licence_known"),
        LocalText("写明标准的开放许可，例如 CC-BY-4.0。", "Name a standard open licence, e.g. CC-BY-4.0."),
        "licenses",
        ("licenses",),
    ),
    Advice(
        ("dcat_ap",),
        LocalText("写明标题和摘要。", "Write a title and a description."),
        "title, description",
        ("title", "description"),
    ),
    Advice(
        ("spatial",),
        LocalText("用行政区划代码写明数据的空间范围。", "State the region that the data cover, by its division code."),
        "catalogue.spatial",
        ("catalogue.spatial",),
    ),
    Advice(
        ("temporal",),
        LocalText(
            "写明数据从哪一天到哪一天，例如 2025-01-01/2025-12-31。",
            "State from which day to which the data reach, e.g. 2025-01-01/2025-12-31.",
        ),
        "catalogue.temporal",
        ("temporal_from", "temporal_to"),
    ),
    Advice(
        ("contact",),
        LocalText(
            "写明向哪个单位、哪个电话咨询；也可以在 publishers.yaml 中为整个部门写一次（unit、phone）。",
            "Say which unit and telephone to ask; or state them once for the whole department in publishers.yaml "
            "(unit, phone).",
        ),
        "catalogue.provider_unit, catalogue.phone",
    ),
    Advice(
        ("non_proprietary", "machine_readable"),
        LocalText(
            "再提供一份 CSV、JSON 或 XLSX 表格，PDF 和图片机器读不了。",
            "Offer it as a table in CSV, JSON or XLSX too; machines cannot read PDF and pictures.",
        ),
        "resources[].format",
    ),
    Advice(
        ("format", "media_type", "vocabularies"),
        LocalText(
            "用通行的格式提供，例如 CSV、JSON、XLSX 或 PDF。",
            "Offer it in a common format, e.g. CSV, JSON, XLSX or PDF.",
        ),
        "resources[].format",
    ),
    Advice(
        ("publisher",),
        LocalText("写明提供单位。", "Name the publisher."),
        "catalogue.publisher",
        ("catalogue.publisher",),
    ),
    Advice(
        ("issued",),
        LocalText("写明首次发布的日期。", "State the day of first publication."),
        "catalogue.published",
        ("catalogue.published",),
    ),
    Advice(
        ("modified",),
        LocalText("写明最近一次更新的日期。", "State the day of the last update."),
        "catalogue.updated",
        ("catalogue.updated",),
    ),
    Advice(
        ("access_rights", "access_rights_known", "rights"),
        LocalText("写明开放属性。", "State who may have the data."),
        "catalogue.open",
        ("open",),
    ),
)

CHECK_LINKS = Advice(
    ("access_url_answers",),
    LocalText(
        "请运行门户的人用 portal links 检查链接；还没有人检查过。",
        "Ask those who run the portal to check the link with portal links; nobody has yet.",
    ),
)
"""What takes the place of the first piece of advice where a link was never visited."""

NAME_FORMAT = Advice(
    ("format", "media_type", "vocabularies", "non_proprietary", "machine_readable"),
    LocalText(
        "写明文件是什么格式，例如 format: csv；从名称看不出来。",
        "Say which format the file has, e.g. format: csv; its name does not tell.",
    ),
    "resources[].format",
)
"""What takes the place of all advice on formats where none is stated: a format that nobody knows is not judged."""

NEXT_STAR = {
    0: Advice(
        ("licence",),
        LocalText(
            "选用开放许可：不限定谁可以用、用来做什么，例如 CC-BY-4.0。",
            "Choose an open licence, one that does not limit who may use the data and for what, e.g. CC-BY-4.0.",
        ),
        "licenses",
        ("licenses",),
    ),
    1: Advice(
        ("machine_readable",),
        LocalText("再提供一份表格，例如 CSV 或 XLSX。", "Offer it as a table too, e.g. CSV or XLSX."),
        "resources[].path",
    ),
    2: Advice(
        ("non_proprietary",),
        LocalText(
            "再提供一份不归任何厂商的格式，例如 CSV 或 GeoJSON。",
            "Offer it in a format that belongs to no company too, e.g. CSV or GeoJSON.",
        ),
        "resources[].path",
    ),
    3: Advice(
        (),
        LocalText(
            "给每一行一个网址作名称：主键是一列网址（format: uri）；或者提供 RDF（Turtle）。",
            "Name each row by a web address: one column of addresses (format: uri) is the primary key; or offer RDF "
            "(Turtle).",
        ),
        "resources[].schema.primaryKey",
    ),
    4: Advice(
        (),
        LocalText(
            "链接到别人的数据：另有一列网址（format: uri），用 rdfType 说明指的是什么；"
            "RDF 中写 owl:sameAs 或 SKOS 的匹配，指向别的网站。",
            "Link to the data of others: a further column of addresses (format: uri) that says by rdfType what they "
            "name; in RDF, owl:sameAs or a match of SKOS that leads to another site.",
        ),
        "resources[].schema.fields[].rdfType",
    ),
}
"""What brings the next star, by those there are; whoever mends *metrics* has done it already."""


def next_star(stars: int, score: MetadataScore) -> Advice | None:
    """Return what brings the next star; None with all five, and where a piece of advice for points says it too.

    >>> all_met = MetadataScore(405, 405, "excellent", ("licence", "machine_readable", "non_proprietary"))
    >>> next_star(0, all_met).key, next_star(0, MetadataScore(0, 405, "bad", ())), next_star(5, all_met)
    ('licenses', None, None)
    """
    advice = NEXT_STAR.get(stars)
    return advice if advice and set(advice.metrics) <= set(score.passed) else None


def advise(score: MetadataScore, points: Mapping[str, int]) -> tuple[Gain, ...]:
    """Return what would bring points, the most first; together they bring all that is missing.

    >>> from portal.publishing.quality.weights import default_weights
    >>> points = default_weights().points
    >>> passed = tuple(name for name in points if name not in ("spatial", "issued"))
    >>> lacking = MetadataScore(380, 405, "excellent", passed)
    >>> [(gain.advice.key, gain.points) for gain in advise(lacking, points)]
    [('catalogue.spatial', 20), ('catalogue.published', 5)]
    """
    missing = {name for name, worth in points.items() if worth} - set(score.passed)
    return tuple(sorted(_gains(missing, score, points), key=lambda gain: -gain.points))


def _gains(missing: set[str], score: MetadataScore, points: Mapping[str, int]) -> Iterator[Gain]:
    unchecked = missing.intersection(score.unchecked)
    if unchecked:
        yield Gain(CHECK_LINKS, sum(points[name] for name in unchecked))
        missing = missing - unchecked
    if "format" in missing:
        yield Gain(NAME_FORMAT, sum(points[name] for name in missing.intersection(NAME_FORMAT.metrics)))
        missing = missing.difference(NAME_FORMAT.metrics)
    for advice in ADVICE:
        gain = sum(points[name] for name in advice.metrics if name in missing)
        if gain:
            yield Gain(advice, gain)
