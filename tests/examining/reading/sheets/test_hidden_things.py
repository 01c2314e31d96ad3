"""What nobody sees in a workbook is found: sheets, rows, columns, comments, properties, links, macros, objects."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from workbooks import hidden_things as write_hidden_things
from workbooks import new_workbook, write_cells

from portal.examining.reading.sheets.hidden_things import HiddenThing, hidden_things, is_personal


def test_everything_hidden_is_found(tmp_path: Path) -> None:
    """Hidden sheets, rows, columns, comments and the author each stand with their place and text."""
    write_hidden_things(tmp_path / "a.xlsx")
    assert set(hidden_things(tmp_path / "a.xlsx", "xlsx")) == {
        HiddenThing("hidden-rows", "", "数据", "3"),
        HiddenThing("hidden-columns", "", "数据", "C"),
        HiddenThing("hidden-sheet", "", "名单"),
        HiddenThing("very-hidden-sheet", "", "底稿"),
        HiddenThing("comment", "含借读生", "数据", "B2"),
        HiddenThing("property", "甲", "数据", "author of comments"),
        HiddenThing("property", "甲某某", "", "creator"),
    }


def test_plain_workbook_hides_nothing(tmp_path: Path) -> None:
    """A workbook of plain cells has only the name of the program that wrote it, which is not personal."""
    write_cells(tmp_path / "a.xlsx", [["a"], [1]])
    things = hidden_things(tmp_path / "a.xlsx", "xlsx")
    assert [thing.kind for thing in things] == ["property"]
    assert not is_personal(things[0])


def test_rows_hidden_by_a_filter(tmp_path: Path) -> None:
    """Rows that a filter hides are told apart from those that somebody hid."""
    book, first = new_workbook()
    for row in (["a"], [1], [2]):
        first.append(row)
    first.auto_filter.ref = "A1:A3"
    first.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    things = hidden_things(tmp_path / "a.xlsx", "xlsx")
    assert [(thing.kind, thing.cell) for thing in things if thing.sheet] == [("filtered-rows", "2")]


def test_margins_of_the_page(tmp_path: Path) -> None:
    """Text in the header or footer of the printed page is given without its codes."""
    book, first = new_workbook()
    first.append(["a"])
    first.oddHeader.center.text = "内部资料"
    book.save(tmp_path / "a.xlsx")
    assert HiddenThing("page-margin", "内部资料", "Sheet") in hidden_things(tmp_path / "a.xlsx", "xlsx")


PARTS = {
    "xl/vbaProject.bin": (b"x", HiddenThing("macro", "", "", "xl/vbaProject.bin")),
    "xl/embeddings/a.docx": (b"x", HiddenThing("embedded-object", "", "", "xl/embeddings/a.docx")),
    "xl/externalLinks/_rels/externalLink1.xml.rels": (
        b'<Relationships><Relationship Target="file:///D:/b.xlsx"/></Relationships>',
        HiddenThing("external-link", "file:///D:/b.xlsx"),
    ),
    "xl/drawings/drawing1.xml": (
        b'<a:d xmlns:a="urn:a"><a:txBody><a:t>box</a:t></a:txBody></a:d>',
        HiddenThing("text-box", "box"),
    ),
    "docProps/custom.xml": (
        b'<Properties><property name="dept"><v>unit</v></property></Properties>',
        HiddenThing("property", "unit", "", "custom:dept"),
    ),
    "xl/threadedComments/threadedComment1.xml": (
        b'<c><threadedComment ref="A1"><text>why</text></threadedComment></c>',
        HiddenThing("comment", "why", "", "A1"),
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_the_workbook(name: str, tmp_path: Path) -> None:
    """Macros, objects, links, text boxes, own properties and threaded comments are found by their parts."""
    content, thing = PARTS[name]
    write_cells(tmp_path / "a.xlsx", [["a"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr(name, content)
    assert thing in hidden_things(tmp_path / "a.xlsx", "xlsx")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    """A part with a document type is passed over, so that no entity is opened."""
    part = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a><property name="x">&b;</property></a>'
    write_cells(tmp_path / "a.xlsx", [["a"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("docProps/custom.xml", part)
    assert [thing for thing in hidden_things(tmp_path / "a.xlsx", "xlsx") if thing.cell == "custom:x"] == []


def test_ods_tells_the_same(tmp_path: Path) -> None:
    """An ODS file has its hidden rows, columns, sheets and comments in one part, its author in another."""
    names = ("office", "table", "text", "style", "meta")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f"<office:document-content {spaces}>"
        '<office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
        '<table:table table:name="a"><table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p>'
        "</office:annotation><text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row></table:table>'
        '<table:table table:name="b" table:style-name="h"/>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    author = "<meta:initial-creator>甲某某</meta:initial-creator>"
    meta = f"<office:document-meta {spaces}><office:meta>{author}</office:meta></office:document-meta>"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
    assert set(hidden_things(tmp_path / "a.ods", "ods")) == {
        HiddenThing("hidden-rows", "", "a", "2"),
        HiddenThing("hidden-columns", "", "a", "B"),
        HiddenThing("comment", "note", "a", "A1"),
        HiddenThing("hidden-sheet", "", "b"),
        HiddenThing("property", "甲某某", "", "initial-creator"),
    }


def test_no_workbook_has_nothing(tmp_path: Path) -> None:
    """A file that is no workbook, or is broken, has no hidden things and raises nothing."""
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    assert hidden_things(tmp_path / "a.xlsx", "xlsx") == ()
    assert hidden_things(tmp_path / "missing.xlsx", "xlsx") == ()
