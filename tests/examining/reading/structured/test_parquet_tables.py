"""Parquet becomes a table of plain text."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from understood import understood

from portal.model.limits import Limits

SELECT = """
SELECT 1 AS id, 1.50::DECIMAL(5,2) AS money, 0.00001::DOUBLE AS small, 0.1::FLOAT AS single, 2.0::DOUBLE AS whole,
    DATE '2026-01-31' AS day, TIMESTAMP '2026-01-31 08:30:00' AS at, TIME '08:30:00' AS hour, true AS yes,
    '甲,乙' AS text, [1, 2] AS list, {'名': 'x'} AS object, 'nan'::DOUBLE AS none,
    TIMESTAMPTZ '2026-01-31 08:30:00+00' AS utc
UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
"""


def parquet(folder: Path, select: str = SELECT) -> bytes:
    """Return a Parquet file with the rows of *select*."""
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


def test_every_type_becomes_plain_text(tmp_path: Path) -> None:
    """Numbers without exponents, dates in ISO 8601, lists and objects as JSON, nothing as nothing."""
    made = understood(tmp_path, {"t[1]*.parquet": parquet(tmp_path)})
    labels = (
        "id",
        "money",
        "small",
        "single",
        "whole",
        "day",
        "at",
        "hour",
        "yes",
        "text",
        "list",
        "object",
        "none",
        "utc",
    )
    first = ["1", "1.50", "0.00001", "0.1", "2", "2026-01-31", "2026-01-31T08:30:00", "08:30:00", "true", "甲,乙"]
    assert made.whole.labels == labels
    assert made.rows == [
        (2, [*first, "[1, 2]", '{"名": "x"}', "NaN", "2026-01-31T08:30:00Z"]),
        (3, ["2", *[""] * 13]),
    ]


def test_the_types_of_the_file_are_those_of_the_table(tmp_path: Path) -> None:
    """Without a schema a number stays a number; text may hold anything."""
    made = understood(tmp_path, {"t.parquet": parquet(tmp_path)})
    types = [field["type"] for field in made.whole.schema["fields"]]
    numbers = ["integer", "number", "number", "number", "number"]
    assert types == [*numbers, "date", "datetime", "any", "boolean", "any", "any", "any", "number", "any"]


def test_what_is_no_parquet_is_a_finding(tmp_path: Path) -> None:
    """Broken or something else."""
    assert understood(tmp_path, {"t.parquet": b"PAR1....PAR1"}).codes == [("format-error", None, None)]
    assert understood(tmp_path, {"t.parquet": b"a,b\n"}).codes == [("format-error", None, None)]


def test_the_limits_of_tables_hold(tmp_path: Path) -> None:
    """Rows are counted while they come."""
    made = understood(tmp_path, {"t.parquet": parquet(tmp_path)}, limits=Limits(rows_max=1))
    assert made.codes == [("table-too-large", None, None)]


def test_a_file_that_unpacks_to_too_many_times_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is counted, in whatever it was packed; below some size nobody asks."""
    content = parquet(tmp_path, "SELECT repeat('长', 1000) AS a FROM range(5000)")
    assert understood(tmp_path / "small", {"t.parquet": content}).codes == []
    monkeypatch.setattr("portal.examining.reading.tasks.TEXT_RATIO_MATTERS_BYTES", 100_000)
    limits = Limits(unpacked_ratio_max=20)
    assert [code for code, *_ in understood(tmp_path / "large", {"t.parquet": content}, limits=limits).codes] == [
        "table-too-large"
    ]
