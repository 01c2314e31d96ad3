"""Pages with maps: each kind of bad geometry has a page that stands, and two builds of one input are the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from parsed import parse
from support import build_folder

POINTS = "名称,经度,纬度\n"
BOW = [[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]
GALLERY = {
    "one-point": ("t.csv", "crs: WGS84", POINTS + "甲,116.4,39.9\n"),
    "antimeridian": ("t.csv", "crs: WGS84", POINTS + "东,179.9,10\n西,-179.9,10\n"),
    "zero": ("t.csv", "crs: WGS84", POINTS + "甲,0,0\n"),
    "swapped": ("t.csv", "crs: WGS84", POINTS + "甲,39.9,86.4\n"),
    "latitude-only": ("t.csv", "crs: WGS84", "名称,纬度\n甲,39.9\n"),
    "no-system": ("t.csv", "", POINTS + "甲,116.4,39.9\n"),
    "unknown-system": ("t.csv", "crs: EPSG:4547", POINTS + "甲,116.4,39.9\n"),
    "markup": ("t.csv", "crs: GCJ-02", '"<b>名称</b>",经度,纬度\n"<script>alert(1)</script>\u202e\u200b",116.4,39.9\n'),
    "many": ("t.csv", "crs: BD-09", POINTS + "".join(f"点{n},{116 + n / 1000},{39 + n % 7}\n" for n in range(401))),
    "shapes": (
        "t.geojson",
        "crs: CGCS2000",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": {"名称": name}, "geometry": geometry}
                    for name, geometry in (
                        ("空", None),
                        ("高", {"type": "Point", "coordinates": [116.4, 39.9, 44]}),
                        ("结", {"type": "Polygon", "coordinates": [BOW]}),
                        ("无", {"type": "GeometryCollection", "geometries": []}),
                    )
                ],
            }
        ),
    ),
}
DRAWN = {"one-point": 1, "antimeridian": 2, "no-system": 1, "markup": 1, "many": 14, "shapes": 2}
"""How many marks each map has; the others of the gallery have none."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    for name, (file, crs, text) in GALLERY.items():
        (folder / "in" / "p" / name).mkdir(parents=True)
        descriptor = f"name: {name}\ntitle: 例\nresources:\n- name: t\n  path: {file}\n  {crs}\n"
        (folder / "in" / "p" / name / "datapackage.yaml").write_text(descriptor, encoding="utf-8")
        (folder / "in" / "p" / name / file).write_text(text, encoding="utf-8")
    release = build_folder(folder / "in", folder / "out")
    assert release.folder is not None
    assert release.refused == ()
    return release.folder / "site"


def files(site: Path) -> Mapping[str, bytes]:
    """Return the pages of datasets and what stands beside them."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "datasets").rglob("*"))
        if path.suffix in (".html", ".json") and path.parent.parent.name == "datasets"
    }


@pytest.mark.parametrize("name", GALLERY)
def test_a_page_stands_and_its_map_does_not_lie(site: Path, name: str) -> None:
    """What can be placed is drawn, whatever stands beside it; the rest is told in words."""
    page = parse((site / "datasets" / name / "index.html").read_text(encoding="utf-8"))
    marks = [group for layer in page.all("g", class_="map__marks") for group in layer.all("g")]
    assert len(marks) == DRAWN.get(name, 0)
    assert bool(page.all(class_="map__missing")) == (name not in DRAWN)
    assert not [script for script in page.all("script") if "alert" in script.text]


def test_all_points_of_a_clustered_map_stand_beside_the_page(site: Path) -> None:
    """Columns of one length, for both languages."""
    document = json.loads((site / "datasets" / "many" / "map-0.json").read_text(encoding="utf-8"))
    assert {key: len(column) for key, column in document.items()} == {
        "styles": 1, "symbols": 1, "x": 401, "y": 401, "kind": 401, "name": 401,
    }  # fmt: skip
    for page in ("datasets/many", "en/datasets/many"):
        figure = parse((site / page / "index.html").read_text(encoding="utf-8")).one("figure", class_="map")
        assert (site / page / figure["data-points"]).resolve() == site / "datasets/many/map-0.json"


def test_two_builds_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """A map depends on its input alone."""
    again = build_folder(site.parents[3] / "in", tmp_path / "again")
    assert again.folder is not None
    assert files(again.folder / "site") == files(site)
