"""The hash of inputs follows everything that a release is made of, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import FIXTURES, PROJECT, TODAY
from understood import zipped

from portal.examining.loaded import load
from portal.model.catalog import Edition
from portal.publishing.background import read_background
from portal.publishing.history import Point, write_history
from portal.publishing.inputs import hash_inputs
from portal.settings import load_settings

POINT: dict[str, Any] = {
    "datasets": 3,
    "files": 9,
    "rows": 8,
    "scored": 2,
    "overdue": 0,
    "points": 300.0,
    "points_max": 405,
}


def inputs(
    datasets: Path,
    *,
    today: date = TODAY,
    base_url: str | None = None,
    edition: Edition = "open",
    out: Path | None = None,
) -> str:
    """Return the hash of a build of *datasets* into *out*, by default beside them."""
    out = out or datasets.parent / "build"
    settings = load_settings(datasets, base_url=base_url, edition=edition)
    return hash_inputs(load(settings, skip=out), read_background(settings, out, today))


def added(file: str, text: str) -> Callable[[Path], None]:
    """Return a change that adds *text* to a file below the folder of datasets, or makes it."""

    def change(datasets: Path) -> None:
        path = datasets / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as target:
            target.write(text)

    return change


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of one text in a file."""

    def change(datasets: Path) -> None:
        path = datasets / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


LINES = "transport/bus-lines/datapackage.yaml"
CHANGES: dict[str, Callable[[Path], None]] = {
    "a cell": added("education/schools/schools.csv", "0099,新学校,5,2020-09-01,是\n"),
    "a cell of what is not open": added("transport/salaries/salaries.csv", "丁,1\n"),
    "a word of the search": added("lexicon-ours.yaml", "groups:\n- words: [云上游园会]\n"),
    "a title": replaced(LINES, "title: ", "title: 新"),
    "the order of keys": replaced(
        LINES, "  themes: [traffic]\n  areas: [transport]", "  areas: [transport]\n  themes: [traffic]"
    ),
    "a file that is gone": lambda datasets: (datasets / "education/schools/schools.csv").unlink(),
    "a dataset that cannot be read": added("transport/bad/datapackage.yaml", "name: ]\n"),
    "a file that nobody describes": added("transport/bus-lines/loose.csv", "a\n"),
    "a title of the portal": replaced("catalog.yaml", "小城开放数据", "小城数据"),
    "the profile": added("catalog.yaml", "profile: national\n"),
    "a limit": added("catalog.yaml", "limits: {xlsx_rows_max: 7}\n"),
    "the review": added("catalog.yaml", "review: required\n"),
    "a publisher": replaced("publishers.yaml", "小城教育局", "小城教育和体育局"),
    "a theme": added("themes.yaml", "themes: [{id: traffic, title: 出行}]\n"),
    "a weight of quality": added("quality.yaml", "points: {keyword: 31}\n"),
    "an answer of a link": added(
        "links.ndjson", '{"url": "https://example.com/", "day": "2026-05-01", "status": 404}\n'
    ),
    "a template of the portal's own": added("../site_templates/pages/about.html", '{% extends "base.html" %}'),
    "a day of the history": lambda datasets: written(datasets, Point(date(2026, 5, 1), "open", **POINT)),
    "a line of the history that cannot be read": added("../build/history.ndjson", "{\n"),
}


def written(datasets: Path, *points: Point) -> None:
    """Write the history of the folder of releases."""
    (datasets.parent / "build").mkdir(exist_ok=True)
    write_history(points, datasets.parent / "build")


@pytest.mark.parametrize("name", CHANGES)
def test_the_hash_follows_each_input(tiny: Path, name: str) -> None:
    """Whatever a release is made of changes the hash; asked again, it is the same."""
    before = inputs(tiny)
    CHANGES[name](tiny)
    after = inputs(tiny)
    assert after != before
    assert inputs(tiny) == after


def test_the_hash_follows_day_address_and_edition(tiny: Path) -> None:
    """Another day is another build, as are another address of the portal and another edition."""
    hashes = [
        inputs(tiny),
        inputs(tiny, today=date(2026, 6, 2)),
        inputs(tiny, base_url="https://data.example.cn"),
        inputs(tiny, edition="sharing"),
    ]
    assert len(set(hashes)) == len(hashes)


def test_the_hash_does_not_follow_what_a_release_does_not_show(tiny: Path, tmp_path: Path) -> None:
    """Neither the place of the folder, nor times of change, nor a comment, nor the point that this day has already."""
    before = inputs(tiny)
    moved = tmp_path / "elsewhere" / "data"
    shutil.copytree(tiny, moved)
    added(LINES, "# 注释\n")(moved)
    written(moved, Point(TODAY, "open", **POINT))
    assert inputs(moved) == before


def test_the_hash_follows_keys_that_are_withheld_from_frictionless(
    write_dataset: Callable[..., Path],
) -> None:
    """Which file of an archive is meant stands in no descriptor that is handed on."""
    entry = "name: made\nresources: [{{name: t, path: t.zip, innerpath: {}}}]\n"
    archive = zipped({"a.csv": "a\n1\n", "b.csv": "b\n2\n"})
    hashes = [inputs(write_dataset(entry.format(name), t__zip=archive)) for name in ("a.csv", "b.csv")]
    assert hashes[0] != hashes[1]


def test_a_code_that_a_dataset_no_longer_has_changes_the_hash(tiny: Path, tmp_path: Path) -> None:
    """A build would tell of it; a code that stays where it is tells nothing, whether it was released before or not."""
    replaced(LINES, "catalogue:\n", "catalogue:\n  code: 307021000/000012\n")(tiny)
    settings, out = load_settings(tiny), tmp_path / "build"
    loaded, background = load(settings), read_background(settings, out, TODAY)

    def with_codes(**codes: str) -> str:
        return hash_inputs(loaded, replace(background, codes=codes))

    assert with_codes(**{"bus-lines": "307021000/000012"}) == with_codes()
    others = [with_codes(**{"bus-lines": "307021000/000011"}), with_codes(schools="307021000/000012"), with_codes()]
    assert len(set(others)) == len(others)


def test_the_hash_follows_the_code_and_what_comes_with_it(tmp_path: Path) -> None:
    """In a checkout of the portal another line of code, message or template makes other releases."""
    for folder in ("portal", "site_templates"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import json, sys; from datetime import date; from pathlib import Path\n"
        "from portal.settings import load_settings; from portal.examining.loaded import load\n"
        "from portal.publishing.background import read_background; from portal.publishing.inputs import hash_inputs\n"
        "settings, out = load_settings(Path(sys.argv[1])), Path('build')\n"
        "print(json.dumps(hash_inputs(load(settings), read_background(settings, out, date(2026, 6, 1)))))\n"
    )

    def asked() -> str:
        command = [sys.executable, "-c", program, str(FIXTURES / "tiny")]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env={"PYTHONPATH": str(tmp_path)})
        return str(json.loads(done.stdout))

    hashes = [asked()]
    for file in ("portal/model/text.py", "portal/locale/zh/LC_MESSAGES/messages.po", "site_templates/base.html"):
        with (tmp_path / file).open("a", encoding="utf-8") as target:
            target.write("\n")
        hashes.append(asked())
    assert len(set(hashes)) == len(hashes)
