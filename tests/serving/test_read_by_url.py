"""Data tools read files by their address: pandas CSV and XLSX, DuckDB Parquet by requests for ranges."""

from __future__ import annotations

import os
import subprocess
import sys

import pandas
import pytest

PACKAGES = os.environ.get("KAIFANG_DUCKDB_HTTPFS", "")
"""A folder with duckdb and duckdb-extension-httpfs of one version: there is none of the version that we use."""

ASK = """
import sys
from pathlib import Path
import duckdb, duckdb_extension_httpfs

found = next(Path(duckdb_extension_httpfs.__path__[0]).rglob("*.duckdb_extension"))
database = duckdb.connect(config={"allow_unsigned_extensions": "true"})
database.execute(f"LOAD '{found}'")
print(database.execute(f"SELECT 学校代码 FROM '{sys.argv[1]}' ORDER BY 1").fetchall())
"""


def test_pandas_reads_csv_and_xlsx(address: str) -> None:
    """Codes keep their zeros where pandas is told that they are text."""
    codes = {"学校代码": str}
    table = pandas.read_csv(f"{address}/data/schools/schools.csv", dtype=codes)
    sheet = pandas.read_excel(f"{address}/data/schools/schools.xlsx", sheet_name="schools", dtype=codes)
    assert table["学校代码"].tolist() == sheet["学校代码"].tolist() == ["0001", "0002", "0003"]


def test_pandas_reads_parquet(address: str) -> None:
    """Types come with the file."""
    table = pandas.read_parquet(f"{address}/data/schools/schools.parquet")
    assert table["学校代码"].tolist() == ["0001", "0002", "0003"]


@pytest.mark.skipif(not PACKAGES, reason="KAIFANG_DUCKDB_HTTPFS names no folder with duckdb-extension-httpfs")
def test_duckdb_reads_parquet_by_ranges(address: str) -> None:
    """It asks for the end of the file, where the columns are told, and for what a query needs."""
    command = [sys.executable, "-c", ASK, f"{address}/data/schools/schools.parquet"]
    asked = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": PACKAGES}, capture_output=True, text=True, check=False
    )
    assert (asked.stdout.strip(), asked.stderr) == ("[('0001',), ('0002',), ('0003',)]", "")
