"""The store of published datasets: what is written is what is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from portal.model.catalog import (
    Dataset,
    Field,
    ForeignKey,
    Licence,
    Origin,
    Publisher,
    Resource,
    Schema,
    Sharing,
    Theme,
)
from portal.model.portal import Directory, FooterItem, Portal
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.text import LocalText
from portal.publishing.formats.ckan import dump
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.release import Release
from portal.publishing.search.dataset_store import BY_CKAN_ID, BY_NAME, Records, write_records

BUREAU = Publisher(
    id="transport",
    title=LocalText("交通局", "Transport Bureau"),
    uscc="11310000MB1234567X",
    kind="政务部门",
    level="city",
    parent="government",
    unit="信息中心",
    phone="000-0000",
    responsible="局长",
    description=LocalText("管理交通。", "Runs transport."),
)
TRAFFIC = Theme("traffic", LocalText("交通运输", "Transport"))
PORTAL = Portal(
    title=LocalText("门户", "Portal"),
    description=LocalText("说明", "Description"),
    organisation=LocalText("数据局", "Data Office"),
    notice=LocalText("演示", "Demonstration"),
    base_url="https://data.example.cn/open",
    has_base_url=True,
    footer=(FooterItem("organiser", LocalText("主办单位", "Operated by"), LocalText("数据局", "Data Office")),),
    examples=(LocalText("学校", "school"),),
)
STOPS = Resource(
    name="stops",
    title=LocalText("站点", "Stops"),
    kind="table",
    format="csv",
    media_type="text/csv",
    description=LocalText("每站一行", "A row a stop"),
    paths=("a.csv", "b.csv"),
    encoding="gb18030",
    schema=Schema(
        fields=(
            Field("线路", LocalText("线路", "Line"), "string", "default", LocalText("编号"), {"required": True}),
            Field("序号", LocalText("序号"), "integer", constraints={"minimum": 1, "enum": [1, 2, 3]}),
        ),
        primary_key=("线路", "序号"),
        foreign_keys=(ForeignKey(("线路",), "lines", ("线路",)),),
    ),
)
MAP = Resource("map", LocalText("地图"), "link", "wms", "application/octet-stream", url="https://maps.example.cn/wms")
FULL = PublishedDataset(
    Dataset(
        name="bus-stops",
        title=LocalText("公交站点", "Bus stops"),
        folder="transport/bus-stops",
        descriptor_file="transport/bus-stops/datapackage.yaml",
        publisher=BUREAU,
        description=LocalText("全部站点 <b>\"'&\u2028", "All stops"),
        keywords=(LocalText("公交", "bus"), LocalText("站")),
        licences=(Licence("CC0-1.0", LocalText("公有领域", "Zero"), "https://creativecommons.org/zero"),),
        themes=(TRAFFIC,),
        areas=("transport",),
        sharing=Sharing("conditional", "依申请", "条例", "平台"),
        open_state="open",
        open_condition="无",
        planned_on=date(2026, 12, 1),
        code="307021000/000012",
        update_cycle="monthly",
        granularity="raw",
        published=date(2026, 1, 15),
        updated=date(2026, 5, 20),
        spatial="310000",
        temporal="2025-01-01/2025-12-31",
        version="1.2.3",
        homepage="https://example.cn/",
        origins=(Origin("统计年鉴", "https://example.cn/book"), Origin("登记簿")),
        resources=(STOPS, MAP),
    ),
    (
        PublishedResource(
            STOPS,
            (
                PublishedFile(
                    "data/x/original/a b.csv", "csv", "text/csv; charset=gb18030", 7, "ab" * 32, "a.csv", True
                ),
                PublishedFile("data/x/stops.json", "json", "application/json", 2**40, "cd" * 32, "站点.json"),
            ),
            TableProfile(
                2,
                (ColumnProfile("线路", 0, 2), ColumnProfile("序号", 1, None, "1", "9")),
                (("1路", "1"), ("环线", "")),
            ),
            ("xlsx",),
        ),
        PublishedResource(MAP),
    ),
)
BARE = PublishedDataset(
    Dataset("bare", LocalText("bare"), "bare", "bare/datapackage.yaml", Publisher("unknown", LocalText()))
)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """A store of two datasets: one that states everything, one that states nothing."""
    path = tmp_path / "search" / "records.sqlite"
    write_records([FULL, BARE], Directory(PORTAL, (BUREAU,), (TRAFFIC,)), path)
    return Records(path)


@pytest.mark.parametrize("item", [FULL, BARE], ids=lambda item: item.dataset.name)
def test_a_dataset_is_read_as_it_was_written(records: Records, item: PublishedDataset) -> None:
    """A dataset comes back equal in everything it states."""
    assert records.get(item.dataset.name) == item


def test_the_directory_is_read_as_it_was_written(records: Records) -> None:
    """The portal, its publishers and its themes come back equal."""
    assert records.directory() == Directory(PORTAL, (BUREAU,), (TRAFFIC,))


def test_every_dataset_of_a_build_is_read_as_it_was_published(tiny_build: Release) -> None:
    """A release holds its datasets as the build made them."""
    assert tiny_build.folder is not None
    opened = Records(tiny_build.folder / "search" / "records.sqlite")
    assert tuple(opened.several(opened.names())) == tiny_build.published


def test_several_come_in_the_order_asked_for(records: Records) -> None:
    """Datasets come in the order of the names, as often as they are named; an unknown name is passed over."""
    asked = ["bus-stops", "nobody", "bare", "bus-stops"]
    assert list(records.several(asked)) == [FULL, BARE, FULL]


def test_an_unknown_name_gives_none(records: Records) -> None:
    """There is no dataset under a name that nobody gave, whatever signs it holds."""
    names = ("nobody", "", "%", "bare' OR '1'='1", "bare\ud800")
    assert [records.get(name) for name in names] == [None] * 5
    assert [records.by_ckan_id(name) for name in (*names, "bare")] == [None] * 6


def test_a_dataset_is_found_by_the_id_that_ckan_clients_know(records: Records) -> None:
    """The id is the UUID that the description for CKAN gives."""
    assert records.by_ckan_id("bfcf2d5d-0000-0000-0000-000000000000") is None
    assert records.by_ckan_id(dump(FULL, base_url="")["id"]) == FULL


def test_one_dataset_is_looked_up_without_reading_the_others(records: Records, tmp_path: Path) -> None:
    """Both look-ups of one dataset search an index of the file; neither passes over a table."""
    with closing(sqlite3.connect(tmp_path / "search" / "records.sqlite")) as database:
        plans = [
            database.execute(f"EXPLAIN QUERY PLAN {statement}", ("x",)).fetchall()
            for statement in (BY_NAME, BY_CKAN_ID)
        ]
    steps = [step[-1] for plan in plans for step in plan]
    assert len(steps) == 3
    assert all(step.startswith("SEARCH") and "PRIMARY KEY" in step for step in steps), steps


def test_a_release_of_an_earlier_version_knows_datasets_by_name_alone(records: Records, tmp_path: Path) -> None:
    """Where ids were not written, a look-up by id finds nothing, and one by name what it always did."""
    with closing(sqlite3.connect(tmp_path / "search" / "records.sqlite")) as database, database:
        database.execute("DROP TABLE ckan_id")
    assert records.by_ckan_id(dump(FULL, base_url="")["id"]) is None
    assert records.get("bare") == BARE


def test_names_are_sorted(records: Records) -> None:
    """The list of names is in their order, not in that of writing."""
    assert records.names() == ["bare", "bus-stops"]


@pytest.mark.parametrize(
    ("start", "limit", "names"),
    [
        (0, 1, ["bare"]),
        (1, 1, ["bus-stops"]),
        (1, -1, ["bus-stops"]),
        (2, 1, []),
        (0, 0, []),
        (999_999_999, 999_999_999, []),
    ],
)
def test_names_come_in_parts(records: Records, start: int, limit: int, names: list[str]) -> None:
    """Some names are passed over, and then no more given than asked for."""
    assert records.names(start, limit) == names
