"""Code examples are made of names and values that cannot break out of a literal or an address."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from parsed import parse
from support import build_folder

DESCRIPTOR = """
name: made
title: 表
catalogue: {themes: [traffic]}
licenses: [{name: CC0-1.0}]
resources:
  - name: t
    path: t.csv
    schema: {fields: [%s]}
"""


def lines(write_dataset: Callable[..., Path], tmp_path: Path, fields: str, rows: str) -> dict[str, str]:
    """Return the examples of a table by their language."""
    built = build_folder(write_dataset(DESCRIPTOR % fields, t__csv=rows), tmp_path / "build")
    assert built.folder
    html = (built.folder / "site" / "datasets" / "made" / "index.html").read_text(encoding="utf-8")
    folds = parse(html).all("details", class_="code-examples")
    return {fold.one("summary").words: unescape(fold.one("code").text) for fold in folds}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("甲$(reboot)`id`", "%E7%94%B2%24%28reboot%29%60id%60"),
        ("a'b;c|d&e", "a%27b%3Bc%7Cd%26e"),
        ('\\"; rm -rf ~', "%5C%22%3B%20rm%20-rf%20~"),
    ],
)
def test_hostile_values_stay_values(
    write_dataset: Callable[..., Path], tmp_path: Path, value: str, written: str
) -> None:
    """In a shell they are percent-encoded, in Python and JavaScript literals that mean the very text."""
    doubled = value.replace('"', '""')
    found = lines(write_dataset, tmp_path, "{name: 名, type: string}", f'名\n"{doubled}"\n乙\n')
    assert f"?%E5%90%8D={written}&_limit=5" in found["curl"]
    assert re.findall(r"[$`\\;|']", found["curl"]) == []
    (asked,) = re.findall(r"found = ask\((.*)\)", found["Python"])
    assert ast.literal_eval(asked) == {"名": value, "_limit": "5"}
    (asked,) = re.findall(r"await ask\((\{.*\})\);", found["JavaScript"])
    assert json.loads(asked) == {"名": value, "_limit": "5"}
    compile(found["Python"], "example", "exec")
    compile(found["Python (pandas)"], "example", "exec")


@pytest.mark.parametrize("name", ["_id", "a.b", "a,b", "x__gte", "-x", 'a"b'])
def test_columns_with_odd_names_are_passed_over(write_dataset: Callable[..., Path], tmp_path: Path, name: str) -> None:
    """An example takes a column whose name can be written as it is; without one it asks for the first rows."""
    quoted = name.replace('"', '""')
    found = lines(write_dataset, tmp_path, f"{{name: '{name}', type: string}}", f'"{quoted}"\n甲\n乙\n')
    assert "rows?_limit=5" in found["curl"]


def test_a_table_without_rows_has_examples_without_filters(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Nothing is asked for that cannot be there."""
    found = lines(write_dataset, tmp_path, "{name: 名, type: string}", "名\n")
    assert "rows?_limit=5" in found["curl"]
    assert list(found) == ["curl", "Python", "Python (pandas)", "R", "JavaScript"]
