"""Links to the outside, against a web server of this machine: what answers, what does not, and good manners."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_published import NO_ANSWERS, TODAY, link, published

from portal.findings.words import message_of
from portal.model.catalog import Licence, Origin
from portal.model.text import LocalText
from portal.publishing.quality.link_answers import LinkAnswer, LinkAnswers, dump_answers, read_answers
from portal.publishing.quality.outside_links import check_links, dead_links, links_of
from portal.publishing.quality.visiting import Manners, Visit, Visitor

POLITE = Manners(
    pause_seconds=0,
    pause_seconds_max=0.05,
    connect_seconds=2,
    read_seconds=2,
    visit_seconds_max=5,
    retries=1,
    backoff_seconds=0,
    is_private_allowed=True,
)


@dataclass
class Site:
    """A web server: *replies* are status and headers by path; what was asked is noted as (method, path)."""

    replies: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    only_get: frozenset[str] = frozenset()
    robots: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    address: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site at a free port."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            made.asked.append((self.command, self.path))
            made.times.append(time.monotonic())
            made.agents.add(self.headers["User-Agent"])
            status, headers = made.replies.get(self.path, (404, {}))
            body = b"hello"
            if self.path == "/robots.txt" and made.robots:
                status, headers, body = 200, {}, made.robots.encode()
            if self.command == "HEAD" and self.path in made.only_get:
                status = 405
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = reply  # noqa: N815 - names that http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def visit(url: str, manners: Manners = POLITE) -> Visit:
    """Visit one address."""
    return Visitor(manners).visit(url)


def test_a_page_that_is_there_answers(site: Site) -> None:
    """One HEAD is enough, after robots.txt; we say who we are."""
    site.replies["/a"] = (200, {})
    assert visit(f"{site.address}/a") == Visit(True, 200)
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/a")]
    assert all(agent.startswith("Kaifang/") for agent in site.agents)


def test_a_page_that_is_gone_does_not_answer(site: Site) -> None:
    """It is asked for by GET too before it is told to be gone."""
    assert visit(f"{site.address}/gone") == Visit(False, 404, "status")
    assert site.asked[1:] == [("HEAD", "/gone"), ("GET", "/gone")]


def test_a_server_that_knows_get_alone_answers(site: Site) -> None:
    """405 for HEAD is not the last word."""
    site.replies["/a"] = (200, {})
    site.only_get = frozenset(["/a"])
    assert visit(f"{site.address}/a") == Visit(True, 200)


def test_redirects_are_followed_to_their_end(site: Site) -> None:
    """Five of them, each by address or by path; a sixth is too many."""
    for number in range(7):
        site.replies[f"/{number}"] = (301, {"Location": f"/{number + 1}"})
    site.replies["/5"] = (200, {})
    assert visit(f"{site.address}/0") == Visit(True, 200)
    site.replies["/5"] = (302, {"Location": f"{site.address}/6"})
    site.replies["/6"] = (200, {})
    assert visit(f"{site.address}/0") == Visit(False, None, "redirects")
    assert visit(f"{site.address}/1") == Visit(True, 200)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/", "gopher://127.0.0.1/"])
def test_a_redirect_never_leaves_the_web(site: Site, target: str) -> None:
    """Where it leads to something else than http, it is not followed."""
    site.replies["/a"] = (302, {"Location": target})
    assert visit(f"{site.address}/a") == Visit(None, None, "not-web")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://0.0.0.0:1/",
        "http://2130706433:1/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fd00::1]/",
    ],
)
def test_an_internal_address_is_not_visited(url: str) -> None:
    """Neither by number nor by name nor by an odd spelling is an internal network reached."""
    assert visit(url, replace(POLITE, is_private_allowed=False)) == Visit(None, None, "private")


def test_a_name_that_leads_inside_is_not_visited(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the address that is connected to; a public name with an internal address gets no request."""
    port = int(site.address.rpartition(":")[2])
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    inside = visit(f"http://public.example:{port}/a", replace(POLITE, is_private_allowed=False))
    assert inside == Visit(None, None, "private")
    assert site.asked == []


def test_robots_txt_is_respected(site: Site) -> None:
    """What it forbids to us or to all is not visited; the rest is."""
    site.robots = "User-agent: *\nDisallow: /private/\n"
    site.replies = {"/private/a": (200, {}), "/b": (200, {})}
    assert visit(f"{site.address}/private/a") == Visit(None, None, "robots")
    assert visit(f"{site.address}/b") == Visit(True, 200)
    assert ("HEAD", "/private/a") not in site.asked


def test_robots_txt_that_fails_forbids_everything(site: Site) -> None:
    """A server in trouble is left alone (RFC 9309)."""
    site.replies = {"/robots.txt": (500, {}), "/a": (200, {})}
    assert visit(f"{site.address}/a") == Visit(None, None, "robots")


def test_a_busy_server_is_not_called_dead(site: Site) -> None:
    """429 says to come later."""
    site.replies["/a"] = (429, {"Retry-After": "86400"})
    assert visit(f"{site.address}/a") == Visit(None, 429, "busy")


def test_a_server_that_is_not_there_does_not_answer() -> None:
    """Nobody listens at the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert visit(f"http://127.0.0.1:{port}/") == Visit(False, None, "no-connection")


def test_a_server_that_never_ends_is_left() -> None:
    """A server that sends a byte now and then is broken off after the time for one visit."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        is_over = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                while not is_over.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        port = server.getsockname()[1]
        assert visit(f"http://127.0.0.1:{port}/", replace(POLITE, visit_seconds_max=0.4)) == Visit(
            False, None, "timeout"
        )
        is_over.set()
        thread.join()


@pytest.mark.parametrize(
    ("code", "expected"),
    [(socket.EAI_AGAIN, Visit(None, None, "no-network")), (socket.EAI_NONAME, Visit(False, None, "name-unknown"))],
)
def test_a_machine_without_network_calls_no_link_dead(
    monkeypatch: pytest.MonkeyPatch, code: int, expected: Visit
) -> None:
    """Where nobody can be asked for a name, the link was not visited; where it does not exist, it is dead."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert visit("http://gone.example/") == expected


def test_what_is_not_http_is_no_answer() -> None:
    """A port where something else talks."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            for _ in range(2):
                connection, _ = server.accept()
                connection.sendall(b"SSH-2.0-x\r\n\r\n")
                connection.close()

        thread = threading.Thread(target=talk)
        thread.start()
        found = visit(f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()
    assert found == Visit(False, None, "protocol")


def test_all_links_of_a_dataset_are_gathered_once() -> None:
    """Its files elsewhere, home page, licence and sources; one address in several places is one link."""
    item = published(
        link("https://example.com/数据.csv#part"),
        homepage="https://example.com/",
        licences=(Licence("x", LocalText(), "https://example.com/"),),
        origins=(Origin("书"), Origin("网", "mailto:a@example.com"), Origin("站", "ftp://example.com/")),
    )
    found = links_of([item.dataset])
    assert {url: [place.field for place in places] for url, places in found.items()} == {
        "https://example.com/%E6%95%B0%E6%8D%AE.csv": ["resources[0].path"],
        "https://example.com/": ["homepage", "licenses"],
    }


def test_links_of_files_that_are_not_given_out_stay_alone() -> None:
    """Of a dataset that is not open the address of the file is not visited, its licence is."""
    closed = replace(published(link("https://example.com/secret")).dataset, open_state="closed")
    assert list(links_of([closed])) == ["https://creativecommons.org/licenses/by/4.0/"]


def test_every_link_has_one_answer_and_young_ones_are_kept(site: Site) -> None:
    """What was checked two days ago is not asked for again within three; the others are."""
    site.replies = {"/a": (200, {}), "/b": (200, {})}
    urls = [f"{site.address}/{name}" for name in "abc"]
    kept = LinkAnswer(urls[0], date(2026, 5, 30), True, 200)
    answers = check_links(urls, LinkAnswers({urls[0]: kept}), today=TODAY, days_max=3, manners=POLITE)
    assert {item.url: item for item in answers} == {
        urls[0]: kept,
        urls[1]: LinkAnswer(urls[1], TODAY, True, 200),
        urls[2]: LinkAnswer(urls[2], TODAY, False, 404, "status"),
    }
    assert ("HEAD", "/a") not in site.asked
    assert site.asked.count(("GET", "/robots.txt")) == 1


def test_links_of_one_host_are_visited_with_a_pause_between(site: Site) -> None:
    """Crawl-delay of robots.txt is kept: no request arrives before as many delays are over as requests came before it.

    A busy machine makes a request late, and then the next may follow it closely; none ever makes it too early.
    """
    site.robots = "User-agent: *\nCrawl-delay: 0.2\n"
    site.replies = {"/a": (200, {}), "/b": (200, {})}
    visitor = Visitor(replace(POLITE, pause_seconds_max=1))
    begun = time.monotonic()
    for name in "ab":
        visitor.visit(f"{site.address}/{name}")
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/a"), ("HEAD", "/b")]
    waited = [arrived - begun for arrived in site.times]
    assert waited[1] > 0.199
    assert waited[2] > 0.399


def test_no_host_can_ask_for_a_pause_beyond_our_bound(site: Site) -> None:
    """A Crawl-delay of a minute is cut to *pause_seconds_max*: the link is visited before the minute is over."""
    site.robots = "User-agent: *\nCrawl-delay: 60\n"
    site.replies["/a"] = (200, {})
    begun = time.monotonic()
    assert visit(f"{site.address}/a") == Visit(True, 200)
    assert time.monotonic() - begun < 60


def test_a_link_that_does_not_answer_is_told_at_each_of_its_places() -> None:
    """With the day, the reason and the field; what answered or is long ago is not told."""
    item = published(link("https://example.com/a"), homepage="https://example.com/a")
    url = "https://example.com/a"
    dead = {url: LinkAnswer(url, date(2026, 5, 30), False, 404, "status")}
    found = list(dead_links([item.dataset], dead, today=TODAY, days_max=90))
    assert [(one.field, one.resource, one.value) for one in found] == [
        ("resources[0].path", "far", url),
        ("homepage", None, url),
    ]
    assert message_of(found[0]).en == f"On 2026-05-30 the link did not answer (status 404): {url}"
    assert list(dead_links([item.dataset], dead, today=TODAY, days_max=1)) == []
    assert list(dead_links([item.dataset], NO_ANSWERS.by_url, today=TODAY, days_max=90)) == []


def test_answers_come_back_as_they_were_written(tmp_path: Path) -> None:
    """A line of JSON each, in the order of addresses."""
    answers = [
        LinkAnswer("https://example.com/b", TODAY, None, None, "robots"),
        LinkAnswer("https://example.com/a", TODAY, False, 404, "status"),
    ]
    path = tmp_path / "links.ndjson"
    path.write_text(dump_answers(answers), encoding="utf-8")
    assert read_answers(path) == LinkAnswers({item.url: item for item in answers})
    assert [json.loads(line)["url"][-1] for line in path.read_text(encoding="utf-8").splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"url": 3, "checked": "2026-06-01", "answers": true, "status": 200, "reason": ""}',
        '{"url": "https://example.com/", "checked": "soon", "answers": true, "status": 200, "reason": ""}',
        '{"url": "https://example.com/", "checked": null, "answers": true, "status": 200, "reason": ""}',
        '{"url": "https://example.com/", "checked": "2026-06-01", "answers": "yes", "status": 200, "reason": ""}',
        '{"url": "https://example.com/", "checked": "2026-06-01", "answers": true, "status": true, "reason": ""}',
        '{"url": "https://example.com/", "checked": "2026-06-01", "answers": true, "status": 200}',
        "[" * 5000,
        "\0",
    ],
)
def test_a_broken_line_is_passed_over_and_counted(tmp_path: Path, line: str) -> None:
    """What is not as it should be has no effect but on the count."""
    good = LinkAnswer("https://example.com/", TODAY, True, 200)
    path = tmp_path / "links.ndjson"
    path.write_text(f"{dump_answers([good])}{line}\n", encoding="utf-8")
    assert read_answers(path) == LinkAnswers({good.url: good}, 1)
