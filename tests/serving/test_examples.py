"""The code examples on pages run: curl, Python and JavaScript as they stand, R by the addresses that it asks."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest
from parsed import parse
from serving import serving
from support import FIXTURES, PROJECT, build_folder

SAMPLES = ("development-commission/price-monitoring", "health-commission/clinic-visits")
DEFAULT = "http://127.0.0.1:8000"
"""Where a portal without a configured address says that it is."""
PAGES = (
    "datasets/schools",
    "datasets/bus-lines",
    "datasets/price-monitoring",
    "datasets/price-monitoring/resources/prices/rows",
    "en/datasets/clinic-visits",
    "developers",
)

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the tiny catalogue with datasets of the sample city in it."""
    folder = tmp_path_factory.mktemp("examples") / "datasets"
    shutil.copytree(FIXTURES / "tiny", folder)
    for sample in SAMPLES:
        shutil.copytree(PROJECT / "datasets" / sample, folder / sample)
    built = build_folder(folder, folder.parent / "build")
    assert built.folder is not None
    return built.folder


@pytest.fixture(scope="module")
def portal(release: Path) -> Iterator[str]:
    """Where a server gives the release out."""
    with serving(release) as address:
        yield address


def examples(release: Path, page: str, portal: str) -> dict[str, str]:
    """Return the lines of a page by their language, asking the server there is."""
    html = (release / "site" / page / "index.html").read_text(encoding="utf-8")
    found = {}
    for fold in parse(html).all("details", class_="code-examples"):
        (summary,), (code,) = fold.all("summary"), fold.all("code")
        found[summary.words] = unescape(code.text).replace(DEFAULT, portal)
    return found


def run(command: list[str], text: str, folder: Path) -> str:
    """Run *text* by *command*; return what it printed. It must succeed."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=60, cwd=folder, env=environment,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + text
    return done.stdout


def answers(printed: str) -> list[dict[str, list[list[object]]]]:
    """Return the JSON documents that stand one behind the other."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(printed.rstrip()):
        document, at = decoder.raw_decode(printed, at)
        found.append(document)
        at += len(printed[at:]) - len(printed[at:].lstrip())
    return found


@pytest.mark.parametrize("page", PAGES)
def test_curl_fetches_the_file_and_finds_rows(release: Path, page: str, portal: str, tmp_path: Path) -> None:
    """The file is the released one, and each question finds something."""
    text = examples(release, page, portal)["curl"]
    found = answers(run(["bash", "-e"], text.replace("curl ", "curl -sSf "), tmp_path))
    assert found
    assert all(answer["rows"] for answer in found)
    (file,) = tmp_path.iterdir()
    (path,) = re.findall(rf'"{portal}(/data/[^"]+)"', text)
    assert file.read_bytes() == (release / "site" / path.lstrip("/")).read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_python_prints_rows(release: Path, page: str, portal: str, tmp_path: Path) -> None:
    """With the standard library alone: the number of rows, then rows as lists; the file lies beside."""
    lines = run([sys.executable, "-"], examples(release, page, portal)["Python"], tmp_path).splitlines()
    assert int(lines[0]) > 0
    assert all(line.startswith("[") for line in lines[1:])
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
@pytest.mark.parametrize("page", PAGES)
def test_pandas_reads_tables(release: Path, page: str, portal: str, tmp_path: Path) -> None:
    """None of the tables is empty."""
    printed = run([sys.executable, "-"], examples(release, page, portal)["Python (pandas)"], tmp_path)
    assert printed.strip()
    assert "Empty DataFrame" not in printed


@pytest.mark.parametrize("page", PAGES)
def test_r_asks_for_csv_with_rows(release: Path, page: str, portal: str, tmp_path: Path) -> None:
    """Every address that the lines read is CSV with a header and rows; R itself need not be installed."""
    text = examples(release, page, portal)["R"]
    addresses = re.findall(r'"(http[^"]+)"', text)
    assert len(addresses) == text.count("read(\n") >= 2
    for address in addresses:
        rows = list(csv.reader(io.StringIO(run(["curl", "-sSf", json.loads(f'"{address}"')], "", tmp_path))))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("page", PAGES)
def test_javascript_prints_rows(release: Path, page: str, portal: str, tmp_path: Path) -> None:
    """As a module, with nothing but what the language has."""
    text = examples(release, page, portal)["JavaScript"]
    assert "[ [" in " ".join(run(["node", "--input-type=module", "-"], text, tmp_path).split())


def test_each_table_has_lines_of_its_own(release: Path, portal: str) -> None:
    """A filter on a column of numbers, or else of texts; counts by a column with few values where there is one."""
    text = examples(release, "datasets/price-monitoring/resources/prices/rows", portal)["Python"]
    rows = f"{portal}/api/v1/datasets/price-monitoring/resources/prices/rows"
    assert f'\nrows = "{rows}"\n' in text
    (asked,) = re.findall(r"found = ask\((.*)\)", text)
    (counted,) = re.findall(r"counts = ask\((.*)\)", text)
    assert list(json.loads(asked)) == ["价格（元）__gte", "_limit"]
    assert json.loads(counted) == {"_group_by": "市场代码", "_aggregate": "count"}
