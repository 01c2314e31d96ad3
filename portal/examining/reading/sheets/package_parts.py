"""The parts of an XLSX package: found by their relations, wherever they stand; backslashes in names read as slashes.

Excel goes by the relations alone, so a workbook may stand at the root of its package. Names are compared as the
standard has it, whatever their case, and are never used as paths.
Source: ECMA-376 part 2, 6.2.2 (names of parts) and 6.5 (relations).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from portal.examining.reading.sheets.number_formats import NumberFormat, built_in, format_of

SMALL_PART_BYTES_MAX = 6 * 1024**2
"""A part that is parsed whole (workbook, properties, comments) may hold no more."""
STYLES_BYTES_MAX = 32 * 1024**2
"""Of a longer list of styles no number format is read."""

_FAULTS = (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)
_FORMAT = re.compile(rb"<(?:[\w.-]{1,40}:)?numFmt\s([^<>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:[\w.-]{1,40}:)?cellXfs\b[^<>]*>(.*?)</(?:[\w.-]{1,40}:)?cellXfs\s*>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:[\w.-]{1,40}:)?xf(?=[\s/>])([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True)
class Package:
    """An open package of XLSX."""

    archive: zipfile.ZipFile

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each part in the archive by its plain name."""
        return {plain_name(name): name for name in self.archive.namelist()}

    @cached_property
    def workbook(self) -> str:
        """The plain name of the part that is the workbook, "" where there is none."""
        for target in self.related("").values():
            root = self.parsed(target) if target.endswith(".xml") else None
            if root is not None and local_name(root.tag) == "workbook":
                return target
        return next((name for name in self.names if re.search(r"(^|/)workbook\.xml$", name)), "")

    def parsed(self, name: str) -> Any:
        """Return the root element of the part *name*; see `parsed_part`."""
        return parsed_part(self.archive, self.names.get(plain_name(name), name))

    def related(self, part: str) -> dict[str, str]:
        """Return the plain names of the parts that *part* leads to, by the ids of its relations; "" is the package."""
        folder, _, base = part.rpartition("/")
        root = self.parsed(f"{folder}/_rels/{base}.rels")
        targets = {}
        for item in () if root is None else root:
            target = str(item.get("Target", "")).replace("\\", "/")
            if item.get("TargetMode", "") != "External":
                targets[str(item.get("Id"))] = plain_name(target if target.startswith("/") else f"{folder}/{target}")
        return targets

    def sheets(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, visibility and part of each sheet, in order. Raises ValueError where the workbook is broken."""
        book, targets = self.parsed(self.workbook), self.related(self.workbook)
        if book is None or not targets:
            raise ValueError(self.workbook or "workbook.xml")
        for element in book.iter():
            if local_name(element.tag) == "sheet":
                attributes = {local_name(key): value for key, value in element.attrib.items()}
                state = {"hidden": "hidden", "veryHidden": "very-hidden"}.get(attributes.get("state", ""), "visible")
                yield attributes.get("name", ""), state, targets.get(attributes.get("id", ""), "")

    @property
    def starts_1904(self) -> bool:
        """Whether the days of the workbook count from 1904."""
        book = self.parsed(self.workbook)
        return book is not None and any(
            local_name(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true")
            for element in book.iter()
        )

    def number_formats(self) -> dict[int, NumberFormat]:
        """Return what the styles of cells show beyond the number, by the number of the style.

        The list of styles is read as bytes, for it may hold tens of thousands that no cell has.
        """
        name = next((name for name in self.related(self.workbook).values() if name.endswith("styles.xml")), "")
        try:
            with self.archive.open(self.names.get(name, "")) as file:
                data = file.read(STYLES_BYTES_MAX + 1)
        except _FAULTS:
            return {}
        cells = _CELL_FORMATS.search(data) if len(data) <= STYLES_BYTES_MAX else None
        if cells is None:
            return {}
        codes = {}
        for attributes in map(_attributes, _FORMAT.findall(data)):
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        found: dict[int, NumberFormat] = {}
        for style, attributes in enumerate(map(_attributes, _CELL_FORMAT.findall(cells[1]))):
            number = attributes.get("numFmtId", "")
            shown = format_of(codes[number]) if number in codes else None
            if number not in codes and number.isdecimal() and len(number) < 6:
                shown = built_in(int(number))
            if shown:
                found[style] = shown
        return found


def plain_name(name: str) -> str:
    r"""Return the name of a part as names are compared.

    >>> plain_name("xl\\Workbook.xml"), plain_name("/xl/worksheets/../sheet1.xml"), plain_name("../../a.xml")
    ('xl/workbook.xml', 'xl/sheet1.xml', 'a.xml')
    """
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def parsed_part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root element of a small part, None where it is missing, too large or no XML. Entities are refused."""
    try:
        with archive.open(name) as file:
            data = file.read(SMALL_PART_BYTES_MAX + 1)
        return fromstring(data, forbid_dtd=True) if len(data) <= SMALL_PART_BYTES_MAX else None
    except (*_FAULTS, ParseError, DefusedXmlException, LookupError, RecursionError):
        return None


def local_name(tag: object) -> str:
    """Return the name of an element or attribute without its namespace.

    >>> local_name("{http://example.com/ns}sheet")
    'sheet'
    """
    return str(tag).rpartition("}")[2]


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode("utf-8", "replace"): unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }
