"""Datasets as Data Packages: nothing lost, and valid to Frictionless where they lie."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from made_datasets import BASE, packages
from serving import serving
from support import FIXTURES, TODAY

from portal.pipeline import build
from portal.publishing.formats.datapackage import PROFILE, dump, parse
from portal.publishing.publication import PublishedDataset
from portal.settings import load_settings

Published = Callable[[str], PublishedDataset]


@given(packages(), st.sampled_from([None, BASE]))
def test_what_was_written_is_read_back(published: PublishedDataset, base_url: str | None) -> None:
    """A package says all that the catalogue knows, in either place."""
    document = json.loads(json.dumps(dump(published, base_url=base_url)))
    assert parse(document, base_url=base_url) == published


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "resources", "catalogue", "schema", "fields", "licenses", "open", "guide"]),
                inner,
            )
        ),
    ).filter(lambda value: isinstance(value, dict))
)
def test_no_document_breaks_the_reader(document: dict[str, object]) -> None:
    """Whatever stands where something else is expected is passed over."""
    assert parse(document).dataset.name == (document["name"] if isinstance(document.get("name"), str) else "")


def test_a_table_is_described_as_it_was_published(published: Published) -> None:
    """The CSV has its size, its hash, and the schema by which it was checked, with how yes and no are written."""
    (entry,) = dump(published("schools"))["resources"]
    file = next(file for file in published("schools").resources[0].files if file.path == "data/schools/schools.csv")
    assert entry == {
        "name": "schools",
        "title": "学校表",
        "path": "schools.csv",
        "type": "table",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "format": "csv",
        "mediatype": "text/csv",
        "bytes": 163,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [
                {"name": "学校代码", "type": "string", "constraints": {"required": True, "pattern": "[0-9]{4}"}},
                {"name": "名称", "type": "string", "constraints": {"required": True}},
                {"name": "学生数", "type": "integer", "constraints": {"minimum": 0}},
                {"name": "建校日期", "type": "date"},
                {"name": "寄宿", "type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
            ],
            "missingValues": [""],
            "primaryKey": ["学校代码"],
        },
    }


@given(packages(), st.sampled_from([None, BASE]))
def test_a_package_has_a_resource(published: PublishedDataset, base_url: str | None) -> None:
    """What has files is a package; what has none says neither that it is one nor an empty list of resources."""
    document = dump(published, base_url=base_url)
    stated = (document.get("resources", "none") not in ([], "none"), document.get("$schema") == PROFILE)
    assert stated == (published.has_files, published.has_files)


def test_what_is_not_open_is_an_entry(published: Published) -> None:
    """Of a closed dataset only the entry is described, which is no package."""
    document = dump(published("salaries"), base_url=BASE)
    assert {"$schema", "resources", "links"} & set(document) == set()
    assert document["catalogue"]["open"] == {"is_open": False}


def test_frictionless_finds_the_packages_valid_where_they_lie(tiny: Path, tmp_path: Path) -> None:
    """Both packages of each open dataset are valid as a visitor gets them, and so is the one in the archive."""
    release = build(load_settings(tiny), tmp_path / "build", today=TODAY).folder
    assert release is not None
    with serving(release) as address:
        for name in ("bus-lines", "schools"):
            beside_files = Package(f"{address}/data/{name}/datapackage.json").validate()
            assert (beside_files.valid, beside_files.flatten(["type", "note"])) == (True, [])
            page = release / "site" / "datasets" / name / "datapackage.json"
            document = json.loads(page.read_text(encoding="utf-8").replace("http://127.0.0.1:8000", address))
            absolute = Package(document).validate()
            assert (absolute.valid, len(absolute.tasks)) == (True, len(beside_files.tasks))


def test_the_archive_is_a_package_of_its_own(tiny_release: Path, tmp_path: Path) -> None:
    """Unpacked anywhere it is valid, and its checksums are those of its files."""
    with ZipFile(tiny_release / "site" / "data" / "bus-lines" / "bus-lines.zip") as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert (report.valid, [task.name for task in report.tasks]) == (True, ["lines", "stops"])


@pytest.mark.parametrize("folder", ["bus-lines", "schools"])
def test_the_description_can_be_published_again(
    folder: str, tiny_release: Path, write_dataset: Callable[..., Path]
) -> None:
    """Our own reader takes the package as a publisher's folder, and says the same of it."""
    site = tiny_release / "site" / "data" / folder
    root = write_dataset("resources: []", folder=folder)
    (root / folder / "datapackage.yaml").unlink()
    for name in ("datapackage.json", *(path.name for path in site.glob("*.csv"))):
        (root / folder / name).write_bytes((site / name).read_bytes())
    (root / "publishers.yaml").write_bytes((FIXTURES / "tiny" / "publishers.yaml").read_bytes())
    again = build(load_settings(root), root.parent / "again", today=TODAY)
    first = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    assert again.folder is not None
    second = json.loads((again.folder / "site" / "data" / folder / "datapackage.json").read_text(encoding="utf-8"))
    assert second == first
