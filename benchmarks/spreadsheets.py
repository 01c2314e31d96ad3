"""How much faster is reading a workbook to plain text than passing over its values with openpyxl?

Peer, in the same run: openpyxl in its read-only mode, which yields the values and writes nothing. Ours checks every
bound, looks for what is hidden, finds the header, normalises what the schema says and writes the text. One sheet of
100,000 rows and 10 columns: codes, words, whole and decimal numbers, days, moments and truth values. CPU time of
fresh processes after their imports, median of three.
"""

from __future__ import annotations

import datetime
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROWS = 100_000
ROUNDS = 3
GOAL = 5.0

OURS = """
import sys, time
from pathlib import Path
from portal.model.limits import Limits
from portal.examining.reading.sheets.spreadsheets import read_workbook
types = ["string", "string", "integer", "number", "date", "datetime", "boolean", "string", "string", "string"]
schema = {"fields": [{"name": f"c{place}", "type": kind} for place, kind in enumerate(types)]}
path = Path(sys.argv[1])
start = time.process_time()
table, findings = read_workbook(path, "xlsx", {}, schema, path.with_suffix(".csv"), Limits(), {}, True)
print(time.process_time() - start)
assert table is not None and not findings, findings
"""

PEER = """
import sys, time
import openpyxl
start = time.process_time()
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
print(time.process_time() - start)
"""


def main() -> None:
    """Print both costs and their ratio; end with status 1 below the goal."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "big.xlsx"
        write_workbook(path)
        ours_s, peer_s = [], []
        for _ in range(ROUNDS):
            peer_s.append(cpu_seconds(PEER, path))
            ours_s.append(cpu_seconds(OURS, path))
    ours, peer = statistics.median(ours_s), statistics.median(peer_s)
    print(f"{ROWS:,} rows x 10 columns, CPU seconds, median of {ROUNDS}")
    print(f"  openpyxl, values alone:     {peer:.2f}")
    print(f"  read to the normal form:    {ours:.2f}")
    print(f"  ratio:                      {peer / ours:.1f}x (goal {GOAL:.0f}x)")
    if peer / ours < GOAL:
        sys.exit(1)


def write_workbook(path: Path) -> None:
    """Write a sheet of made-up rows, the same at every run."""
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("data")
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    moment_format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_row(0, 0, [f"c{place}" for place in range(10)])
    start = datetime.datetime(2024, 1, 1)
    for row in range(1, ROWS + 1):
        moment = start + datetime.timedelta(seconds=row * 61)
        sheet.write_string(row, 0, f"A{row:07d}")
        sheet.write_string(row, 1, f"D{chance.randrange(200):03d}")
        sheet.write_number(row, 2, chance.randrange(100_000))
        sheet.write_number(row, 3, round(chance.uniform(0, 1000), 2))
        sheet.write_datetime(row, 4, moment.replace(hour=0, minute=0, second=0), day_format)
        sheet.write_datetime(row, 5, moment, moment_format)
        sheet.write_boolean(row, 6, chance.random() < 0.5)
        sheet.write_string(row, 7, chance.choice("甲乙丙"))
        sheet.write_string(row, 8, f"{row:018d}")
        sheet.write_string(row, 9, f"关于某事项的通知第{row}号")
    book.close()


def cpu_seconds(program: str, path: Path) -> float:
    """Run a program in a process of its own and return the seconds that it prints."""
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
