"""What a release says of the schema and the licence of a dataset that it does not give out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import TODAY, contents

from portal.model.catalog import Edition
from portal.pipeline import build
from portal.settings import load_settings

CANARIES = ("CANARY", "7654321", "1871-01-01")
FIELDS: list[dict[str, Any]] = [
    {"name": "类别", "type": "string", "constraints": {"enum": ["CANARYone", "CANARYtwo"]}, "example": "CANARYone"},
    {"name": "代号", "type": "string", "constraints": {"pattern": "CANARY-[0-9]+"}},
    {"name": "金额", "type": "integer", "constraints": {"minimum": 7654321, "required": True}},
    {"name": "日期", "type": "date", "constraints": {"minimum": "1871-01-01"}},
    {"name": "时刻", "type": "date", "format": "CANARY%Y"},
    {"name": "等级", "type": "string", "categories": [{"value": "CANARYvalue", "label": "CANARYlabel"}]},
    {"name": "是否", "type": "boolean", "trueValues": ["CANARYyes"], "falseValues": ["CANARYno"]},
]
GOOD = "类别,代号,金额,日期,时刻,等级,是否\nCANARYone,CANARY-1,7654321,1871-01-01,CANARY1872,CANARYvalue,CANARYyes\n"
BAD = "类别,代号,金额,日期,时刻,等级,是否\n三,四,5,1801-01-01,六,七,八\n"


def release_of(
    write_dataset: Callable[..., Path], out: Path, table: str, edition: Edition = "open", opening: str = "false"
) -> Path:
    """Build one dataset, closed unless *opening* says otherwise, and return the release."""
    catalogue: dict[str, Any] = {"open": json.loads(opening)}
    if opening != "true":
        catalogue["sharing"] = {"type": "none", "basis": "某法"}
    document = {
        "name": "made",
        "title": "标题",
        "licenses": [{"name": "CC-BY-4.0"}],
        "catalogue": catalogue,
        "resources": [
            {"name": "t", "path": "t.csv", "schema": {"fields": FIELDS, "missingValues": ["", "CANARYgone"]}}
        ],
    }
    root = write_dataset(json.dumps(document), t__csv=table)
    result = build(load_settings(root, edition=edition), out, today=TODAY)
    assert result.folder is not None
    return result.folder


@pytest.mark.parametrize("table", [GOOD, BAD], ids=["published", "refused"])
@pytest.mark.parametrize("edition", ["open", "sharing"])
def test_nothing_that_a_schema_says_of_values_is_in_any_file(
    write_dataset: Callable[..., Path], tmp_path: Path, table: str, edition: Edition
) -> None:
    """Enumerations, patterns, ranges, formats, labels and examples are in no byte, nor in the reports on cells."""
    content = b"".join(contents(release_of(write_dataset, tmp_path / "build", table, edition)))
    assert [word for word in CANARIES if word.encode() in content] == []


def test_columns_of_what_is_not_given_out_are_named(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Their names are part of the entry."""
    release = release_of(write_dataset, tmp_path / "build", GOOD)
    assert "代号" in (release / "site" / "datasets" / "made" / "index.html").read_text("utf-8")


def test_a_fault_of_the_schema_is_told_without_its_values(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A complaint about the descriptor quotes none of its values either."""
    release = release_of(write_dataset, tmp_path / "build", GOOD.replace("CANARY1872", "六"))
    report = (release / "report.json").read_text("utf-8")
    assert '"type-error"' in report
    assert "CANARY" not in report


@pytest.mark.parametrize(
    ("opening", "is_stated"), [("true", True), ("false", False), ('{"is_open": true, "condition": "需申请"}', False)]
)
def test_a_licence_is_stated_of_open_data_alone(
    write_dataset: Callable[..., Path], tmp_path: Path, opening: str, is_stated: bool
) -> None:
    """CKAN and every harvester would make open data of a closed or conditional dataset with a licence."""
    release = release_of(write_dataset, tmp_path / "build", GOOD, opening=opening)
    told = {
        path.relative_to(release).as_posix()
        for path in (release / "site" / "datasets" / "made").rglob("*")
        if path.is_file() and (b"CC-BY" in path.read_bytes() or b"creativecommons" in path.read_bytes())
    }
    assert bool(told) is is_stated
