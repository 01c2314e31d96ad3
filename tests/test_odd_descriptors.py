"""Descriptors that nobody would write by accident: each costs its own dataset, and no other."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import build_folder

from portal.publishing.release import Release

GOOD = "name: good\ntitle: 好\nlicenses: [{name: CC-BY-4.0}]\nresources: [{name: t, path: t.csv}]\n"
HEAD = "name: bad\nresources: [{name: t, path: t.csv}]\n"
BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{number}: &a{number} {{<<: [{', '.join([f'*a{number - 1}'] * 10)}]}}\n" for number in range(1, 9)
)


ODD = [
    ("yaml", HEAD + "profile: [x]\n"),
    ("yaml", "name: bad\nresources: [{name: t, path: t.csv, profile: {a: b}}]\n"),
    ("yaml", HEAD + "catalogue: {sharing: {type: [unconditional]}}\n"),
    ("yaml", HEAD + "catalogue: {update_cycle: {a: b}, areas: [[1]], themes: [{a: b}]}\n"),
    ("yaml", HEAD + "1: a\n"),
    ("yaml", HEAD + "extra: {1: a, b: c}\n"),
    ("yaml", HEAD + "[" * 200_000),
    ("yaml", HEAD + BOMB),
    ("json", '{"name": "bad", "resources": [], "n": ' + "9" * 5000 + "}"),
    ("json", '{"name": "bad", "title": "\\ud800", "resources": []}'),
    ("json", '{"name": "bad", "resources": [{"name": "t", "path": "\\ud800.csv"}]}'),
    ("yaml", f"name: bad\nresources: [{{name: t, path: {'x' * 400}.csv}}]\n"),
    ("yaml", "name: bad\nresources: [{name: t, path: t.csv, schema: [x]}]\n"),
    ("yaml", "name: bad\nresources: [{name: t, path: t.csv, dialect: {headerRows: [x]}}]\n"),
    ("yaml", "name: bad\nresources: [{name: t, path: t.csv, schema: {fields: 5}}]\n"),
    ("yaml", "name: bad\nresources: [{name: t, path: t.csv, schema: {fields: [{name: a, constraints: 5}]}}]\n"),
]
"""Descriptors by the ending of their file; each calls its dataset bad."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A build of all the odd descriptors, each in a folder of its own, beside a dataset in order."""
    root = tmp_path_factory.mktemp("odd") / "datasets"
    texts = {"good": ("yaml", GOOD)}
    texts |= {
        f"bad{number}": (suffix, text.replace("bad", f"bad{number}", 1)) for number, (suffix, text) in enumerate(ODD)
    }
    for name, (suffix, text) in texts.items():
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "t.csv").write_text("a\n1\n")
        (folder / f"datapackage.{suffix}").write_text(text, encoding="utf-8")
    return build_folder(root, root.parent / "build")


def test_the_others_are_published(built: Release) -> None:
    """No descriptor stops a build: the dataset beside them is there, and no exception reaches the caller."""
    assert "good" in [item.dataset.name for item in built.published]


@pytest.mark.parametrize("number", range(len(ODD)), ids=lambda number: ODD[number][1][:30])
def test_what_is_odd_is_told(built: Release, number: int) -> None:
    """Each has a finding of its own."""
    name = f"bad{number}"
    assert [item.code for item in built.report if name in (item.dataset, (item.file or "").split("/")[0])] != []


def test_values_that_no_descriptor_can_hold_cost_their_dataset_alone(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """A tag of YAML or a word of JSON that asks for a date, bytes, a set or no number is a finding with a place."""
    root = write_dataset(GOOD, folder="good", t__csv="a\n1\n")
    write_dataset(GOOD.replace("good", "other"), folder="other", t__csv="a\n1\n")
    odd = ["!!timestamp 2020-01-01", "!!binary aGk=", "!!set {b, c}", "!!omap [b: 1]", "!!float nan", "!!bool maybe"]
    texts = [("yaml", f"{GOOD}extra: {value}\n") for value in odd]
    texts += [("json", f'{{"name": "bad", "extra": {word}}}') for word in ("NaN", "-Infinity")]
    for number, (suffix, text) in enumerate(texts):
        folder = root / f"bad{number}"
        folder.mkdir()
        (folder / f"datapackage.{suffix}").write_text(text, encoding="utf-8")
    result = build_folder(root, tmp_path / "build")
    assert [item.dataset.name for item in result.published] == ["good", "other"]
    wrong = [(item.file, item.code, item.row) for item in result.report if item.severity == "error"]
    assert wrong == [
        (f"bad{number}/datapackage.{suffix}", "descriptor-syntax", 5 if suffix == "yaml" else None)
        for number, (suffix, _) in enumerate(texts)
    ]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback, and the paths that somebody asked it for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"fields": [{"name": "a", "type": "string"}]}')

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


FETCHING = [
    "{name: t, path: t.csv, schema: '%s/s.json'}",
    "{name: t, path: t.csv, schema: s.yaml}",
    "{name: t, path: t.csv, dialect: s.yaml}",
    "{name: t, path: t.csv, profile: '%s/p.json'}",
    "{name: t, path: t.csv, scheme: http, basepath: '%s'}",
    "{name: t, path: '%s/t.csv'}",
    "{name: t, path: '%s/t.csv', schema: {fields: [{name: a}]}}",
    "{name: t, path: t.csv, schema: {fields: [{name: a}], foreignKeys: [{fields: [a], reference: {resource: l, "
    "fields: [a]}}]}}, {name: l, path: '%s/t.csv', schema: {fields: [{name: a}]}}",
]


def test_nothing_is_fetched_from_the_network(
    write_dataset: Callable[..., Path], tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    """Whatever a descriptor names, directly or by way of a file, no address is asked."""
    server, asked = listener
    for number, resource in enumerate(FETCHING):
        address = f"{server}/{number}"  # what is asked tells by whom
        root = write_dataset(
            f"name: made{number}\nprofile: {address}/p.json\nresources: [{resource.replace('%s', address)}]\n",
            folder=f"made{number}",
            t__csv="a\n1\n",
            s__yaml=f"{address}/schema.json\n",
        )
    build_folder(root, tmp_path / "build")
    assert asked == []


CLOSED = "name: closed%d\ntitle: 不开放\nlicenses: [{name: CC-BY-4.0}]\ncatalogue: {open: {is_open: false}}\n"


FAULTY = [
    "{name: t, path: d.json, type: table}",
    "{name: t, path: d.ndjson}",
    "{name: t, data: CANARY-%d}",
    "{name: t, data: [[CANARY-%d], [CANARY-%d, b]]}",
    "{name: t, path: d.csv, schema: d.csv}",
    "{name: t, path: d.csv, schema: d.json}",
    "{name: t, path: d.csv, encoding: utf-8, schema: {fields: [{name: a, type: integer, "
    "constraints: {unique: true}}]}}",
    "{name: t, path: d.csv, schema: {fields: [{name: a}], primaryKey: [a], foreignKeys: [{fields: [a], "
    "reference: {resource: '', fields: [a]}}]}}",
    "{name: t, path: d.csv, hash: 'sha256:00'}",
    "{name: t, path: d.xlsx}",
]


def test_no_fault_quotes_what_is_not_open(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Whatever is wrong with the file of a closed dataset, no byte of the release holds a cell of it."""
    for number, resource in enumerate(FAULTY):
        canary = f"CANARY-x{number}"
        root = write_dataset(
            CLOSED % number + f"resources: [{resource.replace('CANARY-%d', canary)}]\n",
            folder=f"closed{number}",
            d__json=f'{{"{canary}": {canary}}}',
            d__ndjson=f'{{"a": "{canary}"\n',
            d__csv=f"{canary}\n{canary}\n{canary},{canary}\n\n",
            d__xlsx=canary,
        )
    result = build_folder(root, tmp_path / "build")
    assert re.findall(r"CANARY-x\d+", str(result.report)) == []
    assert result.folder is not None
    files = (path.read_bytes() for path in result.folder.rglob("*") if path.is_file())
    assert {found for data in files for found in re.findall(rb"CANARY-x\d+", data)} == set()
    assert {item.dataset for item in result.report} >= {f"closed{number}" for number in range(len(FAULTY))}
