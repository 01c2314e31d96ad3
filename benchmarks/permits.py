"""A made-up table of permits with its departments, the same at every run, for questions about rows."""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

DEPARTMENTS = 200
STATUSES = ("办结", "在办", "退回", "撤回", "待审")
WORDS = (
    "关于 加强 取水 许可 管理 河长 制度 建设 项目 审批 公共 服务 数据 开放 环境 监测 空气 质量 "
    "交通 运输 教育 医疗 卫生 社区 街道 道路 养护 工程 招标 公告 通知 意见 办法 实施 方案 年度 "
    "计划 报告 统计 行政 处罚 决定 信息 公开 目录 城市 更新 老旧 小区 改造"
).split()
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "string", "constraints": {"unique": True, "pattern": "R[0-9]{8}"}},
    {"name": "dept_code", "type": "string"},
    {"name": "count", "type": "integer"},
    {"name": "amount", "type": "number"},
    {"name": "day", "type": "date"},
    {"name": "updated", "type": "datetime", "format": "%Y-%m-%dT%H:%M:%S"},
    {"name": "active", "type": "boolean"},
    {"name": "status", "type": "string", "constraints": {"enum": list(STATUSES)}},
    {"name": "uscc", "type": "string"},
    {"name": "title", "type": "string"},
]
SCHEMA = {
    "fields": FIELDS,
    "missingValues": [""],
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["dept_code"], "reference": {"resource": "departments", "fields": ["code"]}}],
}
DEPARTMENT_SCHEMA = {
    "fields": [{"name": "code", "type": "string"}, {"name": "name", "type": "string"}],
    "missingValues": [""],
    "primaryKey": ["code"],
}


def permits(rows: int) -> Iterator[list[str]]:
    """Yield rows: 3 % of the amounts are empty, 5 % of the titles hold what a CSV must quote."""
    chance = random.Random(39)
    for number in range(rows):
        title = "".join(chance.choices(WORDS, k=chance.randrange(8, 16)))
        if chance.random() < 0.05:
            title = f'{title[:8]}，"{title[8:]}"'
        day = f"{chance.randrange(2015, 2025)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        clock = f"{chance.randrange(24):02d}:{chance.randrange(60):02d}:{chance.randrange(60):02d}"
        yield [
            f"R{number:08d}",
            f"D{chance.randrange(DEPARTMENTS):03d}",
            str(chance.randrange(1_000_000)),
            "" if chance.random() < 0.03 else f"{chance.randrange(10**8) / 100:.2f}",
            day,
            f"{day}T{clock}",
            chance.choice(("true", "false")),
            chance.choice(STATUSES),
            "91" + "".join(chance.choices("0123456789ABCDEFGH", k=16)),
            title,
        ]


def write_tables(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write both tables as they are published, and return where."""
    folder.mkdir(parents=True, exist_ok=True)
    items, departments = folder / "items.csv", folder / "departments.csv"
    with items.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([field["name"] for field in FIELDS])
        writer.writerows(permits(rows))
    lines = ["code,name", *(f"D{number:03d},第{number}办公室" for number in range(DEPARTMENTS))]
    departments.write_bytes("\r\n".join([*lines, ""]).encode())
    return items, departments


def write_peer(path: Path, items: Path) -> None:
    """Write the table for Datasette, with an index for what is asked: department and amount, status, title."""
    with closing(sqlite3.connect(path)) as database, database, items.open(encoding="utf-8", newline="") as file:
        database.execute(
            "CREATE TABLE items (id TEXT PRIMARY KEY, dept_code TEXT, count INTEGER, amount REAL, day TEXT, "
            "updated TEXT, active INTEGER, status TEXT, uscc TEXT, title TEXT)"
        )
        rows = csv.reader(file)
        next(rows)
        database.executemany(
            f"INSERT INTO items VALUES ({', '.join('?' * 10)})",
            ([*row[:3], row[3] or None, *row[4:6], row[6] == "true", *row[7:]] for row in rows),
        )
        database.execute("CREATE INDEX by_department ON items (dept_code, amount DESC)")
        database.execute("CREATE INDEX by_status ON items (status)")
        database.execute("CREATE VIRTUAL TABLE titles USING fts5(title, content='items', tokenize='trigram')")
        database.execute("INSERT INTO titles (titles) VALUES ('rebuild')")
