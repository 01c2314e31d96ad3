"""What an editor puts on the home page (`stories` of catalog.yaml): a dataset, one of its views, a sentence on it."""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.text import LocalText


@dataclass(frozen=True, slots=True)
class ChosenStory:
    """A dataset whose chart is shown; *view* names the declared view, *sentence* says what it shows.

    Where *view* is "", it is the first chart; without a sentence the title of the chart is said.
    """

    dataset: str
    view: str = ""
    sentence: LocalText = LocalText()
