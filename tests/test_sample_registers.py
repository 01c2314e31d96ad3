"""The registers of the invented city: each follows its standard, fits the others, and stays within its edition."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from parsed import parse
from support import PROJECT, contents

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.catalog import Edition
from portal.pipeline import build
from portal.settings import load_settings
from portal.standards.loading import NAMES, all_standards, standard_named
from portal.standards.visibility import visible_fields

SAMPLE = PROJECT / "datasets"
OWN = SAMPLE / "data-bureau"
BASE = "https://data.example.cn"
FOLLOWERS = {
    "catalogue-entry": "shared-resources",
    "department": "departments",
    "information-system": "information-systems",
    "private-network": "private-networks",
    "connection": "connections",
    "task-ledger": "task-ledger",
}
"""The dataset that follows each standard."""
RESTRICTED = ("information-system", "private-network", "connection", "task-ledger")
TELLING = {
    "information-system": ("system_id", "name", "project", "mlps_filing_no", "remarks"),
    "private-network": ("network_id", "name", "purpose", "exception_ground", "remarks"),
    "connection": ("connection_id", "endpoint", "remarks"),
    "task-ledger": ("task_id", "problems", "next_step"),
}
"""Fields whose texts stand nowhere else in the sample."""


def rows(standard_name: str) -> list[dict[str, str]]:
    """Return the records of a register by the names of the standard's fields."""
    folder = OWN / FOLLOWERS[standard_name]
    (path,) = (item for item in folder.iterdir() if item.suffix in (".csv", ".xlsx"))
    if path.suffix == ".csv":
        lines = list(csv.reader(path.open(encoding="utf-8", newline="")))
    else:
        cells = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
        lines = [["" if cell is None else str(cell) for cell in line] for line in cells]
    standard = standard_named(standard_name)
    assert standard is not None
    names = {item.title.zh: item.name for item in standard.fields}
    heads = [names[title] for title in lines[0]]
    return [dict(zip(heads, line, strict=True)) for line in lines[1:]]


def several(text: str) -> list[str]:
    """Return what a cell lists."""
    return [item for item in text.split("；") if item]


def test_each_standard_has_a_register_with_all_of_its_fields() -> None:
    """One dataset follows each, and its headings are the Chinese titles of all fields in their order."""
    catalog, _ = load_catalog(load_settings(SAMPLE))
    found = {
        resource.standard: dataset.name
        for dataset in catalog.datasets
        for resource in dataset.resources
        if resource.standard
    }
    assert found == FOLLOWERS
    assert tuple(FOLLOWERS) == NAMES
    for standard in all_standards():
        assert list(rows(standard.name)[0]) == [item.name for item in standard.fields]


def test_what_registers_refer_to_stands_in_the_others() -> None:
    """Owners in the register of departments, systems in that of systems, codes in the catalogue."""
    departments = {row["uscc"]: row["name"] for row in rows("department")}
    systems = {row["system_id"] for row in rows("information-system")}
    shared = {row["code"] for row in rows("catalogue-entry")}
    catalog, _ = load_catalog(load_settings(SAMPLE))
    known = shared | {dataset.code for dataset in catalog.datasets}
    for name, title, code in (
        ("information-system", "owner", "owner_uscc"),
        ("private-network", "owner", "owner_uscc"),
        ("connection", "owner", "owner_uscc"),
        ("task-ledger", "lead", "lead_uscc"),
        ("catalogue-entry", "provider", "provider_uscc"),
    ):
        assert {(row[code], row[title]) for row in rows(name)} <= set(departments.items()), name
    assert {row[key] for row in rows("department") for key in ("parent_uscc", "successor_uscc")} - {""} <= {
        *departments
    }
    assert {row["merged_into"] for row in rows("information-system")} - {""} <= systems
    assert {row["system_id"] for row in rows("connection")} <= systems
    assert {item for row in rows("private-network") for item in several(row["system_ids"])} <= systems
    for name in ("information-system", "connection"):
        assert {item for row in rows(name) for item in several(row["resource_codes"])} <= known
    assert {item for row in rows("catalogue-entry") for item in several(row["related_codes"])} <= known
    assert shared.isdisjoint(dataset.code for dataset in catalog.datasets)


def test_the_register_of_departments_has_every_publisher_of_the_city() -> None:
    """With the names and codes under which they publish; bodies that were dissolved name their successors."""
    departments = {row["uscc"]: row["name"] for row in rows("department")}
    catalog, _ = load_catalog(load_settings(SAMPLE))
    publishers = {item.uscc: item.title.zh for item in catalog.publishers if item.uscc}
    assert publishers.items() <= departments.items()
    dissolved = [row["name"] for row in rows("department") if row["successor_uscc"]]
    assert len(dissolved) == 3
    assert all("（虚构）" in name for name in departments.values())


def test_systems_that_nobody_needs_occur() -> None:
    """Unused, unmaintained, without cases, idle, of one unit: the five signs that the order names."""
    systems = rows("information-system")
    assert len(systems) == 45
    signs = {
        "detached": [row for row in systems if row["business_tx_12m"] == "0"],
        "replaceable": [row for row in systems if row["merged_into"]],
        "idle": [row for row in systems if float(row["cpu_mean_180d"]) < 1],
        "unmaintained": [row for row in systems if row["maintained_on"] < "2024"],
        "narrow": [row for row in systems if row["units_count"] == "1" and int(row["active_users_90d"]) < 10],
    }
    assert {sign for sign, found in signs.items() if len(found) < 2} == set()
    assert Counter(row["integration"] for row in systems).keys() == {"保留", "规范", "整合", "清理"}


def test_the_ledger_has_the_ten_tasks_of_the_order_by_their_titles() -> None:
    """As the dataset of the order itself has them; a date of completion where, and only where, one is done."""
    with (SAMPLE / "kaifang" / "order-39-tasks" / "tasks.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["任务名称"] for row in csv.DictReader(file) if row["任务编号"].startswith("2-")]
    ledger = rows("task-ledger")
    assert [row["title"] for row in ledger] == titles
    assert len(titles) == 10
    assert {row["state"] for row in ledger} == {"已完成", "进行中", "暂缓"}
    assert [row["task_id"] for row in ledger if row["completed_on"]] == [
        row["task_id"] for row in ledger if row["state"] == "已完成"
    ]


@dataclass(frozen=True)
class Built:
    """A release of the registers alone, and all of its bytes, what is packed in files too."""

    release: Path
    content: bytes


def built(tmp_path_factory: pytest.TempPathFactory, edition: Edition) -> Built:
    """Build the registers of the sample in one edition."""
    folder = tmp_path_factory.mktemp(edition)
    for name in ("catalog.yaml", "publishers.yaml"):
        folder.joinpath("datasets").mkdir(exist_ok=True)
        shutil.copy(SAMPLE / name, folder / "datasets" / name)
    for name in FOLLOWERS.values():
        shutil.copytree(OWN / name, folder / "datasets" / "data-bureau" / name)
    settings = load_settings(folder / "datasets", edition=edition, base_url=BASE)
    result = build(settings, folder / "build", today=date(2026, 11, 22))
    assert result.folder is not None
    assert [(item.code, item.dataset) for item in result.report.findings if item.dataset] == []
    return Built(result.folder, b"\0".join(contents(result.folder)))


@pytest.fixture(scope="module")
def open_edition(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What the public gets."""
    return built(tmp_path_factory, "open")


@pytest.fixture(scope="module")
def sharing_edition(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What departments get."""
    return built(tmp_path_factory, "sharing")


def texts(standard_name: str, fields: tuple[str, ...]) -> set[str]:
    """Return what stands in some fields of a register, long enough to be told from anything else."""
    return {row[name] for row in rows(standard_name) for name in fields if len(row[name]) >= 5}


def test_nothing_of_a_restricted_register_is_in_the_open_edition(open_edition: Built) -> None:
    """No id, name, purpose, problem or remark of a record stands in any byte of the release."""
    for name, fields in TELLING.items():
        kept = texts(name, fields)
        assert len(kept) > 5, name
        assert {text for text in kept if text.encode() in open_edition.content} == set(), name


def test_the_sharing_edition_holds_the_visible_fields_alone(sharing_edition: Built) -> None:
    """Ids and names stand there, numbers of filings, addresses of interfaces and remarks do not."""
    for name, fields in TELLING.items():
        standard = standard_named(name)
        assert standard is not None
        visible = visible_fields(standard, "sharing")
        wanted = texts(name, tuple(field for field in fields if field in visible))
        assert wanted, name
        assert {text for text in wanted if text.encode() not in sharing_edition.content} == set(), name
        hidden = texts(name, tuple(field for field in fields if field not in visible))
        assert {text for text in hidden if text.encode() in sharing_edition.content} == set(), name


def test_each_edition_says_who_gets_the_files(open_edition: Built, sharing_edition: Built) -> None:
    """The public is told that there is the entry alone, departments that the files are here."""
    for edition, note in ((open_edition, "Only this entry"), (sharing_edition, "Departments may use the files here")):
        path = edition.release / "site" / "en" / "datasets" / "connections" / "index.html"
        assert note in parse(path.read_text(encoding="utf-8")).words


@pytest.mark.parametrize("name", RESTRICTED)
def test_the_open_edition_counts_by_department(name: str, open_edition: Built) -> None:
    """The JSON beside the page and the page itself count each department's records, by its code and name."""
    folder = open_edition.release / "site" / "datasets" / FOLLOWERS[name]
    document = json.loads((folder / "registers.json").read_bytes())
    (counts,) = document["registers"]
    key = "lead_uscc" if name == "task-ledger" else "owner_uscc"
    codes = Counter(row[key] for row in rows(name))
    assert {item["code"]: item["records"] for item in counts["departments"]} == codes
    assert counts["records"] == codes.total()
    names = {row["uscc"]: row["name"] for row in rows("department")}
    assert [item["name"]["zh"] for item in counts["departments"]] == [
        names[item["code"]] for item in counts["departments"]
    ]
    page = parse((folder / "index.html").read_text(encoding="utf-8"))
    tables = [[[cell.words for cell in row.all("td", "th")] for row in item.all("tr")] for item in page.all("table")]
    (shown,) = (item for item in tables if item[0] == ["部门", "记录数"])
    assert shown[1:-1] == [[item["name"]["zh"], str(item["records"])] for item in counts["departments"]]
    assert "registers.json" in [item.attributes.get("href") for item in page.all("a")]


def test_the_standards_say_who_follows_them_and_that_they_conform(open_edition: Built) -> None:
    """The page of each standard links to its register, and the verdict is that it conforms."""
    for name, dataset in FOLLOWERS.items():
        page = parse((open_edition.release / "site" / "en" / "standards" / name / "index.html").read_text("utf-8"))
        assert f"../../datasets/{dataset}/" in [item.attributes.get("href") for item in page.all("a")]
        assert "Conforms" in page.words


def test_descriptions_name_the_standard(open_edition: Built) -> None:
    """DCAT of an entry without files and of a table, and data.json, say what they conform to by its page."""
    site = open_edition.release / "site"
    page = f"{BASE}/standards/information-system/"
    document = json.loads((site / "datasets" / "information-systems" / "index.jsonld").read_bytes())
    (dataset,) = (item for item in document["@graph"] if "dcat:Dataset" in item["@type"])
    assert dataset["conformsTo"] == page
    listed = json.loads((site / "data.json").read_bytes())["dataset"]
    assert {item["landingPage"].split("/")[-2]: item["conformsTo"] for item in listed} == {
        dataset: f"{BASE}/standards/{name}/" for name, dataset in FOLLOWERS.items()
    }
