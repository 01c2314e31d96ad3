"""nginx in front of the portal: the configurations of the manual, run by a real nginx as they stand there."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import ask, serving
from support import PROJECT

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

MANUAL = (PROJECT / "docs" / "how-to" / "serve-behind-nginx.md").read_text(encoding="utf-8")
BLOCKS = [text.partition("```")[0] for text in MANUAL.split("```nginx\n")[1:]]
PAGE = "/datasets/schools/"


@contextlib.contextmanager
def nginx(folder: Path, configuration: str) -> Iterator[str]:
    """Run nginx with what stands inside ``http {``; give the address at which it answers."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    configuration = configuration.replace("listen 80;", f"listen 127.0.0.1:{port};")
    modules = "client_body proxy fastcgi uwsgi scgi".split()
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in modules)
    log = "" if "access_log" in configuration else "access_log off;"
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\n"
        f"http {{ include /etc/nginx/mime.types; {log} {temporary} {configuration} }}\n",
        encoding="utf-8",
    )
    command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "errors")]
    with subprocess.Popen(command) as process:
        try:
            until = time.monotonic() + 10
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, (folder / "errors").read_text(encoding="utf-8")
                    assert time.monotonic() < until
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def portal(tiny_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A portal that trusts one proxy, and its log."""
    log = tmp_path_factory.mktemp("behind") / "log"
    options = ["--trusted-proxies", "1", "--no-limits", "--access-log", str(log), "--log-addresses", "full"]
    with serving(tiny_release, *options) as address:
        yield address, log


def proxied(block: str, address: str) -> str:
    """Return a configuration with the portal where it is."""
    assert "http://127.0.0.1:8000" in block
    return block.replace("http://127.0.0.1:8000", address)


@pytest.fixture(scope="module")
def simple(portal: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Nginx as a proxy alone."""
    with nginx(tmp_path_factory.mktemp("simple"), proxied(BLOCKS[0], portal[0])) as address:
        yield address


@pytest.fixture(scope="module")
def fast_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where nginx writes its log."""
    return tmp_path_factory.mktemp("fast") / "kaifang.json"


@pytest.fixture(scope="module")
def fast(portal: tuple[str, Path], tiny_release: Path, fast_log: Path) -> Iterator[str]:
    """Nginx that hands out pages itself, with its log."""
    folder = fast_log.parent
    block = proxied(BLOCKS[1], portal[0]).replace("/srv/kaifang/build/current", str(tiny_release))
    block = block.replace("/srv/kaifang/build/maintenance", str(folder / "maintenance"))
    log = BLOCKS[2].replace("/var/log/nginx/kaifang.json", str(fast_log))
    with nginx(folder, f"{log}\n{block}") as address:
        yield address


def test_a_request_has_one_id_in_both_logs(portal: tuple[str, Path], simple: str) -> None:
    """The id that nginx gave is answered and logged, with the address of who asked nginx."""
    identifier = ask(simple, "/api/v1/datasets?q=one-id", {"X-Forwarded-For": "192.0.2.9"}).headers["X-Request-Id"]
    lines = [json.loads(line) for line in portal[1].read_text(encoding="ascii").splitlines()]
    found = [line["addr"] for line in lines if line["id"] == identifier]
    assert re.fullmatch("[0-9a-f]{32}", identifier or "")
    assert found == ["127.0.0.1"], "what a stranger wrote before nginx counts for nothing"


def test_addresses_in_answers_are_those_that_nginx_has(simple: str) -> None:
    """Who asks through nginx gets addresses that lead through nginx."""
    told = json.loads(ask(simple, "/api/v1/datasets/schools").body)["url"]
    assert told == f"http://{urlsplit(simple).netloc}{PAGE}"


@pytest.mark.parametrize(
    "headers", [{}, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "br"}, {"Range": "bytes=3-9"}]
)
@pytest.mark.parametrize("path", [PAGE, "/data/schools/schools.csv", "/catalog.ttl", "/static/css/site.css"])
def test_a_proxy_changes_nothing(portal: tuple[str, Path], simple: str, path: str, headers: dict[str, str]) -> None:
    """Bytes, status and all headers that caches go by are those of the portal."""
    direct, through = ask(portal[0], path, headers), ask(simple, path, headers)
    names = ("ETag", "Content-Encoding", "Content-Range", "Vary", "Cache-Control", "Content-Type", "Last-Modified")
    assert (through.status, through.body) == (direct.status, direct.body)
    assert {name: through.headers[name] for name in names} == {name: direct.headers[name] for name in names}


def test_pages_come_compressed_from_nginx(fast: str, tiny_release: Path) -> None:
    """Nginx sends the variant of the build, with an ETag that differs from that of the page itself."""
    plain, packed = ask(fast, PAGE), ask(fast, PAGE, {"Accept-Encoding": "gzip"})
    content = (tiny_release / "site" / PAGE.strip("/") / "index.html").read_bytes()
    assert (plain.body, plain.headers["Content-Encoding"]) == (content, None)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.body == (tiny_release / "site" / PAGE.strip("/") / "index.html.gz").read_bytes()
    assert gzip.decompress(packed.body) == content
    assert (plain.headers["Vary"], packed.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    known = ask(fast, PAGE, {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"] or ""})
    assert (known.status, known.body) == (304, b"")


def test_styles_come_from_nginx_for_a_year(fast: str) -> None:
    """What has a hash in its name is kept; a page is asked for again."""
    page = ask(fast, "/").body.decode()
    style = re.search(r'href="(static/css/site\.[0-9a-f]{10}\.css)"', page)
    assert style
    assert ask(fast, f"/{style[1]}").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(fast, "/").headers["Cache-Control"] == "no-cache"
    assert ask(fast, "/static/css/site.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/catalog.jsonld", "/datasets/schools/croissant.json", "/feed.xml", "/api/v1/health"])
def test_descriptions_may_be_read_from_any_site_through_nginx(fast: str, path: str) -> None:
    """What is there for programs comes from the portal, with its headers."""
    answer = ask(fast, path)
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")


@pytest.mark.parametrize("path", ["/index.html.gz", "/datasets/schools/index.html.br", "/manifest.json", "/nothing"])
def test_nginx_gives_out_no_more_than_the_portal(fast: str, path: str) -> None:
    """Variants have no address of their own, and what is not the site is not there."""
    assert ask(fast, path).status == 404


def test_nginx_logs_in_the_same_form(fast: str, fast_log: Path) -> None:
    """Each line is JSON with the fields that the portal's own log has."""
    ask(fast, "/about/", {"User-Agent": 'a"bc'})
    line = json.loads(fast_log.read_text(encoding="utf-8").splitlines()[-1])
    assert list(line) == ["time", "id", "addr", "method", "path", "status", "bytes", "seconds", "agent", "referer"]
    assert (line["path"], line["agent"], line["status"]) == ("/about/", 'a"bc', 200)


@pytest.mark.parametrize(("path", "words"), [("/", "正在维护"), ("/en/datasets/", "Closed for maintenance")])
def test_nginx_closes_the_portal_by_a_file(fast: str, fast_log: Path, path: str, words: str) -> None:
    """While the file lies there pages are one page with 503, in both languages, guarded as others; styles are sent."""
    switch = fast_log.parent / "maintenance"
    open_page = ask(fast, "/about/")
    switch.touch()
    closed, style = ask(fast, path), ask(fast, "/static/css/site.css")
    switch.unlink()
    assert (closed.status, closed.headers["Retry-After"], style.status) == (503, "600", 200)
    assert words in closed.body.decode()
    names = ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Content-Type")
    assert {name: closed.headers[name] for name in names} == {name: open_page.headers[name] for name in names}
    assert ask(fast, path).status == 200


def test_nginx_says_what_the_portal_says_of_missing_pages(fast: str, portal: tuple[str, Path]) -> None:
    """Its page for what is not there is that of the portal, with the same policy and no inline code allowed."""
    through, direct = ask(fast, "/nothing/"), ask(portal[0], "/nothing/")
    name = "Content-Security-Policy"
    assert (through.status, through.body) == (direct.status, direct.body)
    assert through.headers[name] == direct.headers[name]
    assert "unsafe" not in str(direct.headers[name])
