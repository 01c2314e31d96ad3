"""What sets a dataset apart is said wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parsed import parse
from support import build_folder

from portal.serving.app import create_app

OLD = """name: old
title: 旧数据
licenses: [{name: CC-BY-4.0}]
catalogue: {demonstration: true, superseded_by: new}
resources: [{name: t, path: t.csv, crs: CGCS2000}]
"""
NEW = "name: new\ntitle: 新数据\nlicenses: [{name: CC-BY-4.0}]\nresources: []\n"


def test_made_up_and_superseded_data_say_so_everywhere(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Badges on the page and in lists, a link to the successor, and the same for programs."""
    write_dataset(NEW, folder="new")
    release = build_folder(write_dataset(OLD, folder="old", t__csv="a\n1\n"), tmp_path / "build").folder
    assert release is not None
    page = parse((release / "site" / "en" / "datasets" / "old" / "index.html").read_text(encoding="utf-8"))
    assert [badge.text.strip() for badge in page.all("span", class_="badge")] == [
        "Open",
        "Demonstration data",
        "Superseded",
    ]
    assert [link["href"] for link in page.one("p", class_="dataset__successor").all("a")] == ["../new/"]
    assert "Coordinates are in China Geodetic Coordinate System 2000." in page.one("main").words
    cards = parse((release / "site" / "datasets" / "index.html").read_text(encoding="utf-8"))
    assert [badge.text.strip() for badge in cards.all("span", class_="badge")] == ["演示数据", "已被取代"]
    client = create_app(release).test_client()
    answer = client.get("/api/v1/datasets/old").get_json()
    assert (answer["demonstration"], answer["superseded_by"], answer["resources"][0]["crs"]) == (
        True,
        "new",
        "CGCS2000",
    )
    extras = client.get("/api/3/action/package_show?id=old").get_json()["result"]["extras"]
    assert {"key": "demonstration", "value": "true"} in extras


def test_a_successor_that_does_not_exist_is_a_finding_and_no_link(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """The page says that the dataset is superseded, and leads nowhere."""
    result = build_folder(write_dataset(OLD, folder="old", t__csv="a\n1\n"), tmp_path / "build")
    assert "successor-unknown" in [finding.code for finding in result.report]
    assert result.folder is not None
    page = parse((result.folder / "site" / "datasets" / "old" / "index.html").read_text(encoding="utf-8"))
    assert page.all("p", class_="dataset__successor") == []
