"""Commands start at once: what an answer does not need is not loaded for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import getsource, signature
from pathlib import Path

import pytest
from support import FIXTURES, PROJECT
from test_docs import COMMANDS

HEAVY = frozenset(
    "babel duckdb flask frictionless granian jinja2 mcp numpy openpyxl pydantic pyoxigraph rich starlette whoosh "
    "xlsxwriter".split()
)


def loaded_by(*arguments: str | Path, lang: str = "en", cache: Path | None = None) -> set[str]:
    """Run the command line and return what it and its workers loaded: libraries by name, and our own modules."""
    environment = {**os.environ, "KAIFANG_LANG": lang, "KAIFANG_CACHE": str(cache)}
    command = [sys.executable, "-X", "importtime", "-m", "portal", *map(str, arguments)]
    told = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False).stderr
    names = re.findall(r"^import time:[^|]+\|[^|]+\| *(\S+)$", told, flags=re.MULTILINE)
    assert "portal.cli" in names
    return {name if name.startswith("portal.") else name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        [],
        ["chekc"],
        ["build", "--jobs", "many"],
        *([*name.split()[1:], "--help"] for name in COMMANDS),
    ],
    ids=" ".join,
)
def test_help_and_slips_load_nothing_that_does_the_work(arguments: list[str]) -> None:
    """Neither a library for data, pages or serving is loaded to say what may be asked, nor a room that works."""
    loaded = loaded_by(*arguments)
    assert loaded & HEAVY == set()
    rooms = ("portal.cli.running", "portal.incoming", "portal.publishing", "portal.serving", "portal.findings")
    assert [name for name in sorted(loaded) if name.startswith(rooms)] == []


def test_chinese_help_loads_only_what_reads_its_words() -> None:
    """In Chinese the messages are read, by Babel, and nothing else is loaded."""
    assert loaded_by("--help", lang="zh") & HEAVY == {"babel"}


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"portal serve", "portal rollback"}))
def test_a_command_and_what_does_its_work_take_the_same_arguments(name: str) -> None:
    """What a command declares is what the function behind it takes, by the same names; two do their work themselves."""
    callback = COMMANDS[name].callback
    assert callback is not None
    body = getsource(callback).replace("    gc.freeze()\n", "").replace("    gc.enable()\n", "")
    found = re.search(r"from (\S+) import (\w+) as run\n\n +return run\(\*\*arguments\)", body)
    assert found is not None
    taken = signature(getattr(import_module(found[1]), found[2])).parameters
    assert {parameter.name for parameter in COMMANDS[name].params} == set(taken)


def test_a_check_of_a_small_table_loads_only_what_looks_at_it(tmp_path: Path) -> None:
    """Neither workbooks, documents and databases are loaded for a CSV file nor pages, searches and servers."""
    loaded = loaded_by("check", FIXTURES / "tiny" / "education" / "schools", cache=tmp_path)
    assert "frictionless" in loaded
    assert loaded & (HEAVY - {"frictionless", "numpy", "pydantic", "rich"}) == set()
    assert "portal.examining.reading.sheets.spreadsheets" not in loaded


def test_a_server_loads_nothing_that_reads_or_checks_data(tmp_path: Path) -> None:
    """What is served was examined when it was built."""
    loaded = loaded_by("serve", tmp_path)
    assert "granian" in loaded
    rare = {"duckdb", "frictionless", "mcp", "openpyxl", "pyoxigraph", "rich", "starlette", "xlsxwriter"}
    assert loaded & rare == set()
