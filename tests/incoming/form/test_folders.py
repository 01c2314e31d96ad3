"""Folders of datasets as an import writes and compares them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.incoming.form.folders import descriptor_text, merged, place, read_existing, write_dataset
from portal.yamlfile import read_document

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30) | st.sampled_from(
    ["01001", "1e5", "0x1F", "2026-01-15", "on", "null", "~", "- a", "a: b", "#", "是", "yes", "1_000", "=1+1", "a\nb"]
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-(10**9), 10**9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_descriptor_is_read_back_as_it_was_written(descriptor: dict[str, Any]) -> None:
    """Text stays text, whatever it looks like in YAML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(descriptor_text(descriptor), encoding="utf-8")
        assert (read_document(path) or {}) == descriptor


def test_what_was_added_by_hand_stays() -> None:
    """An update replaces what the form says and nothing else."""
    before = {
        "name": "a",
        "title": "旧",
        "version": "2",
        "catalogue": {"update_cycle": "daily", "systems": ["x"]},
        "resources": [
            {
                "name": "table",
                "path": "old.csv",
                "schema": {"fields": [{"name": "x", "type": "string", "title": "某"}], "primaryKey": ["x"]},
            },
        ],
    }
    new = {
        "name": "a",
        "title": "新",
        "catalogue": {"update_cycle": "monthly"},
        "resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x", "type": "integer"}]}}],
    }
    assert merged(before, new, is_bare=False) == {
        "name": "a",
        "title": "新",
        "version": "2",
        "catalogue": {"update_cycle": "monthly", "systems": ["x"]},
        "resources": [
            {
                "name": "table",
                "path": "a.csv",
                "schema": {"fields": [{"name": "x", "type": "integer", "title": "某"}], "primaryKey": ["x"]},
            },
        ],
    }


def test_a_bare_file_brings_data_alone() -> None:
    """What is guessed from a file never replaces what somebody wrote."""
    before = {"name": "a", "title": "旧", "resources": [{"name": "a", "path": "old.csv", "schema": {"fields": []}}]}
    new = {"name": "a", "title": "a", "resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [1]}}]}
    assert merged(before, new, is_bare=True) == {
        "name": "a",
        "title": "旧",
        "resources": [{"name": "a", "path": "a.csv", "schema": {"fields": []}}],
    }


def test_a_folder_is_replaced_in_one_step(tmp_path: Path) -> None:
    """Nothing of the former folder and nothing half-made is left."""
    target = tmp_path / "datasets" / "p" / "a"
    write_dataset(target, {"name": "a", "resources": []})
    (target / "old.csv").write_text("x", encoding="utf-8")
    write_dataset(tmp_path / "staged", {"name": "a", "title": "新", "resources": []})
    place(tmp_path / "staged", target)
    assert read_existing(target) == {"name": "a", "title": "新", "resources": []}
    assert [path.name for path in (tmp_path / "datasets" / "p").iterdir()] == ["a"]
    assert [path.name for path in target.iterdir()] == ["datapackage.yaml"]
