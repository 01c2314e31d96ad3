"""Results that are kept: what makes them another's, and that a broken one is as good as none."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from made_tables import MadeTable, understood

from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.tables.kept_results import Fingerprints, ResultCache
from portal.examining.validation.tables.verdict import check_tables
from portal.findings.finding import Finding, found
from portal.model.limits import Limits

FIELD = {"name": "n", "type": "integer"}
SCHEMA = {"fields": [FIELD], "foreignKeys": [{"fields": ["n"], "reference": {"resource": "other", "fields": ["n"]}}]}


def tables(folder: Path, text: bytes = b"n\n1\n", other: bytes = b"n\n1\n", **changes: Any) -> dict[str, MadeTable]:
    """Make two tables of which the first refers to the second."""
    return {"t": MadeTable(text, changes, SCHEMA), "other": MadeTable(other, {}, {"fields": [FIELD]})}


def key(folder: Path, made: dict[str, MadeTable], limits: Limits | None = None) -> str:
    """Return the key of the first table's result."""
    return Fingerprints(understood(folder, made), limits or Limits()).key("t")


def test_everything_that_decides_a_result_is_in_its_key(tmp_path: Path) -> None:
    """Other bytes, another dialect, schema, limit or referred table make another key; the same ones the same."""
    keys = [
        key(tmp_path, tables(tmp_path)),
        key(tmp_path, tables(tmp_path, b"n\n2\n")),
        key(tmp_path, tables(tmp_path, delimiter=";")),
        key(tmp_path, tables(tmp_path, other=b"n\n2\n")),
        key(tmp_path, tables(tmp_path), Limits(errors_max=7)),
        key(tmp_path, {**tables(tmp_path), "t": MadeTable(b"n\n1\n", {}, {"fields": [FIELD]})}),
    ]
    assert len(set(keys)) == len(keys)
    assert key(tmp_path, tables(tmp_path)) == keys[0]


def test_a_dataset_that_is_not_open_never_gets_the_findings_of_an_open_one(tmp_path: Path) -> None:
    """Those may quote cells."""
    data = understood(tmp_path, tables(tmp_path))
    closed = replace(data, dataset=replace(data.dataset, open_state="closed"))
    assert len({Fingerprints(item, Limits()).key("t") for item in (data, closed)}) == 2


def test_a_table_that_is_the_same_is_not_judged_again(tmp_path: Path) -> None:
    """The second time the findings come from the folder, whole."""
    data = understood(tmp_path, tables(tmp_path, b"n\n1\nx\n"))
    cache = ResultCache(tmp_path / "cache")
    first = list(check_tables(data, Limits(), cache=cache))
    assert (cache.hits, [item.code for item in first]) == (0, ["type-error"])
    assert list(check_tables(data, Limits(), cache=cache)) == first
    assert cache.hits == 2


def entry(cache: ResultCache) -> Path:
    """Return the only entry."""
    (path,) = cache.folder.rglob("*.json")
    return path


def test_a_broken_entry_is_ignored(tmp_path: Path) -> None:
    """Half a file, other JSON or an unknown code: the table is judged again."""
    cache = ResultCache(tmp_path)
    findings = (found("blank-row", file="a.csv", row=3),)
    cache.put("ab12", findings)
    assert cache.get("ab12") == findings
    text = entry(cache).read_text(encoding="utf-8")
    for broken in (
        text[:20],
        "{}",
        "[1]",
        json.dumps([{"code": "no-such"}]),
        "[" * 100_000,
        text.replace("blank-row", "x"),
    ):
        entry(cache).write_text(broken, encoding="utf-8")
        assert cache.get("ab12") in (None, ())


def test_an_unwritable_folder_is_no_fault(tmp_path: Path) -> None:
    """Nothing is kept, and nothing said."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    cache = ResultCache(tmp_path / "file")
    cache.put("ab12", ())
    assert cache.get("ab12") is None


def test_the_folder_is_bounded_and_the_longest_unused_go_first(tmp_path: Path) -> None:
    """Entries that were asked for stay."""
    cache = ResultCache(tmp_path, entries_max=2)
    for age, name in enumerate(["aa", "bb", "cc"]):
        cache.put(name, ())
        (path,) = cache.folder.rglob(f"{name}.json")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert cache.get("cc") == ()
    cache.prune()
    assert sorted(path.stem for path in cache.folder.rglob("*.json")) == ["aa", "cc"]


def test_a_folder_of_results_is_bounded_in_bytes(tmp_path: Path) -> None:
    """However few entries there are."""
    cache = ResultCache(tmp_path, bytes_max=10)
    many: tuple[Finding, ...] = (found("blank-row", row=1),)
    cache.put("aa", many)
    assert list(cache.folder.rglob("*.json")) == []


def test_a_result_needs_no_table_beside_it(tmp_path: Path) -> None:
    """A foreign key into a table that was not understood still makes a key."""
    data = understood(tmp_path, tables(tmp_path))
    rest = UnderstoodDataset.of(data.dataset, {"t": data.tables["t"]})
    assert Fingerprints(rest, Limits()).key("t") != Fingerprints(data, Limits()).key("t")
