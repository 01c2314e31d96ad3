"""Layers behind maps, and outlines of administrative areas: only with the number of their approval (审图号)."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_published import published
from maps_of import POINT, SQUARE, geometries, map_of, maps_of, picture, table

from portal.model.map_layers import MapLayer
from portal.model.text import LocalText

AREA = {"type": "Polygon", "coordinates": [SQUARE]}
LAYER = MapLayer("districts", "outlines")


def test_an_approved_layer_lies_behind_with_its_number(tmp_path: Path) -> None:
    """Its outlines are seen where they reach into the map, and the number stands on the map."""
    layer = geometries(tmp_path, AREA, name="outlines", map_approval="GS(2024)0650号")
    districts = published(layer, name="districts")
    wide = [["甲", "115.9", "39.4"], ["乙", "116.6", "39.6"]]
    drawn = picture(maps_of(tmp_path, published(table(tmp_path, wide)), districts, layers=[LAYER])["places"])
    assert len(drawn.all("path", class_="map__behind")) == 1
    assert drawn.one("text", class_="map__approval").text == "Map approval number: GS(2024)0650号"


@pytest.mark.parametrize(
    "changes", [{"map_approval": ""}, {"map_approval": "GS(2024)0650号", "open_state": "conditional"}]
)
def test_a_layer_without_approval_or_not_open_is_never_drawn(tmp_path: Path, changes: dict[str, str]) -> None:
    """No outline gets onto a map by being named in catalog.yaml."""
    layer = geometries(tmp_path, AREA, name="outlines", map_approval=changes.pop("map_approval"))
    districts = published(layer, name="districts", **changes)
    wide = table(tmp_path, [["甲", "115.9", "39.4"], ["乙", "116.6", "39.6"]])
    drawn = picture(maps_of(tmp_path, published(wide), districts, layers=[LAYER])["places"])
    assert (drawn.all("path", class_="map__behind"), drawn.all("text", class_="map__approval")) == ([], [])


def test_outlines_of_a_demonstration_need_no_number_far_from_china(tmp_path: Path) -> None:
    """They say on the map and below it that they are made up; near China they are drawn as little as any others."""
    ring = [[x + 34, y - 19] for x, y in SQUARE]
    for number, (rings, drawn) in enumerate([([ring], 1), ([SQUARE], 0)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        outlines = geometries(folder, {"type": "Polygon", "coordinates": rings}, name="outlines")
        sketch = published(outlines, name="districts", is_demonstration=True)
        (west, south), (east, north) = rings[0][0], rings[0][2]
        places = [["甲", str(west + 0.1), str(south + 0.1)], ["乙", str(east - 0.1), str(north - 0.1)]]
        view = maps_of(folder, published(table(folder, places)), sketch, layers=[LAYER], lang="zh")["places"]
        assert len(picture(view).all("path", class_="map__behind")) == drawn
        assert [text.text for text in picture(view).all("text", class_="map__approval")] == ["虚构示意图形"] * drawn
        told = ["底图：“地点”。", "图上的轮廓是演示用的虚构图形，不表示任何真实的地方，没有审图号。"]
        assert [note for note in view.notes if note in told] == told * drawn


def test_outlines_of_administrative_areas_need_approval(tmp_path: Path) -> None:
    """Without one a point in the middle stands for each area; with one they are drawn, and the number with them."""
    title = LocalText("行政区划", "Administrative areas")
    view = map_of(tmp_path, geometries(tmp_path, AREA, title=title))
    assert [path["class"] for path in picture(view).one("g", class_="map__marks").all("path")] == [
        "map__point map--one"
    ]
    assert view
    assert "only with the number of their approval" in view.notes[0]
    drawn = picture(map_of(tmp_path, geometries(tmp_path, AREA, title=title, map_approval="GS(2024)0650号")))
    assert [path["class"] for path in drawn.one("g", class_="map__marks").all("path")] == ["map__area map--one"]
    assert drawn.one("text", class_="map__approval").text == "Map approval number: GS(2024)0650号"


def test_division_codes_as_a_key_make_areas_administrative(tmp_path: Path) -> None:
    """One row is one division then; areas in which a code merely stands are drawn."""
    from dataclasses import replace

    item = table(tmp_path, [["110101", str(AREA).replace("'", '"')]], ({"name": "区划代码", "type": "string"}, POINT))
    assert picture(map_of(tmp_path, item)).all("path", class_="map__area")
    keyed = replace(item.resource, schema=replace(item.resource.schema, primary_key=("区划代码",)))
    assert not picture(map_of(tmp_path, replace(item, resource=keyed))).all("path", class_="map__area")
