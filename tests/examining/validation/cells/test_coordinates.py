"""Coordinates: their reference system is stated, they are on the map, and longitude and latitude are in place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.examining.validation.cells import checked_cells, coordinates
from portal.examining.validation.cells.coordinates import check_coordinates
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.limits import Limits
from portal.model.terms import reference_system
from portal.settings import load_settings

Write = Callable[..., Path]


def check(root: Path, limits: Limits | None = None) -> list[Finding]:
    """Understand the one dataset in *root* and check its coordinates."""
    limits = limits or Limits()
    catalog, _ = load_catalog(load_settings(root))
    dataset = catalog.datasets[0]
    return list(check_coordinates(understand(dataset, root.parent / "work", limits), limits))


def places(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    """Return code, row and column of every finding."""
    return [(item.code, item.row, item.column) for item in findings]


@pytest.fixture(params=[0, 1_000_000], ids=["by-columns", "by-rows"])
def route(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of looking through a table: DuckDB for large ones, row by row for small ones."""
    for room in (checked_cells, coordinates):
        monkeypatch.setattr(room, "SMALL_BYTES_MAX", request.param)


def points(write: Write, rows: str, crs: str = "CGCS2000", labels: str = "经度,纬度", type_: str = "number") -> Path:
    """Write a table of points."""
    fields = ", ".join(f"{{name: '{label}', type: {type_}}}" for label in labels.split(","))
    crs_ = f", crs: '{crs}'" if crs else ""
    text = f"name: made\nresources: [{{name: table, path: table.csv, schema: {{fields: [{fields}]}}{crs_}}}]\n"
    return write(text, table__csv=f"{labels}\n{rows}")


def geojson(write: Write, *geometries: Any, crs: str = ", crs: WGS84") -> Path:
    """Write a GeoJSON file with a feature for each geometry."""
    features = [{"type": "Feature", "properties": {"n": 1}, "geometry": geometry} for geometry in geometries]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    return write(f"name: made\nresources: [{{name: map, path: map.geojson{crs}}}]\n", map__geojson=text)


def test_points_with_a_system_on_the_map_have_no_finding(write_dataset: Write, route: None) -> None:
    """Nothing is said of what is in order, empty cells among it."""
    assert check(points(write_dataset, "150.1,20.2\n-180,-90\n,\n")) == []


@pytest.mark.parametrize("labels", ["经度,纬度", "lon,lat", "startLng,startLat", "LONGITUDE,LATITUDE", "东经,北纬"])
def test_coordinates_without_a_system_are_a_warning(write_dataset: Write, labels: str) -> None:
    """Whatever the columns are called."""
    (finding,) = check(points(write_dataset, "150,20\n", crs="", labels=labels))
    assert (finding.code, finding.severity) == ("crs-missing", "warning")


@pytest.mark.parametrize("labels", ["x,y", "latest,platform", "经纬仪,数量"])
def test_other_columns_need_no_system(write_dataset: Write, labels: str) -> None:
    """Columns x and y may be anything until a system is stated."""
    assert check(points(write_dataset, "1500,2000\n", crs="", labels=labels)) == []


def test_x_and_y_count_with_a_system_in_degrees(write_dataset: Write) -> None:
    """Then they are longitude and latitude."""
    assert places(check(points(write_dataset, "1500,20\n", labels="x,y"))) == [("coordinate-range", 2, 1)]


def test_an_unknown_system_is_a_warning(write_dataset: Write) -> None:
    """Projected systems among them."""
    (finding,) = check(points(write_dataset, "150,20\n", crs="EPSG:4547"))
    assert (finding.code, finding.severity, finding.value) == ("crs-unknown", "warning", "EPSG:4547")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WGS84", "WGS84"),
        ("wgs-84", "WGS84"),
        ("EPSG:4326", "WGS84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84"),
        ("urn:ogc:def:crs:EPSG::4490", "CGCS2000"),
        ("cgcs 2000", "CGCS2000"),
        ("gcj02", "GCJ-02"),
        ("BD09", "BD-09"),
        ("BD09LL", "BD-09"),
        ("EPSG:3857", ""),
        ("", ""),
    ],
)
def test_a_system_is_known_in_its_usual_spellings(text: str, name: str) -> None:
    """Case, blanks and hyphens do not matter."""
    assert reference_system(text) == name


def test_coordinates_out_of_range_have_their_place(write_dataset: Write, route: None) -> None:
    """Longitudes end at 180 degrees, latitudes at 90; what is no number is not looked at here."""
    rows = "180.1,20\n150,-90.5\n150,20\n40512345.1,3456789.2\nabc,20\n"
    findings = check(points(write_dataset, rows, type_="any"))
    assert places(findings) == [
        ("coordinate-range", 2, 1),
        ("coordinate-range", 3, 2),
        ("coordinate-range", 5, 1),
        ("coordinate-range", 5, 2),
    ]
    assert "metres" in message_of(findings[-1]).en


@pytest.mark.parametrize("blank", ["", "\n"])
def test_axes_that_are_swapped_are_a_warning(write_dataset: Write, route: None, blank: str) -> None:
    """Places that lie in China when exchanged are counted, and the first has its row, blank lines or not."""
    findings = check(points(write_dataset, f"{blank}150,20\n39.9,86.4\n43.8,87.6\n"))
    assert places(findings) == [("axis-order", 4 if blank else 3, 1)]
    assert "2 have a longitude" in message_of(findings[0]).en


def test_points_in_one_cell_are_looked_at_too(write_dataset: Write, route: None) -> None:
    """A geopoint has the longitude first."""
    text = "name: made\nresources: [{name: table, path: table.csv, schema: {fields: [{name: p, type: geopoint}]}}]\n"
    root = write_dataset(text, table__csv='p\n"150, 20"\n"39.9, 86.4"\n')
    assert places(check(root)) == [("crs-missing", None, None), ("axis-order", 3, 1)]


def test_nothing_is_quoted_of_what_is_not_open(write_dataset: Write) -> None:
    """A coordinate is a cell as any other."""
    root = points(write_dataset, "777.5,20\n")
    path = root / "made" / "datapackage.yaml"
    path.write_text(path.read_text() + "catalogue: {open: false}\n")
    (finding,) = check(root)
    assert finding.value is None
    assert "777.5" not in str(finding)


SQUARE = [[150, 20], [151, 20], [151, 21], [150, 20]]


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [150, 20, 8.5]},
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"coordinates": [[SQUARE], [SQUARE]], "type": "MultiPolygon"},
        {"type": "GeometryCollection", "geometries": [{"type": "LineString", "coordinates": SQUARE[:2]}]},
    ],
)
def test_good_geometries_have_no_finding(write_dataset: Write, geometry: Any) -> None:
    """None and empty ones are allowed, heights too, and the type may come last."""
    assert check(geojson(write_dataset, geometry)) == []


@pytest.mark.parametrize(
    ("geometry", "code", "reason"),
    [
        ({"type": "Polygon", "coordinates": [[*SQUARE[:3], [150, 21]]]}, "ring-unclosed", "feature 2"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [[*SQUARE[:3], [1, 1]]]]}, "ring-unclosed", "feature 2"),
        ({"type": "Polygon", "coordinates": [[[150, 20], [151, 20], [150, 20]]]}, "geojson-invalid", "at least 4"),
        ({"type": "LineString", "coordinates": [[150, 20]]}, "geojson-invalid", "at least 2"),
        ({"type": "Point", "coordinates": [150]}, "geojson-invalid", "longitude and a latitude"),
        ({"type": "Point", "coordinates": ["150", "20"]}, "geojson-invalid", "numbers"),
        ({"type": "Point", "coordinates": {"x": 1}}, "geojson-invalid", "numbers"),
        ({"type": "Point", "coordinates": [None, 20]}, "geojson-invalid", "numbers"),
        ({"type": "Point", "coordinates": [[150, 20]]}, "geojson-invalid", "do not nest"),
        ({"type": "Point", "coordinates": [150, 95]}, "coordinate-range", "the latitude is 95"),
        ({"type": "Point", "coordinates": [40512345.1, 3456789.2]}, "coordinate-range", "metres"),
        ({"type": "Point", "coordinates": [39.9, 86.4]}, "axis-order", "would lie in China"),
    ],
)
def test_a_bad_geometry_is_found_with_its_feature(write_dataset: Write, geometry: Any, code: str, reason: str) -> None:
    """One finding each, which names the feature by its number."""
    (finding,) = check(geojson(write_dataset, {"type": "Point", "coordinates": [150, 20]}, geometry))
    assert (finding.code, finding.file) == (code, "made/map.geojson")
    assert reason in message_of(finding).en


def test_properties_may_look_like_geometries(write_dataset: Write) -> None:
    """What stands under properties is the publisher's own."""
    feature = {
        "type": "Feature",
        "properties": {"geometry": {"type": "Point", "coordinates": [999, 999]}},
        "geometry": None,
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    root = write_dataset("name: made\nresources: [{name: map, path: map.geojson, crs: WGS84}]\n", map__geojson=text)
    assert check(root) == []


def test_a_map_without_a_system_is_a_warning(write_dataset: Write) -> None:
    """GeoJSON is WGS84 by its standard, and GCJ-02 as often as not."""
    assert [item.code for item in check(geojson(write_dataset, None, crs=""))] == ["crs-missing"]


def test_findings_of_a_map_end_at_the_limit(write_dataset: Write) -> None:
    """A file in metres does not fill the report, which says that it was cut."""
    root = geojson(write_dataset, *([{"type": "Point", "coordinates": [5000, 5000]}] * 20))
    assert [item.code for item in check(root, Limits(errors_max=5))] == ["coordinate-range"] * 5 + ["errors-cut"]
    assert len(check(root, Limits(errors_max=20))) == 20
