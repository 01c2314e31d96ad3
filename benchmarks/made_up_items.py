"""A made-up table of items with its descriptor, the same at every run, and Frictionless' validation of it."""

from __future__ import annotations

import random
from pathlib import Path

DESCRIPTOR = """name: items
title: 办理事项
description: 编造的事项，每行有编号、单位、金额、日期和标题。
resources:
  - name: items
    path: items.csv
    schema:
      fields:
        - {name: code, type: string}
        - {name: department, type: string}
        - {name: amount, type: number}
        - {name: day, type: date}
        - {name: title, type: string}
      primaryKey: [code]
"""
VALIDATE = "import sys, frictionless; assert frictionless.Package(sys.argv[1]).validate().valid"
"""What Python runs (``-c``), with the descriptor's path as its argument, to validate the table without the portal."""


def write_items(datasets: Path, rows: int) -> Path:
    """Write a dataset ``items`` of so many *rows* into *datasets* and return the path of its descriptor."""
    chance = random.Random(39)
    folder = datasets / "items"
    folder.mkdir(parents=True)
    descriptor = folder / "datapackage.yaml"
    descriptor.write_text(DESCRIPTOR, encoding="utf-8")
    with (folder / "items.csv").open("w", encoding="utf-8") as file:
        file.write("code,department,amount,day,title\n")
        for number in range(rows):
            day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            amount = f"{chance.random() * 10_000:.2f}"
            file.write(f"K{number:08},{chance.randrange(200):04},{amount},{day},标题文字{number}\n")
    return descriptor
