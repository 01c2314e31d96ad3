"""The examples of the manual of rows are answered as they stand there, by the sample catalogue."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from support import PROJECT, build_folder

from portal.serving.app import create_app

PAGE = (PROJECT / "docs" / "reference" / "rows.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\ncurl (.*?)\n```\n\n```(json|csv)\n(.*?)\n```", PAGE, flags=re.DOTALL)
DATASETS = ("development-commission/price-monitoring", "transport-bureau/traffic-counts")


@pytest.fixture(scope="module")
def sample_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a portal with the datasets that the manual asks."""
    folder = tmp_path_factory.mktemp("manual")
    for name in DATASETS:
        shutil.copytree(PROJECT / "datasets" / name, folder / "datasets" / name)
    for name in ("catalog.yaml", "publishers.yaml", "themes.yaml"):
        if (PROJECT / "datasets" / name).is_file():
            shutil.copy(PROJECT / "datasets" / name, folder / "datasets" / name)
    release = build_folder(folder / "datasets", folder / "build")
    assert release.folder is not None
    return create_app(Path(release.folder)).test_client()


def test_the_manual_has_an_example_of_each_kind() -> None:
    """Filters, steps, groups, several tables, a file, a posted question and an error."""
    assert len(EXAMPLES) >= 9
    assert {kind for _, kind, _ in EXAMPLES} == {"json", "csv"}


@pytest.mark.parametrize(("command", "kind", "shown"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_is_answered_as_it_stands_there(
    sample_client: FlaskClient, command: str, kind: str, shown: str
) -> None:
    """The answer is that of the page; a cursor stands there as an ellipsis."""
    parts = urlsplit(re.findall(r"https?://[^\s']+", command)[-1])
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    posted = re.search(r"--data '(.*)'", command, flags=re.DOTALL)
    if posted:
        response = sample_client.post(address, data=posted[1].encode(), content_type="application/json")
    else:
        response = sample_client.get(address)
    if kind == "csv":
        assert response.text.splitlines() == shown.splitlines()
        return
    answer: dict[str, Any] = response.get_json()
    if answer.get("next"):
        answer["next"] = "…"
    assert answer == json.loads(shown)
