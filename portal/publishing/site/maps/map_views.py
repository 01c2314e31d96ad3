"""A map as a page shows it, in one language: picture, legend, notes and the list of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import map_outlines_path, map_points_path, rows_page_path
from portal.model.catalog import Field, Resource
from portal.model.map_layers import MADE_UP
from portal.model.text import LocalText
from portal.publishing.publication import PublishedResource
from portal.publishing.site.cells_in_words import Names, Write, writer_of
from portal.publishing.site.contexts.map_contexts import MapKey, MapOutlines, MapPlace, MapView
from portal.publishing.site.maps.drawing.amount_circles import legend_circles
from portal.publishing.site.maps.drawing.map_classes import NONE, OTHERS, Classes
from portal.publishing.site.maps.drawing.map_marks import Mark, marks_of
from portal.publishing.site.maps.drawing.map_picture import Picture
from portal.publishing.site.maps.drawing.map_svg import Words, legend_circle, legend_symbol, plain_text, svg
from portal.publishing.site.maps.map_words import approval_text, description, notes, place_text, scale_text
from portal.publishing.site.maps.places.map_outlines import middle
from portal.publishing.site.maps.places.place_tables import PlaceTable

CodeNames = Mapping[tuple[str, str], Names]
"""The names of codes by resource and column."""
PLACES_LISTED_MAX = 50
"""So many places are listed beside a map; the page of all rows has the others."""
CLUSTER_NAMES_MAX = 3
"""So many members of a cluster are named."""
POINT_NAMES_MAX = 20
"""So many places are named that one symbol stands for; who searches on the map finds these."""
NAME_CHARACTERS_MAX = 80
"""A longer name is cut, on the map and in its list."""


class Drawn(NamedTuple):
    """A map before it is said in a language."""

    table: PlaceTable
    titles: Resource
    """The resource whose schema says what the columns of *table* are called."""
    things: Mapping[str, int]
    """What the first column of the resource itself says of each row that is drawn; {} where it tells them not apart."""
    classes: Classes | None
    picture: Picture
    system: str = ""
    """The reference system that the coordinates are stated to be in."""
    approval: str = ""
    is_withheld: bool = False
    """Whether outlines of administrative areas were left out, for nobody approved them."""
    remarks: tuple[tuple[str, Mapping[str, LocalText]], ...] = ()
    """Messages that stand below the map, and what is filled into them."""
    size: int | None = None
    """The column that areas of circles tell."""
    is_squares: bool = False
    """Whether rows are squares with so many places, the fullest first, not places."""

    def counted(self, lang: str) -> str:
        """Say how many things the map shows."""
        number = len(self.table.located.rows)
        if self.is_squares:
            return translate_many(lang, "%(num)s square", "%(num)s squares", number)
        return translate_many(lang, "%(num)s place", "%(num)s places", number)

    @property
    def without_texts(self) -> Drawn:
        """The same once the files beside the page are written."""
        finer = tuple(one._replace(text="") for one in self.picture.finer)
        return self._replace(picture=self.picture._replace(finer=finer))


def map_view(
    drawn: Drawn,
    dataset: str,
    item: PublishedResource,
    number: int,
    lang: str,
    names: CodeNames = MappingProxyType({}),
) -> MapView:
    """Return a map in a language; *number* tells it from the others of the page, *names* are those of codes."""
    ident = f"map-{number}"
    table, classes, picture = drawn.table, drawn.classes, drawn.picture
    told = Told(drawn, lang, names)
    approvals = dict.fromkeys([drawn.approval, *(layer.approval for layer in picture.behind)])
    approvals.pop("", None)
    title = item.resource.title.to(lang)
    words = Words(
        translate(lang, "Map of “%(title)s”", title=title),
        description(drawn.counted(lang), picture.frame, lang),
        translate(lang, "N"),
        scale_text(picture.frame, lang),
        tuple(layer.title.to(lang) for layer in picture.behind),
        approval_text(tuple(approvals), lang),
        told.mark,
    )
    places = tuple(_places(drawn, told, ident))
    return MapView(
        ident,
        svg(picture, words, ident),
        legend_title=told.column(table.columns.colour) if classes and table.columns.colour is not None else "",
        legend=tuple(_legend(drawn, told, lang)),
        sizes_title=translate(lang, "Area of a circle: %(title)s", title=told.column(drawn.size))
        if drawn.size is not None
        else "",
        sizes=tuple(_sizes(drawn, told)),
        notes=(
            *(
                translate(lang, message, **{name: text.to(lang) for name, text in details.items()})
                for message, details in drawn.remarks
            ),
            *notes(
                table.located,
                picture,
                drawn.system,
                lang,
                way=classes.way if classes else "",
                is_made_up=MADE_UP in approvals,
                is_withheld=drawn.is_withheld,
            ),
        ),
        list_title=_list_title(drawn, lang),
        places=places,
        rest=_rest(drawn, len(places), lang),
        rows_path=rows_page_path(dataset, item.resource.name) if item.table_file else "",
        points_path=map_points_path(dataset, number) if picture.is_clustered else "",
        outlines=tuple(
            MapOutlines(f"{finer.zoom:g}", map_outlines_path(dataset, number, level))
            for level, finer in enumerate(picture.finer, start=1)
        ),
    )


class Told:
    """Names and values of rows as people read them in a language."""

    def __init__(self, drawn: Drawn, lang: str, names: CodeNames = MappingProxyType({})) -> None:
        self._table = drawn.table
        self._names = {column: known for (resource, column), known in names.items() if resource == drawn.titles.name}
        self._writers: dict[int, Write] = {}
        self._declared = {field.name: field for field in drawn.titles.schema.fields}
        self._lang = lang
        self._facts = [(number, self.column(number)) for number in drawn.table.columns.facts]
        self._form, self._and = translate(lang, "%(title)s: %(value)s"), translate(lang, "; ")

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
        """Return the value of a cell as people read it, a code by its name."""
        write = self._writers.get(column)
        if write is None:
            field = self._table.fields[column]
            write = self._writers[column] = writer_of(field, self._lang, self._names.get(str(field["name"])))
        cell = write(plain_text(text))
        return f"{cell.text}…" if cell.rest else cell.text

    def facts(self, row: int) -> str:
        """Return what is told of a row beside its name."""
        cells = self._table.rows[row]
        return self._and.join(
            self._form % {"title": title, "value": self.value(number, cells[number])}
            for number, title in self._facts
            if cells[number]
        )

    def mark(self, mark: Mark) -> str:
        """Return what a mark of the picture stands for."""
        if len(mark.rows) == 1:
            row = mark.rows[0]
            return "\n".join(text for text in (self.name(row), self.facts(row)) if text)
        rows = mark.rows
        most = POINT_NAMES_MAX if mark.kind == "point" else CLUSTER_NAMES_MAX
        names = [self.name(row) for row in rows[:most]]
        count = translate_many(self._lang, "%(num)s place", "%(num)s places", len(rows))
        more = ["…"] if len(rows) > most else []
        return "\n".join([count, *names, *more])


def _legend(drawn: Drawn, told: Told, lang: str) -> Sequence[MapKey]:
    table, classes = drawn.table, drawn.classes
    if classes is None:
        return ()
    is_of_symbols = drawn.picture.small * 2 > len(table.located.rows)
    kind = "cluster" if drawn.size is not None else "point" if is_of_symbols else table.located.kinds[0]
    column = table.columns.colour
    assert column is not None
    keys = []
    for entry in classes.entries:
        if entry.number in (OTHERS, NONE):
            label = translate(lang, "Others") if entry.number == OTHERS else translate(lang, "Not stated")
        elif classes.kind == "category":
            label = told.value(column, entry.text)
        elif entry.low == entry.high:
            label = told.value(column, f"{entry.low:.12g}")
        else:
            low, high = (told.value(column, f"{border:.12g}") for border in (entry.low, entry.high))
            label = translate(lang, "%(low)s to %(high)s", low=low, high=high)
        keys.append(MapKey(legend_symbol(kind, classes, entry.number), label, number_text(lang, entry.places)))
    return keys


def _list_title(drawn: Drawn, lang: str) -> str:
    total = len(drawn.table.located.rows)
    if drawn.is_squares:
        return translate_many(lang, "List of the %(num)s square", "List of the %(num)s squares", total)
    return translate_many(lang, "List of the %(num)s place", "List of the %(num)s places", total)


def _rest(drawn: Drawn, shown: int, lang: str) -> str:
    """Say that only the first are listed, "" where all are."""
    count = len(drawn.table.located.rows)
    total = number_text(lang, count)
    if shown == count:
        return ""
    if drawn.is_squares:
        return translate(lang, "The fullest %(shown)s of %(total)s squares are listed.", shown=shown, total=total)
    return translate(lang, "The first %(shown)s of %(total)s places are listed.", shown=shown, total=total)


def _sizes(drawn: Drawn, told: Told) -> Iterator[MapKey]:
    """Yield circles of round amounts, as large as on the map."""
    if drawn.size is None:
        return
    numbers = [row[drawn.size] for row in drawn.table.rows]
    is_whole = all(number.isdecimal() for number in numbers if number)
    for amount, radius in legend_circles(drawn.picture.greatest, is_whole=is_whole):
        yield MapKey(legend_circle(radius, drawn.classes), told.value(drawn.size, f"{amount:.12g}"), "")


def _places(drawn: Drawn, told: Told, ident: str) -> Sequence[MapPlace]:
    located = drawn.table.located
    rows = located.rows[:PLACES_LISTED_MAX]
    marks, listed = marks_of(drawn.picture.marks, rows), set(rows)
    where = {feature.row: middle(feature) for feature in located.flat if feature.row in listed}
    points = located.points
    for row, longitude, latitude in zip(*points, strict=True):
        if row > rows[-1]:
            break
        if row in listed:
            where[row] = (longitude, latitude)
    return [
        MapPlace(
            f"{ident}-p{row}",
            f"{ident}-m{marks[row]}",
            told.name(row),
            told.facts(row),
            "" if drawn.is_squares else place_text(*where[row]),
        )
        for row in rows
    ]
