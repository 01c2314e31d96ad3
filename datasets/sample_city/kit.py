"""How a demonstration dataset is declared, and how it becomes a folder with a descriptor and files.

A dataset is a function that takes a `Random` of its own (seeded with its name, so that one dataset never changes
another) and returns a `Spec`. Every descriptor that is written says that its data are made up: in the description, in
``catalogue.demonstration`` and in the keywords.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
import yaml

from sample_city import english_names
from sample_city.city import CITY_CODE, DISTRICTS
from sample_city.shown import VIEWS

SEED = "示范市-2026"

NOTE_ZH = "【演示数据】本数据集由程序按固定种子生成；示范市以及其中的机构、地点和数值都是虚构的，不对应任何真实情况。"
NOTE_EN = (
    "[Demonstration data] A program made this dataset with a fixed seed; Shifan City (示范市), its bodies, places and "
    "figures are invented and stand for nothing real."
)

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


@dataclass(frozen=True)
class Column:
    """A column: its header (Chinese), type of Table Schema, English title, meaning, and further keys of the field.

    *more* goes into the field as it is, e.g. ``{"constraints": {"required": True}}`` or ``{"format": "…"}``.
    """

    name: str
    type: str = "string"
    en: str = ""
    description: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def must(**more: Any) -> dict[str, Any]:
    """Return the keys of a field that must be filled; *more* are further constraints."""
    return {"constraints": {"required": True, **more}}


def within(minimum: float, maximum: float | None = None) -> dict[str, Any]:
    """Return the keys of a field that lies in a range and may be empty."""
    return {"constraints": {"minimum": minimum, **({} if maximum is None else {"maximum": maximum})}}


def named(columns: Sequence[Column], *names: str) -> list[Column]:
    """Return the columns with these names, in the order of the names."""
    by_name = {column.name: column for column in columns}
    return [by_name[name] for name in names]


def district_column(en: str = "") -> Column:
    """Return the column that names a district of the city."""
    names = [district.zh for district in DISTRICTS]
    return Column("区县", en=en, description="所在的区或县。", more=must(enum=names))


@dataclass(frozen=True)
class Table:
    """A table with its rows, each a sequence of values in the order of *columns* (None: an empty cell).

    *format* is csv, xlsx, json (array of objects) or ndjson; *crs* names the coordinate reference system of longitude
    and latitude columns; *foreign_keys* are (fields, resource, fields of it). A table that follows a
    register standard, *standard*, has the schema of that standard and writes none of its own.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    en: str = ""
    description: str = ""
    format: str = "csv"
    encoding: str = "utf-8"
    primary_key: Sequence[str] = ()
    foreign_keys: Sequence[tuple[Sequence[str], str, Sequence[str]]] = ()
    crs: str = ""
    standard: str = ""


@dataclass(frozen=True)
class GeoFile:
    """A GeoJSON file: *features* are (geometry, properties); *columns* describe the properties in their order."""

    name: str
    title: str
    features: Iterable[tuple[dict[str, Any], dict[str, Any]]]
    en: str = ""
    description: str = ""
    crs: str = "CGCS2000"
    columns: Sequence[Column] = ()


@dataclass(frozen=True)
class TextFile:
    """A file that is no table, e.g. notes: *content* is written as it is under *path*."""

    name: str
    title: str
    path: str
    content: str
    en: str = ""
    description: str = ""


@dataclass(frozen=True)
class Spec:
    """One dataset. *en* are title, description and keywords in English.

    *catalogue* is added to (and takes precedence over) the block that `write` makes. A *large* dataset is not
    committed but written when the sample is built.
    """

    publisher: str
    name: str
    title: str
    description: str
    keywords: Sequence[str]
    themes: Sequence[str]
    resources: Sequence[Table | GeoFile | TextFile]
    update_cycle: str
    published: date
    updated: date
    en: tuple[str, str, Sequence[str]]
    areas: Sequence[str] = ()
    licence: str = "CC-BY-4.0"
    temporal: str = ""
    version: str = "1.0.0"
    catalogue: dict[str, Any] = field(default_factory=dict)
    large: bool = False


def register_table(name: str, title: str, en: str, standard: str, headings: str, rows: Any, file_format: str) -> Table:
    """Return a table that follows a register standard; *headings* are parted by blanks."""
    columns = [Column(heading) for heading in headings.split()]
    return Table(name, title, columns, rows, en=en, format=file_format, standard=standard)


def register(
    *,
    name: str,
    title: str,
    description: str,
    keywords: Sequence[str],
    table: Table,
    serial: int,
    update_cycle: str,
    published: date,
    updated: date,
    en: tuple[str, str, Sequence[str]],
    is_open: bool = False,
    licence: str = "CC-BY-4.0",
) -> Spec:
    """Return a register that the city keeps of itself: its data bureau publishes it, *serial* ends its resource code.

    *keywords*, and those of *en*, are those that not every register has.
    """
    title_en, description_en, keywords_en = en
    return Spec(
        publisher="data-bureau",
        name=name,
        title=title,
        description=description,
        keywords=[*keywords, "登记表"],
        themes=["organisations"],
        resources=[table],
        update_cycle=update_cycle,
        published=published,
        updated=updated,
        en=(title_en, description_en, [*keywords_en, "register"]),
        licence=licence,
        catalogue={
            "code": f"307990003/{serial:06d}",
            "category": {"class": "department", "item": "07"},
            "open": {"is_open": is_open},
        },
    )


Maker = Callable[[Random], Spec]


def make(maker: Maker) -> Spec:
    """Call a maker with a source of chance that depends on the maker's name alone."""
    return maker(Random(f"{SEED}:{maker.__name__}"))


def write(spec: Spec, root: Path) -> Path:
    """Write a dataset's folder below *root*, in place of a former one; return it."""
    folder = root / spec.publisher / spec.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = yaml.safe_dump(descriptor(spec), allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    (folder / "datapackage.yaml").write_text(text, encoding="utf-8")
    for resource in spec.resources:
        if isinstance(resource, Table):
            _write_table(resource, folder)
        elif isinstance(resource, GeoFile):
            _write_geojson(resource, folder)
        else:
            (folder / resource.path).write_text(resource.content, encoding="utf-8")
    return folder


def descriptor(spec: Spec) -> dict[str, Any]:
    """Return the Data Package descriptor of a dataset."""
    title, description, keywords = spec.en
    english = {
        "title": title,
        "description": f"{description} {NOTE_EN}",
        "keywords": [*keywords, "demonstration data"],
        "fields": _english_columns(spec),
        "resources": {item.name: _english_resource(item) for item in spec.resources},
    }
    # A register is as it stood on the day of its last update; what is only planned covers nothing yet.
    temporal = spec.temporal or (spec.updated.isoformat() if spec.resources else "")
    return {
        "name": spec.name,
        "title": spec.title,
        "description": f"{spec.description}{NOTE_ZH}",
        "keywords": [*spec.keywords, "演示数据"],
        "licenses": [{"name": spec.licence, "path": LICENCES[spec.licence]}],
        "version": spec.version,
        "translations": {"en": english},
        "catalogue": {
            "publisher": spec.publisher,
            "demonstration": True,
            "themes": list(spec.themes),
            "areas": list(spec.areas),
            "sharing": {"type": "unconditional", "condition": "无条件", "method": "共享平台方式/文件"},
            "open": {"is_open": True},
            "granularity": "raw",
            "update_cycle": spec.update_cycle,
            "published": spec.published.isoformat(),
            "updated": spec.updated.isoformat(),
            "spatial": CITY_CODE,
            **({"temporal": temporal} if temporal else {}),
            **spec.catalogue,
        },
        "resources": [_resource(item) for item in spec.resources],
        **({"views": VIEWS[spec.name]} if spec.name in VIEWS else {}),
    }


def _english_columns(spec: Spec) -> dict[str, str]:
    """Return the English names of all columns but those of register standards, which have theirs."""
    items = [item for item in spec.resources if not isinstance(item, TextFile)]
    columns = [column for item in items if isinstance(item, GeoFile) or not item.standard for column in item.columns]
    own = {column.name: column.en for column in columns if column.en}
    names = {column.name: own.get(column.name) or english_names.COLUMNS[column.name] for column in columns}
    has_shapes = any(isinstance(item, GeoFile) for item in items)
    return {**names, **({"geometry": english_names.COLUMNS["geometry"]} if has_shapes else {})}


def _english_resource(item: Table | GeoFile | TextFile) -> dict[str, str]:
    """Return title and description of a table or file in English."""
    texts = {"title": item.en or english_names.TABLES[item.title]}
    return {**texts, **({"description": english_names.DESCRIPTIONS[item.description]} if item.description else {})}


def _resource(item: Table | GeoFile | TextFile) -> dict[str, Any]:
    about = {"name": item.name, "title": item.title, **({"description": item.description} if item.description else {})}
    if isinstance(item, TextFile):
        return {**about, "path": item.path, "format": item.path.rsplit(".", 1)[-1]}
    if isinstance(item, GeoFile):
        geometry = {"name": "geometry", "type": "geojson", "description": "位置，GeoJSON 的几何对象。"}
        fields = [*map(_field, item.columns), geometry]
        return {
            **about, "path": f"{item.name}.geojson", "format": "geojson", "crs": item.crs, "schema": {"fields": fields}
        }  # fmt: skip
    if item.standard:
        return {**about, "path": f"{item.name}.{item.format}", "format": item.format, "standard": item.standard}
    schema: dict[str, Any] = {"fields": list(map(_field, item.columns))}
    if item.primary_key:
        schema["primaryKey"] = list(item.primary_key)
    if item.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": list(fields), "reference": {"resource": resource, "fields": list(others)}}
            for fields, resource, others in item.foreign_keys
        ]
    return {
        **about,
        "path": f"{item.name}.{item.format}",
        "format": item.format,
        **({"type": "table"} if item.format in ("json", "ndjson") else {}),
        **({"encoding": item.encoding} if item.format == "csv" else {}),
        **({"crs": item.crs} if item.crs else {}),
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    """Return the field of a column; a unit that is a sign (°C, mm) is taken from its English title."""
    described = {"description": column.description} if column.description else {}
    sign = re.search(r"\((µg/m³|mg/m³|mg/L|°C|mm|m/s|km|m|%|NTU)\)$", column.en)
    unit = {"unit": sign[1]} if sign and "（" not in column.name else {}
    return {"name": column.name, "type": column.type, **described, **unit, **column.more}


def _write_table(table: Table, folder: Path) -> None:
    path = folder / f"{table.name}.{table.format}"
    names = [column.name for column in table.columns]
    if table.format == "xlsx":
        _write_workbook(path, names, table.rows)
    elif table.format == "json":
        rows = ",\n".join(_json(names, row) for row in table.rows)
        path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    elif table.format == "ndjson":
        path.write_text("".join(f"{_json(names, row)}\n" for row in table.rows), encoding="utf-8")
    else:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(value) for value in row] for row in table.rows)
        path.write_bytes(text.getvalue().encode(table.encoding))


def _json(names: Sequence[str], row: Sequence[Any]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)


def _write_workbook(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("数据")
    for number, row in enumerate([names, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, _text(value))
    book.close()


def _write_geojson(item: GeoFile, folder: Path) -> None:
    features = ",\n".join(
        json.dumps({"type": "Feature", "geometry": geometry, "properties": properties}, ensure_ascii=False)
        for geometry, properties in item.features
    )
    text = f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'
    (folder / f"{item.name}.geojson").write_text(text, encoding="utf-8")
