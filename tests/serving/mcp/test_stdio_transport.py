"""``portal mcp`` answers an agent over standard input and output."""

from __future__ import annotations

from pathlib import Path

import pytest
from agents import CALLS, ERAS, by_stdio, data_of, talk
from support import run

from portal.model.errors import ConfigurationError
from portal.serving.mcp.agent_tools import NAMES
from portal.serving.mcp.stdio_transport import answer_by_stdio


@pytest.mark.parametrize("era", ERAS)
def test_the_sdk_lists_and_calls_every_tool(era: str, asked_release: Path) -> None:
    """The same tools as over HTTP; addresses are those that the portal states of itself."""
    _, tools, results = talk(by_stdio(asked_release), era, CALLS)
    assert [tool.name for tool in tools] == list(NAMES)
    assert [result.is_error for result in results] == [False] * 6
    assert data_of(results[1])["datasets"][0]["url"] == "http://127.0.0.1:8000/datasets/schools/"


def test_without_the_sdk_it_says_so(asked_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK is an extra; its absence is one sentence that says what to install."""
    monkeypatch.setattr("portal.serving.mcp.sdk_presence.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"Answering agents by MCP takes the package mcp: run pip install"):
        answer_by_stdio(asked_release)


def test_without_a_release_it_says_so(tmp_path: Path) -> None:
    """One sentence and status 2, before anything is answered."""
    status, output = run("mcp", tmp_path)
    assert (status, output.splitlines()) == (
        2,
        [f"portal: {tmp_path} holds no whole release. Run portal build first."],
    )
