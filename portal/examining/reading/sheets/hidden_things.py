"""Hidden sheets, rows and columns, comments, author, links and macros of a workbook.

What nobody sees on the sheet is published with the original, so it is said beforehand. Hidden sheets, rows and columns,
comments, properties of the document, links, macros, objects, formulas without a value; and texts that stand beside the
cells: text boxes, headers and footers of the printed page.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from portal.examining.reading.sheets.package_parts import Package, local_name, parsed_part, plain_name
from portal.examining.reading.sheets.scan import column_letters
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, WorkbookFile, opened_workbook
from portal.findings.details import ranges
from portal.model.limits import Limits

Kind = Literal[
    "hidden-sheet",
    "very-hidden-sheet",
    "hidden-rows",
    "hidden-columns",
    "filtered-rows",
    "comment",
    "property",
    "external-link",
    "macro",
    "embedded-object",
    "formula-without-value",
    "text-box",
    "page-margin",
]

THINGS_MAX = 2000
"""Things kept of one workbook."""
TEXT_CHARACTERS_MAX = 20_000
"""Of one text so much is kept."""

_PERSONAL = frozenset({"creator", "lastModifiedBy", "initial-creator", "Manager", "Company", "manager", "company"})
_PROPERTIES = _PERSONAL | {"title", "subject", "description", "keywords", "category", "contentStatus", "HyperlinkBase"}


@dataclass(frozen=True)
class HiddenThing:
    """One thing: *kind* says what it is, *sheet* and *cell* (or rows, columns, the name of a property) where.

    *text* is what it says: a comment, a property, the target of a link.
    """

    kind: Kind
    text: str = ""
    sheet: str = ""
    cell: str = ""


def hidden_things(path: Path, format: str, limits: Limits = Limits()) -> tuple[HiddenThing, ...]:  # noqa: A002, B008
    """Return what the workbook *path* holds beside its visible cells, () for a file that cannot be read.

    The content tells what the file is; *format* is not needed.

    >>> hidden_things(Path(__file__), "xlsx")
    ()
    """
    try:
        with opened_workbook(path, limits) as workbook:
            return things_of(workbook, path)
    except (UnreadableWorkbook, OSError):
        return ()


def things_of(workbook: WorkbookFile, path: Path) -> tuple[HiddenThing, ...]:
    """Return the hidden things of a workbook that is open already; *path* is the publisher's file."""
    things = [*_on_sheets(workbook)]
    if workbook.kind == "xls":
        things += [HiddenThing("property", author, cell="creator") for author in workbook.authors]
        things += [HiddenThing("macro") for name in workbook.parts if name == "vbaProject.bin"]
    else:
        with zipfile.ZipFile(path) as archive:
            sheets = _sheets_of_parts(archive, workbook)
            for name in workbook.parts:
                sheet = sheets.get(plain_name(name))
                found = _in_part(archive, name)
                things += found if sheet is None else (replace(thing, sheet=sheet) for thing in found)
                if len(things) > THINGS_MAX:
                    break
    return tuple(things[:THINGS_MAX])


def _sheets_of_parts(archive: zipfile.ZipFile, workbook: WorkbookFile) -> dict[str, str]:
    """Return the sheet that each part with comments belongs to."""
    package = Package(archive)
    return {
        part: sheet.name
        for sheet in (workbook.sheets if workbook.kind == "xlsx" else ())
        for part in package.related(sheet.part).values()
        if "comment" in part
    }


def is_personal(thing: HiddenThing) -> bool:
    """Whether a property names a person or an organisation, not the program that wrote the file.

    >>> [is_personal(HiddenThing("property", text, cell="creator")) for text in ("张三", "openpyxl")]
    [True, False]
    """
    return (
        thing.kind == "property"
        and (thing.cell in _PERSONAL or thing.cell.startswith("custom:"))
        and not _PROGRAM.fullmatch(thing.text.strip())
    )


_PROGRAM = re.compile(
    r"|openpyxl|xlsxwriter|apache poi|wps.*|kso.*|calc|"
    r"microsoft.*|libreoffice.*|administrator|admin|user|users|unknown|"
    r"root|windows.*|pc|hp|lenovo|dell|asus|calibre|python.*|excel.*|none|null|[0-9.\-]*",
    re.IGNORECASE,
)


def _on_sheets(workbook: WorkbookFile) -> Iterator[HiddenThing]:
    for sheet in workbook.sheets:
        scan = sheet.scan
        if sheet.visibility != "visible":
            yield HiddenThing(
                "very-hidden-sheet" if sheet.visibility == "very-hidden" else "hidden-sheet", "", sheet.name
            )
        if scan.hidden_rows:
            kind: Kind = "filtered-rows" if scan.is_filtered else "hidden-rows"
            yield HiddenThing(kind, "", sheet.name, ", ".join(ranges(scan.hidden_rows)))
        if scan.hidden_columns:
            yield HiddenThing("hidden-columns", "", sheet.name, ", ".join(scan.hidden_columns))
        for cell, text in scan.comments:
            yield HiddenThing("comment", text[:TEXT_CHARACTERS_MAX], sheet.name, cell)
        for row, column in scan.empty_formulas:
            yield HiddenThing("formula-without-value", "", sheet.name, f"{column_letters(column)}{row}")
        for text in scan.margins:
            plain = re.sub(r'&(?:"[^"]*"|[0-9]+|.)', "", text).strip()
            if plain:
                yield HiddenThing("page-margin", plain[:TEXT_CHARACTERS_MAX], sheet.name)


def _in_part(archive: zipfile.ZipFile, part: str) -> Iterator[HiddenThing]:
    name = part.replace("\\", "/").lower()
    if name.endswith("vbaproject.bin") or (name.startswith(("basic/", "scripts/")) and name[-1] != "/"):
        yield HiddenThing("macro", "", "", part)
    elif re.search(r"(^|/)(embeddings|activex)/[^/]+$", name) or re.match(r"object ?[0-9]+/content\.xml$", name):
        yield HiddenThing("embedded-object", "", "", part)
    elif re.search(r"(^|/)(comments|threadedcomments)[^/]*/?[^/]*\.xml$", name) and "/_rels/" not in name:
        yield from _comments(parsed_part(archive, part))
    elif re.search(r"(^|/)externallinks/_rels/[^/]+\.rels$", name):
        yield from _links(parsed_part(archive, part))
    elif re.search(r"(^|/)drawings/(drawing|vmldrawing)[^/]*\.xml$", name):
        yield from _text_boxes(parsed_part(archive, part))
    elif name in ("docprops/core.xml", "docprops/app.xml", "meta.xml"):
        yield from _properties(parsed_part(archive, part))
    elif name == "docprops/custom.xml":
        yield from _custom_properties(parsed_part(archive, part))


def _comments(root: Any) -> Iterator[HiddenThing]:
    if root is None:
        # Too large to look into, or no XML: that there are comments is all that can be said.
        yield HiddenThing("comment", "", "", "?")
        return
    for element in root.iter():
        if local_name(element.tag) in ("comment", "threadedComment"):
            text = "".join(item.text or "" for item in element.iter() if local_name(item.tag) in ("t", "text")).strip()
            yield HiddenThing("comment", text[:TEXT_CHARACTERS_MAX], "", element.get("ref", ""))
        elif local_name(element.tag) == "author" and (element.text or "").strip():
            yield HiddenThing("property", (element.text or "").strip()[:TEXT_CHARACTERS_MAX], "", "author of comments")


def _links(root: Any) -> Iterator[HiddenThing]:
    for element in () if root is None else root:
        yield HiddenThing("external-link", str(element.get("Target", ""))[:TEXT_CHARACTERS_MAX])


def _text_boxes(root: Any) -> Iterator[HiddenThing]:
    for element in () if root is None else root.iter():
        if local_name(element.tag) == "txBody":
            text = "".join(item.text or "" for item in element.iter() if local_name(item.tag) == "t").strip()
            if text:
                yield HiddenThing("text-box", text[:TEXT_CHARACTERS_MAX])


def _properties(root: Any) -> Iterator[HiddenThing]:
    for element in () if root is None else root.iter():
        name, text = local_name(element.tag), (element.text or "").strip()
        if name in _PROPERTIES and text:
            yield HiddenThing("property", text[:TEXT_CHARACTERS_MAX], "", name)
        elif name == "user-defined" and text:
            key = next((value for attribute, value in element.attrib.items() if local_name(attribute) == "name"), "")
            yield HiddenThing("property", text[:TEXT_CHARACTERS_MAX], "", f"custom:{key}")


def _custom_properties(root: Any) -> Iterator[HiddenThing]:
    for element in () if root is None else root:
        text = "".join(element.itertext()).strip()
        # KSOProductBuildVer and ICV are what WPS notes of itself in every file.
        if text and element.get("name") not in ("KSOProductBuildVer", "ICV", "KSOReadingLayout"):
            yield HiddenThing("property", text[:TEXT_CHARACTERS_MAX], "", f"custom:{element.get('name', '')}")
