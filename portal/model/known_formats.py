"""File formats (CSV, XLSX, JSON …): ending, media type, whether read or written, and as what; a row each.

A format is named by the ending of its files, in lower case and without a dot. What a room does with a format it decides
itself; which formats it does it with stands here, so that a new one is a row and not a search through the house.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from portal.model.text import LocalText

UNKNOWN_MEDIA_TYPE = "application/octet-stream"
ATOM_MEDIA_TYPE = "application/atom+xml"
"""Of feeds, whose files end in xml like others."""

LINKSET_MEDIA_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
"""Of the catalogue of APIs, whose file has no ending."""

CALENDAR_MEDIA_TYPE = "text/calendar"
"""Of calendars that the portal makes; those of publishers are plain downloads."""

ReadAs = Literal["text", "workbook", "structured", "columns", "archive", ""]
TextBy = Literal[
    "lines",
    "markup",
    "escaped",
    "zip",
    "package",
    "tar",
    "stream",
    "office",
    "whole",
    "database",
    "mail",
    "picture",
    "none",
    "numbers",
    "",
]


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """One format of files."""

    name: str
    media_type: str = ""
    """As IANA has it; "" where a publisher's file is handed out as a plain download. HTML and SVG of strangers are:
    a browser would run what stands in them."""
    own_media_type: str = ""
    """Of a file that the portal itself made, where *media_type* is ""."""
    has_charset: bool = False
    """Whether its media type says that the text is UTF-8."""
    read_as: ReadAs = ""
    """What reads it as a table: delimited text, a workbook, JSON and its kin, Parquet; or unpacks what is in it."""
    is_table: bool = False
    """Whether the ending alone says that it is a table. JSON and GeoJSON may turn out to hold none. Text may be any;
    a workbook with macros is opened to see whether it is the clerk's form, and otherwise published as it is."""
    text_by: TextBy = ""
    """How its text is got at where no table is read of it: line by line (with tags or escapes), out of a ZIP, an office
    document, a tar or a packed stream, of office files before 2007, as a whole, by tables of a database, by parts
    of a mail; *picture*: nobody expects text of a picture or recording; *none*: its text cannot be read, and *numbers*:
    this part of a shapefile, or this font, has none. "" is looked through like anything unknown."""
    sign: bytes = b""
    """What its files begin with."""
    is_excel: bool = False
    """Whether it is a workbook that programs for Excel save, the old kinds too."""
    spelled: str = ""
    """How the world writes it, where not in capitals."""
    is_archive: bool = False
    """Whether other files are packed in it."""
    stars: int = 1
    """What it can have of the five stars of open data (Tim Berners-Lee) under an open licence."""
    is_for_people: bool = False
    """Whether people read it and programs do not: text and pictures without structure."""
    guide_class: str = ""
    """Its 信息资源格式分类 (`portal.model.guide`), where the guide has no type of that name; the class is ours."""
    is_description: bool = False
    """Whether a descriptor or a schema may be written in it."""
    place: int | None = None
    """Where it stands among the downloads of a table, for people; None where tables are not written in it."""
    left_out: LocalText = LocalText()
    """Why a table may be left out of it."""


_Format = KnownFormat

KNOWN_FORMATS = (
    # What tables are given out as, in the order in which their files are listed.
    _Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", read_as="workbook", is_table=True,
        text_by="package", is_excel=True, stars=2, place=0,
        left_out=LocalText("表格超出了工作表的容量", "the table does not fit into a sheet"),
    ),
    _Format(
        "csv", "text/csv", has_charset=True, read_as="text", is_table=True, text_by="lines", stars=3, place=1,
        guide_class="spreadsheet",
    ),
    _Format(
        "json", "application/json", read_as="structured", is_table=True, text_by="escaped", stars=3,
        guide_class="file",
        is_description=True, place=2,
        left_out=LocalText(
            "列名过长，写出来比表格大许多倍", "the names of its columns, in every row, make it many times larger"
        ),
    ),
    _Format(
        "parquet", "application/vnd.apache.parquet", read_as="columns", is_table=True, text_by="whole", sign=b"PAR1",
        guide_class="spreadsheet", spelled="Parquet",
        stars=3, place=4,
        left_out=LocalText(
            "列名重复或为空，或者单元格过长", "names of columns are blank or stand twice, or a cell is too long"
        ),
    ),
    _Format(
        "geojson", "application/geo+json", read_as="structured", is_table=True, text_by="escaped", stars=3, place=3,
        guide_class="file", spelled="GeoJSON",
        left_out=LocalText("坐标系不是 WGS84 或 CGCS2000", "its coordinates are not in WGS84 or CGCS2000"),
    ),
    # Other tables.
    _Format(
        "tsv", "text/tab-separated-values", has_charset=True, read_as="text", is_table=True, text_by="lines", stars=3,
        guide_class="spreadsheet",
    ),
    _Format("txt", "text/plain", has_charset=True, read_as="text", text_by="lines", is_for_people=True),
    _Format(
        "xls", "application/vnd.ms-excel", read_as="workbook", is_table=True, text_by="office", is_excel=True, stars=2,
    ),
    _Format(
        "ods", "application/vnd.oasis.opendocument.spreadsheet", read_as="workbook", is_table=True, text_by="package",
        guide_class="spreadsheet",
        stars=3,
    ),
    _Format("xlsm", read_as="workbook", text_by="package", is_excel=True),
    _Format(
        "ndjson", "application/x-ndjson", read_as="structured", is_table=True, text_by="escaped", stars=3,
        guide_class="file",
    ),
    _Format(
        "jsonl", "application/x-ndjson", read_as="structured", is_table=True, text_by="escaped", stars=3,
        guide_class="file",
    ),
    _Format("topojson", text_by="escaped", stars=3, spelled="TopoJSON"),
    # Archives and packed files.
    _Format("zip", "application/zip", read_as="archive", text_by="zip", is_archive=True),
    _Format("gz", "application/gzip", read_as="archive", text_by="stream", sign=b"\x1f\x8b", is_archive=True),
    _Format("bz2", text_by="stream", sign=b"BZh", is_archive=True),
    _Format("xz", text_by="stream", sign=b"\xfd7zXZ", is_archive=True),
    _Format("tar", text_by="tar", is_archive=True),
    _Format("tgz", text_by="tar", is_archive=True),
    _Format("tbz", text_by="tar"),
    _Format("tbz2", text_by="tar"),
    _Format("txz", text_by="tar"),
    _Format("zst", is_archive=True),
    _Format("7z", text_by="none", is_archive=True),
    _Format("rar", text_by="none", is_archive=True),
    _Format("kmz", text_by="zip"),
    # Linked data.
    _Format("ttl", own_media_type="text/turtle", has_charset=True, stars=4, guide_class="file"),
    _Format("rdf", own_media_type="application/rdf+xml", stars=4, guide_class="file"),
    _Format("jsonld", own_media_type="application/ld+json", stars=4, guide_class="file"),
    _Format("nt", stars=4),
    _Format("nq", stars=4),
    _Format("trig", stars=4),
    # Marked up and plain text, and what the site itself is made of.
    _Format("kml", text_by="markup", stars=3, guide_class="file"),
    _Format("gml", text_by="markup", stars=3, guide_class="file"),
    _Format("gpx", text_by="markup", stars=3),
    _Format("xml", "application/xml", text_by="markup", stars=3),
    _Format("html", own_media_type="text/html", has_charset=True, text_by="markup", is_for_people=True),
    _Format("htm", text_by="markup", is_for_people=True),
    _Format("xhtml", text_by="markup", is_for_people=True),
    _Format("svg", own_media_type="image/svg+xml", text_by="markup", is_for_people=True, guide_class="image"),
    _Format(
        "md", own_media_type="text/markdown", has_charset=True, text_by="lines", is_for_people=True,
        guide_class="file",
    ),
    _Format("yaml", text_by="lines", is_description=True),
    _Format("yml", text_by="lines", is_description=True),
    _Format("ini", text_by="lines"),
    _Format("sql", text_by="lines"),
    _Format("log", text_by="lines"),
    _Format("srt", text_by="lines"),
    _Format("ics", text_by="escaped"),
    _Format("vcf", text_by="escaped"),
    _Format("css", own_media_type="text/css", has_charset=True),
    _Format("js", own_media_type="text/javascript", has_charset=True),
    # Documents.
    _Format("doc", "application/msword", text_by="office", is_for_people=True),
    _Format(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", text_by="package",
        is_for_people=True,
    ),
    _Format("docm", text_by="package"),
    _Format("dot", text_by="office"),
    _Format("wps", text_by="office", is_for_people=True),
    _Format("rtf", text_by="whole", is_for_people=True, guide_class="file"),
    _Format("odt", text_by="package", is_for_people=True, guide_class="file"),
    _Format("ofd", text_by="package", is_for_people=True),
    _Format("pdf", "application/pdf", text_by="whole", sign=b"%PDF", is_for_people=True),
    _Format("epub", text_by="package"),
    _Format("ppt", text_by="office", is_for_people=True),
    _Format("pptx", text_by="package", is_for_people=True, guide_class="file"),
    _Format("pptm", text_by="package"),
    _Format("pps", text_by="office"),
    _Format("dps", text_by="office"),
    _Format("odp", text_by="package"),
    _Format("et", text_by="office", is_excel=True),
    _Format("xlt", text_by="office", is_excel=True),
    _Format("xlsb", text_by="none"),
    _Format("msg", text_by="office"),
    _Format("vsd", text_by="office"),
    _Format("eml", text_by="mail", is_for_people=True),
    _Format("mht", text_by="mail", is_for_people=True),
    _Format("mhtml", text_by="mail", is_for_people=True),
    # Databases and geodata in files of their own.
    _Format("dbf", text_by="whole", stars=2, guide_class="database"),
    _Format("mdb", stars=2),
    _Format("accdb", stars=2),
    _Format("gdb", stars=2),
    _Format("sqlite", text_by="database", stars=3, guide_class="database"),
    _Format("gpkg", text_by="database", stars=3, guide_class="database"),
    _Format("sav", stars=2),
    _Format("dta", stars=2),
    _Format("shp", text_by="numbers", stars=2, guide_class="file"),
    _Format("shx", text_by="numbers", stars=2),
    _Format("sbn", text_by="numbers"),
    _Format("sbx", text_by="numbers"),
    _Format("qix", text_by="numbers"),
    # Pictures, sound, programs.
    _Format("png", "image/png", text_by="picture", is_for_people=True, guide_class="image"),
    _Format("jpg", "image/jpeg", text_by="picture", is_for_people=True),
    _Format("jpeg", "image/jpeg", text_by="picture", is_for_people=True),
    _Format("gif", text_by="picture", is_for_people=True),
    _Format("bmp", text_by="picture", is_for_people=True),
    _Format("tif", text_by="picture", guide_class="image"),
    _Format("tiff", text_by="picture", guide_class="image"),
    _Format("webp", text_by="picture", guide_class="image"),
    _Format("heic", text_by="picture"),
    _Format("ico", own_media_type="image/x-icon", text_by="picture"),
    _Format("mp3", text_by="picture", is_for_people=True, guide_class="media"),
    _Format("mp4", text_by="picture", is_for_people=True, guide_class="media"),
    _Format("avi", text_by="picture", is_for_people=True, guide_class="media"),
    _Format("wav", text_by="picture", is_for_people=True, guide_class="media"),
    _Format("rm", text_by="picture", is_for_people=True),
    _Format("swf", is_for_people=True),
    _Format("mpg", text_by="picture", is_for_people=True),
    _Format("wma", text_by="picture", is_for_people=True),
    _Format("m4a", text_by="picture", is_for_people=True),
    _Format("mov", text_by="picture", is_for_people=True),
    _Format("emf", text_by="picture"),
    _Format("wmf", text_by="picture"),
    _Format("exe", text_by="none"),
    _Format("ttf", text_by="numbers"),
    _Format("otf", text_by="numbers"),
    _Format("odttf", text_by="numbers"),
    _Format("fntdata", text_by="numbers"),
    _Format("woff", text_by="numbers"),
    _Format("woff2", text_by="numbers"),
)  # fmt: skip
"""Every format that the portal knows anything of."""

BY_NAME = {item.name: item for item in KNOWN_FORMATS}


def names_of(is_meant: Callable[[KnownFormat], bool]) -> frozenset[str]:
    """Return the names of the formats that are meant."""
    return frozenset(item.name for item in KNOWN_FORMATS if is_meant(item))


TABLE_FORMATS = names_of(lambda item: item.is_table)
"""What is read as a table for its ending alone."""
DELIMITED_FORMATS = names_of(lambda item: item.read_as == "text")
WORKBOOK_FORMATS = names_of(lambda item: item.read_as == "workbook")
"""All workbooks that are read, those with macros too; `TABLE_WORKBOOKS` are those that are tables for their ending."""
TABLE_WORKBOOKS = WORKBOOK_FORMATS & TABLE_FORMATS
JSON_FORMATS = names_of(lambda item: item.read_as == "structured")
JSON_LINES = names_of(lambda item: item.media_type == "application/x-ndjson")
"""JSON with a record on each line."""
COMPRESSIONS = names_of(lambda item: item.read_as == "archive")
"""What one data file is unpacked from."""
ARCHIVE_FORMATS = names_of(lambda item: item.is_archive)
WRITTEN_FORMATS = tuple(item.name for item in KNOWN_FORMATS if item.place is not None)
"""What a table is offered as, as far as it fits, in the order of lists for programs."""
DOWNLOAD_ORDER = {item.name: item.place for item in KNOWN_FORMATS if item.place is not None}
"""In which order people are offered them."""
DESCRIPTION_FORMATS = names_of(lambda item: item.is_description)
MEDIA_TYPES = {item.name: item.media_type for item in KNOWN_FORMATS if item.media_type}
"""Of publishers' files; what is not here is served as a plain download."""


def media_type_of(name: str) -> str:
    """Return the media type of a file that the portal made, without a charset.

    >>> media_type_of("ttl"), media_type_of("csv"), media_type_of("shp")
    ('text/turtle', 'text/csv', 'application/octet-stream')
    """
    known = BY_NAME.get(name)
    return (known.media_type or known.own_media_type if known else "") or UNKNOWN_MEDIA_TYPE


def spelled(name: str) -> str:
    """Return the name of a format as the world writes it.

    >>> spelled("csv"), spelled("geojson"), spelled("abc")
    ('CSV', 'GeoJSON', 'ABC')
    """
    known = BY_NAME.get(name.lower())
    return (known.spelled if known else "") or name.upper()


def with_charset(name: str, media_type: str) -> str:
    """Return the media type of a file in UTF-8 with what it says of that.

    >>> with_charset("csv", "text/csv"), with_charset("json", "application/json")
    ('text/csv; charset=utf-8', 'application/json')
    """
    return f"{media_type}; charset=utf-8" if name in BY_NAME and BY_NAME[name].has_charset else media_type


def is_text_type(media_type: str) -> bool:
    """Whether what has a media type is text, which compresses well; packed formats and pictures do not.

    >>> [is_text_type(one) for one in ("text/csv; charset=utf-8", "application/ld+json", "image/svg+xml", "image/png")]
    [True, True, True, False]
    """
    plain = media_type.partition(";")[0].strip().lower()
    return plain.startswith("text/") or plain.endswith(("json", "xml"))


def suffixes(names: frozenset[str]) -> frozenset[str]:
    """Return the endings of file names as `pathlib` has them.

    >>> sorted(suffixes(COMPRESSIONS))
    ['.gz', '.zip']
    """
    return frozenset(f".{name}" for name in names)
