"""JSON of the service itself in /api/v1: its health, and what went wrong (problem+json)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """The state of the service."""

    status: Literal["ok"]
    release: str
    built_at: str
    datasets: int
    version: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    detail_zh: str | None = None
    parameter: str | None = None
