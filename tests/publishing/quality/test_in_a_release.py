"""Quality from build to page: the score of each dataset, the page of the catalogue, the API, trend and links."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from parsed import parse
from support import TODAY

from portal.cli import commands
from portal.pipeline import build
from portal.publishing.quality.link_answers import LinkAnswer, dump_answers, read_answers
from portal.publishing.release import Release
from portal.settings import load_settings

LINKED = """
  - {name: far, title: 外站, path: "https://example.com/x.csv"}
homepage: https://example.com/home
"""


def add_links(datasets: Path) -> None:
    """Let a dataset have a resource elsewhere and a home page."""
    with (datasets / "transport/bus-lines/datapackage.yaml").open("a", encoding="utf-8") as file:
        file.write(LINKED)


def page(release: Path, path: str) -> str:
    """Return the words of a page."""
    return parse((release / "site" / path / "index.html").read_text(encoding="utf-8")).words


def test_each_dataset_has_its_score(tiny_build: Release) -> None:
    """Files of our own answer; what is not open is no more than an entry and has none."""
    found = {item.dataset.name: item.quality for item in tiny_build.published}
    assert {name: quality and quality.score and quality.score.points for name, quality in found.items()} == {
        "bus-lines": 345,
        "schools": 365,
        "salaries": None,
    }
    assert {name: quality and (quality.freshness.state, quality.stars) for name, quality in found.items()} == {
        "bus-lines": ("current", 3),
        "schools": ("current", 3),
        "salaries": ("unscheduled", 0),
    }


def test_the_page_of_a_dataset_explains_its_score(tiny_release: Path) -> None:
    """Points, band, stars, freshness and what to do next, with the key of the descriptor and the question."""
    words = page(tiny_release, "en/datasets/bus-lines")
    for text in (
        "Good 345 / 405",
        "Up to date: the next update is due by 21 July 2026.",
        "3 of 5 stars",
        "+20 points State the region that the data cover, by its division code. catalogue.spatial; in the form: Region",
        "Has keywords Met 30 / 30",
        "Says which period it covers Missing 0 / 20",
        "0202 Completeness of data records 100%",
    ):
        assert text in words


def test_the_page_of_an_entry_has_no_score(tiny_release: Path) -> None:
    """A dataset that is not open has nothing to score."""
    assert "/ 405" not in page(tiny_release, "en/datasets/salaries")


def test_the_page_of_the_catalogue_sums_up(tiny_release: Path) -> None:
    """Mean of the scored datasets, spread, what to do, publishers, and what costs most."""
    words = page(tiny_release, "en/quality")
    for text in (
        "355 / 405",
        "1 entry without files is not scored.",
        "Excellent 1",
        "Good 1",
        "Says which period it covers 2 100% 20 points",
        "in time (2 of 2 due) 100%",
        "Overdue, whatever the score 0",
        "State from which day to which the data reach, e.g. 2025-01-01/2025-12-31. 2 datasets, up to 20 points each",
        "Small Town Transport Bureau 1 / 1 345 100% 2",
        "Every dataset was updated within its promised cycle.",
    ):
        assert text in words


def test_the_api_tells_and_sorts_by_quality(client: FlaskClient) -> None:
    """The best described stands first, what has no score last."""
    answer = client.get("/api/v1/datasets?sort=quality").get_json()
    assert [(item["name"], item["quality"]["points"]) for item in answer["items"]] == [
        ("schools", 365),
        ("bus-lines", 345),
        ("salaries", None),
    ]
    assert answer["items"][1]["quality"] == {
        "points": 345,
        "points_max": 405,
        "band": "good",
        "stars": 3,
        "freshness": "current",
        "due": "2026-07-21",
    }


def test_a_late_dataset_is_marked_in_lists_and_listed(tiny: Path, tmp_path: Path) -> None:
    """Ten days after its window the card has a badge, and the page of the catalogue says by how many days."""
    later = date(2026, 7, 31)
    release = build(load_settings(tiny), tmp_path / "build", today=later).folder
    assert release is not None
    assert "Update overdue" in page(release, "en/datasets")
    words = page(release, "en/quality")
    assert "Bring 1 overdue dataset up to date. The latest first · 公交线路与站点" in words
    # It is described well, and yet it is not among the good ones.
    assert "Excellent 1 Good 0 Sufficient 0 Bad 0 Overdue, whatever the score 1" in words
    assert "in time (1 of 2 due) 50%" in words
    assert words.index("Small Town Transport Bureau 0 / 1") < words.index("1 / 1 365")
    assert "公交线路与站点 Small Town Transport Bureau 21 July 2026 10 days" in page(release, "en/quality")
    assert "Overdue: it should have been updated by 21 July 2026, 10 days ago." in page(
        release, "en/datasets/bus-lines"
    )


def test_days_of_building_make_a_trend(tiny: Path, tmp_path: Path) -> None:
    """Three builds on two days are two points, the last of each day; the same day again gives the same page."""
    out = tmp_path / "build"
    pages = []
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        release = build(load_settings(tiny), out, today=day).folder
        assert release is not None
        pages.append((release / "site/en/quality/index.html").read_bytes())
    points = [json.loads(line) for line in (out / "history.ndjson").read_text(encoding="utf-8").splitlines()]
    assert [(point["day"], point["points"], point["datasets"]) for point in points] == [
        ("2026-06-01", 355.0, 3),
        ("2026-06-02", 355.0, 3),
    ]
    assert pages[0] == pages[1]
    assert b"trend-chart" not in pages[1]
    assert b"trend-chart" in pages[2]


def test_a_build_reads_answers_and_tells_of_dead_links(tiny: Path, tmp_path: Path) -> None:
    """What links.ndjson says of a link is a warning of its dataset; without a word of it the link is not checked."""
    add_links(tiny)
    url = "https://example.com/x.csv"
    (tiny / "links.ndjson").write_text(dump_answers([LinkAnswer(url, TODAY, False, 404, "status")]), encoding="utf-8")
    report = build(load_settings(tiny), tmp_path / "build", today=TODAY).report
    told = [item for item in report if item.code == "link-not-answering"]
    assert [(item.dataset, item.resource, item.value, item.severity) for item in told] == [
        ("bus-lines", "far", url, "warning")
    ]
    assert [item.code for item in report if item.file == "links.ndjson"] == []


def test_weights_of_the_portal_change_the_score(tiny: Path, tmp_path: Path) -> None:
    """quality.yaml takes a metric out, and the page says that the weights are the portal's own."""
    (tiny / "quality.yaml").write_text("metadata_score: {points: {temporal: 0}}\n", encoding="utf-8")
    release = build(load_settings(tiny), tmp_path / "build", today=TODAY).folder
    assert release is not None
    words = page(release, "en/datasets/schools")
    assert "365 / 385" in words
    assert "This portal has weights of its own." in words


def test_the_command_writes_what_came_of_each_link(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses of internal networks are not visited unless that is allowed; the status is 1 where some are dead."""
    monkeypatch.setenv("KAIFANG_LANG", "en")
    text = LINKED.replace("https://example.com", "http://127.0.0.1:1")
    for path in tiny.glob("*/*/datapackage.yaml"):
        descriptor = path.read_text(encoding="utf-8").replace("CC-BY-4.0", "own").replace("CC0-1.0", "own")
        path.write_text(descriptor + (text if path.parent.name == "bus-lines" else ""), encoding="utf-8")
    arguments = ["links", str(tiny), "--pause", "0", "--today", "2026-06-01"]
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    assert (done.return_value, done.exception) == (0, None)
    assert "Checked: 2 links; answered: 0, did not answer: 0, not visited: 2." in done.output
    answers = read_answers(tiny / "links.ndjson").by_url
    assert {url: (item.answers, item.reason) for url, item in answers.items()} == {
        "http://127.0.0.1:1/home": (None, "private"),
        "http://127.0.0.1:1/x.csv": (None, "private"),
    }
    done = CliRunner().invoke(commands, [*arguments, "--allow-private"], standalone_mode=False)
    assert (done.return_value, done.exception) == (1, None)
    assert "Checked: 2 links; answered: 0, did not answer: 2, not visited: 0." in done.output
    result = build(load_settings(tiny), tiny.parent / "build", today=TODAY)
    assert (result.refused, [item.code for item in result.report].count("link-not-answering")) == ((), 2)


def test_a_release_is_not_written_into(tiny_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its links are checked into a file that is named."""
    monkeypatch.setenv("KAIFANG_LANG", "en")
    done = CliRunner().invoke(commands, ["links", str(tiny_release)])
    assert done.exit_code == 2
    assert not (tiny_release / "links.ndjson").exists()
