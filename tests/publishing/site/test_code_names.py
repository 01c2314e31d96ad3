"""Names of codes are read from the table that lists them, whatever else stands in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.portal import Portal
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.site.code_names import CodeNames

PYTHONS_OWN_LIMIT = 131_072


@pytest.fixture
def usual_limit() -> Iterator[None]:
    """Python's own limit of a cell of CSV, as a server has it that has read none."""
    former = csv.field_size_limit(PYTHONS_OWN_LIMIT)
    yield
    csv.field_size_limit(former)


def published(name: str, site: Path, fields: list[dict[str, object]], text: str) -> PublishedDataset:
    """Return a dataset of one table."""
    path = f"data/{name}/t.csv"
    (site / path).parent.mkdir(parents=True)
    (site / path).write_text(text, encoding="utf-8")
    resource = PublishedResource(
        Resource("t", LocalText("t"), "table", "csv", "text/csv"),
        (PublishedFile(path, "csv", "text/csv", 1, "", "t.csv"),),
        TableProfile(2, ()),
        table_schema={"fields": [{"type": "string", **field} for field in fields]},
    )
    dataset = Dataset(name, LocalText(name), name, f"{name}/datapackage.yaml", Publisher("p", LocalText("p")))
    return PublishedDataset(dataset, (resource,))


@pytest.mark.usefixtures("usual_limit")
def test_a_table_of_names_may_hold_long_outlines(tmp_path: Path) -> None:
    """Beside the name of a district its outline, of more characters than Python reads by itself."""
    outline = "9" * (PYTHONS_OWN_LIMIT + 1)
    fields: list[dict[str, object]] = [{"name": "代码"}, {"name": "名称"}, {"name": "轮廓"}]
    listed = published("districts", tmp_path, fields, f"代码,名称,轮廓\n1,黄浦,{outline}\n2,静安,x\n")
    reference = {"dataset": "districts", "resource": "t", "fields": "代码"}
    asking = published("asking", tmp_path, [{"name": "区", "reference": reference}], "区\n1\n")
    names = CodeNames(tmp_path, Portal(LocalText("门户")), {"districts": listed}.get)
    assert names.of(asking) == {("t", "区"): {"1": LocalText("黄浦"), "2": LocalText("静安")}}


def test_a_reference_without_names_is_no_column_of_codes(tmp_path: Path) -> None:
    """One to a dataset that is not there, or to a column that it does not have."""
    listed = published("listed", tmp_path, [{"name": "代码"}, {"name": "名称"}], "代码,名称\n1,黄浦\n2,静安\n")
    fields: list[dict[str, object]] = [
        {"name": "a", "reference": {"dataset": "gone", "resource": "t", "fields": "代码"}},
        {"name": "b", "reference": {"dataset": "listed", "resource": "t", "fields": "编码"}},
    ]
    asking = published("asking", tmp_path, fields, "a,b\n1,1\n")
    assert CodeNames(tmp_path, Portal(LocalText("门户")), {"listed": listed}.get).of(asking) == {}
