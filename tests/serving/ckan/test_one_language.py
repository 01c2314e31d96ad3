"""One text means one thing, whether people search with it or clients of CKAN."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.serving.app import create_app

TEXTS = [
    "bus",
    "schools -a",
    "学校",
    "“学校”",
    '"学校" OR 空气',
    "学校 或 空气",
    "-学校",
    "NOT 学校",
    "air NOT school",
    "−学校",
]


@pytest.mark.parametrize("text", TEXTS)
def test_searches_of_people_and_of_ckan_find_the_same(tiny_release: Path, text: str) -> None:
    """Signs, marks and operators are read by one reader; of two words all must be found in both."""
    client = create_app(tiny_release).test_client()
    people = client.get("/api/v1/datasets", query_string={"q": text}).get_json()
    programs = client.get("/api/3/action/package_search", query_string={"q": text}).get_json()["result"]
    names = sorted(item["name"] for item in people["items"])
    assert (people["total"], names) == (programs["count"], sorted(item["name"] for item in programs["results"]))
