"""The counts of registers as JSON, and what says which standard a dataset follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.text import LocalText
from portal.publishing.formats import data_json, register_counts
from portal.publishing.formats.dcat.described import record_of
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource, RegisterCounts

BASE = "https://data.example.cn"
CODE, UNKNOWN = "11100000000000000J", "11990000000000019A"
SYSTEMS = Resource("systems", LocalText("系统", "Systems"), "table", "csv", "text/csv", standard="information-system")
OFFICES = Resource("offices", LocalText("部门"), "table", "csv", "text/csv", standard="department")
NOTES = Resource("notes", LocalText("说明"), "file", "txt", "text/plain")
REGISTER = Dataset(
    "registers",
    LocalText("登记表"),
    "",
    "",
    Publisher("office", LocalText("甲局")),
    updated=date(2026, 5, 20),
    resources=(SYSTEMS, NOTES),
)


def file(name: str) -> PublishedFile:
    """Return a file of the register."""
    return PublishedFile(f"data/registers/{name}.csv", "csv", "text/csv", 1, "0" * 64, f"{name}.csv")


def page(name: str) -> str:
    """Return the address of the page of a standard."""
    return f"{BASE}/standards/{name}/"


def test_each_register_is_counted_by_code_and_name() -> None:
    """A department that the portal does not know has no name, records without a right code have neither."""
    counts = RegisterCounts("systems", "information-system", ((CODE, 12), (UNKNOWN, 3), ("", 1)))
    names = {CODE: LocalText("甲局", "Bureau A")}
    published = PublishedDataset(REGISTER, registers=(counts,))
    assert register_counts.dump(published, base_url=BASE, departments=names) == {
        "dataset": "registers",
        "page": f"{BASE}/datasets/registers/",
        "updated": "2026-05-20",
        "registers": [
            {
                "resource": "systems",
                "title": {"zh": "系统", "en": "Systems"},
                "standard": "information-system",
                "standard_page": page("information-system"),
                "records": 16,
                "departments": [
                    {"code": CODE, "name": {"zh": "甲局", "en": "Bureau A"}, "records": 12},
                    {"code": UNKNOWN, "name": None, "records": 3},
                    {"code": None, "name": None, "records": 1},
                ],
            }
        ],
    }


def test_what_has_no_counts_has_no_document() -> None:
    """There is nothing to write for any other dataset."""
    assert register_counts.dump(PublishedDataset(REGISTER), base_url=BASE, departments={}) is None


def test_dcat_names_the_standard_of_an_entry_without_files() -> None:
    """The page of the standard, once, whether or not the files are given out."""
    published = PublishedDataset(replace(REGISTER, resources=(SYSTEMS, NOTES, SYSTEMS)))
    assert record_of(published, base_url=BASE).conforms_to == (page("information-system"),)


def test_dcat_names_the_standard_of_each_file_that_follows_one() -> None:
    """Files of a resource without a standard conform to none."""
    resources = tuple(PublishedResource(item, (file(item.name),)) for item in (SYSTEMS, OFFICES, NOTES))
    record = record_of(
        PublishedDataset(replace(REGISTER, resources=(SYSTEMS, OFFICES, NOTES)), resources), base_url=BASE
    )
    assert record.conforms_to == (page("department"), page("information-system"))
    assert {item.download_url.rpartition("/")[2]: item.conforms_to for item in record.distributions} == {
        "systems.csv": (page("information-system"),),
        "offices.csv": (page("department"),),
        "notes.csv": (),
    }


def test_data_json_has_one_standard_a_dataset_and_one_a_file() -> None:
    """Where tables follow several, the dataset names none and each file its own."""
    one = data_json.dump(PublishedDataset(REGISTER), base_url=BASE)
    assert one["conformsTo"] == page("information-system")
    resources = tuple(PublishedResource(item, (file(item.name),)) for item in (SYSTEMS, OFFICES))
    two = data_json.dump(PublishedDataset(replace(REGISTER, resources=(SYSTEMS, OFFICES)), resources), base_url=BASE)
    assert "conformsTo" not in two
    assert [item["conformsTo"] for item in two["distribution"]] == [page("information-system"), page("department")]
