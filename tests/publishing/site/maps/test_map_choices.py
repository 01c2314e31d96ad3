"""What catalog.yaml wishes for single maps (`maps.views`): colours, classes, circles; and what no map may show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_published import published
from maps_of import PLACES, POINT, SQUARE, geometries, maps_of, picture, table

from portal.model.map_choices import MapChoice
from portal.publishing.publication import PublishedResource
from portal.publishing.site.contexts.map_contexts import MapView

FIELDS = (
    *PLACES,
    {"name": "类型", "type": "string"},
    {"name": "床位数", "type": "integer"},
    {"name": "入住率", "type": "number"},
    {"name": "编号", "type": "integer"},
    {"name": "成立", "type": "date"},
)
ROWS = [
    [
        f"甲{n}",
        str(116 + n / 10),
        str(39 + n % 3 / 10),
        "公办民办"[n % 2 * 2 :][:2],
        beds,
        str(n * n),
        str(n),
        "2026-01-01",
    ]
    for n, beds in enumerate(("400", "100", "", "0", "25", "7"))
]


def wished(folder: Path, item: PublishedResource, **wishes: str) -> MapView:
    """Return the map of a resource for which catalog.yaml has *wishes*."""
    choice = MapChoice("stops", item.resource.name, **wishes)
    return maps_of(folder, published(item), choices=[choice])[item.resource.name]


def marks(view: MapView) -> list[str]:
    """Return the class of each mark, without its block."""
    return [path["class"] for path in picture(view).one("g", class_="map__marks").all("path")]


def refused(view: MapView) -> list[str]:
    """Return what a map says of wishes that it does not follow."""
    return [note for note in view.notes if "was wished" in note]


def test_areas_of_circles_tell_the_column_that_is_wished_for(tmp_path: Path) -> None:
    """The largest lies below the others, kinds keep their colours, and the legend has circles of round amounts."""
    view = wished(tmp_path, table(tmp_path, ROWS, FIELDS), size="床位数")
    circles = [path["d"].partition("m-")[2].split()[0] for path in picture(view).all("path", class_="map__cluster")]
    assert circles == ["28", "14", "7", "3.7"]
    assert marks(view)[:2] == ["map__point map--none"] * 2
    assert set(marks(view)[2:]) == {"map__cluster map--c1", "map__cluster map--c2"}
    assert (view.sizes_title, [key.label for key in view.sizes]) == ("Area of a circle: 床位数", ["200", "50", "10"])
    assert "Small dots are places whose number is missing or 0: 2." in view.notes
    assert view.places[0].facts == "类型: 公办; 床位数: 400; 入住率: 0"
    assert refused(view) == []


def test_circles_stand_in_the_middle_of_areas(tmp_path: Path) -> None:
    """The areas keep their outlines; a shade would say more than the number."""
    areas = [[[x + step, y] for x, y in SQUARE] for step in (0, 2)]
    rows = [
        [f"区{n}", str({"type": "Polygon", "coordinates": [ring]}).replace("'", '"'), str(n + 1)]
        for n, ring in enumerate(areas)
    ]
    fields = (PLACES[0], POINT, {"name": "学生数", "type": "integer"})
    view = wished(tmp_path, table(tmp_path, rows, fields), size="学生数")
    assert marks(view) == ["map__area map--plain"] * 2 + ["map__cluster map--one"] * 2
    assert [key.label for key in view.sizes] == ["2"]


def test_a_column_and_a_way_of_classes_may_be_wished_for(tmp_path: Path) -> None:
    """The rules would have taken the kind; a wished column of numbers needs but two that differ."""
    view = wished(tmp_path, table(tmp_path, ROWS, FIELDS), colour="入住率", classes="natural-breaks")
    assert (view.legend_title, [key.label for key in view.legend]) == ("入住率", ["0 to 1", "4", "9", "16", "25"])
    assert view.notes[0] == "The classes are cut where the numbers lie furthest apart (natural breaks)."


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({"colour": "色彩"}, "“色彩” was wished for this map and is not shown: the table has no such column."),
        ({"colour": "编号"}, "“编号” was wished for this map and is not shown: its numbers are codes or coordinates."),
        (
            {"colour": "成立"},
            "“成立” was wished for this map and is not shown: it holds neither text nor yes and no nor numbers.",
        ),
        (
            {"size": "入住率"},
            "“入住率” was wished for this map and is not shown: its numbers are rates, prices or readings, which no "
            "area tells; use colour.",
        ),
        ({"size": "类型"}, "“类型” was wished for this map and is not shown: it holds no numbers."),
        (
            {"classes": "等距"},
            "“等距” was wished for this map and is not shown: classes are quantiles or natural-breaks.",
        ),
    ],
)
def test_a_wish_that_would_mislead_is_not_followed(tmp_path: Path, wishes: dict[str, str], reason: str) -> None:
    """The map is that of the rules, and says why."""
    item = table(tmp_path, ROWS, FIELDS)
    view = wished(tmp_path, item, **wishes)
    assert refused(view) == [reason]
    ruled = maps_of(tmp_path, published(item))["places"]
    assert (view.picture, view.legend, view.sizes) == (ruled.picture, ruled.legend, ())


def test_what_is_wished_for_is_told_as_plain_text(tmp_path: Path) -> None:
    """Nothing of it turns the text around it, and no more of it stands there than a line."""
    [told] = refused(wished(tmp_path, table(tmp_path, ROWS, FIELDS), colour="\u202e<b>" + "甲" * 200))
    assert told == f"“<b>{'甲' * 77}” was wished for this map and is not shown: the table has no such column."


def test_what_only_the_rows_tell_is_not_followed_either(tmp_path: Path) -> None:
    """Amounts over areas, numbers below zero, circles on lines, kinds that differ in every row."""
    area: dict[str, Any] = {"type": "Polygon", "coordinates": [SQUARE]}
    text = str(area).replace("'", '"')
    amounts = [*PLACES[:1], POINT, {"name": "学生数", "type": "integer"}]
    over_areas = wished(tmp_path, table(tmp_path, [["甲", text, "1"], ["乙", text, "2"]], amounts), colour="学生数")
    assert "a large area is not a large amount" in refused(over_areas)[0]
    owed = [[*row[:4], "-3", *row[5:]] for row in ROWS]
    assert "below zero" in refused(wished(tmp_path, table(tmp_path, owed, FIELDS), size="床位数"))[0]
    line = str({"type": "LineString", "coordinates": [[116, 39], [117, 40]]}).replace("'", '"')
    on_lines = wished(tmp_path, table(tmp_path, [["甲", line, "1"], ["乙", line, "2"]], amounts), size="学生数")
    assert "lines have no place for circles" in refused(on_lines)[0]
    assert "fewer than two" in refused(wished(tmp_path, geometries(tmp_path, area), colour="名称"))[0]
    many = [[f"甲{n}", str(116 + n / 1000), "39", str(n)] for n in range(401)]
    circles = wished(tmp_path, table(tmp_path, many, (*PLACES, {"name": "床位数", "type": "integer"})), size="床位数")
    assert "more than 400 circles" in refused(circles)[0]
