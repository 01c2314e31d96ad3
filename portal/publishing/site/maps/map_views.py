"""The maps of a dataset as its page shows them: picture, legend, notes and the list of places, in one language.

What does not depend on the language is worked out once and kept for the other language, up to a number of bytes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import map_points_path, rows_page_path, site_file
from portal.model.catalog import Field, Resource
from portal.model.map_layers import MapLayer
from portal.model.text import LocalText, enumerated
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.map_contexts import MapKey, MapPlace, MapView
from portal.publishing.site.maps.map_classes import NONE, OTHERS, Class, Classes, categories, number_classes
from portal.publishing.site.maps.map_outlines import is_administrative, middle, middles
from portal.publishing.site.maps.map_picture import Layer, Mark, Picture, marks_of, picture_of
from portal.publishing.site.maps.map_points import points_document
from portal.publishing.site.maps.map_svg import Words, legend_symbol, plain_text, svg
from portal.publishing.site.maps.map_words import description, not_drawn, notes, place_text, scale_text
from portal.publishing.site.maps.place_tables import NotDrawn, PlaceTable, joined, read_places

PLACES_LISTED_MAX = 50
"""So many places are listed beside a map; the page of all rows has the others."""
CLUSTER_NAMES_MAX = 3
"""So many members of a cluster are named."""
NAME_CHARACTERS_MAX = 80
"""A longer name is cut, on the map and in its list."""
KEPT_ROWS_MAX = 50_000
"""Maps of no more rows together are kept from one language to the next; what is beyond is worked out again."""


class Drawn(NamedTuple):
    """A map before it is said in a language."""

    table: PlaceTable
    titles: Resource
    """The resource whose schema says what the columns of *table* are called."""
    things: frozenset[str]
    """What the first column of the resource itself says of all that is drawn."""
    classes: Classes | None
    picture: Picture
    approval: str = ""
    is_withheld: bool = False
    """Whether outlines of administrative areas were left out, for nobody approved them."""


class DatasetMaps:
    """The maps of *datasets*, whose files lie in *site_dir*; *layers* lie behind them."""

    def __init__(self, site_dir: Path, datasets: Sequence[PublishedDataset], layers: Sequence[MapLayer]) -> None:
        self._site_dir = site_dir
        self._layers: dict[tuple[str, str], Layer | None] = {(one.dataset, one.resource): None for one in layers}
        self._published = {item.dataset.name: item for item in datasets} if layers else {}
        self._kept: dict[tuple[str, str], Drawn | NotDrawn | None] = {}
        self._rows = 0

    def of(self, published: PublishedDataset, lang: str) -> dict[str, MapView]:
        """Return the maps of a dataset by the names of its resources; only what is open has any."""
        if not published.dataset.is_open:
            return {}
        found = [(item, self._drawn(published, item)) for item in published.resources]
        shown = _shown_once([drawn if isinstance(drawn, Drawn) else None for _, drawn in found])
        views = {}
        for number, ((item, drawn), better) in enumerate(zip(found, shown, strict=True)):
            name = item.resource.name
            if isinstance(drawn, str):
                views[name] = MapView("", Markup(), not_drawn(drawn, item.resource.crs, lang))
            elif better is not None:
                title = found[better][0].resource.title.to(lang)
                sentence = translate(lang, "The map of “%(title)s” shows these places.", title=title)
                views[name] = MapView("", Markup(), sentence, f"map-{better}")
            elif drawn:
                self._write_points(drawn, published.dataset.name, number)
                views[name] = map_view(drawn, published.dataset.name, item, number, lang)
        return views

    def _drawn(self, published: PublishedDataset, item: PublishedResource) -> Drawn | NotDrawn | None:
        key = (published.dataset.name, item.resource.name)
        if key in self._kept:
            return self._kept[key]
        table = read_places(item, self._site_dir)
        drawn = self._drawn_of(table, published, item) if isinstance(table, PlaceTable) else table
        rows = len(drawn.table.rows) if isinstance(drawn, Drawn) else 0
        if self._rows + rows <= KEPT_ROWS_MAX:
            self._kept[key] = drawn
            self._rows += rows
        return drawn

    def _write_points(self, drawn: Drawn, dataset: str, number: int) -> None:
        """Write all points of a clustered map, once for all languages."""
        path = self._site_dir / site_file(map_points_path(dataset, number))
        if not drawn.picture.is_clustered or path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        names = _Told(drawn, "")
        text = points_document(drawn.table.located, drawn.picture.frame, drawn.classes, names.stated_name)
        path.write_text(text, encoding="utf-8", newline="")

    def _drawn_of(self, table: PlaceTable, published: PublishedDataset, item: PublishedResource) -> Drawn:
        dataset, resource = published.dataset, item.resource
        things = frozenset(table.rows[row][0] for row in table.located.rows)
        table, titles = self._told_by_others(table, published, item)
        is_outline = table.located.kinds != ("point",) and is_administrative(dataset, resource)
        is_withheld = is_outline and not resource.map_approval
        if is_withheld:
            table = table._replace(located=middles(table.located))
        layers = [layer for key, layer in self._all_layers() if key != (dataset.name, resource.name)]
        classes = classes_of(table)
        picture = picture_of(table.located, classes, layers)
        approval = resource.map_approval if is_outline else ""
        return Drawn(table, titles, things, classes, picture, approval, is_withheld)

    def _told_by_others(
        self, table: PlaceTable, published: PublishedDataset, item: PublishedResource
    ) -> tuple[PlaceTable, Resource]:
        """Return a table with the columns of another one of the dataset, where that tells more of the same things."""
        for other in published.resources:
            if other is not item and len(other.table_schema.get("fields", ())) > len(table.fields):
                told = joined(table, other, self._site_dir)
                if told:
                    return told, other.resource
        return table, item.resource

    def _all_layers(self) -> Iterator[tuple[tuple[str, str], Layer]]:
        """Yield the layers that may be shown, each read once."""
        for key, layer in self._layers.items():
            if layer is None:
                layer = self._layers[key] = self._read_layer(*key)
            if layer.features:
                yield key, layer

    def _read_layer(self, dataset: str, resource: str) -> Layer:
        published = self._published.get(dataset)
        for item in published.resources if published and published.dataset.is_open else ():
            if item.resource.name == resource and item.resource.map_approval:
                table = read_places(item, self._site_dir)
                if isinstance(table, PlaceTable):
                    return Layer(item.resource.title, table.located.flat, item.resource.map_approval)
        return Layer(LocalText(), ())


def classes_of(table: PlaceTable) -> Classes | None:
    """Return the classes by which the rows that are drawn are coloured, None where no column suits."""
    column = table.columns.colour
    if column is None:
        return None
    placed = table.located.rows if isinstance(table.located.rows, range) else set(table.located.rows)
    values = [row[column] if number in placed else "" for number, row in enumerate(table.rows)]
    classes = categories(values) if table.columns.kind == "category" else number_classes(values)
    return classes and _counted(classes, placed)


def map_view(drawn: Drawn, dataset: str, item: PublishedResource, number: int, lang: str) -> MapView:
    """Return a map in a language; *number* tells it from the others of the page."""
    ident = f"map-{number}"
    table, classes, picture = drawn.table, drawn.classes, drawn.picture
    told = _Told(drawn, lang)
    approvals = dict.fromkeys([drawn.approval, *(layer.approval for layer in picture.behind)])
    approvals.pop("", None)
    title = item.resource.title.to(lang)
    words = Words(
        translate(lang, "Map of “%(title)s”", title=title),
        description(table.located, picture.frame, lang),
        translate(lang, "N"),
        scale_text(picture.frame, lang),
        tuple(layer.title.to(lang) for layer in picture.behind),
        translate(lang, "Map approval number: %(numbers)s", numbers=enumerated(lang, approvals)) if approvals else "",
        told.mark,
    )
    places = tuple(_places(drawn, told, ident))
    total = len(table.located.rows)
    return MapView(
        ident,
        svg(picture, words, ident),
        legend_title=told.column(table.columns.colour) if classes and table.columns.colour is not None else "",
        legend=tuple(_legend(drawn, lang)),
        notes=tuple(notes(table.located, picture, item.resource.crs, lang, is_withheld=drawn.is_withheld)),
        list_title=translate_many(lang, "List of the %(num)s place", "List of the %(num)s places", total),
        places=places,
        rest=translate(
            lang,
            "The first %(shown)s of %(total)s places are listed.",
            shown=len(places),
            total=number_text(lang, total),
        )
        if len(places) < total
        else "",
        rows_path=rows_page_path(dataset, item.resource.name) if item.table_file else "",
        points_path=map_points_path(dataset, number) if picture.is_clustered else "",
    )


def _counted(classes: Classes, placed: Container[int]) -> Classes | None:
    """Return the classes with counts of placed rows alone, None where one is left or none."""
    missing = sum(1 for row, number in enumerate(classes.of) if number == NONE and row in placed)
    entries = [entry for entry in classes.entries if entry.number != NONE]
    if len(entries) < 2:
        return None
    return classes._replace(entries=(*entries, *([Class(NONE, missing)] if missing else [])))


def _shown_once(maps: Sequence[Drawn | None]) -> list[int | None]:
    """Return for each map of a dataset the number of a better one of the same things, None where it is the best.

    An area tells more than its middle; of points the table with more columns does.
    """
    best: dict[frozenset[str], tuple[tuple[bool, int], int]] = {}
    for number, drawn in enumerate(maps):
        if drawn is not None:
            worth = (drawn.table.located.kinds != ("point",), len(drawn.table.fields))
            if drawn.things not in best or worth > best[drawn.things][0]:
                best[drawn.things] = (worth, number)
    better = [None if drawn is None else best[drawn.things][1] for drawn in maps]
    return [None if other == number else other for number, other in enumerate(better)]


class _Told:
    """Names and values of rows as people read them in a language."""

    def __init__(self, drawn: Drawn, lang: str) -> None:
        self._table = drawn.table
        self._declared = {field.name: field for field in drawn.titles.schema.fields}
        self._lang = lang

    def column(self, number: int) -> str:
        """Return what a column is called."""
        name = str(self._table.fields[number]["name"])
        declared: Field | None = self._declared.get(name)
        return declared.title.to(self._lang) if declared else name

    def stated_name(self, row: int) -> str:
        """Return what the table calls a row, "" where it calls it nothing."""
        column = self._table.columns.name
        text = plain_text(self._table.rows[row][column]) if column is not None else ""
        return text if len(text) <= NAME_CHARACTERS_MAX else text[: NAME_CHARACTERS_MAX - 1] + "…"

    def name(self, row: int) -> str:
        """Return what a row is called, its number where nothing tells."""
        number = number_text(self._lang, row + 1)
        return self.stated_name(row) or translate(self._lang, "Row %(number)s", number=number)

    def value(self, column: int, text: str) -> str:
        """Return the value of a cell."""
        return said_value(self._table.fields[column], plain_text(text), self._lang)

    def facts(self, row: int) -> str:
        """Return what is told of a row beside its name."""
        found = (
            (self.column(number), self.value(number, self._table.rows[row][number]))
            for number in self._table.columns.facts
            if self._table.rows[row][number]
        )
        form = translate(self._lang, "%(title)s: %(value)s")
        return translate(self._lang, "; ").join(form % {"title": title, "value": value} for title, value in found)

    def mark(self, mark: Mark) -> str:
        """Return what a mark of the picture stands for."""
        if len(mark.rows) == 1:
            row = mark.rows[0]
            return "\n".join(text for text in (self.name(row), self.facts(row)) if text)
        rows = list(dict.fromkeys(mark.rows))
        names = [self.name(row) for row in rows[:CLUSTER_NAMES_MAX]]
        count = translate_many(self._lang, "%(num)s place", "%(num)s places", len(rows))
        more = ["…"] if len(rows) > CLUSTER_NAMES_MAX else []
        return "\n".join([count, *names, *more])


def said_value(field: dict[str, Any], text: str, lang: str) -> str:
    """Return a cell as people read it: yes and no in words, numbers with their thousands marked.

    >>> said_value({"type": "boolean"}, "true", "en"), said_value({"type": "integer"}, "12000", "en")
    ('yes', '12,000')
    """
    kind = field.get("type")
    if kind == "boolean" and text in ("true", "false"):
        return translate(lang, "yes") if text == "true" else translate(lang, "no")
    if kind in ("integer", "number"):
        try:
            return number_text(lang, int(text) if kind == "integer" else float(text))
        except (ValueError, OverflowError):
            return text
    return text


def _legend(drawn: Drawn, lang: str) -> Sequence[MapKey]:
    table, classes = drawn.table, drawn.classes
    if classes is None:
        return ()
    kind = table.located.kinds[0]
    column = table.columns.colour
    assert column is not None
    keys = []
    for entry in classes.entries:
        if entry.number in (OTHERS, NONE):
            label = translate(lang, "Others") if entry.number == OTHERS else translate(lang, "Not stated")
        elif classes.kind == "category":
            label = said_value(table.fields[column], plain_text(entry.text), lang)
        elif entry.low == entry.high:
            label = number_text(lang, entry.low)
        else:
            low, high = number_text(lang, entry.low), number_text(lang, entry.high)
            label = translate(lang, "%(low)s to %(high)s", low=low, high=high)
        keys.append(MapKey(legend_symbol(kind, classes, entry.number), label, number_text(lang, entry.places)))
    return keys


def _places(drawn: Drawn, told: _Told, ident: str) -> Sequence[MapPlace]:
    located = drawn.table.located
    rows = located.rows[:PLACES_LISTED_MAX]
    marks, listed = marks_of(drawn.picture, rows), set(rows)
    where = {feature.row: middle(feature) for feature in located.flat if feature.row in listed}
    points = located.points
    for row, longitude, latitude in zip(points.rows, points.longitudes, points.latitudes, strict=True):
        if row in listed:
            where[row] = (longitude, latitude)
    return [
        MapPlace(f"{ident}-p{row}", f"{ident}-m{marks[row]}", told.name(row), told.facts(row), place_text(*where[row]))
        for row in rows
    ]
