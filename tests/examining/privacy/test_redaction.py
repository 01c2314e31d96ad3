"""No finding quotes personal data, whoever made it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from portal.examining.examination import Rules, examine
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding
from portal.settings import load_settings

MOBILES = ("13800001111", "13800002222")
WRONG_ID = "110101185001010019"

DESCRIPTOR = """
name: made
resources:
  - name: t
    path: t.csv
    schema:
      fields:
        - {name: 登记, type: date}
        - {name: 身份证号, type: string, codeFormat: id-card}
        - {name: 姓名, type: string, constraints: {maxLength: 2}}
        - {name: 数量, type: integer}
"""


def examined(folder: Path, work: Path) -> list[Finding]:
    """Return the findings of the one dataset in *folder*, kept results too."""
    catalog, _ = load_catalog(load_settings(folder))
    return list(examine(catalog.datasets[0], work, Rules(cache_dir=work / "cache")).findings)


def test_what_other_rooms_quote_is_masked(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A mobile where a date should be, a wrong identity number, a name that is too long: none is shown or kept."""
    rows = f"{MOBILES[0]},{WRONG_ID},测试郑某,三\n2026-01-01,,,{MOBILES[1]},{MOBILES[1]}\n"
    folder = write_dataset(DESCRIPTOR, t__csv=f"登记,身份证号,姓名,数量\n{rows}")
    findings = examined(folder, tmp_path / "work")
    text = json.dumps([asdict(item) for item in findings], ensure_ascii=False)
    kept = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "work" / "cache").rglob("*.json"))
    assert {"type-error", "check-digit", "constraint-error", "extra-cell"} <= {item.code for item in findings}
    assert kept
    assert [secret for secret in (*MOBILES, WRONG_ID, "测试郑某") if secret in text + kept] == []


def test_other_values_are_shown_as_they_are(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """What is nobody's helps to find the place."""
    folder = write_dataset(DESCRIPTOR, t__csv="登记,身份证号,姓名,数量\n昨天,,,三十\n")
    shown = [(item.code, item.value) for item in examined(folder, tmp_path / "work") if item.severity == "error"]
    assert shown == [("type-error", "昨天"), ("type-error", "三十")]


def test_a_mobile_is_masked_in_one_way(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Whether the gate or another room quotes it, under a title for telephones or not."""
    descriptor = DESCRIPTOR.replace("登记, type: date", "手机, type: integer, constraints: {maximum: 5}")
    rows = f"{MOBILES[0]},,,{MOBILES[1]}x\n"
    folder = write_dataset(descriptor, t__csv=f"手机,身份证号,姓名,数量\n{rows}")
    shown = {item.value for item in examined(folder, tmp_path / "work") if item.value}
    assert shown == {"138****1111", "138****2222x"}


def test_a_name_is_masked_as_a_name(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Of a wrong cell under 姓名 the first character is shown."""
    folder = write_dataset(DESCRIPTOR, t__csv="登记,身份证号,姓名,数量\n2026-01-01,,测试郑某,3\n")
    assert [item.value for item in examined(folder, tmp_path / "work") if item.value] == ["测***"]
