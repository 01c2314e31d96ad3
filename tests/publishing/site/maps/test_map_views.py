"""Maps of tables and GeoJSON: what is drawn, what is told of it, and what is left out with its reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_published import published
from maps_of import PLACES, POINT, SQUARE, geometries, map_of, maps_of, picture, table

from portal.model.catalog import Schema
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.maps.places.geometry import Feature, Shape
from portal.publishing.site.maps.places.simplified_outlines import simplified

PARKS = (*PLACES, {"name": "类型", "type": "string"}, {"name": "收费", "type": "boolean"})
ROWS = [["听荷公园", "116.40", "39.90", "综合", "false"], ["望星公园", "116.45", "39.95", "社区", "true"]]


NO_MAP = "There is no map:"
NOWHERE = f"{NO_MAP} no row has coordinates in degrees that can be placed."


def marks(view: MapView | None) -> list[str]:
    """Return what the marks of a map are called."""
    return [mark.one("title").text for mark in picture(view).one("g", class_="map__marks").all("g")]


def test_rows_are_points_with_names_and_facts(tmp_path: Path) -> None:
    """Each row is a mark that says what it is, and the list tells the same with its place."""
    view = map_of(tmp_path, table(tmp_path, ROWS, PARKS))
    assert view
    assert marks(view) == ["听荷公园\n类型: 综合; 收费: No", "望星公园\n类型: 社区; 收费: Yes"]
    assert [(place.name, place.where, place.mark) for place in view.places] == [
        ("听荷公园", "116.40000°E, 39.90000°N", "map-0-m0"),
        ("望星公园", "116.45000°E, 39.95000°N", "map-0-m1"),
    ]
    assert (view.legend_title, [(key.label, key.count) for key in view.legend]) == (
        "类型",
        [("社区", "1"), ("综合", "1")],
    )


def test_the_picture_is_described_and_names_its_scale_and_north(tmp_path: Path) -> None:
    """Who does not see it hears what it shows."""
    drawn = picture(map_of(tmp_path, table(tmp_path, ROWS, PARKS), "zh"))
    assert drawn["role"] == "img"
    assert [drawn.one(id=name).text for name in drawn["aria-labelledby"].split()] == [
        "“地点”的地图",
        "116.38°E 至 116.47°E、39.90°N 至 39.95°N 之间的2 个地点；上方为北。地图之后的列表写明各处的名称。",
    ]
    assert [drawn.one("text", class_=name).text for name in ("map__scale", "map__north-letter")] == ["2 km", "北"]


def test_areas_keep_their_holes_and_lines_their_parts(tmp_path: Path) -> None:
    """The rings of an area are one path, and so are the parts of a line."""
    hole = [[116.4, 39.4], [116.6, 39.4], [116.6, 39.6], [116.4, 39.4]]
    line = {"type": "MultiLineString", "coordinates": [SQUARE[:2], SQUARE[2:4]]}
    area = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole]]}
    paths = picture(map_of(tmp_path, geometries(tmp_path, area, line))).one("g", class_="map__marks").all("path")
    assert [(path["class"].split()[0], path["d"].count("M")) for path in paths] == [("map__area", 2), ("map__line", 2)]


@pytest.mark.parametrize(
    ("crs", "longitude", "latitude", "where"),
    [
        ("WGS84", "116.404", "39.915", "116.40400°E, 39.91500°N"),
        ("CGCS2000", "116.404", "39.915", "116.40400°E, 39.91500°N"),
        ("GCJ-02", "116.41024449916938", "39.91640428150164", "116.40400°E, 39.91500°N"),
        ("BD-09", "116.41662724378733", "39.922699552216216", "116.40400°E, 39.91500°N"),
    ],
)
def test_every_reference_system_is_drawn_where_things_are(
    tmp_path: Path, crs: str, longitude: str, latitude: str, where: str
) -> None:
    """A place that all four systems tell in their own numbers is one place on the map."""
    view = map_of(tmp_path, table(tmp_path, [["天安门", longitude, latitude]], crs=crs))
    assert view
    assert view.places[0].where == where
    assert any("within 1 m" in note for note in view.notes) == (crs in ("GCJ-02", "BD-09"))


def test_a_missing_system_is_said_on_the_map(tmp_path: Path) -> None:
    """The map is drawn as if it were WGS 84, and says so."""
    view = map_of(tmp_path, table(tmp_path, ROWS, PARKS, crs=""))
    assert view
    assert view.notes == (
        "The coordinate reference system is not stated. The map takes the coordinates for WGS 84; if they are in "
        "GCJ-02 or BD-09, everything lies some hundred metres off.",
    )


@pytest.mark.parametrize(
    ("fields", "row", "crs", "reason"),
    [
        (PLACES, ["甲", "116", "39"], "EPSG:4547", f"{NO_MAP} nothing here can convert coordinates in “EPSG:4547”."),
        (PLACES[::2], ["甲", "39"], "WGS84", "There is no map: the table has only one of longitude and latitude."),
        (PLACES[:2], ["甲", "116"], "WGS84", "There is no map: the table has only one of longitude and latitude."),
        (
            (*PLACES, POINT),
            ["甲", "116", "39", ""],
            "WGS84",
            NOWHERE,
        ),
        (
            (*PLACES, {"name": "终点经度", "type": "number"}, {"name": "终点纬度", "type": "number"}),
            ["甲", "116", "39", "117", "40"],
            "WGS84",
            "There is no map: the rows have more than one place each, and it is not said which is meant.",
        ),
        (PLACES, ["甲", "", ""], "WGS84", NOWHERE),
        (PLACES, ["甲", "0", "0"], "WGS84", NOWHERE),
        (PLACES, ["甲", "39.9", "86.4"], "WGS84", NOWHERE),
        (PLACES, ["甲", "40512345", "3456789"], "", NOWHERE),
        (PLACES, ["甲", "1e400", "nan"], "", NOWHERE),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_no_map_and_says_why(
    tmp_path: Path, fields: tuple[dict[str, str], ...], row: list[str], crs: str, reason: str
) -> None:
    """A map that might lie is not drawn."""
    view = map_of(tmp_path, table(tmp_path, [row], fields, crs=crs))
    assert view
    assert (view.missing, view.picture) == (reason, "")


def test_a_table_without_places_has_no_map(tmp_path: Path) -> None:
    """Nothing is said where nobody expects a map."""
    assert map_of(tmp_path, table(tmp_path, [["甲"]], PLACES[:1])) is None
    assert map_of(tmp_path, table(tmp_path, [])) is None


def test_rows_left_out_are_counted_by_reason(tmp_path: Path) -> None:
    """What is not on the map is told below it."""
    rows = [["甲", "116", "39"], ["乙", "", ""], ["丙", "0", "0"], ["丁", "x", "39"], ["戊", "39.9", "86.4"]]
    view = map_of(tmp_path, table(tmp_path, [*rows, ["己", "400", "39"]]))
    assert view
    assert view.notes == (
        "1 row has no place and is not on the map.",
        "1 row has coordinates that cannot be read and is not on the map.",
        "1 row has coordinates that are no degrees of the Earth and is not on the map.",
        "1 row looks as if longitude and latitude were exchanged; it is not on the map.",
        "1 row lies at 0°, 0°, which stands for an unknown place; it is not on the map.",
        "Drawn in WGS 84 (GPS), on a graticule of plain coordinates.",
    )
    assert marks(view) == ["甲"]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Point", "coordinates": []},
        {"type": "Polygon", "coordinates": [SQUARE[:3]]},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Point", "coordinates": ["116", "39"]},
        {"type": "Point", "coordinates": [True, 39]},
        [116, 39],
        "116,39",
    ],
)
def test_geometries_that_are_none_are_left_out(tmp_path: Path, geometry: object) -> None:
    """One good point is drawn, and the other row is counted."""
    view = map_of(tmp_path, geometries(tmp_path, {"type": "Point", "coordinates": [116, 39, 44]}, geometry))
    assert view
    assert (marks(view), view.notes[0][:5]) == (["甲0"], "1 row")


def test_an_area_that_crosses_itself_is_drawn_and_told(tmp_path: Path) -> None:
    """Nothing is mended in silence."""
    bow = {"type": "Polygon", "coordinates": [[[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]]}
    view = map_of(tmp_path, geometries(tmp_path, bow))
    assert view
    assert view.notes[0] == "The outline of 1 area crosses itself; it is drawn as it was given."


def test_things_around_the_antimeridian_stand_side_by_side(tmp_path: Path) -> None:
    """Two points a degree apart are not drawn at the two ends of the world, nor is a line between them."""
    line = {"type": "LineString", "coordinates": [[179.5, 10], [-179.5, 10.5]]}
    for item in (
        table(tmp_path, [["东", "179.5", "10"], ["西", "-179.5", "10.5"]]),
        geometries(tmp_path, line, name="line"),
    ):
        drawn = picture(map_of(tmp_path, item))
        assert [line.text for line in drawn.all("text", class_="map__degree--east")] == [
            "179.6°E", "179.8°E", "180.0°E", "179.8°W", "179.6°W",
        ]  # fmt: skip


def test_publishers_text_is_escaped_and_shown_without_what_nobody_sees(tmp_path: Path) -> None:
    """HTML in names and titles stays text; marks of direction and zero width are left out of names."""
    fields = (PLACES[0], *PLACES[1:], {"name": "<b>", "type": "string", "title": "<i>种类</i>"})
    rows = [["<script>\u202e甲\u200b", "116", "39", "a<b"], ["<img src=x>", "117", "39", "c&d"]]
    view = map_of(tmp_path, table(tmp_path, rows, fields))
    assert view
    assert "<script" not in view.picture
    assert "<img" not in view.picture
    assert marks(view)[0] == "<script>甲\n<i>种类</i>: a<b"


@pytest.mark.parametrize(("name", "title"), [("电话", ""), ("建成年份", "建成年份")])
def test_numbers_that_name_things_colour_nothing(tmp_path: Path, name: str, title: str) -> None:
    """A telephone number is neither high nor low; a year is early or late, and written without a comma."""
    rows = [[f"园{n}", str(116 + n / 10), "39", str(2001 + n)] for n in range(5)]
    view = map_of(tmp_path, table(tmp_path, rows, (*PLACES, {"name": name, "type": "integer"})))
    assert view
    assert (view.legend_title, [key.label for key in view.legend[:1]]) == (title, ["2001"] if title else [])


def test_columns_that_may_be_of_single_persons_are_not_told(tmp_path: Path) -> None:
    """What no profile tells no map sorts by, or names."""
    item = table(tmp_path, ROWS, PARKS)
    assert item.profile
    columns = tuple(
        replace(column, is_withheld=column.name in ("名称", "类型", "收费")) for column in item.profile.columns
    )
    view = map_of(tmp_path, replace(item, profile=replace(item.profile, columns=columns)))
    assert (marks(view), view and view.legend) == (["Row 1", "Row 2"], ())


def test_many_points_are_clusters(tmp_path: Path) -> None:
    """So many points would hide one another; circles tell how many they are, and all are counted."""
    rows = [[f"桩{number}", str(116 + number % 7 / 10), str(39 + number % 5 / 10)] for number in range(500)]
    view = map_of(tmp_path, table(tmp_path, rows))
    assert view
    names = marks(view)
    assert (len(names), names[0]) == (35, "14 places\n桩14\n桩49\n桩84\n…")
    assert len(view.places) == 50
    assert view.rest == "The first 50 of 500 places are listed."


def test_circles_of_one_size_say_up_to_how_many_they_stand_for(tmp_path: Path) -> None:
    """Beside a thousand places one and eighty look alike; MultiPoints count as the one place that they are."""
    middle = [[f"桩{n}", str(116 + n / 1e7), "39"] for n in range(1000)]
    edge = [[f"边{n}", str(117 + n / 100), "39.5"] for n in range(10)]
    view = map_of(tmp_path, table(tmp_path, [*middle, *edge]))
    assert view
    assert view.notes[1] == "The smallest circles stand for up to 86 places each."
    circles = picture(view).one("g", class_="map__marks").all("g")
    assert sum(int(circle.attributes.get("data-count", 1)) for circle in circles) == 1010


def test_places_without_a_name_have_the_number_of_their_row(tmp_path: Path) -> None:
    """Rows that are not on the map count, too."""
    table_of = table(tmp_path, [["", ""], *([str(116 + n / 1000), "39"] for n in range(401))], PLACES[1:])
    maps_of(tmp_path, published(table_of))
    document = json.loads((tmp_path / "datasets" / "stops" / "map-0.json").read_text(encoding="utf-8"))
    assert (document["name"][0], document["name"][-1]) == ("#2", "#402")


def test_a_line_too_short_to_be_seen_is_a_dot(tmp_path: Path) -> None:
    """Ten metres on the map of a province."""
    short = {"type": "LineString", "coordinates": [[116, 39], [116.0001, 39]]}
    long = {"type": "LineString", "coordinates": [[110, 39], [120, 39]]}
    drawn = picture(map_of(tmp_path, geometries(tmp_path, short, long)))
    assert [path["d"][-2:] == "h0" for path in drawn.all("path", class_="map__line")] == [True, False]


@pytest.mark.parametrize(("high", "scale"), [("39.2", "5 km"), ("42", "100 km at 40°N")])
def test_the_scale_says_where_it_is_true(tmp_path: Path, high: str, scale: str) -> None:
    """In the north of a province a degree of longitude is shorter than in its south."""
    rows = [["甲", "116", "39"], ["乙", "116", high]]
    assert picture(map_of(tmp_path, table(tmp_path, rows))).one("text", class_="map__scale").text == scale


def test_too_many_rows_are_told_and_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has room for so much; whoever wants more has the file."""
    monkeypatch.setattr("portal.publishing.site.maps.places.place_tables.MAP_ROWS_MAX", 1)
    monkeypatch.setattr("portal.publishing.site.maps.places.place_tables.MAP_BYTES_MAX", 100)
    monkeypatch.setattr("portal.publishing.site.maps.density_maps.CROWD_ROWS_MAX", 1)
    view = map_of(tmp_path, table(tmp_path, ROWS, PARKS))
    assert view
    assert view.missing == f"{NO_MAP} more than 10,000 rows are too many for a page. Download the file to draw them."
    big = {"type": "LineString", "coordinates": [[116 + n / 100, 39] for n in range(20)]}
    view = map_of(tmp_path, geometries(tmp_path, big))
    assert view
    assert view.missing == "There is no map: more than 5 MB of geometry are too many for a page. Download the file."


def test_what_is_not_open_has_no_map(tmp_path: Path) -> None:
    """Whatever the edition gives out, a picture is for everybody."""
    assert map_of(tmp_path, table(tmp_path, ROWS, PARKS), open_state="conditional") is None


def test_one_set_of_places_is_drawn_once(tmp_path: Path) -> None:
    """A table and the GeoJSON of its rows are one map, the better one; the other leads there."""
    rows = [[row[0], *row[1:]] for row in ROWS]
    areas = [
        [row[0], '{"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [117, 40], [116, 39]]]}'] for row in ROWS
    ]
    shapes = table(tmp_path, areas, (PLACES[0], POINT), name="areas")
    views = maps_of(tmp_path, published(table(tmp_path, rows, PARKS), shapes))
    assert (views["places"].missing, views["places"].elsewhere) == ("The map of “Places” shows these places.", "map-1")
    assert marks(views["areas"]) == ["听荷公园", "望星公园"]


def test_geometries_are_told_by_the_table_that_has_their_key(tmp_path: Path) -> None:
    """A GeoJSON of outlines and codes is coloured and described by the table of which the code is the key."""
    area = '{"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [117, 40], [116, 39]]]}'
    shapes = table(tmp_path, [["听荷公园", area], ["望星公园", area]], (PLACES[0], POINT), name="areas")
    fields = (*PARKS[3:], PLACES[0])
    parks = table(tmp_path, [[*row[3:], row[0]] for row in reversed(ROWS)], fields, name="parks", crs="")
    keyed = replace(parks, resource=replace(parks.resource, schema=Schema(primary_key=("名称",))))
    view = maps_of(tmp_path, published(keyed, shapes))["areas"]
    assert marks(view) == ["听荷公园\n类型: 综合; 收费: No", "望星公园\n类型: 社区; 收费: Yes"]
    assert view.legend_title == "类型"


def test_equal_numbers_of_other_things_are_not_the_same_places(tmp_path: Path) -> None:
    """Two tables that count their rows from 1 are two maps, each told by its own rows."""
    number = {"name": "序号", "type": "integer"}
    key = Schema(primary_key=("序号",))
    parks = table(tmp_path, [["1", *ROWS[0]], ["2", *ROWS[1]]], (number, *PARKS), name="parks", schema=key)
    toilets = table(
        tmp_path, [["1", "厕一", "116.1", "39.1"], ["2", "厕二", "116.2", "39.2"]], (number, *PLACES), schema=key
    )
    views = maps_of(tmp_path, published(parks, toilets))
    assert [marks(views[name])[0].partition("\n")[0] for name in ("parks", "places")] == ["听荷公园", "厕一"]


def test_equal_codes_of_other_places_are_not_the_same_things(tmp_path: Path) -> None:
    """A table whose codes a larger one has, too, is told by it only where both lie together."""
    code = {"name": "编号", "type": "string"}
    key = Schema(primary_key=("编号",))
    parks = table(tmp_path, [["A1", *ROWS[0]], ["A2", *ROWS[1]]], (code, *PARKS), name="parks", schema=key)
    rows = [["A1", "厕一", "116.1", "39.1"], ["A2", "厕二", "116.2", "39.2"]]
    views = maps_of(tmp_path, published(parks, table(tmp_path, rows, (code, *PLACES))))
    assert [mark.partition("\n")[0] for mark in marks(views["places"])] == ["厕一", "厕二"]


def test_points_that_fall_together_are_one_symbol(tmp_path: Path) -> None:
    """It says how many they are, and has a class only where all of them are of it."""
    rows = [[f"桩{n}", "116", "39", kind, "true"] for n, kind in enumerate("甲甲乙")]
    view = map_of(tmp_path, table(tmp_path, [*rows, ["桩3", "117", "39", "乙", "true"]], PARKS))
    assert view
    assert marks(view) == ["3 places\n桩0\n桩1\n桩2", "桩3\n类型: 乙"]
    symbols = picture(view).one("g", class_="map__marks").all("path")
    assert [symbol["class"] for symbol in symbols] == ["map__point map--mixed", "map__point map--c1"]
    assert view.notes[0] == "1 symbol stands for several places that cannot be told apart at this scale."


def test_many_areas_are_one_path_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has no room for thousands of names; what is too small to be seen is a dot."""
    monkeypatch.setattr("portal.publishing.site.maps.drawing.flat_marks.FLAT_MAX", 2)
    tiny = [[116.5 + x / 1e4, 39.5 + y / 1e4] for x, y in ((0, 0), (1, 0), (1, 1), (0, 0))]
    areas = [{"type": "Polygon", "coordinates": [ring]} for ring in (SQUARE, SQUARE, tiny)]
    view = map_of(tmp_path, geometries(tmp_path, *areas))
    assert marks(view) == ["2 places\n甲0\n甲1", "甲2"]
    paths = picture(view).one("g", class_="map__marks").all("path")
    assert [(path["class"], path["d"].count("M")) for path in paths] == [
        ("map__area map--one", 2),
        ("map__dots map--one", 1),
    ]


def test_shared_borders_stay_shared_when_areas_are_simplified() -> None:
    """No gap opens between two areas, and none lies over the other."""
    border = [(0.5 + (number % 2) / 1000, number / 1000) for number in range(1001)]
    west = Feature(0, (Shape("area", (((0, 0), *border, (0, 1), (0, 0)),)),))
    east = Feature(1, (Shape("area", (((1, 0), *border, (1, 1), (1, 0)),)),))
    left, right = (one.shapes[0].parts[0] for one in simplified([west, east], 1000, 1000, positions_max=200))
    shared = {point for point in left if 0.4 < point[0] < 0.6}
    assert shared == {point for point in right if 0.4 < point[0] < 0.6}
    assert 2 <= len(shared) < 200
