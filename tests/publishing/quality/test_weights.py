"""The weights as they come, and quality.yaml over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.model.errors import ConfigurationError
from portal.publishing.quality.weights import default_weights, load_weights


def written(folder: Path, text: str) -> Path:
    """Write quality.yaml and return its folder."""
    (folder / "quality.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """405 points in 23 metrics."""
    weights, findings = load_weights(tmp_path)
    assert (weights, findings) == (default_weights(), [])
    assert (weights.points_max, len(weights.points)) == (405, 23)


def test_what_the_file_states_changes_and_the_rest_stays(tmp_path: Path) -> None:
    """One weight, one window and one list; the sum follows, and the bands move with it."""
    text = "metadata_score: {points: {temporal: 0}, machine_readable: [CSV]}\nfreshness: {windows: {monthly: 40}}\n"
    weights, findings = load_weights(written(tmp_path, text))
    assert findings == []
    assert (weights.points_max, weights.windows["monthly"], weights.windows["daily"]) == (385, 40, 3)
    assert weights.machine_readable == {"CSV"}
    assert (weights.band(334), weights.band(333)) == ("excellent", "good")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("colour: red", "key-unknown", "colour"),
        ("metadata_score: {points: {keywords: 3}}", "key-unknown", "metadata_score.points.keywords"),
        ("metadata_score: {points: {keyword: -1}}", "quality-setting-invalid", "metadata_score.points.keyword"),
        ("metadata_score: {points: {keyword: many}}", "quality-setting-invalid", "metadata_score.points.keyword"),
        ("metadata_score: {points: {keyword: true}}", "quality-setting-invalid", "metadata_score.points.keyword"),
        ("metadata_score: {points: 3}", "quality-setting-invalid", "metadata_score.points"),
        ("metadata_score: {bands: {good: 400}}", "quality-setting-invalid", "metadata_score.bands"),
        ("metadata_score: {non_proprietary: CSV}", "quality-setting-invalid", "metadata_score.non_proprietary"),
        ("freshness: {windows: {daily: 1.5}}", "quality-setting-invalid", "freshness.windows.daily"),
        ("links: {answer_days_max: 100000000}", "quality-setting-invalid", "links.answer_days_max"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(tmp_path: Path, text: str, code: str, field: str) -> None:
    """A wrong key or value is one finding that names it; the defaults hold."""
    weights, findings = load_weights(written(tmp_path, text))
    assert [(item.code, item.severity, item.file, item.field) for item in findings] == [
        (code, "warning", "quality.yaml", field)
    ]
    assert weights == default_weights()


def test_points_cannot_all_be_nothing(tmp_path: Path) -> None:
    """A score of 0 points in all would say nothing."""
    text = "metadata_score: {points: {" + ", ".join(f"{name}: 0" for name in default_weights().points) + "}}"
    weights, findings = load_weights(written(tmp_path, text))
    assert [item.field for item in findings] == ["metadata_score.points"]
    assert weights == default_weights()


def test_an_unknown_key_is_an_error_in_the_national_profile(tmp_path: Path) -> None:
    """As in the other files of the portal."""
    _, findings = load_weights(written(tmp_path, "colour: red"), "national")
    assert [item.severity for item in findings] == ["error"]


def test_a_file_that_is_not_well_formed_ends_the_build(tmp_path: Path) -> None:
    """It is named with its line."""
    with pytest.raises(ConfigurationError, match=r"quality\.yaml"):
        load_weights(written(tmp_path, "links: [\n"))
