"""Registers in both editions: what the public and what departments get of them, down to the bytes of a release."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from parsed import parse
from support import TODAY, contents

from portal.model.catalog import Edition
from portal.pipeline import build
from portal.serving.app import create_app
from portal.settings import load_settings
from portal.standards.loading import standard_named
from portal.standards.visibility import visible_fields

OWNER = "11100000000000000J"
UNKNOWN_OWNER = "11990000000000019A"
OWNER_ON_CONDITION, OWNER_NOT_SHARED = "11990000000000029B", "11990000000000039C"
OWN_COLUMN = "本部门自用"
TITLE, NOTE = "CANARYABOVETHETABLE", "注：CANARYBELOWTHETABLE"


def cells() -> dict[str, str]:
    """Return a record of a system, with a text in each field that stands nowhere else as far as the type allows."""
    values = {
        "owner_uscc": OWNER,
        "owner_level": "处室",
        "scope": "全市",
        "funding_source": "地方财政",
        "network": "业务专网",
        "mlps_level": "3",
        "classified_level": "无",
        "integration": "保留",
        "platform_connected": "否",
        "cpu_mean_180d": "48.151623",
        "merged_into": "",
    }
    standard = standard_named("information-system")
    assert standard is not None
    for number, item in enumerate(standard.fields):
        if item.name not in values:
            kinds = {
                "integer": f"4815162{number:02}",
                "number": f"4815162{number:02}.5",
                "date": f"1871-07-{number % 28 + 1:02}",
            }
            values[item.name] = kinds.get(item.type, f"CANARY{item.name.replace('_', '').upper()}")
    return values


CANARIES = {name: text for name, text in cells().items() if "CANARY" in text or "4815162" in text}
"""By field, the texts that show where a field got to."""


def table(*more: dict[str, str]) -> str:
    """Return a register as CSV with Chinese headings, a column of the department's own, a title and a note."""
    standard = standard_named("information-system")
    assert standard is not None
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([TITLE] + [""] * len(standard.fields))
    writer.writerow([item.title.zh for item in standard.fields] + [OWN_COLUMN])
    for number, change in enumerate(({}, *more)):
        record = {**cells(), **change} | ({"system_id": f"CANARYOTHER{number}"} if number else {})
        writer.writerow([record[item.name] for item in standard.fields] + ["CANARYOWNCOLUMN"])
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers of systems: closed, said to be open, with a fault, beside its own file, and one of departments."""
    root = tmp_path_factory.mktemp("registers") / "datasets"
    fault = {"invest_cny": "CANARYFAULT"}
    mark = {"functions": "机密★10年 CANARYMARKED", "remarks": "13800001234 CANARYMARKED"}
    for name, opening, sharing, text in (
        ("systems", "{is_open: false}", "{type: unconditional}", table({"owner_uscc": UNKNOWN_OWNER})),
        ("systems-said-open", "{is_open: true}", "{type: unconditional}", table()),
        (
            "systems-on-condition",
            "{is_open: false}",
            "{type: conditional, condition: 经批准}",
            table({"owner_uscc": OWNER_ON_CONDITION}),
        ),
        (
            "systems-not-shared",
            "{is_open: false}",
            "{type: none, basis: 某法}",
            table({"owner_uscc": OWNER_NOT_SHARED}),
        ),
        ("systems-with-a-fault", "{is_open: false}", "{type: unconditional}", table(fault)),
        ("systems-with-a-mark", "{is_open: false}", "{type: unconditional}", table(mark)),
    ):
        place = root / "office" / name
        place.mkdir(parents=True)
        place.joinpath("datapackage.yaml").write_text(
            f"name: {name}\ntitle: {name} 的标题\ndescription: 说明。\nlicenses: [{{name: CC-BY-4.0}}]\n"
            f"catalogue: {{open: {opening}, sharing: {sharing}}}\n"
            "resources: [{name: register, path: register.csv, standard: information-system}]\n",
            encoding="utf-8",
        )
        place.joinpath("register.csv").write_text(text, encoding="utf-8")
    place = root / "office" / "departments"
    place.mkdir(parents=True)
    place.joinpath("datapackage.yaml").write_text(
        "name: departments\ntitle: 部门\ndescription: 说明。\nlicenses: [{name: CC-BY-4.0}]\n"
        "resources: [{name: register, path: register.csv, standard: department}]\n",
        encoding="utf-8",
    )
    place.joinpath("register.csv").write_text(
        f"部门名称,统一社会信用代码,单位性质\n甲局,{OWNER},政务部门\n", encoding="utf-8"
    )
    root.joinpath("publishers.yaml").write_text(
        f"publishers: [{{id: office, name: {{zh: 甲局, en: Bureau A}}, uscc: {OWNER}, kind: 政务部门}}]\n",
        encoding="utf-8",
    )
    return root


def built(folder: Path, out: Path, edition: Edition) -> Path:
    """Build one edition and return its release."""
    result = build(load_settings(folder, edition=edition), out, today=TODAY)
    assert result.folder is not None
    assert result.refused == ("systems-with-a-fault", "systems-with-a-mark")
    return result.folder


@pytest.fixture(scope="module")
def open_release(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release for the public."""
    return built(folder, tmp_path_factory.mktemp("open") / "build", "open")


@pytest.fixture(scope="module")
def sharing_release(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release for departments."""
    return built(folder, tmp_path_factory.mktemp("sharing") / "build", "sharing")


def found_in(release: Path) -> set[str]:
    """Return the fields, and other things of the registers, whose texts stand somewhere in a release."""
    content = b"\0".join(contents(release)).upper()
    told = {name for name, text in CANARIES.items() if text.encode() in content}
    others = (TITLE, NOTE[2:], "CANARYOWNCOLUMN", "CANARYFAULT", "CANARYMARKED", OWN_COLUMN, "CANARYOTHER")
    return told | {text for text in others if text.encode() in content}


def test_no_cell_of_a_register_stands_in_the_edition_for_the_public(open_release: Path) -> None:
    """No file, page, index or report holds one, whatever the descriptor says about openness."""
    assert found_in(open_release) == set()
    assert {path.name for path in (open_release / "site" / "data").iterdir()} == {"departments"}


def test_the_edition_for_departments_holds_the_visible_fields_and_no_others(sharing_release: Path) -> None:
    """Of the fields with a text of their own, exactly those that the standard shows to departments stand there."""
    standard = standard_named("information-system")
    assert standard is not None
    visible = visible_fields(standard, "sharing")
    assert found_in(sharing_release) == {name for name in CANARIES if name in visible} | {"CANARYOTHER"}
    hidden = {name for name in CANARIES if name not in visible}
    assert hidden == {"mlps_filing_no", "remarks"}


def test_departments_get_a_table_of_the_visible_fields(sharing_release: Path) -> None:
    """It has the headings of the register, in every format, and the publisher's file is not among them."""
    data = sharing_release / "site" / "data"
    assert {path.name for path in data.iterdir()} == {"departments", "systems", "systems-said-open"}
    variants = (".br", ".gz")
    assert {path.name for path in (data / "systems").iterdir() if path.suffix not in variants} == {
        *(f"register.{ending}" for ending in ("csv", "json", "parquet", "xlsx")),
        "datapackage.json",
        "systems.zip",
        "SHA256SUMS",
        "index.html",
    }
    with (data / "systems" / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    standard = standard_named("information-system")
    assert standard is not None
    visible = visible_fields(standard, "sharing")
    assert rows[0] == [item.title.zh for item in standard.fields if item.name in visible]
    assert [row[0] for row in rows[1:]] == ["CANARYSYSTEMID", "CANARYOTHER1"]


def test_the_public_gets_counts_by_department(open_release: Path) -> None:
    """The page of a register counts its records by department, by name where the portal knows the code."""
    page = parse((open_release / "site" / "en" / "datasets" / "systems" / "index.html").read_text(encoding="utf-8"))
    counts = next(item for item in page.all("table") if "Department" in item.words)
    assert [[cell.words for cell in row.all("td", "th")] for row in counts.all("tr")] == [
        ["Department", "Records"],
        ["Bureau A", "1"],
        [UNKNOWN_OWNER, "1"],
        ["All", "2"],
    ]


def test_of_a_register_that_departments_do_not_get_nothing_is_counted(
    open_release: Path, sharing_release: Path
) -> None:
    """Shared on condition or not at all, it has its entry and no counts, in either edition."""
    for release in (open_release, sharing_release):
        content = b"\0".join(contents(release))
        assert not [code for code in (OWNER_ON_CONDITION, OWNER_NOT_SHARED) if code.encode() in content]
        for name in ("systems-on-condition", "systems-not-shared"):
            page = parse((release / "site" / "en" / "datasets" / name / "index.html").read_text(encoding="utf-8"))
            assert not [item for item in page.all("table") if "Records" in item.words]


def test_what_departments_would_get_goes_through_the_gate(sharing_release: Path) -> None:
    """A secrecy mark and a mobile number refuse a register, also in a field that is kept back; neither is quoted."""
    report = json.loads((sharing_release / "report.json").read_text(encoding="utf-8"))["findings"]
    found = [(item["code"], item["value"]) for item in report if item["dataset"] == "systems-with-a-mark"]
    refused = [item for item in found if item[0] in ("secrecy-mark", "personal-phone")]
    assert refused == [("secrecy-mark", None), ("personal-phone", None)]


def test_a_register_that_says_it_is_open_is_not(open_release: Path) -> None:
    """Its page says that only the entry is public, and the report has a warning that tells how to mend it."""
    report = json.loads((open_release / "report.json").read_text(encoding="utf-8"))["findings"]
    warned = [(item["dataset"], item["severity"]) for item in report if item["code"] == "register-not-public"]
    assert warned == [("systems-said-open", "warning")]
    answer = create_app(open_release).test_client().get("/api/v1/datasets/systems-said-open").get_json()
    assert answer["open"] == "closed"
    assert answer["resources"][0]["files"] == []


def test_a_register_of_which_everything_is_public_is_a_dataset_like_any_other(open_release: Path) -> None:
    """Its file is given out as it is, and its fields have the titles of the standard."""
    assert (open_release / "site" / "data" / "departments" / "original" / "register.csv").is_file()
    page = parse((open_release / "site" / "en" / "datasets" / "departments" / "index.html").read_text(encoding="utf-8"))
    assert "Unified social credit code" in page.words


def test_a_file_that_another_resource_gives_out_is_not_cut(folder: Path, tmp_path: Path) -> None:
    """A register whose file stands there a second time without a standard is given out in no form."""
    place = tmp_path / "datasets" / "office" / "twice"
    place.mkdir(parents=True)
    place.joinpath("register.csv").write_text(table(), encoding="utf-8")
    place.joinpath("datapackage.yaml").write_text(
        "name: twice\ntitle: 两次\ncatalogue: {open: {is_open: false}, sharing: {type: unconditional}}\n"
        "resources: [{name: register, path: register.csv, standard: information-system},"
        " {name: copy, path: register.csv}]\n",
        encoding="utf-8",
    )
    result = build(load_settings(tmp_path / "datasets", edition="sharing"), tmp_path / "build", today=TODAY)
    assert result.folder is not None
    assert found_in(result.folder) == set()
