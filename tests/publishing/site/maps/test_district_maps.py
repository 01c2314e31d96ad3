"""Numbers of districts on a layer of outlines: which number, rates as shades, amounts as circles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_published import published
from maps_of import POINT, maps_of, picture, table

from portal.model.map_layers import MapLayer
from portal.publishing.publication import PublishedResource
from portal.publishing.site.contexts.map_contexts import MapView

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


def shown(folder: Path, item: PublishedResource, layer: MapLayer = LAYER) -> MapView | None:
    """Return the map of a table in a portal that has the layer."""
    others = published(districts(folder), name="districts")
    return maps_of(folder, published(item), others, layers=[layer]).get(item.resource.name)


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
    assert view.notes[0] == "学生数, per 10,000 inhabitants, by the districts and their population in “Places”."
    assert styles(view) == [f"map__area map--q{shade}" for shade in (3, 5, 1)]


def test_of_days_the_newest_whole_one_counts(tmp_path: Path) -> None:
    """A day on which one district alone has a row yet is none to compare."""
    rows = [[code, day, str(n)] for day in ("2026-01", "2026-02") for n, code in enumerate(CODES)]
    fields = (CODE, {"name": "月份", "type": "yearmonth"}, {"name": "均价", "type": "number"})
    view = shown(tmp_path, table(tmp_path, [*rows, [CODES[0], "2026-03", "9"]], fields, crs=""))
    assert view
    assert view.legend_title == "均价, 2026-02"


def test_things_are_counted_by_district(tmp_path: Path) -> None:
    """A list with a key of its own tells how many there are; codes of other districts are counted apart."""
    codes = [CODES[0], CODES[0], CODES[1], "310101"]
    item = table(
        tmp_path, [[f"S{n}", code] for n, code in enumerate(codes)], ({"name": "编号", "type": "string"}, CODE)
    )
    assert shown(tmp_path, item) is None
    keyed = replace(item, table_schema={**item.table_schema, "primaryKey": "编号"})
    view = shown(tmp_path, keyed)
    assert view
    assert [place.facts for place in view.places] == ["Number of rows: 2", "Number of rows: 1", ""]
    assert view.notes[1] == "Rows whose code is that of no district: 1."


@pytest.mark.parametrize("values", [("-1", "2", "3"), ("5", "5", "5"), ("", "", ""), ("1", "", "")])
def test_numbers_that_a_map_would_not_tell_have_none(tmp_path: Path, values: tuple[str, ...]) -> None:
    """Amounts below zero, one number alone, and numbers of a few districts only."""
    item = numbers(tmp_path, dict(zip(CODES, values, strict=True)), {"name": "增减", "type": "integer"})
    assert shown(tmp_path, item) is None


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
