"""Whatever a publisher sends: a finding with its code, no trace of a program, little memory, and soon."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from hostile_inputs import CASES, LOW_LIMITS, write_portal
from support import PROJECT

from portal.model.limits import Limits

MEMORY_MB_MAX = 500
SECONDS_MAX = 120

_BUILD = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from portal.findings.words import finding_record
from portal.pipeline import build
from portal.settings import load_settings

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))  # whatever goes wrong, the machine goes on
start = time.monotonic()
done = build(load_settings(Path(sys.argv[1])), Path(sys.argv[2]), today=date(2026, 6, 1), jobs=1)
status = Path("/proc/self/status").read_text()  # ru_maxrss of itself would count the process that started it
peaks = [int(status.split("VmHWM:")[1].split()[0]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
print(json.dumps({
    "peak_mb": max(peaks) // 1024,
    "seconds": time.monotonic() - start,
    "published": [item.dataset.name for item in done.published],
    "findings": [finding_record(item) for item in done.report],
}))
"""


@dataclass(frozen=True)
class Built:
    """What a build of hostile inputs did."""

    folder: Path
    peak_mb: int
    seconds: float
    published: list[str]
    codes: dict[str, set[str]]
    texts: str


def run(folder: Path, *, low: bool) -> Built:
    """Write the cases and build them in a process of its own, whose memory can be measured."""
    write_portal(folder / "datasets", low=low)
    command = [sys.executable, "-c", _BUILD, str(folder / "datasets"), str(folder / "build")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT, timeout=SECONDS_MAX * 2)
    assert "Traceback" not in done.stderr
    result = json.loads(done.stdout)
    codes: dict[str, set[str]] = {}
    for item in result["findings"]:
        name = item["dataset"] if item["dataset"] in CASES else (item["file"] or "").split("/")[0]
        codes.setdefault(name, set()).add(item["code"])
    return Built(folder, result["peak_mb"], result["seconds"], result["published"], codes, str(result["findings"]))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Built]:
    """All cases built, with the limits as they are and with low ones."""
    return {low: run(tmp_path_factory.mktemp("hostile"), low=low) for low in (False, True)}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_input_gets_its_code_and_stays_out(built: dict[bool, Built], name: str) -> None:
    """Each folder has the finding that belongs to it; what is only to be handled with care is published."""
    case = CASES[name]
    result = built[case.needs_low_limits]
    if case.code:
        assert case.code in result.codes.get(name, set())
        assert name not in result.published
    else:
        assert name in result.published


@pytest.mark.parametrize("low", [False, True])
def test_hostile_inputs_cost_little(built: dict[bool, Built], low: bool) -> None:
    """The build of all of them stays under 500 MB and ends in time."""
    assert built[low].peak_mb < MEMORY_MB_MAX
    assert built[low].seconds < SECONDS_MAX


@pytest.mark.parametrize("low", [False, True])
def test_nothing_unforeseen_happens_and_the_good_dataset_is_published(built: dict[bool, Built], low: bool) -> None:
    """Nothing is a failure of processing, not even a pattern without end; what is in order comes out."""
    unforeseen = [name for name, codes in built[low].codes.items() if "processing-failed" in codes]
    assert unforeseen == []
    assert "in-order" in built[low].published
    assert "Traceback" not in built[low].texts


def test_every_limit_and_rule_stands_in_the_manual() -> None:
    """Two pages name them with their findings; seven limits bound what is written or asked, not hostile input."""
    reference = PROJECT / "docs" / "reference"
    limits, formats = ((reference / f"{name}.md").read_text(encoding="utf-8") for name in ("limits", "field-formats"))
    names = {field.name for field in fields(Limits)}
    assert [name for name in sorted(names) if f"| `{name}` |" not in limits] == []
    assert [case.code for case in CASES.values() if case.code and f"`{case.code}`" not in limits + formats] == []
    of_others = {"xlsx_rows_max", "unpacked_ratio_max", "query_rows_max", "query_seconds_max", "whoosh_datasets_max"}
    of_others |= {"named_rows_table_max", "named_rows_portal_max"}
    assert names - set(LOW_LIMITS) == of_others


def test_no_name_in_an_archive_climbs_out(built: dict[bool, Built]) -> None:
    """A member with dots in its name is written nowhere but where we say."""
    assert list(built[False].folder.parent.rglob("slipped*")) == []


def test_formulas_are_published_as_the_text_they_are(built: dict[bool, Built]) -> None:
    """CSV keeps every character; XLSX holds strings, so that opening the file runs nothing."""
    folder = built[False].folder / "build" / "current" / "site" / "data" / "formulas"
    rows = list(csv.reader((folder / "table.csv").open(encoding="utf-8", newline="")))
    assert rows == [["a", "b"], ["=cmd|' /C calc'!A0", "+1+1"], ["@SUM(1)", "-2+3"]]
    with zipfile.ZipFile(folder / "table.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') + sheet.count('t="s"') == 6
