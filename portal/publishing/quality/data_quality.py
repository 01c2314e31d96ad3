"""Data quality indicators (GB/T 36344-2018): completeness, duplicates, references, timeliness.

Those that a schema, a profile and the findings of the check can decide. An indicator that nothing decides is not
assessed, which is never 100 %. A table with errors is not published at all; so what its schema demands is kept by every
published table, and the number of cells tells how much that means. Formulas: DB31/T 1523-2024, which has the same
codes; A elements of B keep the rule, or 1 - A/B for those that break it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from portal.findings.finding import Finding
from portal.model.catalog import Field
from portal.model.quality import Freshness, Indicator
from portal.model.table_profile import ColumnProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.quality.link_answers import LinkAnswers

INDICATORS = {
    "0101": LocalText("数据标准", "Data standards"),
    "010101": LocalText("类型", "Data type"),
    "010102": LocalText("格式", "Data format"),
    "010103": LocalText("长度", "Data length"),
    "0102": LocalText("数据模型", "Data models"),
    "0103": LocalText("元数据", "Metadata"),
    "0104": LocalText("业务规则", "Business rules"),
    "0105": LocalText("权威参考数据", "Authoritative reference data"),
    "0106": LocalText("安全规范", "Security rules"),
    "0201": LocalText("数据元素完整性", "Completeness of data elements"),
    "0202": LocalText("数据记录完整性", "Completeness of data records"),
    "0301": LocalText("数据内容正确性", "Correctness of content"),
    "0302": LocalText("数据格式合规性", "Compliance of format"),
    "0303": LocalText("数据重复率（不重复的比例）", "Rate of repeated data (share not repeated)"),
    "0304": LocalText("数据唯一性", "Uniqueness of data"),
    "0305": LocalText("脏数据出现率（干净的比例）", "Rate of dirty data (share that is clean)"),
    "0306": LocalText("数据标准参照准确性", "Accuracy of reference to data standards"),
    "0401": LocalText("相同数据一致性", "Consistency of the same data"),
    "0402": LocalText("关联数据一致性", "Consistency of related data"),
    "0403": LocalText("与元数据一致性", "Consistency with metadata"),
    "0501": LocalText("基于时间段的正确性", "Correctness by period of time"),
    "0502": LocalText("基于时间点的及时性", "Timeliness by point in time"),
    "0503": LocalText("时序性", "Order in time"),
    "0504": LocalText("授权使用时效性", "Timeliness of authorised use"),
    "0601": LocalText("可访问", "Accessible"),
    "0602": LocalText("可用性", "Availability"),
}

DIRT = frozenset(
    (
        "mojibake mojibake-suspected invisible-character full-width-digits key-padding number-too-large "
        "number-precision number-precision-lost"
    ).split()
)
"""Codes of findings that name a cell with something in it that does not belong there."""

MEANS = {"0101": ("010101", "010102", "010103")}
"""Indicators that are the mean of others, as far as these were assessed."""

_UNTYPED = frozenset(["any", "string"])
_Rule = Callable[[Field], bool]

_RULES: tuple[tuple[str, _Rule], ...] = (
    ("010101", lambda field: field.type not in _UNTYPED),
    ("010102", lambda field: _has(field, "pattern", "enum") or field.format != "default"),
    ("010103", lambda field: _has(field, "minLength", "maxLength")),
    ("0302", lambda field: field.type not in _UNTYPED or field.format != "default" or bool(_checks(field))),
)
"""Indicators of cells: a cell with a value counts where the schema has such a rule for its column."""


def indicators(
    published: PublishedDataset,
    findings: Sequence[Finding],
    freshness: Freshness,
    answers: LinkAnswers,
    *,
    today: date,
    answer_days_max: int,
) -> tuple[Indicator, ...]:
    """Return what can be assessed of a dataset, in the order of codes; *findings* are those of this dataset.

    Nothing is assessed of what has neither files nor links here.
    """
    if not published.resources:
        return ()
    tables = [item for item in published.resources if item.profile and item.profile.rows]
    found = [
        *(Indicator(code, cells, cells) for code, rule in _RULES if (cells := _cells(tables, rule))),
        *_declared(tables),
        *_references(tables),
        *_required(tables),
        *_records(tables),
        *_keys(tables),
        *_dirt(tables, findings),
        *_timely(freshness),
        *_accessible(published, answers, today, answer_days_max),
    ]
    return tuple(sorted((item for item in found if item.evaluated), key=lambda item: item.code))


def _checks(field: Field) -> Collection[str]:
    return [name for name, value in field.constraints.items() if name not in ("required", "unique") and value]


def _has(field: Field, *constraints: str) -> bool:
    return any(name in field.constraints for name in constraints)


def _columns(item: PublishedResource) -> Iterator[tuple[Field, ColumnProfile]]:
    """Yield the columns that the publisher declared and that are in the table."""
    if item.profile:
        profiles = {column.name: column for column in item.profile.columns}
        for field in item.resource.schema.fields:
            if field.name in profiles:
                yield field, profiles[field.name]


def _rows(item: PublishedResource) -> int:
    return item.profile.rows if item.profile else 0


def _cells(tables: Sequence[PublishedResource], rule: _Rule) -> int:
    """Count the cells with a value in the columns that *rule* holds for."""
    return sum(_rows(item) - column.gaps for item in tables for field, column in _columns(item) if rule(field))


def _declared(tables: Sequence[PublishedResource]) -> Iterator[Indicator]:
    """0103: columns that the schema describes, of the columns of tables that have a schema."""
    described = [item for item in tables if item.resource.schema.fields]
    declared = sum(1 for item in described for _ in _columns(item))
    yield Indicator("0103", declared, sum(len(item.profile.columns) for item in described if item.profile))


def _references(tables: Sequence[PublishedResource]) -> Iterator[Indicator]:
    """0105: cells that refer to another table or to a list of allowed values."""
    cells = 0
    for item in tables:
        referring = {name for key in item.resource.schema.foreign_keys for name in key.fields}
        for field, column in _columns(item):
            if field.name in referring or _has(field, "enum"):
                cells += _rows(item) - column.gaps
    yield Indicator("0105", cells, cells)


def _required(tables: Sequence[PublishedResource]) -> Iterator[Indicator]:
    """0201: cells with a value, of those in columns that must have one."""
    filled = wanted = 0
    for item in tables:
        keys = set(item.resource.schema.primary_key)
        for field, column in _columns(item):
            if field.constraints.get("required") or field.name in keys:
                filled += _rows(item) - column.gaps
                wanted += _rows(item)
    yield Indicator("0201", filled, wanted)


def _records(tables: Sequence[PublishedResource]) -> Iterator[Indicator]:
    """0202: records with a value; a blank one would be an error."""
    rows = sum(map(_rows, tables))
    yield Indicator("0202", rows, rows)


def _keys(tables: Sequence[PublishedResource]) -> Iterator[Indicator]:
    """0303 and 0304: records of tables in which a key keeps any record from standing twice."""
    rows = 0
    for item in tables:
        schema = item.resource.schema
        if schema.primary_key or any(field.constraints.get("unique") for field in schema.fields):
            rows += _rows(item)
    yield Indicator("0303", rows, rows)
    yield Indicator("0304", rows, rows)


def _dirt(tables: Sequence[PublishedResource], findings: Sequence[Finding]) -> Iterator[Indicator]:
    """0305: cells in which nothing was found that does not belong there; not assessed where findings were cut."""
    if any(item.code == "errors-cut" for item in findings):
        return
    cells = sum(_rows(item) * len(item.profile.columns) for item in tables if item.profile)
    dirty = {(item.resource, item.row, item.column) for item in findings if item.code in DIRT and item.row}
    yield Indicator("0305", max(cells - len(dirty), 0), cells)


def _timely(freshness: Freshness) -> Iterator[Indicator]:
    """0502: whether the dataset was brought up to date within its promised cycle."""
    if freshness.state in ("current", "overdue"):
        yield Indicator("0502", int(freshness.state == "current"), 1)


def _accessible(
    published: PublishedDataset, answers: LinkAnswers, today: date, answer_days_max: int
) -> Iterator[Indicator]:
    """0601: resources whose files are in the release or whose link answered; a link never visited does not count."""
    reached = asked = 0
    for item in published.resources:
        is_there: bool | None = bool(item.files)
        if item.resource.kind == "link":
            is_there = answers.answers(item.resource.url, today, answer_days_max)
        if is_there is not None:
            reached += is_there
            asked += 1
    yield Indicator("0601", reached, asked)
