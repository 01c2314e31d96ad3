"""Lines and areas in finer detail for who zooms in: what the files hold, from which zoom on, how large they may be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from made_published import published
from maps_of import geometries, map_of, picture

from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.maps.dataset_maps import DatasetMaps
from portal.publishing.site.maps.drawing.map_frame import frame_of

BORDER: list[list[float]] = [[116.5 + n % 2 / 20000 + n % 97 / 20000, 39 + n / 7000] for n in range(7001)]
WEST: list[list[float]] = [[116, 39], *BORDER, [116, 40], [116, 39]]
EAST: list[list[float]] = [[117, 39], *BORDER, [117, 40], [117, 39]]


def area(ring: list[list[float]]) -> dict[str, Any]:
    """Return a polygon of one ring."""
    return {"type": "Polygon", "coordinates": [ring]}


def line(positions: int) -> dict[str, Any]:
    """Return a line that goes up and down."""
    return {"type": "LineString", "coordinates": [[116 + n / 1000, 39 + n % 2 / 3000] for n in range(positions)]}


def finer(folder: Path, view: MapView | None) -> list[list[list[tuple[float, float]]]]:
    """Return for each file of a map the positions of each path, in units of the map."""
    assert view
    return [
        [positions(path, 1 / document["parts"]) for path in document["paths"]]
        for one in view.outlines
        if (document := json.loads((folder / one.path.strip("/")).read_text(encoding="utf-8")))
    ]


def positions(path: str, scale: float) -> list[tuple[float, float]]:
    """Return the positions of a path, one after another."""
    found: list[tuple[float, float]] = []
    for start, way in re.findall(r"M(-?\d+ -?\d+)(?:l([^M]*)|h0)", path):
        x, y = map(int, start.split())
        found.append((x * scale, y * scale))
        steps = list(map(int, re.findall(r"-?\d+", way)))
        for across, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + across, y + down
            found.append((x * scale, y * scale))
    return found


def test_the_finest_file_has_the_positions_as_they_were_given(tmp_path: Path) -> None:
    """To a hundredth of a unit, where the page has a tenth; both languages lead to it."""
    item = geometries(tmp_path, line(1200))
    view = map_of(tmp_path, item)
    assert view
    assert [(one.zoom, one.path) for one in view.outlines] == [("10", "/datasets/stops/map-0-outlines-1.json")]
    frame = frame_of(116, 39, 116 + 1199 / 1000, 39 + 1 / 3000)
    given = [(frame.x(x), frame.y(y)) for x, y in line(1200)["coordinates"]]
    [[drawn]] = finer(tmp_path, view)
    off = [max(abs(x - east), abs(y - down)) for (x, y), (east, down) in zip(drawn, given, strict=True)]
    assert max(off) < 0.0051
    chinese = map_of(tmp_path, item, "zh")
    assert chinese
    assert chinese.outlines == view.outlines


def test_each_file_is_finer_than_the_one_before_and_borders_stay_shared(tmp_path: Path) -> None:
    """What two areas share in the page they share in every file."""
    view = map_of(tmp_path, geometries(tmp_path, area(WEST), area(EAST)))
    assert view
    zooms = [float(one.zoom) for one in view.outlines]
    files = finer(tmp_path, view)
    counts = [len(picture(view).one("g", class_="map__marks").all("path")[0]["d"].split("L"))]
    counts += [len(one[0]) for one in files]
    assert (zooms, counts) == (sorted(set(zooms)), sorted(set(counts)))
    assert counts[-1] >= 7000
    for west, east in files:
        shared = [set(ring) - set(ring[:1]) for ring in (west, east)]
        inner = [{(x, y) for x, y in ring if 300 < x < 420} for ring in shared]
        assert inner[0] == inner[1] != set()


def test_few_positions_have_no_finer_detail(tmp_path: Path) -> None:
    """The page has them as they are."""
    view = map_of(tmp_path, geometries(tmp_path, line(900)))
    assert view
    assert view.outlines == ()
    assert list(tmp_path.rglob("map-*.json")) == []


def test_a_file_too_large_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything finer; what is coarser is."""
    areas = geometries(tmp_path, area(WEST), area(EAST))
    view = map_of(tmp_path, areas)
    assert view
    sizes = [(tmp_path / one.path.strip("/")).stat().st_size for one in view.outlines]
    monkeypatch.setattr("portal.publishing.site.maps.drawing.finer_outlines.FINER_BYTES_MAX", sizes[-1] - 1)
    again = map_of(tmp_path, areas)
    assert again
    assert again.outlines == view.outlines[:-1]


def test_outlines_of_one_path_a_class_are_finer_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one path in the file for each in the picture; dots have none."""
    monkeypatch.setattr("portal.publishing.site.maps.drawing.flat_marks.FLAT_MAX", 2)
    tiny = [[116.5 + x / 1e4, 39.5 + y / 1e4] for x, y in ((0, 0), (1, 0), (1, 1), (0, 0))]
    view = map_of(tmp_path, geometries(tmp_path, area(WEST), area(EAST), area(tiny)))
    assert [len(path) > 1000 for path in finer(tmp_path, view)[-1]] == [True, False]


def test_files_are_written_once_for_all_languages(tmp_path: Path) -> None:
    """What the second language is drawn of holds no texts of files any more."""
    dataset = published(geometries(tmp_path, line(1200)))
    maps = DatasetMaps(tmp_path, [dataset], [])
    first = maps.of(dataset, "zh")["places"]
    path = tmp_path / first.outlines[0].path.strip("/")
    before = path.read_bytes()
    path.write_bytes(b"")
    assert maps.of(dataset, "en")["places"].outlines == first.outlines
    assert (path.read_bytes(), len(before) > 1000) == (b"", True)
