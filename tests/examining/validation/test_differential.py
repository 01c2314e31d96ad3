"""The fast ways of judging a table and Frictionless say the same, error for error."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from random import Random
from typing import Any

from frictionless import FrictionlessException
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_tables import MadeTable, make_schema, make_table, understood

from portal.examining.validation.tables.by_frictionless import frictionless_package
from portal.examining.validation.tables.chosen_rows import Verdict
from portal.examining.validation.tables.verdict import NOT_COMPARABLE, Tables

CASES = 5_000 if os.environ.get("KAIFANG_NIGHTLY") else 300


def make_package(chance: Random) -> dict[str, MadeTable]:
    """Make one table, or two of which the first may refer to the second."""
    made = {"other": make_table(chance, make_schema(chance))} if chance.random() < 0.4 else {}
    others = [(name, [item["name"] for item in table.schema["fields"]]) for name, table in made.items()]
    return {"main": make_table(chance, make_schema(chance, others)), **made}


def told(verdict: Verdict) -> list[Any]:
    """Return the errors whole: type, row, field, cell, note, message."""
    return [error.to_descriptor() for error in verdict.errors]


ROUTES: dict[str, int] = {}
"""How many tables went which way."""


def compare(made: dict[str, MadeTable], *, errors_max: int, small_bytes_max: int) -> None:
    """Judge the tables both ways."""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = understood(Path(name), made)
        try:
            package = frictionless_package(data)
        except FrictionlessException:
            return
        judged = Tables(package, data.tables)
        for table in made:
            ours = judged.verdict(table, errors_max, small_bytes_max=small_bytes_max)
            plain = judged.plain_verdict(table, errors_max)
            ROUTES[ours.route] = ROUTES.get(ours.route, 0) + 1
            if any(error.note.startswith(NOT_COMPARABLE) for error in plain.errors):
                continue
            assert told(ours) == told(plain)
            assert ours.is_cut == plain.is_cut
            if not ours.is_cut:
                assert ours.repeated == plain.repeated


@settings(max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(st.randoms(use_true_random=True), st.sampled_from([0, 3, 1000]), st.booleans())
def test_every_way_gives_the_errors_of_frictionless(chance: Random, errors_max: int, is_small: bool) -> None:
    """Made tables, read by sets or by columns, have its errors: type, row, field, cell, note, message and order."""
    compare(make_package(chance), errors_max=errors_max, small_bytes_max=10**9 if is_small else -1)


def test_most_tables_are_judged_without_reading_them_through_frictionless() -> None:
    """What is compared above are really the fast ways."""
    ROUTES.clear()
    for seed in range(24):
        compare(make_package(Random(seed)), errors_max=1000, small_bytes_max=-1 if seed % 2 else 10**9)
    assert ROUTES["sets"] + ROUTES["columns"] > 3 * ROUTES["frictionless"]
