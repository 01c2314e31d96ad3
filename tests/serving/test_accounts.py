"""Requests accounted for: ids, the log, metrics of all workers, whom proxies say they speak for."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from serving import ask, serving
from support import run

from portal.serving.app import create_app
from portal.serving.metrics import Metrics
from portal.serving.options import ServingOptions
from portal.serving.request_record import count_rows

FORWARDED = {
    "X-Forwarded-For": "203.0.113.7, 198.51.100.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "data.example.cn",
    "X-Request-Id": "from-the-proxy.1",
}


def logged(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]


def client_of(release: Path, **options: Any) -> FlaskClient:
    """Return a client of an app with options."""
    return create_app(release, ServingOptions(**options)).test_client()


def asked(client: FlaskClient, path: str, headers: Mapping[str, str] | None = None) -> None:
    """Ask and read to the end."""
    client.get(path, headers=dict(headers or {})).close()


def test_a_request_is_one_line(tiny_release: Path, tmp_path: Path) -> None:
    """The line tells what was asked, by what, and what was answered."""
    client = client_of(tiny_release, access_log=str(tmp_path / "log"), log_addresses="full")
    agent = {"User-Agent": "probe/1", "Referer": "https://a.example/x?token=1"}
    answer = client.get("/api/v1/datasets?q=%E5%85%AC", headers=agent)
    answer.close()
    (line,) = logged(tmp_path / "log")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("seconds") > 0
    assert line == {
        "id": answer.headers["X-Request-Id"],
        "addr": "127.0.0.1",
        "method": "GET",
        "path": "/api/v1/datasets?q=%E5%85%AC",
        "status": 200,
        "bytes": len(answer.data),
        "agent": "probe/1",
        "referer": "https://a.example/x",
    }


@pytest.mark.parametrize(("wanted", "address"), [("none", ""), ("network", "203.0.113.0/24"), ("full", "203.0.113.77")])
def test_addresses_stand_there_as_far_as_they_are_wanted(
    tiny_release: Path, tmp_path: Path, wanted: str, address: str
) -> None:
    """Nothing of an address is kept unless the operator says so."""
    client = client_of(tiny_release, access_log=str(tmp_path / "log"), log_addresses=wanted)
    client.get("/", environ_base={"REMOTE_ADDR": "203.0.113.77"}).close()
    assert logged(tmp_path / "log")[0]["addr"] == address


@pytest.mark.parametrize("value", ['a"}\\n{"status": 500', "\x1b[31mred", "\u2028line", "x" * 9000, "中文"])
def test_nobody_writes_lines_of_the_log(tiny_release: Path, tmp_path: Path, value: str) -> None:
    """Whatever a client sends, each request is one line of plain ASCII without control characters."""
    client = client_of(tiny_release, access_log=str(tmp_path / "log"))
    environ = {"HTTP_USER_AGENT": value, "HTTP_REFERER": value}
    client.get("/api/v1/datasets", query_string={"q": value}, environ_overrides=environ).close()
    content = (tmp_path / "log").read_bytes()
    assert content.count(b"\n") == 1
    assert all(32 <= byte < 127 for byte in content[:-1])
    assert logged(tmp_path / "log")[0]["agent"] == value[:300]


def test_a_key_stands_nowhere_in_the_log(tiny_release: Path, tmp_path: Path) -> None:
    """Keys name a count and are nobody's business."""
    client = client_of(tiny_release, access_log=str(tmp_path / "log"), is_limited=True)
    asked(client, "/api/v1/datasets", {"X-Api-Key": "CANARY-key"})
    assert "CANARY" not in (tmp_path / "log").read_text(encoding="ascii")


def test_the_log_goes_on_where_its_file_was_moved_away(tiny_release: Path, tmp_path: Path) -> None:
    """A rotated log is begun anew, and what stood in it stays."""
    client = client_of(tiny_release, access_log=str(tmp_path / "log"))
    asked(client, "/")
    (tmp_path / "log").rename(tmp_path / "log.1")
    time.sleep(1.1)
    asked(client, "/about/")
    assert [line["path"] for name in ("log.1", "log") for line in logged(tmp_path / name)] == ["/", "/about/"]


def test_each_request_has_an_id_of_its_own(client: FlaskClient) -> None:
    """Ids are made here; what a stranger calls his request does not count. Errors have one, too."""
    answers = [client.get(path, headers=FORWARDED) for path in ("/", "/", "/nothing", "/api/v1/nothing")]
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert len(set(ids)) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", identifier) for identifier in ids)


@pytest.mark.parametrize(
    ("stated", "is_kept"), [("from-the-proxy.1", True), ("", False), ("a b", False), ("x" * 65, False), ("é", False)]
)
def test_the_id_of_a_trusted_proxy_is_kept(tiny_release: Path, stated: str, is_kept: bool) -> None:
    """An id that could stand in a log as it is leads through both logs; any other is replaced."""
    client = client_of(tiny_release, trusted_proxies=1)
    answer = client.get("/", environ_overrides={"HTTP_X_REQUEST_ID": stated})
    assert (answer.headers["X-Request-Id"] == stated) == is_kept


@pytest.mark.parametrize(
    ("proxies", "address", "url"),
    [
        (0, "127.0.0.1", "http://localhost/"),
        (1, "198.51.100.9", "https://data.example.cn/"),
        (2, "203.0.113.7", "http://localhost/"),
    ],
)
def test_proxies_are_believed_as_far_as_they_are_known(
    tiny_release: Path, tmp_path: Path, proxies: int, address: str, url: str
) -> None:
    """What the nearest N proxies wrote counts; what stands before that, anybody could have written."""
    client = client_of(tiny_release, trusted_proxies=proxies, access_log=str(tmp_path / "log"), log_addresses="full")
    answer = client.get("/api/v1/datasets/schools", headers=FORWARDED)
    assert answer.get_json()["url"] == f"{url}datasets/schools/"
    answer.close()
    assert logged(tmp_path / "log")[0]["addr"] == address


def test_metrics_count_by_the_rule_of_the_address(tiny_release: Path) -> None:
    """Thousands of addresses are few rules, and no method that somebody makes up is a label."""
    app = create_app(tiny_release, ServingOptions(has_metrics=True))
    client = app.test_client()
    for path in ("/api/v1/datasets/schools", "/api/v1/datasets/nobody", "/a", "/b"):
        asked(client, path)
    client.open("/", method="BREW").close()
    count_rows(app, 7)
    metrics: Metrics = app.extensions["kaifang-accounts"].metrics
    told = {
        tuple(sample.labels.values()): sample.value
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name == "kaifang_requests_total"
    }
    rule = "/api/v1/datasets/<name>"
    assert told == {
        ("GET", rule, "200"): 1,
        ("GET", rule, "404"): 1,
        ("GET", "/<path:path>", "404"): 2,
        ("other", "none", "405"): 1,
    }
    assert metrics.registry.get_sample_value("kaifang_rows_total") == 7


def test_no_path_of_the_public_port_tells_metrics(address: str) -> None:
    """Prometheus asks at a port of its own."""
    assert ask(address, "/metrics").status == 404


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def test_all_workers_are_counted_together(tiny_release: Path, tmp_path: Path) -> None:
    """The port of metrics tells the sum of all processes and the release; the log has their lines, each whole."""
    port, log = free_port(), tmp_path / "log"
    options = ["--workers", "2", "--metrics-port", str(port), "--access-log", str(log), "--no-limits"]
    with serving(tiny_release, *options) as address:
        before = len(logged(log))
        for number in range(40):
            assert ask(address, f"/datasets/schools/?n={number}&q=%E5%85%AC").status == 200
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
        lines = logged(log)[before:]
    counts = re.findall(r'^kaifang_requests_total\{method="GET",route="/<path:path>",status="200"\} (\S+)', page, re.M)
    assert counts == ["40.0"]
    assert f'kaifang_release_built_timestamp_seconds{{release="{tiny_release.name}"' in page
    assert sorted(line["path"] for line in lines) == sorted(
        f"/datasets/schools/?n={number}&q=%E5%85%AC" for number in range(40)
    )
    parts = urlsplit(address)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((parts.hostname or "", port), timeout=2)


def test_a_log_that_cannot_be_written_is_told_before_anything_starts(tiny_release: Path, tmp_path: Path) -> None:
    """`portal serve` ends with one sentence and status 2."""
    told = run("serve", tiny_release, "--access-log", tmp_path / "no" / "log")
    assert told[0] == 2
    assert f"The access log {tmp_path / 'no' / 'log'} cannot be written: No such file or directory." in told[1]
