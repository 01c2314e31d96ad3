"""Maintenance: while a file of that name lies beside ``current``, pages and the API answer 503 with Retry-After.

The operator closes the portal by making the file and opens it by removing it; no restart is needed. What pages are
drawn with and the state of the service are answered all the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Response

from portal.model.addresses import API_HEALTH, MAINTENANCE, STATIC, in_language, language_of, site_file
from portal.serving.headers import is_api, page_like
from portal.serving.problems import problem
from portal.serving.this_request import asked, serving

RETRY_SECONDS = "600"
"""After so many seconds a portal that is closed for maintenance may be asked again."""
SWITCH = "maintenance"
"""The name of the file beside ``current`` that closes the portal."""


class Maintenance:
    """Answers for a portal that is closed."""

    def __init__(self, release: Path) -> None:
        self._switch = str(release.with_name(SWITCH))

    def check(self) -> Response | None:
        """Answer 503 where the portal is closed; nothing otherwise."""
        try:
            os.stat(self._switch)  # noqa: PTH116 - asked at every request
        except OSError:
            return None
        path = asked().path
        if path == API_HEALTH or path.startswith(STATIC):
            return None
        answer = _closed_api() if is_api(path) else _closed_page(language_of(path))
        answer.headers["Retry-After"] = RETRY_SECONDS
        answer.cache_control.no_store = True
        return answer


def _closed_api() -> Response:
    return problem(503, "The portal is closed for maintenance.", detail_zh="门户正在维护。")


def _closed_page(lang: str) -> Response:
    page = serving().folder / "site" / site_file(in_language(lang, MAINTENANCE))
    return page_like(Response(page.read_bytes(), 503, content_type="text/html; charset=utf-8"))
