"""The maps of a dataset: which of its resources have one, what lies behind it, and which shows the same as another.

What does not depend on the language is worked out once and kept for the other language, up to a number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from portal.i18n import translate
from portal.model.addresses import map_outlines_path, map_points_path, site_file
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.maps.chosen_columns import chosen, remarks_of
from portal.publishing.site.maps.density_maps import in_squares
from portal.publishing.site.maps.district_maps import by_districts
from portal.publishing.site.maps.drawing.map_picture import Layer, picture_of
from portal.publishing.site.maps.drawing.map_points import points_document
from portal.publishing.site.maps.map_views import CodeNames, Drawn, Told, map_view
from portal.publishing.site.maps.map_words import not_drawn
from portal.publishing.site.maps.places.located import lie_together
from portal.publishing.site.maps.places.map_outlines import approval_of, is_administrative, middles
from portal.publishing.site.maps.places.outline_arrays import positions_of
from portal.publishing.site.maps.places.place_tables import (
    NotDrawn,
    PlaceTable,
    joined,
    read_places,
    withheld_columns,
)

KEPT_POSITIONS_MAX = 500_000
"""Maps of no more positions together are kept for the other language; a row counts as `ROW_POSITIONS` of them."""
ROW_POSITIONS = 10


class DatasetMaps:
    """The maps of *datasets*, with files in *site_dir*; *layers* lie behind them, *choices* are wishes for some."""

    def __init__(
        self,
        site_dir: Path,
        datasets: Sequence[PublishedDataset],
        layers: Sequence[MapLayer],
        choices: Sequence[MapChoice] = (),
    ) -> None:
        self._site_dir = site_dir
        self._choices = {(one.dataset, one.resource): one for one in choices}
        self._layers = {(one.dataset, one.resource): one for one in layers}
        self._read: dict[tuple[str, str], tuple[Layer, PlaceTable] | None] = {}
        self._published = {item.dataset.name: item for item in datasets} if layers else {}
        self._kept: dict[tuple[str, str], Drawn | NotDrawn | None] = {}
        self._weight = 0

    def of(self, published: PublishedDataset, lang: str, names: CodeNames = MappingProxyType({})) -> dict[str, MapView]:
        """Return the maps of a dataset by the names of its resources; only what is open has any.

        *names* are those of codes in its tables.
        """
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
                self._write_beside(drawn, published.dataset.name, number)
                if (key := (published.dataset.name, name)) in self._kept:
                    self._kept[key] = drawn.without_texts
                views[name] = map_view(drawn, published.dataset.name, item, number, lang, names)
        return views

    def _drawn(self, published: PublishedDataset, item: PublishedResource) -> Drawn | NotDrawn | None:
        key = (published.dataset.name, item.resource.name)
        if key in self._kept:
            return self._kept[key]
        table = read_places(item, self._site_dir)
        drawn = self._drawn_of(table, published, item) if isinstance(table, PlaceTable) else table
        if table is None:
            drawn = self._by_districts(published, item)
        elif table == "too-many":
            layers = [layer for _, (layer, _) in self._all_layers()]
            drawn = in_squares(item, self._site_dir, layers, self._choices.get(key)) or "too-many"
        weight = 0
        if isinstance(drawn, Drawn):
            weight = ROW_POSITIONS * len(drawn.table.rows) + positions_of(drawn.table.located.flat)
        if self._weight + weight <= KEPT_POSITIONS_MAX:
            self._kept[key] = drawn
            self._weight += weight
        return drawn

    def _write_beside(self, drawn: Drawn, dataset: str, number: int) -> None:
        """Write what a map needs for a closer look, once for all languages: points of clusters, finer outlines."""
        if drawn.picture.is_clustered and (path := self._unwritten(map_points_path(dataset, number))):
            names = Told(drawn, "")
            text = points_document(drawn.table.located, drawn.picture.frame, drawn.classes, names.stated_name)
            path.write_text(text, encoding="utf-8", newline="")
        for level, finer in enumerate(drawn.picture.finer, start=1):
            if finer.text and (path := self._unwritten(map_outlines_path(dataset, number, level))):
                path.write_text(finer.text, encoding="utf-8", newline="")

    def _unwritten(self, address: str) -> Path | None:
        """Return the file of an address, in a folder that is there, None where it is written already."""
        path = self._site_dir / site_file(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        return None if path.exists() else path

    def _drawn_of(self, table: PlaceTable, published: PublishedDataset, item: PublishedResource) -> Drawn:
        dataset, resource = published.dataset, item.resource
        things = _things(table)
        table, told = self._told_by_others(table, published, item)
        is_outline = table.located.kinds != ("point",) and is_administrative(dataset, resource)
        approval = approval_of(dataset, resource, table.located) if is_outline else ""
        is_withheld = is_outline and not approval
        if is_withheld:
            table = table._replace(located=middles(table.located))
        layers = [layer for key, (layer, _) in self._all_layers() if key != (dataset.name, resource.name)]
        choice = self._choices.get((dataset.name, resource.name))
        shown = chosen(table, choice, withheld_columns(told.profile) if told.profile else ())
        picture = picture_of(table.located, shown.classes, layers, shown.circles)
        return Drawn(
            shown.table,
            told.resource,
            things,
            shown.classes,
            picture,
            resource.crs,
            approval,
            is_withheld,
            remarks=tuple(remarks_of(shown)),
            size=shown.size,
        )

    def _told_by_others(
        self, table: PlaceTable, published: PublishedDataset, item: PublishedResource
    ) -> tuple[PlaceTable, PublishedResource]:
        """Return a table with the columns of another one of the dataset, where that tells more of the same things."""
        for other in published.resources:
            if other is not item and len(other.table_schema.get("fields", ())) > len(table.fields):
                told = joined(table, other, self._site_dir)
                if told:
                    return told, other
        return table, item

    def _by_districts(self, published: PublishedDataset, item: PublishedResource) -> Drawn | None:
        """Return a table without places on the map of the districts whose codes it holds, None where there is none."""
        for key, (layer, table) in self._all_layers():
            stated = self._layers[key]
            if stated.code and key != (published.dataset.name, item.resource.name):
                choice = self._choices.get((published.dataset.name, item.resource.name))
                drawn = by_districts(item, self._site_dir, layer, table, stated, choice)
                if drawn:
                    return drawn
        return None

    def _all_layers(self) -> Iterator[tuple[tuple[str, str], tuple[Layer, PlaceTable]]]:
        """Yield the layers that may be shown, each read once."""
        for key in self._layers:
            if key not in self._read:
                self._read[key] = self._read_layer(*key)
            if read := self._read[key]:
                yield key, read

    def _read_layer(self, dataset: str, resource: str) -> tuple[Layer, PlaceTable] | None:
        published = self._published.get(dataset)
        if published is None or not published.dataset.is_open:
            return None
        for item in published.resources:
            stated = item.resource
            if stated.name == resource and (stated.map_approval or published.dataset.is_demonstration):
                table = read_places(item, self._site_dir)
                if isinstance(table, PlaceTable) and table.located.flat:
                    approval = approval_of(published.dataset, stated, table.located)
                    columns = {field.name: field.title for field in stated.schema.fields}
                    layer = Layer(stated.title, table.located.flat, approval, stated.crs, columns)
                    return (layer, table) if approval else None
        return None


def _things(table: PlaceTable) -> Mapping[str, int]:
    """Return the rows that are drawn by what their first column says, {} where it says the same of several."""
    rows = table.located.rows
    found = {table.rows[row][0]: row for row in rows}
    return found if len(found) == len(rows) else {}


def _shown_once(maps: Sequence[Drawn | None]) -> list[int | None]:
    """Return for each map of a dataset the number of a better one of the same things, None where it is the best.

    The same are things that are called the same and lie together: two tables may both count their rows from 1. An area
    tells more than its middle; of points the table with more columns does.
    """
    groups: dict[frozenset[str], list[list[int]]] = {}
    drawn = {number: item for number, item in enumerate(maps) if item}
    for number, item in drawn.items():
        alike = groups.setdefault(frozenset(item.things), [])
        group = next((numbers for numbers in alike if _are_same(drawn[numbers[0]], item)), None)
        if group is None:
            alike.append(group := [])
        group.append(number)
    better: list[int | None] = [None] * len(maps)
    for group in chain.from_iterable(groups.values()):
        best = max(group, key=lambda one: (drawn[one].table.located.kinds != ("point",), len(drawn[one].table.fields)))
        for number in group:
            better[number] = None if number == best else best
    return better


def _are_same(one: Drawn, other: Drawn) -> bool:
    """Whether two maps with equal names of things show them at the same places; not where the names tell nothing."""
    here, there = one.table.located.boxes, other.table.located.boxes
    return bool(one.things) and all(
        lie_together(here[row], there[other.things[name]]) for name, row in one.things.items()
    )
