"""Maps of more points than a page has room for: squares of one size whose shades tell how many lie in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_published import published
from maps_of import PLACES, map_of, maps_of, picture, table

from portal.model.map_choices import MapChoice
from portal.publishing.publication import PublishedResource

MANY = 10_001


def crowd(folder: Path, latitude: float = 39.0, apart: float = 0.001) -> PublishedResource:
    """Return a table of so many places: half of them at one, the others on a line to the north, and one without."""
    rows = [["甲", "116.0", str(latitude)] for _ in range(MANY // 2)]
    rows += [["乙", "116.2", str(round(latitude + n % 200 * apart, 6))] for n in range(MANY // 2)]
    return table(folder, [*rows, ["丙", "", ""]], PLACES)


def test_places_are_counted_by_squares(tmp_path: Path) -> None:
    """The fullest come first; all are in one of them, what has no place is told, and no file of points is written."""
    view = map_of(tmp_path, crowd(tmp_path))
    assert view
    areas = picture(view).one("g", class_="map__marks").all("path")
    counts = [int(place.facts.rpartition(" ")[2].replace(",", "")) for place in view.places]
    assert (counts[0], counts, sum(counts)) == (MANY // 2, sorted(counts, reverse=True), MANY - 1)
    assert len(areas) == len(counts)
    assert {path["class"].split()[0] for path in areas} == {"map__area"}
    assert (view.legend_title, view.points_path, view.outlines) == ("Number of places", "", ())
    assert [note for note in view.notes if "square" in note or "no place" in note] == [
        "10,000 places are too many to be drawn one by one. Shades tell how many lie in a square of 940 m.",
        "1 row has no place and is not on the map.",
    ]
    assert view.list_title == f"List of the {len(counts)} squares"
    assert list(tmp_path.rglob("map-*.json")) == []


def test_squares_are_equally_large(tmp_path: Path) -> None:
    """On the map, and so on the ground: a shade means the same everywhere."""
    paths = picture(map_of(tmp_path, crowd(tmp_path))).one("g", class_="map__marks").all("path", class_="map__area")
    boxes = []
    for path in paths:
        corners = [tuple(map(float, corner.split())) for corner in path["d"].strip("Mz").split("L")]
        xs, ys = zip(*corners, strict=True)
        boxes.append((max(xs) - min(xs), max(ys) - min(ys)))
    assert all(one == pytest.approx(boxes[0], abs=0.21) for one in boxes)
    assert boxes[0][0] == pytest.approx(boxes[0][1], abs=0.21)


def test_ground_that_is_not_equally_large_has_no_squares(tmp_path: Path) -> None:
    """From 20 to 60 degrees north a square would stand for half the ground at its upper edge."""
    view = map_of(tmp_path, crowd(tmp_path, 20.0, 0.2))
    assert view
    assert view.missing.startswith("There is no map: more than 10,000 rows")


def test_more_rows_than_can_be_read_have_no_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are too many, and the page says so."""
    monkeypatch.setattr("portal.publishing.site.maps.density_maps.CROWD_ROWS_MAX", MANY - 1)
    view = map_of(tmp_path, crowd(tmp_path))
    assert view
    assert view.missing.startswith("There is no map: more than 10,000 rows")


def test_wishes_for_single_places_are_refused(tmp_path: Path) -> None:
    """There is none to be coloured."""
    choice = MapChoice("stops", "places", colour="名称")
    view = maps_of(tmp_path, published(crowd(tmp_path)), choices=[choice], lang="zh")["places"]
    assert [note for note in view.notes if "本应" in note] == [
        "这张地图本应显示“名称”，但没有显示：地点太多，不逐个绘制。"
    ]
