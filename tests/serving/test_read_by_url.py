"""Data tools read files by their address: pandas CSV and XLSX, DuckDB Parquet by requests for ranges."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb
import pandas
import pytest


def extension() -> Path | None:
    """Return the extension httpfs of this very DuckDB, where a package brings it; nothing is fetched."""
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    places = found.submodule_search_locations if found else None
    files = [file for place in places or () for file in Path(place).rglob("*.duckdb_extension")]
    return next((file for file in files if f"v{duckdb.__version__}" in file.as_posix()), None)


def test_pandas_reads_csv_and_xlsx(address: str) -> None:
    """Codes keep their zeros where pandas is told that they are text."""
    codes = {"学校代码": str}
    table = pandas.read_csv(f"{address}/data/schools/schools.csv", dtype=codes)
    sheet = pandas.read_excel(f"{address}/data/schools/schools.xlsx", sheet_name="schools", dtype=codes)
    assert table["学校代码"].tolist() == sheet["学校代码"].tolist() == ["0001", "0002", "0003"]


@pytest.mark.skipif(
    not importlib.util.find_spec("pyarrow"), reason="pandas reads Parquet by pyarrow, which is not here"
)
def test_pandas_reads_parquet(address: str) -> None:
    """Types come with the file."""
    table = pandas.read_parquet(f"{address}/data/schools/schools.parquet")
    assert table["学校代码"].tolist() == ["0001", "0002", "0003"]


@pytest.mark.skipif(extension() is None, reason="the package duckdb-extension-httpfs for this DuckDB is not here")
def test_duckdb_reads_parquet_by_ranges(address: str) -> None:
    """It asks for the end of the file, where the columns are told, and for what a query needs."""
    database = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    database.execute(f"LOAD '{extension()}'")
    rows = database.execute(f"SELECT 学校代码 FROM '{address}/data/schools/schools.parquet' ORDER BY 1").fetchall()
    assert rows == [("0001",), ("0002",), ("0003",)]
