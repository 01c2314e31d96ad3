"""What the privacy scan costs: ``python benchmarks/privacy.py [ROWS]``; CPU seconds, medians of three.

One clean file of ROWS rows (1,000,000 by default) and ten columns is looked through by the gate, validated by plain
Frictionless (on a tenth of the rows, times ten, where the file is large) and, where the quick route is installed, by
that. A second file holds identity numbers and mobiles in every row: the dear case, which is refused anyway.
At the end stands what the gate finds of a labelled corpus (`privacy_corpus`): recall and precision by class.
"""

from __future__ import annotations

import importlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from privacy_corpus import printed

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.model.catalog import Dataset
from portal.model.limits import Limits
from portal.settings import load_settings

LABELS = "编号,统一社会信用代码,企业名称,区划代码,登记日期,金额（元）,经度,纬度,类别,说明".split(",")
TYPES = "string string string string date number number number string string".split()
WORDS = "甲 乙 丙 丁 示例 拂晓 星槎 云笺".split()


def main() -> None:
    """Print the costs and their ratios."""
    rows = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    with tempfile.TemporaryDirectory(prefix="bench-privacy-") as folder:
        clean = _dataset(Path(folder), "clean", rows, is_personal=False)
        personal = _dataset(Path(folder), "personal", rows, is_personal=True)
        sample = _dataset(Path(folder), "sample", max(rows // 10, 1), is_personal=False)
        size = next((clean.source.folder).glob("*.csv")).stat().st_size if clean.source else 0
        print(f"{rows:,} rows x {len(LABELS)} columns, {size / 1e6:.0f} MB")
        scan = _median(_scan(clean, Path(folder)))
        print(f"privacy scan, clean file:            {scan:8.2f} CPU s")
        dear = _median(_scan(personal, Path(folder)), 1)
        print(f"privacy scan, ids in every row:      {dear:8.2f} CPU s")
        quick = _quick_validation(clean, Path(folder))
        if quick:
            cost = _median(quick)
            print(f"our validation, rules of the schema: {cost:8.2f} CPU s; the scan costs {scan / cost:.2f} of it")
            whole = cost + _median(_other_questions(clean, Path(folder)))
            print(f"our validation, all of its questions:{whole:8.2f} CPU s; the scan costs {scan / whole:.2f} of it")
        plain = _median(lambda: _frictionless(sample), 1) * rows / max(rows // 10, 1)
        print(f"plain Frictionless (from a tenth):   {plain:8.2f} CPU s; the scan costs {scan / plain:.3f} of it")
    print("\n".join(printed()))


def _scan(dataset: Dataset, folder: Path) -> Callable[[], Any]:
    """Return a call of the gate over *dataset*, which is understood already."""
    from portal.examining.privacy.screening import screen

    data = understand(dataset, folder, Limits())
    return lambda: list(screen(data, Limits(), folder, today=date(2026, 1, 1)))


def _quick_validation(dataset: Dataset, folder: Path) -> Callable[[], Any] | None:
    """Return a call of the quick route, None where it is not there."""
    try:
        check_tables = importlib.import_module("portal.examining.validation.tables.verdict").check_tables
    except (ImportError, AttributeError):
        return None
    data = understand(dataset, folder, Limits())
    return lambda: list(check_tables(data, Limits()))


def _other_questions(dataset: Dataset, folder: Path) -> Callable[[], Any]:
    """Return a call of what ``portal check`` asks besides: check digits and the like in cells, and coordinates."""
    from portal.examining.validation.cells.checked_cells import check_cells
    from portal.examining.validation.cells.coordinates import check_coordinates

    data = understand(dataset, folder, Limits())
    asked = (check_cells, check_coordinates)
    return lambda: [list(check(data, Limits())) for check in asked]


def _frictionless(dataset: Dataset) -> None:
    import frictionless

    assert dataset.source is not None
    report = frictionless.validate(str(dataset.source.descriptor_path))
    assert report.valid


def _median(call: Callable[[], Any], times: int = 3) -> float:
    costs = []
    for _ in range(times):
        start = time.process_time()
        call()
        costs.append(time.process_time() - start)
    return statistics.median(costs)


def _dataset(folder: Path, name: str, rows: int, *, is_personal: bool) -> Dataset:
    place = folder / name / name
    place.mkdir(parents=True)
    chance = random.Random(7)
    with (place / "data.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(LABELS) + "\n")
        file.writelines(_row(number, chance, is_personal) for number in range(rows))
    fields = [{"name": label, "type": kind} for label, kind in zip(LABELS, TYPES, strict=True)]
    keys = [{"fields": ["类别"], "reference": {"resource": "kinds", "fields": ["类别"]}}]
    kinds = [{"类别": f"类别{number}"} for number in range(12)]
    descriptor = {
        "name": name,
        "title": name,
        "resources": [
            {
                "name": "data",
                "path": "data.csv",
                "schema": {"fields": fields, "primaryKey": ["编号"], "foreignKeys": keys},
            },
            {"name": "kinds", "data": kinds, "schema": {"fields": [{"name": "类别", "type": "string"}]}},
        ],
    }
    (place / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    catalog, report = load_catalog(load_settings(folder / name))
    assert not report.count("error"), report
    return catalog.datasets[0]


def _row(number: int, chance: random.Random, is_personal: bool) -> str:
    name = f"{chance.choice(WORDS)}{chance.choice(WORDS)}示例商贸有限公司第{number % 5000:04d}号分店"
    note = f"手机1380000{number % 10_000:04d}，证件110101185001010018" if is_personal else f"整改{number % 97}次"
    return (
        f"XK{number:09d},91{chance.randrange(110000, 659000)}MA{chance.randrange(10**7):07d}X,{name},"
        f"{chance.randrange(110000, 659000)},20{number % 25:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d},"
        f"{chance.randrange(10**9) / 100:.2f},{110 + chance.random() * 10:.6f},{20 + chance.random() * 10:.6f},"
        f"类别{number % 12},围绕{chance.choice(WORDS)}开展培训和检查{note}\n"
    )


if __name__ == "__main__":
    main()
