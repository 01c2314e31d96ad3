"""``stories:`` of catalog.yaml: charts of an editor's choice; what names nothing is told, and passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.examining.loaded import load
from portal.findings.words import message_of
from portal.model.chosen_stories import ChosenStory
from portal.model.text import LocalText
from portal.settings import load_settings
from portal.story_settings import STORIES_MAX, STORY_SENTENCE_MAX, read_stories

DATASET = """name: air
title: 空气
licenses: [{name: CC-BY-4.0}]
resources:
- name: days
  path: days.csv
  schema: {fields: [{name: 日期, type: date}, {name: 浓度, type: number}]}
views:
- {name: pm, resources: [days], spec: {mark: line, encoding: {x: {field: 日期}, y: {field: 浓度}}}}
"""


def test_without_stories_nothing_is_chosen() -> None:
    """The rule chooses all."""
    assert read_stories(None) == ((), ())


def test_a_dataset_a_view_and_a_sentence_are_read() -> None:
    """View and sentence may be left out."""
    stated = [{"dataset": "air", "view": "pm", "sentence": {"zh": "变好", "en": "Better"}}, {"dataset": "bus"}]
    assert read_stories(stated) == (
        (ChosenStory("air", "pm", LocalText("变好", "Better")), ChosenStory("bus")),
        (),
    )


@pytest.mark.parametrize(
    ("stated", "field", "part"),
    [
        ("air", "stories", "it is a list"),
        (["air"], "stories[0]", "it names no dataset"),
        ([{"view": "pm"}], "stories[0]", "it names no dataset"),
        ([{"dataset": "air", "chart": "pm"}], "stories[0].chart", "there is no such key"),
        ([{"dataset": "air", "view": 3}], "stories[0].view", "it is the name of a view"),
        ([{"dataset": "air", "sentence": "长" * (STORY_SENTENCE_MAX + 1)}], "stories[0].sentence", "more than 120"),
    ],
)
def test_what_cannot_be_read_is_told_and_left_out(stated: Any, field: str, part: str) -> None:
    """With its place and the reason."""
    stories, (finding,) = read_stories(stated)
    assert stories == ()
    assert (finding.code, finding.field) == ("story-unusable", field)
    assert part in message_of(finding).en


def test_no_more_are_taken_than_the_page_shows() -> None:
    """The first; of the others it is told."""
    stories, findings = read_stories([{"dataset": f"d{at}"} for at in range(STORIES_MAX + 1)])
    assert [story.dataset for story in stories] == ["d0", "d1", "d2"]
    assert [finding.field for finding in findings] == ["stories[3]"]


@pytest.mark.parametrize(
    ("stories", "messages"),
    [
        ("[{dataset: air}, {dataset: air, view: pm}]", []),
        (
            "[{dataset: gone}]",
            [
                'A chart chosen for the home page (stories.dataset "gone") cannot be used: '
                "it is no open dataset of this catalogue."
            ],
        ),
        (
            "[{dataset: air, view: so2}]",
            [
                'A chart chosen for the home page (stories.view "air/so2") cannot be used: '
                "the dataset declares no such view."
            ],
        ),
    ],
)
def test_what_is_chosen_must_be_there(tmp_path: Path, stories: str, messages: list[str]) -> None:
    """An open dataset, and a view that it declares."""
    (tmp_path / "p" / "air").mkdir(parents=True)
    (tmp_path / "p" / "air" / "datapackage.yaml").write_text(DATASET, encoding="utf-8")
    (tmp_path / "p" / "air" / "days.csv").write_text("日期,浓度\n2026-01-01,3\n", encoding="utf-8")
    (tmp_path / "catalog.yaml").write_text(f"stories: {stories}\n", encoding="utf-8")
    found = load(load_settings(tmp_path)).report
    assert [message_of(item).en for item in found if item.code == "story-unusable"] == messages
