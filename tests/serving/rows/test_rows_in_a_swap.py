"""A release that is swapped in the midst of answers: the old release's rows to the end, then those of the new."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask.testing import FlaskClient
from support import build_folder

from portal.serving.app import create_app

SCHOOLS = "/api/v1/datasets/schools/resources/schools/rows"
ROWS = 12_000
"""More than are fetched at once, and more than a small store holds."""


def written(path: Path, pupils: int) -> None:
    """Write a long table of schools, each with so many pupils."""
    rows = "".join(f"{number:06d},学校{number},{pupils},2001-09-01,是\n" for number in range(ROWS))
    path.write_text(f"学校代码,名称,学生数,建校日期,寄宿\n{rows}", encoding="utf-8")


def descriptor_without_pattern(folder: Path) -> None:
    """Let codes have six digits."""
    path = folder / "datapackage.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[0-9]{4}", "[0-9]{6}"), encoding="utf-8")


def pupils(text: str) -> tuple[int, set[str]]:
    """Return the number of rows of a CSV, and what stands in its column of pupils."""
    lines = text.splitlines()[1:]
    return len(lines), {line.split(",")[2] for line in lines}


def test_a_stream_that_has_begun_is_that_of_its_release(tiny: Path, tmp_path: Path) -> None:
    """It is read to its end although the release is replaced and removed; who asks then gets the new rows alone."""
    schools, out = tiny / "education/schools", tmp_path / "build"
    descriptor_without_pattern(schools)
    written(schools / "schools.csv", 1)
    former = build_folder(tiny, out).folder
    client: FlaskClient = create_app(out / "current").test_client()
    cursor = client.get(f"{SCHOOLS}?_limit=5").get_json()["next"]
    begun = client.get(f"{SCHOOLS}?_format=csv&_sort=学校代码", buffered=False)
    stream = begun.iter_encoded()
    first = next(stream)
    written(schools / "schools.csv", 2)
    build_folder(tiny, out)
    assert client.get(f"{SCHOOLS}?_limit=1").get_json()["rows"][0][2] == 2
    assert former is not None
    shutil.rmtree(former)
    assert pupils((first + b"".join(stream)).decode()) == (ROWS, {"1"})
    begun.close()
    assert pupils(client.get(f"{SCHOOLS}?_format=csv").text) == (ROWS, {"2"})
    refused = client.get(f"{SCHOOLS}?_limit=5&_cursor={cursor}")
    assert (refused.status_code, refused.get_json()["parameter"]) == (409, "_cursor")
