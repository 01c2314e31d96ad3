"""The pages of the standards: what there is and what is missing, what each edition shows, who follows and conforms."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import Element, parse
from support import TODAY

from portal.findings.finding import Finding, found
from portal.model.addresses import standard_path
from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.portal import Directory, Portal
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.publication import PublishedDataset, RegisterCounts
from portal.publishing.site.contexts.data_tables import Cell
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.standard_page import StandardPage
from portal.publishing.site.pages.standards_pages import StandardsPage, register_views, standards_pages
from portal.standards.loading import NAMES

CODE = "11100000000000000J"


def page(release: Path, path: str) -> Element:
    """Return a page of a release."""
    return parse((release / "site" / path / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_standard_can_be_reached_and_had_as_files(tiny_release: Path, lang: str) -> None:
    """From the menu to the overview, from there to each standard, and from that to its three files."""
    prefix = "" if lang == "zh" else f"{lang}/"
    overview = page(tiny_release, f"{prefix}standards")
    links = {link["href"] for link in overview.one("main").all("a")}
    assert {f"{name}/" for name in NAMES} <= links
    for name in NAMES:
        files = {link["href"].rpartition("/")[2] for link in page(tiny_release, f"{prefix}standards/{name}").all("a")}
        assert {f"{name}.{ending}" for ending in ("xlsx", "yaml", "json")} <= files
        assert (tiny_release / "site" / "standards" / name / f"{name}.xlsx").is_file()


def published(name: str) -> PublishedDataset:
    """Return the entry of a register of systems."""
    standard = "information-system"
    resource = Resource("register", LocalText("登记表", "Register"), "table", "csv", "text/csv", standard=standard)
    dataset = Dataset(
        name=name,
        title=LocalText(name),
        folder=name,
        descriptor_file=f"{name}/datapackage.yaml",
        publisher=Publisher("office", LocalText("甲局", "Bureau A")),
        open_state="closed",
        resources=(resource,),
    )
    counts = RegisterCounts("register", standard, ((CODE, 1200), ("11990000000000019A", 3), ("", 1)))
    return PublishedDataset(dataset, registers=(counts,))


def bodies(findings: dict[str, list[Finding]]) -> dict[str, StandardsPage | StandardPage]:
    """Return the contexts of all pages by path, of two registers of systems and one that was refused."""
    directory = Directory(Portal())
    datasets = [published("a"), published("b")]
    refused = {"information-system": 1}
    pages = standards_pages(directory, datasets, findings, refused, Labels(directory, "en"), TODAY)
    return {made.path: made.body for _, made in pages if isinstance(made.body, StandardsPage | StandardPage)}


def test_a_follower_conforms_unless_it_deviates() -> None:
    """Optional fields left out are no deviation; a column too much is one. Refused ones are counted, not named."""
    body = bodies(
        {"a": [found("standard-fields-left-out")], "b": [found("standard-field-unknown"), found("blank-row")]}
    )
    systems = body[standard_path("information-system")]
    assert isinstance(systems, StandardPage)
    assert [[cell.text for cell in row] for row in systems.followers.rows] == [
        ["a", "Bureau A", "1,204", "Conforms"],
        ["b", "Bureau A", "1,204", "1 deviation"],
    ]
    assert systems.followers_note == "1 dataset that follows it was refused at this build."
    overview = body["/standards/"]
    assert isinstance(overview, StandardsPage)
    row = next(row for row in overview.standards.rows if row[0].path == standard_path("information-system"))
    assert [cell.text for cell in row[1:]] == ["35", "2", "1"]


def test_the_page_of_a_standard_tells_what_each_edition_shows() -> None:
    """In sums only, shown, or kept back; and for the edition as a whole."""
    systems = bodies({})[standard_path("information-system")]
    assert isinstance(systems, StandardPage)
    shown = {row[0].code: [cell.text or cell.note for cell in row[3:5]] for row in systems.fields.rows}
    assert shown["owner_uscc"] == ["In sums only", "Shown"]
    assert shown["invest_cny"] == ["Kept back", "Shown"]
    assert shown["remarks"] == ["Kept back", "Kept back"]
    assert systems.edition_notes == (
        "Open edition: no records, only their number by department",
        "Sharing edition: 32 of 35 fields",
    )


def test_fields_name_the_standards_they_refer_to() -> None:
    """A code with its national standard, by number and title."""
    systems = bodies({})[standard_path("information-system")]
    assert isinstance(systems, StandardPage)
    owner = next(row for row in systems.fields.rows if row[0].code == "owner_uscc")
    assert owner[2].parts[-1] == Cell("GB 32100 Unified social credit code of legal entities")


def test_counts_are_by_name_where_the_code_is_known() -> None:
    """Another code stands as it is; records without a right one come last."""
    (view,) = register_views(published("a"), {CODE: LocalText("甲局", "Bureau A")}, "en")
    assert [[cell.text for cell in row] for row in (*view.table.rows, view.table.total)] == [
        ["Bureau A", "1,200"],
        ["11990000000000019A", "3"],
        ["Without a right code", "1"],
        ["All", "1,204"],
    ]
    assert view.path == "/datasets/a/registers.json"
