"""`maps` of catalog.yaml while the folder is read: layers and views that name what is not there are findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.examining.loaded import load
from portal.findings.words import message_of
from portal.model.errors import ConfigurationError
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.settings import load_settings

DATASET = """name: homes
title: 养老机构
licenses: [{name: CC-BY-4.0}]
resources:
- name: homes
  path: homes.csv
  schema:
    fields:
    - {name: 名称, type: string}
    - {name: 联系人, type: string}
    - {name: 床位数, type: integer}
    - {name: 入住率, type: number}
"""


def folder_with(folder: Path, maps: str) -> Path:
    """Return a folder with one dataset and what catalog.yaml says of maps."""
    (folder / "p" / "homes").mkdir(parents=True)
    (folder / "p" / "homes" / "datapackage.yaml").write_text(DATASET, encoding="utf-8")
    (folder / "p" / "homes" / "homes.csv").write_text("名称,联系人,床位数,入住率\n甲,张三,5,0.5\n", encoding="utf-8")
    (folder / "catalog.yaml").write_text(f"maps:\n{maps}", encoding="utf-8")
    return folder


def test_layers_and_views_are_read(tmp_path: Path) -> None:
    """What can be drawn is no finding."""
    views = (
        "  layers: [{resource: d/r, code: 代码}]\n  views: [{resource: homes/homes, colour: 入住率, size: 床位数}]\n"
    )
    settings = load_settings(folder_with(tmp_path, views))
    assert settings.portal.map_layers == (MapLayer("d", "r", "代码"),)
    assert settings.portal.map_choices == (MapChoice("homes", "homes", "入住率", size="床位数"),)
    assert [item.code for item in load(settings).report if item.code.startswith("map")] == ["map-layer-missing"]


@pytest.mark.parametrize(
    ("view", "field", "reason"),
    [
        ("resource: homes/other", "maps.views", "it is no open resource of this catalogue"),
        ("resource: homes/homes, colour: 类型", "maps.views.colour", "the table has no such column"),
        ("resource: homes/homes, colour: 联系人", "maps.views.colour", "it may tell of single persons"),
        ("resource: homes/homes, size: 名称", "maps.views.size", "it holds no numbers"),
        ("resource: homes/homes, colour: 名称, classes: quantiles", "maps.views.classes", "only numbers have classes"),
        (
            "resource: homes/homes, size: 入住率",
            "maps.views.size",
            "its numbers are rates, prices or readings, which no area tells; use colour",
        ),
    ],
)
def test_a_view_that_cannot_be_drawn_is_a_finding(tmp_path: Path, view: str, field: str, reason: str) -> None:
    """It says where in catalog.yaml, which map, and why; the dataset is read all the same."""
    loaded = load(load_settings(folder_with(tmp_path, f"  views: [{{{view}}}]\n")))
    [refused] = [item for item in loaded.report if item.code == "map-view-unusable"]
    resource = view.partition(",")[0].removeprefix("resource: ")
    assert (refused.severity, refused.file, refused.field) == ("warning", "catalog.yaml", field)
    assert message_of(refused).en == f'The map of "{resource}" cannot be drawn as maps.views asks: {reason}.'
    assert [dataset.name for dataset in loaded.datasets] == ["homes"]


def test_columns_of_another_table_of_the_dataset_may_be_wished_for(tmp_path: Path) -> None:
    """Outlines are told by the list of the same things: the map has its columns."""
    folder = folder_with(tmp_path, "  views: [{resource: homes/areas, size: 床位数}]\n")
    outlines = "- name: areas\n  path: areas.csv\n  schema: {fields: [{name: 名称, type: string}]}\n"
    (folder / "p" / "homes" / "datapackage.yaml").write_text(DATASET + outlines, encoding="utf-8")
    (folder / "p" / "homes" / "areas.csv").write_text("名称\n甲\n", encoding="utf-8")
    assert [item for item in load(load_settings(folder)).report if item.code == "map-view-unusable"] == []


@pytest.mark.parametrize(
    "maps", ["  views: [{colour: 类型}]\n", "  views: [{resource: a/b, color: 类型}]\n", "  views: 甲\n"]
)
def test_maps_that_name_no_resource_end_the_command(tmp_path: Path, maps: str) -> None:
    """A misspelt key would go unnoticed."""
    with pytest.raises(ConfigurationError, match="views"):
        load_settings(folder_with(tmp_path, maps))
