"""The demonstration data of the invented city: repeatable, marked as made up, and varied enough to test a portal on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from stdnum.cn import uscc
from support import PROJECT

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.catalog import Dataset
from portal.model.terms import AREAS, THEMES
from portal.settings import load_settings

SAMPLE = PROJECT / "datasets"
CATALOG, _ = load_catalog(load_settings(SAMPLE))
CITY = tuple(dataset for dataset in CATALOG.datasets if dataset.is_demonstration)
LARGE = SAMPLE / "ecology-bureau" / "air-quality-hourly"
COMMITTED_BYTES_MAX = 3_000_000
RESERVED = {"project-filings", "service-matters"}


def files(root: Path) -> dict[str, bytes]:
    """Return the files of all demonstration datasets below a folder by their paths."""
    folders = sorted(root / dataset.folder for dataset in CITY)
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def descriptor(dataset: Dataset) -> Any:
    """Return the descriptor of a dataset that was read."""
    assert dataset.source is not None
    return dataset.source.descriptor


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the generator writes now."""
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, str(SAMPLE / "make_sample.py"), "--out", str(folder)]
    subprocess.run(command, check=True)
    return folder


def test_the_committed_data_are_what_the_generator_writes(made: Path) -> None:
    """The same program writes the same bytes, and nobody edited what it wrote."""
    assert files(made) == files(SAMPLE)


def test_what_is_committed_is_small() -> None:
    """All demonstration data in the repository together are at most 3 MB."""
    sizes = {path: len(data) for path, data in files(SAMPLE).items() if not (SAMPLE / path).is_relative_to(LARGE)}
    assert sum(sizes.values()) <= COMMITTED_BYTES_MAX


@pytest.mark.parametrize("dataset", CITY, ids=lambda dataset: dataset.name)
def test_frictionless_itself_finds_each_dataset_valid(dataset: Dataset) -> None:
    """``frictionless validate datapackage.yaml`` passes in each folder, without any of our code."""
    assert dataset.source is not None
    report = Package(str(dataset.source.descriptor_path)).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]


@pytest.mark.parametrize("dataset", CITY, ids=lambda dataset: dataset.name)
def test_each_dataset_says_that_it_is_made_up(dataset: Dataset) -> None:
    """In its description in both languages, in its keywords and in its metadata; its publisher is invented too."""
    assert "演示数据" in dataset.description.zh
    assert "emonstration data" in dataset.description.en
    assert "演示数据" in [word.zh for word in dataset.keywords]
    assert "虚构" in dataset.publisher.title.zh
    assert "invented" in dataset.publisher.title.en


def test_every_publisher_but_the_project_says_that_it_is_invented() -> None:
    """Its name in both languages and its unit end in the same words; its code has a division that no province has."""
    invented = [publisher for publisher in CATALOG.publishers if publisher.id != "kaifang"]
    assert len(invented) > 20
    for publisher in invented:
        assert publisher.title.zh.endswith("（虚构）"), publisher.id
        assert publisher.title.en.endswith(" (invented)"), publisher.id
        assert publisher.unit.endswith("（虚构）"), publisher.id
        assert publisher.uscc[2:8] == "990100", publisher.id
        assert (publisher.phone, publisher.responsible) == ("", ""), publisher.id


def test_every_topic_and_every_key_area_has_data() -> None:
    """All 21 topics and all ten areas, by many departments and by public enterprises."""
    assert {theme.id for dataset in CITY for theme in dataset.themes} == {theme.id for theme in THEMES}
    assert {area for dataset in CITY for area in dataset.areas} == set(AREAS)
    kinds = Counter(
        publisher.kind for publisher in {dataset.publisher.id: dataset.publisher for dataset in CITY}.values()
    )
    assert kinds["政务部门"] >= 12
    assert kinds["公共企事业单位"] >= 2
    assert len(CITY) >= 30


def test_every_state_of_openness_occurs() -> None:
    """Open, conditional, planned and closed; what is not shared names its legal ground; one is superseded."""
    assert {dataset.open_state for dataset in CITY} == {"open", "conditional", "planned", "closed"}
    withheld = [dataset for dataset in CITY if dataset.sharing.type == "none"]
    assert withheld
    assert all(dataset.sharing.basis.startswith("《中华人民共和国") for dataset in withheld)
    assert [dataset.superseded_by for dataset in CITY if dataset.superseded_by]


def test_shapes_that_strain_a_portal_occur() -> None:
    """A table of sixty columns, an empty one, a dataset with thirty resources, one with over 100,000 rows."""
    columns = [len(resource.schema.fields) for dataset in CITY for resource in dataset.resources]
    assert max(columns) == 60
    assert max(len(dataset.resources) for dataset in CITY) == 30
    empty = [path for path, data in files(SAMPLE).items() if path.endswith(".csv") and data.count(b"\n") == 1]
    assert len(empty) == 1
    assert (LARGE / "hourly.csv").read_bytes().count(b"\n") > 100_000


@pytest.mark.parametrize("dataset", CITY, ids=lambda dataset: dataset.name)
def test_each_dataset_is_told_in_english_too(dataset: Dataset) -> None:
    """Title, keywords, and a description that says more than that the data are made up."""
    description, _, notice = dataset.description.en.partition("[Demonstration data]")
    assert dataset.title.en
    assert all(word.en for word in dataset.keywords)
    assert len(description) > len(dataset.title.en)
    assert notice


def test_several_datasets_are_all_in_english_too() -> None:
    """Title, description, keywords, resources and every column of them."""
    complete = [
        dataset.name
        for dataset in CITY
        if dataset.title.en
        and dataset.resources
        and all(resource.title.en for resource in dataset.resources)
        and all(field.title.en for resource in dataset.resources for field in resource.schema.fields)
    ]
    assert len(complete) >= 8


def test_names_of_registers_are_left_free() -> None:
    """Registers that have no standard yet will come under these names."""
    assert RESERVED.isdisjoint(dataset.name for dataset in CATALOG.datasets)


def test_resource_codes_are_unique() -> None:
    """No code stands twice in the catalogue."""
    codes = [dataset.code for dataset in CATALOG.datasets if dataset.code]
    assert len(codes) == len(set(codes))


def text_of(path: str, data: bytes) -> str:
    """Return the text of a file of the sample; that of workbooks through their rows."""
    if path.endswith(".xlsx"):
        import io

        from openpyxl import load_workbook

        rows = load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True)
        return "\n".join(",".join(str(cell) for cell in row) for row in rows)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\dA-Z.])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dA-Z])",
        r"(?<![\d.A-Z])1[3-9]\d{9}(?!\d)",
        r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
        r"[\w.]+@\w+\.\w+",
        r"[\u4e00-\u9fff](?:路|街|巷|大道)\d+号",
    ],
    ids=["resident-id", "mobile", "landline", "e-mail", "house-number"],
)
def test_nothing_looks_like_a_person_or_an_address(pattern: str) -> None:
    """No identity number, telephone number, e-mail or house number stands in any file."""
    for path, data in files(SAMPLE).items():
        if not path.startswith("ecology-bureau/air-quality-hourly/hourly"):
            assert re.search(pattern, text_of(path, data)) is None, path


def test_every_social_credit_code_is_well_formed_and_of_no_real_place() -> None:
    """The check character fits, and the division code begins with 99, which no province has."""
    codes = set()
    for path, data in files(SAMPLE).items():
        if path.endswith((".csv", ".json", ".ndjson")) and "hourly" not in path:
            codes.update(
                re.findall(r"(?<![0-9A-Z])[0-9]{8}MA[0-9]{7}[0-9A-HJ-NPQRTUWXY](?![0-9A-Z])", text_of(path, data))
            )
    assert len(codes) > 1000
    for code in codes:
        assert uscc.calc_check_digit(code[:-1]) == code[-1], code
        assert code[2:4] == "99", code


def test_all_coordinates_lie_in_the_open_ocean() -> None:
    """Nothing can be taken for a real place: every GeoJSON lies around 150.3 degrees east, 20.2 degrees north."""
    count = 0
    for path, data in files(SAMPLE).items():
        if path.endswith(".geojson"):
            for longitude, latitude in re.findall(r"\[(-?\d+\.\d+), (-?\d+\.\d+)\]", json.dumps(json.loads(data))):
                count += 1
                assert 149.8 < float(longitude) < 150.9
                assert 19.7 < float(latitude) < 20.7
    assert count
