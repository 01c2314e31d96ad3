"""Fairness: who asks too often is told to wait, by address and by key, in memory and in Redis; others go on."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from serving import ask, serving
from support import FIXTURES, TODAY
from werkzeug.test import TestResponse

from portal.model.rates import KINDS, WINDOW_SECONDS, Rates
from portal.pipeline import build
from portal.serving.app import create_app
from portal.serving.options import ServingOptions
from portal.settings import load_settings

REDIS = shutil.which("redis-server")
SEARCH = "/api/v1/datasets"
LOOKUP = "/api/v1/datasets/schools"


@pytest.fixture(autouse=True)
def within_a_minute(release: Path) -> None:
    """Let a test begin with time enough before the count of the minute goes over into that of the next."""
    left = WINDOW_SECONDS - time.time() % WINDOW_SECONDS
    if left < 8:
        time.sleep(left)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a portal that allows few requests: two for rows, three searches, four others."""
    settings = load_settings(FIXTURES / "tiny")
    few = replace(settings, portal=replace(settings.portal, rates=Rates(rows=2, searches=3, lookups=4)))
    folder = build(few, tmp_path_factory.mktemp("few") / "build", today=TODAY).folder
    assert folder is not None
    return folder


@pytest.fixture
def client(release: Path) -> FlaskClient:
    """A client of a new app, which has counted nothing yet."""
    return create_app(release, ServingOptions(is_limited=True, trusted_proxies=1)).test_client()


def ask_as(client: FlaskClient, address: str, path: str = SEARCH, key: str = "") -> TestResponse:
    """Ask as somebody at *address*."""
    return client.get(path, headers={"X-Forwarded-For": address, **({"X-Api-Key": key} if key else {})})


def statuses(client: FlaskClient, count: int, *arguments: str) -> list[int]:
    """Return the statuses of several requests."""
    return [ask_as(client, *arguments).status_code for _ in range(count)]


def test_one_request_too_many_is_refused(client: FlaskClient) -> None:
    """The answer says in both languages what is wrong, when to come again, and how many are allowed."""
    assert statuses(client, 3, "192.0.2.1") == [200, 200, 200]
    refused = ask_as(client, "192.0.2.1")
    assert (refused.status_code, refused.content_type) == (429, "application/problem+json")
    assert refused.get_json() == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many requests; come again after the seconds that Retry-After states.",
        "detail_zh": "请求过于频繁，请在 Retry-After 所示的秒数之后再试。",
    }
    seconds = refused.headers["Retry-After"]
    assert 1 <= int(seconds) <= 60
    assert refused.headers["RateLimit-Policy"] == '"searches";q=3;w=60'
    assert refused.headers["RateLimit"] == f'"searches";r=0;t={seconds}'
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_answers_tell_what_is_left(client: FlaskClient) -> None:
    """Each answer counts down."""
    told = [ask_as(client, "192.0.2.1").headers["RateLimit"].split(";t=")[0] for _ in range(3)]
    assert told == ['"searches";r=2', '"searches";r=1', '"searches";r=0']


def test_others_are_answered_meanwhile(client: FlaskClient) -> None:
    """Whoever asks too often takes nothing from others."""
    statuses(client, 9, "192.0.2.1")
    assert statuses(client, 3, "192.0.2.2") == [200, 200, 200]


def test_each_kind_is_counted_for_itself(client: FlaskClient) -> None:
    """Who has searched enough may still look datasets up."""
    assert statuses(client, 4, "192.0.2.1")[-1] == 429
    assert statuses(client, 5, "192.0.2.1", LOOKUP) == [200, 200, 200, 200, 429]


def test_searches_of_people_are_counted_and_answered_with_a_page(client: FlaskClient) -> None:
    """A page says that it was too often, in the language of the search."""
    for asker, path in (("192.0.2.1", "/datasets/?q=a"), ("192.0.2.2", "/en/datasets/?q=a")):
        assert statuses(client, 3, asker, path) == [200, 200, 200]
        refused = ask_as(client, asker, path)
        assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert "Too many requests" in refused.text


def test_the_form_for_rows_counts_as_rows_and_its_empty_page_is_free(client: FlaskClient) -> None:
    """A form is no way around the bound on questions about rows."""
    form = "/en/datasets/schools/resources/schools/rows/"
    assert statuses(client, 5, "192.0.2.1", form) == [200] * 5
    assert statuses(client, 3, "192.0.2.1", f"{form}?_limit=20") == [200, 200, 429]


@pytest.mark.parametrize("path", ["/", "/datasets/", "/data/schools/schools.csv", "/catalog.csv", "/api/v1/health"])
def test_files_and_pages_are_free(client: FlaskClient, path: str) -> None:
    """They cost little, and no count is told with them."""
    answers = [ask_as(client, "192.0.2.1", path) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_a_preflight_is_free(client: FlaskClient) -> None:
    """What browsers ask beforehand takes nothing from what scripts may ask."""
    assert {client.options(SEARCH).status_code for _ in range(6)} == {200}


def test_ckan_clients_are_refused_in_their_own_shape(client: FlaskClient) -> None:
    """An action that is asked too often is an error in CKAN's envelope."""
    path = "/api/3/action/package_show?id=schools"
    assert statuses(client, 4, "192.0.2.1", path) == [200] * 4
    refused = ask_as(client, "192.0.2.1", path)
    assert (refused.status_code, refused.content_type) == (429, "application/json;charset=utf-8")
    assert refused.get_json()["success"] is False
    assert refused.get_json()["error"]["__type"] == "Rate Limit Error"
    assert "Retry-After" in refused.headers


def test_a_key_has_a_count_of_its_own(client: FlaskClient) -> None:
    """Two programs behind one address do not take from each other."""
    assert statuses(client, 4, "192.0.2.1", SEARCH, "one")[-1] == 429
    assert statuses(client, 3, "192.0.2.1", SEARCH, "other") == [200, 200, 200]


def test_a_key_is_one_count_wherever_it_asks_from(client: FlaskClient) -> None:
    """A program on several machines is one program."""
    assert [ask_as(client, f"192.0.2.{number}", key="one").status_code for number in range(4)] == [200, 200, 200, 429]


def test_inventing_keys_gains_little(client: FlaskClient) -> None:
    """All keys of one address together have five times the number of one."""
    found = [ask_as(client, "192.0.2.1", key=f"key {number}").status_code for number in range(20)]
    assert found == [200] * 15 + [429] * 5


def test_a_household_is_one_asker(client: FlaskClient) -> None:
    """Of IPv6 everybody has more addresses than can be counted, so their common part is."""
    found = [ask_as(client, f"2001:db8:1:2::{number}").status_code for number in range(1, 5)]
    assert found == [200, 200, 200, 429]
    assert ask_as(client, "2001:db8:1:3::1").status_code == 200


def test_an_address_that_a_stranger_states_counts_for_nothing(release: Path) -> None:
    """Without a trusted proxy the connection tells who asks."""
    client = create_app(release, ServingOptions(is_limited=True)).test_client()
    assert [ask_as(client, f"192.0.2.{number}").status_code for number in range(4)] == [200, 200, 200, 429]


def test_what_is_known_already_counts(client: FlaskClient) -> None:
    """A program that asks whether something changed asks, too."""
    tag = ask_as(client, "192.0.2.1").headers["ETag"]
    asked = {"X-Forwarded-For": "192.0.2.1", "If-None-Match": tag}
    assert [client.get(SEARCH, headers=asked).status_code for _ in range(3)] == [304, 304, 429]


def test_limits_can_be_lifted(release: Path) -> None:
    """`--no-limits` refuses nobody and tells no count."""
    with serving(release, "--no-limits") as address:
        answers = [ask(address, SEARCH) for _ in range(8)]
    assert {answer.status for answer in answers} == {200}
    assert answers[0].headers["RateLimit"] is None


def test_the_command_limits_unless_told_otherwise(release: Path) -> None:
    """`portal serve` refuses over the network what the app refuses."""
    with serving(release, "--workers", "1") as address:
        answers = [ask(address, SEARCH) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert json.loads(answers[-1].body)["status"] == 429


def test_every_kind_has_its_words() -> None:
    """The developers' page can tell of each limit what it counts."""
    assert list(KINDS) == list(vars(Rates()))


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis at a free port, with its address and its process."""
    if REDIS is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.05)
        try:
            yield f"redis://127.0.0.1:{port}/0", process
        finally:
            process.kill()


def test_processes_count_together_in_redis(release: Path, redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    """Two workers allow as much as one, and no more."""
    with serving(release, "--workers", "2", "--limit-storage", redis[0]) as address:
        found = [ask(address, SEARCH).status for _ in range(12)]
    assert found == [200] * 3 + [429] * 9


def test_nobody_is_refused_for_a_redis_that_died(release: Path, redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    """Requests are counted in the process meanwhile."""
    address, process = redis
    options = ServingOptions(is_limited=True, limit_storage=address)
    client = create_app(release, options).test_client()
    assert statuses(client, 2, "192.0.2.1") == [200, 200]
    process.kill()
    process.wait()
    assert statuses(client, 5, "192.0.2.1") == [200, 200, 200, 429, 429]


def test_no_key_stands_in_redis(release: Path, redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    """Keys are counted by their hashes."""
    client = create_app(release, ServingOptions(is_limited=True, limit_storage=redis[0])).test_client()
    ask_as(client, "192.0.2.1", key="CANARY")
    from redis import Redis

    names: Any = Redis.from_url(redis[0]).keys("*")
    assert names
    assert [name for name in names if b"CANARY" in name] == []
