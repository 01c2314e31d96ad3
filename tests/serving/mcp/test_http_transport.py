"""Agents ask over HTTP at /mcp: the SDK's own client, messages that are none, pages of other sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agents import CALLS, ERAS, data_of, talk
from flask.testing import FlaskClient
from serving import ask, serving
from support import build_folder
from werkzeug.test import TestResponse

from portal.serving.app import create_app
from portal.serving.mcp.agent_tools import NAMES
from portal.serving.mcp.publishers_text import INSTRUCTIONS
from portal.serving.options import ServingOptions

HANDSHAKES = ("", "2025-06-18")
"""Versions of the protocol with a handshake; a request of the later ones tells more with each message."""
ACCEPTED = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def address(asked_release: Path) -> Iterator[str]:
    """Where a server gives out the catalogue."""
    with serving(asked_release) as address:
        yield address


@pytest.fixture(scope="module")
def client(asked_release: Path) -> FlaskClient:
    """A client of the app, without the network."""
    return create_app(asked_release).test_client()


def post(client: FlaskClient, message: Any, **headers: str) -> TestResponse:
    """Send a message as an agent does."""
    return client.post("/mcp", json=message, headers=ACCEPTED | {k.replace("_", "-"): v for k, v in headers.items()})


def request_of(method: str, **params: Any) -> dict[str, Any]:
    """Return a message that wants an answer."""
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


@pytest.mark.parametrize("era", ERAS)
def test_the_sdk_lists_and_calls_every_tool(era: str, address: str) -> None:
    """Instructions, tools that only read, and an answer of each, under the address that was asked."""
    instructions, tools, results = talk(f"{address}/mcp", era, CALLS)
    assert instructions == INSTRUCTIONS
    assert [tool.name for tool in tools] == list(NAMES) == [name for name, _ in CALLS]
    assert {tool.annotations.read_only_hint for tool in tools if tool.annotations} == {True}
    assert [result.is_error for result in results] == [False] * 6
    assert data_of(results[1])["datasets"][0]["url"] == f"{address}/datasets/schools/"
    assert data_of(results[4])["rows"] == [[2]]


def test_arguments_are_described_with_their_bounds(address: str) -> None:
    """The schema of every tool is an object that takes no other argument, without titles that repeat names."""
    _, tools, _ = talk(f"{address}/mcp", "auto")
    for tool in tools:
        assert tool.input_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert tool.input_schema["properties"]["lang"] == {
            "default": "zh",
            "description": "language of titles and explanations",
            "enum": ["zh", "en"],
            "type": "string",
        }


def test_an_unknown_tool_is_told_with_those_there_are(client: FlaskClient) -> None:
    """It is an error of the protocol, not of a tool."""
    error = post(client, request_of("tools/call", name="drop_table", arguments={})).get_json()["error"]
    assert error["code"] == -32602
    assert error["message"] == f'There is no tool "drop_table". There are {", ".join(NAMES)}.'


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH"])
def test_there_are_no_streams_and_no_sessions(method: str, client: FlaskClient) -> None:
    """Who wants to listen or to end a session is told what may be sent."""
    answer = client.open("/mcp", method=method, headers=ACCEPTED)
    assert (answer.status_code, answer.headers["Allow"], answer.content_type) == (
        405,
        "OPTIONS, POST",
        "application/problem+json",
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"{}", 400),
        (b"\x00\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (json.dumps(request_of("tools/call", name="search_datasets", arguments={"q": "x" * 900_000})).encode(), 200),
        (json.dumps(request_of("tools/call", name=["a"], arguments=3)).encode(), 200),
        (json.dumps(request_of("no/such/method")).encode(), 200),
        (json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode(), 202),
    ],
)
@pytest.mark.parametrize("version", [*HANDSHAKES, "2026-07-28", "1999-01-01"])
def test_messages_that_are_none_are_refused(body: bytes, status: int, version: str, client: FlaskClient) -> None:
    """Whatever comes, the answer is one of the protocol and no failure of the server."""
    headers = {**ACCEPTED, "Content-Type": "application/json"} | ({"MCP-Protocol-Version": version} if version else {})
    answer = client.post("/mcp", data=body, headers=headers)
    assert answer.status_code in ((status,) if version in HANDSHAKES else (status, 400, 404))
    assert b"Traceback" not in answer.data


def test_a_long_body_is_refused(client: FlaskClient) -> None:
    """More than a megabyte is not read."""
    answer = client.post("/mcp", data=b"[" + b" " * 1024 * 1024, headers=ACCEPTED, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


def test_an_unknown_version_of_the_protocol_is_refused(client: FlaskClient) -> None:
    """The error lists the versions there are."""
    answer = post(client, request_of("tools/list"), MCP_Protocol_Version="1999-01-01")
    assert answer.status_code == 400
    assert "error" in answer.get_json()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://evil.example:8000", "file://", "http://["])
def test_pages_of_other_sites_may_not_ask(origin: str, client: FlaskClient) -> None:
    """Also where a name server leads their name to this machine."""
    answer = client.post("/mcp", json={}, headers={"Origin": origin}, base_url="http://evil.example:8000")
    assert answer.status_code == 403
    assert answer.get_json()["detail"] == "A page of another site may not ask here. Programs send no Origin."


def test_pages_on_this_machine_may_ask(client: FlaskClient) -> None:
    """A browser is told beforehand what may be sent, and the page may read the answer."""
    origin = "http://localhost:6274"
    before = client.options("/mcp", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert before.headers["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert "Mcp-Protocol-Version" in before.headers["Access-Control-Allow-Headers"]
    answer = post(client, request_of("ping"), Origin=origin)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")


def test_the_portal_s_own_pages_may_ask(tiny: Path, tmp_path: Path) -> None:
    """Where the operator said what the portal's address is, pages of it may."""
    path = tiny / "catalog.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nbase_url: https://data.example.cn\n", encoding="utf-8")
    release = build_folder(tiny, tmp_path / "build").folder
    assert release is not None
    client = create_app(release).test_client()
    origin = "https://data.example.cn"
    assert post(client, request_of("ping"), Origin=origin).status_code == 200
    assert post(client, request_of("ping"), Origin="https://data.example.cn.evil.example").status_code == 403


def test_answers_are_not_kept(client: FlaskClient) -> None:
    """No cache keeps what was posted, and no type is guessed."""
    headers = post(client, request_of("tools/list")).headers
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_a_server_without_the_sdk_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK is an extra; where it is absent one sentence tells how to install it."""
    monkeypatch.setattr("portal.serving.mcp.sdk_presence.find_spec", lambda name: None)
    answer = post(client, request_of("ping"))
    assert answer.status_code == 501
    assert answer.get_json()["detail"] == (
        "Answering agents by MCP takes the package mcp: run pip install 'kaifang[mcp]'."
    )


def test_who_asks_too_often_is_refused(asked_release: Path) -> None:
    """Agents stand under the limits of everybody who asks for rows."""
    client = create_app(asked_release, ServingOptions(is_limited=True)).test_client()
    answers = [client.get("/mcp") for _ in range(400)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {405, 429}
    assert refused[0].content_type == "application/problem+json"
    assert "Retry-After" in refused[0].headers


def test_messages_over_a_socket(address: str) -> None:
    """GET is refused over the network too, and the server goes on."""
    assert ask(address, "/mcp", ACCEPTED).status == 405
    assert ask(address, "/api/v1/health").status == 200
