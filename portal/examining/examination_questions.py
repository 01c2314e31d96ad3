"""What a dataset is asked before it is published: its metadata, its validation, its privacy."""

from __future__ import annotations

from typing import Literal

Question = Literal["metadata", "validation", "privacy"]
QUESTIONS: tuple[Question, ...] = ("metadata", "validation", "privacy")
