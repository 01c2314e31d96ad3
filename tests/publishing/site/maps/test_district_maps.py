"""Numbers of districts on a layer of outlines: which number, rates as shades, amounts as circles."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_published import published
from maps_of import POINT, maps_of, picture, table

from portal.model.catalog import Schema
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.publishing.publication import PublishedResource
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.maps.drawing.map_classes import number_classes
from portal.publishing.site.maps.drawing.map_picture import picture_of
from portal.publishing.site.maps.places.geometry import inner_point
from portal.publishing.site.maps.places.located import Located, Points, from_geometries

CODES = ("110101", "110102", "110105")
LAYER = MapLayer("districts", "outlines", code="区划代码")
CODE = {"name": "区划代码", "type": "string"}


def districts(folder: Path) -> PublishedResource:
    """Return three squares in a row, with codes, names and inhabitants."""
    rows = []
    for number, code in enumerate(CODES):
        corners = [[116 + number + x, 39 + y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        outline = json.dumps({"type": "Polygon", "coordinates": [corners]})
        rows.append([code, f"{'东西朝'[number]}区", str(10_000 * (number + 1)), outline])
    fields = (CODE, {"name": "名称", "type": "string"}, {"name": "人口", "type": "integer"}, POINT)
    return table(folder, rows, fields, name="outlines", map_approval="GS(2024)0650号")


def shown(folder: Path, item: PublishedResource, layer: MapLayer = LAYER, **wishes: str) -> MapView | None:
    """Return the map of a table in a portal that has the layer, and *wishes* for this map."""
    others = published(districts(folder), name="districts")
    choices = [MapChoice("stops", item.resource.name, **wishes)] if wishes else []
    return maps_of(folder, published(item), others, layers=[layer], choices=choices).get(item.resource.name)


def numbers(folder: Path, values: dict[str, str], field: dict[str, Any]) -> PublishedResource:
    """Return a table of a number for each code."""
    return table(folder, list(values.items()), (CODE, field), crs="")


def styles(view: MapView | None) -> list[str]:
    """Return the class of each area and circle, without its block."""
    return [path["class"] for path in picture(view).one("g", class_="map__marks").all("path")]


def test_a_rate_is_shown_by_shades(tmp_path: Path) -> None:
    """As it is, with the number of the approval, its classes and a list by name."""
    values = dict(zip(CODES, ("3.5", "7", "5"), strict=True))
    view = shown(tmp_path, numbers(tmp_path, values, {"name": "入学率", "type": "number"}))
    assert view
    assert styles(view) == [f"map__area map--q{shade}" for shade in (1, 5, 3)]
    assert picture(view).one("text", class_="map__approval").text == "Map approval number: GS(2024)0650号"
    assert (view.legend_title, [key.label for key in view.legend]) == ("入学率", ["3.5", "5", "7"])
    assert (view.places[0].name, view.places[0].facts) == ("东区", "入学率: 3.5")
    assert view.notes[0] == "入学率, by the districts in “Places”."


def test_an_amount_is_shown_by_circles(tmp_path: Path) -> None:
    """Their areas tell it; the shade of a large district would say more than its number."""
    values = dict(zip(CODES, ("100", "400", "25"), strict=True))
    view = shown(tmp_path, numbers(tmp_path, values, {"name": "学生数", "type": "integer"}))
    assert styles(view) == ["map__area map--plain"] * 3 + ["map__cluster map--one"] * 3
    circles = picture(view).all("path", class_="map__cluster")
    assert [circle["d"].partition("m-")[2].split()[0] for circle in circles] == ["28", "14", "7"]


def test_an_amount_is_a_rate_where_the_population_is_known(tmp_path: Path) -> None:
    """It says for how many inhabitants, and keeps the amount."""
    values = dict(zip(CODES, ("100", "400", "30"), strict=True))
    layer = replace(LAYER, population="人口")
    view = shown(tmp_path, numbers(tmp_path, values, {"name": "学生数", "type": "integer"}), layer)
    assert view
    assert view.places[1].facts == "学生数, per 10,000 inhabitants: 200; 学生数: 400"
    assert view.notes[0] == "学生数, per 10,000 inhabitants, by the districts in “Places” and their population (人口)."
    assert styles(view) == [f"map__area map--q{shade}" for shade in (3, 5, 1)]


def test_of_days_the_newest_whole_one_counts(tmp_path: Path) -> None:
    """A day on which one district alone has a row yet is none to compare."""
    rows = [[code, day, str(n)] for day in ("2026-01", "2026-02") for n, code in enumerate(CODES)]
    fields = (CODE, {"name": "月份", "type": "yearmonth"}, {"name": "均价", "type": "number"})
    view = shown(tmp_path, table(tmp_path, [*rows, [CODES[0], "2026-03", "9"]], fields, crs=""))
    assert view
    assert view.legend_title == "均价, 2026-02"


def test_things_are_counted_by_district(tmp_path: Path) -> None:
    """A list with a key of its own tells how many there are; codes of other districts, and none, are counted apart."""
    codes = [*[CODES[0]] * 6, *[CODES[1]] * 2, "310101", ""]
    item = table(
        tmp_path, [[f"S{n}", code] for n, code in enumerate(codes)], ({"name": "编号", "type": "string"}, CODE)
    )
    assert shown(tmp_path, item) is None
    keyed = replace(item, table_schema={**item.table_schema, "primaryKey": "编号"})
    view = shown(tmp_path, keyed)
    assert view
    assert [place.facts for place in view.places] == ["Number of rows: 6", "Number of rows: 2", "Number of rows: 0"]
    assert view.notes[1] == "Rows whose code is that of no district: 2."


@pytest.mark.parametrize("values", [("-1", "2", "3"), ("5", "5", "5"), ("", "", ""), ("1", "", "")])
def test_numbers_that_a_map_would_not_tell_have_none(tmp_path: Path, values: tuple[str, ...]) -> None:
    """Amounts below zero, one number alone, and numbers of a few districts only."""
    item = numbers(tmp_path, dict(zip(CODES, values, strict=True)), {"name": "户数", "type": "integer"})
    assert shown(tmp_path, item) is None


@pytest.mark.parametrize("name", ["x", "年份", "邮政编码"])
def test_numbers_of_which_nobody_knows_whether_they_are_amounts_have_none(tmp_path: Path, name: str) -> None:
    """Neither a shade nor a circle would be right for them."""
    values = dict(zip(CODES, ("1", "2", "3"), strict=True))
    assert shown(tmp_path, numbers(tmp_path, values, {"name": name, "type": "integer"})) is None


def test_words_within_words_make_no_rate(tmp_path: Path) -> None:
    """比赛场次 are no ratio (比), 变压器 no pressure (压): both are amounts."""
    values = dict(zip(CODES, ("1", "2", "3"), strict=True))
    for name in ("比赛场次数", "变压器台数"):
        view = shown(tmp_path, numbers(tmp_path, values, {"name": name, "type": "integer"}))
        assert styles(view)[-1] == "map__cluster map--one"


def test_a_district_in_several_rows_is_one_district(tmp_path: Path) -> None:
    """An island in a row of its own is drawn with it, in one shade and one entry of the list."""
    layer = districts(tmp_path)
    path = tmp_path / layer.files[0].path
    island = json.dumps({"type": "Polygon", "coordinates": [[[119, 39], [120, 39], [120, 40], [119, 39]]]})
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([CODES[0], "东区岛", "", island])
    values = dict(zip(CODES, ("3.5", "7", "5"), strict=True))
    item = numbers(tmp_path, values, {"name": "入学率", "type": "number"})
    view = maps_of(tmp_path, published(item), published(layer, name="districts"), layers=[LAYER])["places"]
    assert sorted(styles(view)) == ["map__area map--q1"] * 2 + ["map__area map--q3", "map__area map--q5"]
    assert [place.name for place in view.places] == ["东区", "西区", "朝区"]


def test_a_district_without_a_number_is_told(tmp_path: Path) -> None:
    """It looks like one with nothing otherwise."""
    values = dict(zip(CODES, ("100", "", "25"), strict=True))
    view = shown(tmp_path, numbers(tmp_path, values, {"name": "学生数", "type": "integer"}))
    assert view
    assert view.notes[1] == "Districts without a number: 1."


def test_columns_that_no_schema_declares_are_called_as_in_the_file(tmp_path: Path) -> None:
    """The order of the columns is that of the file, not that of a schema."""
    item = numbers(tmp_path, dict(zip(CODES, ("3.5", "7", "5"), strict=True)), {"name": "入学率", "type": "number"})
    bare = replace(item, resource=replace(item.resource, schema=Schema()))
    view = shown(tmp_path, bare)
    assert view
    assert view.legend_title == "入学率"


def test_days_that_are_not_in_order_as_text_have_no_newest(tmp_path: Path) -> None:
    """2/1/2026 is later than 15/12/2025, which its text does not tell."""
    rows = [[code, day, str(n)] for day in ("15/12/2025", "02/01/2026") for n, code in enumerate(CODES)]
    fields = (CODE, {"name": "日期", "type": "date", "format": "%d/%m/%Y"}, {"name": "均价", "type": "number"})
    assert shown(tmp_path, table(tmp_path, rows, fields, crs="")) is None


def test_two_codes_in_a_row_have_no_map(tmp_path: Path) -> None:
    """Whether the rows are meant from where or to where, nobody can say."""
    rows = [[f"S{n}", CODES[n % 2], CODES[n % 3]] for n in range(6)]
    fields = ({"name": "编号", "type": "string"}, {**CODE, "name": "起点代码"}, {**CODE, "name": "终点代码"})
    item = table(tmp_path, rows, fields)
    assert shown(tmp_path, replace(item, table_schema={**item.table_schema, "primaryKey": "编号"})) is None


def test_a_district_of_several_areas_has_one_circle(tmp_path: Path) -> None:
    """On the largest; a collection of areas and lines is one district, however many districts there are."""
    big, small = (
        [[[x, y], [x + s, y], [x + s, y + s], [x, y + s], [x, y]]] for x, y, s in ((116, 39, 1), (119, 39, 0.5))
    )
    line = {"type": "LineString", "coordinates": [[116, 39], [119, 39]]}
    parts = [{"type": "Polygon", "coordinates": rings} for rings in (small, big)]
    outline = {"type": "GeometryCollection", "geometries": [line, *parts]}
    [feature] = from_geometries([outline]).flat
    drawn = picture_of(Located(Points(), (feature,), {}), None, circles=[5])
    [circle] = [mark for mark in drawn.marks if mark.kind == "cluster"]
    area = next(mark for mark in drawn.marks if mark.kind == "area")
    assert (circle.x, circle.y) == (area.x, area.y)


def test_amounts_of_more_districts_than_have_a_path_are_circles_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their outlines are one path then; each amount is still a circle of its own."""
    monkeypatch.setattr("portal.publishing.site.maps.drawing.flat_marks.FLAT_MAX", 2)
    squares = [
        {"type": "Polygon", "coordinates": [[[x, 39], [x + 1, 39], [x + 1, 40], [x, 40], [x, 39]]]}
        for x in (116, 117, 118)
    ]
    drawn = picture_of(from_geometries(squares), None, circles=[1, 4, 9])
    assert [(mark.kind, mark.rows) for mark in drawn.marks] == [
        ("area", (0, 1, 2)), ("cluster", (2,)), ("cluster", (1,)), ("cluster", (0,)),
    ]  # fmt: skip


def test_the_middle_of_a_district_around_another_is_its_own() -> None:
    """The middle of the rectangle around it would lie in the other; of two islands the larger has it."""
    around = ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))
    hole = ((2, 2), (7, 2), (7, 7), (2, 7), (2, 2))
    assert inner_point([around, hole]) == (1, 4.5)
    islands = [((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)), ((4, 4), (8, 4), (8, 8), (4, 8), (4, 4))]
    assert inner_point(islands[:1]) == (0.5, 0.5)
    assert inner_point([islands[0], tuple((x, y + 4) for x, y in islands[1])]) == (6, 10)


def test_a_layer_without_codes_shows_no_numbers(tmp_path: Path) -> None:
    """Neither one whose column of codes does not exist."""
    values = dict(zip(CODES, ("1", "2", "3"), strict=True))
    for code in ("", "代号"):
        item = numbers(tmp_path, values, {"name": "入学率", "type": "number"})
        assert shown(tmp_path, item, replace(LAYER, code=code)) is None


def test_amounts_do_not_shade_the_outlines_themselves(tmp_path: Path) -> None:
    """The layer's own map has names and facts; its population is no shade."""
    own = published(districts(tmp_path), name="districts")
    view = maps_of(tmp_path, own)["outlines"]
    assert (styles(view), view.legend) == (["map__area map--one"] * 3, ())


def test_rows_that_mostly_belong_nowhere_are_not_counted(tmp_path: Path) -> None:
    """A warning for the whole city is none of a single district."""
    fields = ({"name": "编号", "type": "string", "constraints": {"unique": True}}, CODE)
    places = [CODES[0]] * 4 + [CODES[1]] * 2 + [CODES[2]]
    few, many = ([[str(n), code] for n, code in enumerate([*places, *["110100"] * more])] for more in (1, 2))
    assert shown(tmp_path, table(tmp_path, few, fields, crs=""))
    assert shown(tmp_path, table(tmp_path, many, fields, crs="")) is None


def test_the_number_of_districts_may_be_wished_for(tmp_path: Path) -> None:
    """By colours as a reading, or for inhabitants; by size as circles though the population is known."""
    fields = (CODE, {"name": "学生数", "type": "integer"}, {"name": "教师数", "type": "integer"})
    rows = [[code, str(100 + number), str(number**2)] for number, code in enumerate(CODES, start=1)]
    item, layer = table(tmp_path, rows, fields, crs=""), replace(LAYER, population="人口")
    coloured = shown(tmp_path, item, layer, colour="教师数")
    assert coloured
    assert (coloured.legend_title, coloured.sizes) == ("教师数, per 10,000 inhabitants", ())
    sized = shown(tmp_path, item, layer, size="教师数")
    assert styles(sized) == ["map__area map--plain"] * 3 + ["map__cluster map--one"] * 3
    assert sized
    assert (sized.sizes_title, [key.label for key in sized.sizes]) == ("Area of a circle: 教师数", ["5", "1"])
    wrong = shown(tmp_path, item, layer, colour="校长数")
    assert wrong
    assert [note for note in wrong.notes if "校长数" in note] == [
        "“校长数” was wished for this map and is not shown: the table has no such column."
    ]


def test_nearly_equal_numbers_are_two_classes() -> None:
    """One shade for all would hide the one that differs."""
    classes = number_classes(["1"] * 9 + ["9"], numbers_min=2)
    assert classes
    assert [(entry.low, entry.high, entry.places) for entry in classes.entries] == [(1, 1, 9), (9, 9, 1)]


def test_small_numbers_keep_their_digits_in_the_legend(tmp_path: Path) -> None:
    """0.0001 is not 0."""
    values = dict(zip(CODES, ("0.0001", "0.0002", "0.0003"), strict=True))
    view = shown(tmp_path, numbers(tmp_path, values, {"name": "发病率", "type": "number"}))
    assert view
    assert [key.label for key in view.legend] == ["0.0001", "0.0002", "0.0003"]
