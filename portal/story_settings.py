"""``stories:`` of catalog.yaml: charts that an editor chose for the home page, read; what is malformed is told.

Whether datasets and views exist shows when the folder is read (`portal.examining.loaded`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.findings.finding import Finding, found
from portal.model.chosen_stories import ChosenStory
from portal.model.text import LocalText

STORIES_MAX = 3
"""Charts that the home page shows; of more that are chosen the first are taken."""
STORY_SENTENCE_MAX = 120
"""Characters of a sentence of an editor's in one language: what stands over a picture is read at a glance."""
_KEYS = frozenset(["dataset", "view", "sentence"])


def read_stories(value: object) -> tuple[tuple[ChosenStory, ...], tuple[Finding, ...]]:
    """Return what is chosen, and what of it cannot be used.

    >>> read_stories([{"dataset": "air", "sentence": {"zh": "空气变好", "en": "Cleaner air"}}])[0]
    (ChosenStory(dataset='air', view='', sentence=LocalText(zh='空气变好', en='Cleaner air')),)
    """
    if value is None:
        return (), ()
    if not isinstance(value, list):
        return (), (_unusable("stories", "", LocalText("应写成列表", "it is a list")),)
    stories: list[ChosenStory] = []
    findings: list[Finding] = []
    for place, entry in enumerate(value):
        faults = list(_faults(entry, f"stories[{place}]", is_further=len(stories) >= STORIES_MAX))
        findings += faults
        if not faults:
            stories.append(ChosenStory(entry["dataset"], entry.get("view", ""), LocalText.of(entry.get("sentence"))))
    return tuple(stories), tuple(findings)


def _unusable(field: str, value: str, reason: LocalText) -> Finding:
    """Return what is found where a choice cannot be followed."""
    return found("story-unusable", file="catalog.yaml", field=field, value=value, reason=reason)


def _faults(entry: object, field: str, *, is_further: bool) -> Iterator[Finding]:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("dataset"), str):
        yield _unusable(field, "", LocalText("没有写明 dataset", "it names no dataset"))
        return
    name = entry["dataset"]
    if is_further:
        reason = LocalText(f"首页只放 {STORIES_MAX} 个", f"the home page shows {STORIES_MAX}")
        yield _unusable(field, name, reason)
    for key in entry:
        if key not in _KEYS:
            yield _unusable(f"{field}.{key}", name, LocalText("没有这个键", "there is no such key"))
    if not isinstance(entry.get("view", ""), str):
        yield _unusable(f"{field}.view", name, LocalText("应是视图的名称", "it is the name of a view"))
    sentence = LocalText.of(entry.get("sentence"))
    if max(len(sentence.zh), len(sentence.en)) > STORY_SENTENCE_MAX:
        reason = LocalText(f"超过 {STORY_SENTENCE_MAX} 个字", f"it has more than {STORY_SENTENCE_MAX} characters")
        yield _unusable(f"{field}.sentence", name, reason)
