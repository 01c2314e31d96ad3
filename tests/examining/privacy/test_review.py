"""Approval is bound to exactly the content that somebody looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.approve import approve as command
from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.privacy.review import approve, check_review, content_hash
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.catalog import Dataset
from portal.settings import load_settings
from portal.yamlfile import read_document

DAY = date(2026, 5, 1)
DESCRIPTOR = """\
# 本单位的说明
name: made
title: '公交站点'   # 标题
description: |
  两行
  说明
catalogue:
  themes: [traffic]
  spatial: "310000"
resources:
  - name: a
    path: a.csv
    schema:
      fields:
        - {name: 站名, type: string}
"""


def made(root: Path) -> Dataset:
    """Return the one dataset below *root*."""
    catalog, _ = load_catalog(load_settings(root))
    return catalog.datasets[0]


@pytest.fixture
def root(write_dataset: Callable[..., Path]) -> Path:
    """A folder with one dataset that nobody has approved."""
    return write_dataset(DESCRIPTOR, a__csv="站名\n甲\n")


def approved(root: Path) -> Path:
    """Approve the dataset below *root*; return its descriptor."""
    path = root / "made" / "datapackage.yaml"
    approve(path, by="某科长", basis="示府办〔2026〕1号", content=content_hash(made(root)), on=DAY)
    return path


def codes(root: Path, *, required: bool = True) -> list[tuple[str, str]]:
    """Return code and severity of what is wrong with the approval."""
    return [(item.code, item.severity) for item in check_review(made(root), required=required)]


def test_without_approval_an_open_dataset_is_refused_where_one_is_required(root: Path) -> None:
    """Elsewhere, and for what is not open, none is needed."""
    assert codes(root) == [("review-missing", "error")]
    assert codes(root, required=False) == []
    assert list(check_review(replace(made(root), open_state="closed"), required=True)) == []


def test_an_approval_stands_until_something_changes(root: Path) -> None:
    """A cell, a title: any change makes it stale."""
    path = approved(root)
    assert codes(root) == []
    (root / "made" / "a.csv").write_text("站名\n乙\n", encoding="utf-8")
    assert codes(root) == [("review-stale", "error")]
    assert codes(root, required=False) == [("review-stale", "warning")]
    (root / "made" / "a.csv").write_text("站名\n甲\n", encoding="utf-8")
    assert codes(root) == []
    path.write_text(path.read_text(encoding="utf-8").replace("公交站点", "公交站"), encoding="utf-8")
    assert codes(root) == [("review-stale", "error")]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("review", ["{secrecy: failed}", "{secrecy: 未通过, by: 某科长}", "{secrecy: false}", "failed"])
def test_a_review_that_did_not_pass_keeps_the_files_in(
    write_dataset: Callable[..., Path], review: str, required: bool
) -> None:
    """Whether or not the portal requires reviews; where nothing is given out it stops nothing."""
    text = DESCRIPTOR.replace("catalogue:\n", f"catalogue:\n  review: {review}\n")
    root = write_dataset(text, a__csv="站名\n甲\n")
    assert codes(root, required=required) == [("review-failed", "error")]
    assert list(check_review(replace(made(root), open_state="closed"), required=required)) == []


def test_a_review_that_lacks_something_is_none(root: Path) -> None:
    """Who, when and why must stand there, where the portal requires reviews."""
    path = approved(root)
    path.write_text(path.read_text(encoding="utf-8").replace("by: 某科长, ", ""), encoding="utf-8")
    assert codes(root) == [("review-missing", "error")]
    path.write_text(path.read_text(encoding="utf-8").replace("secrecy: passed", "secrecy: 非涉密"), encoding="utf-8")
    assert codes(root) == [("review-missing", "error")]
    assert codes(root, required=False) == []


def test_a_part_that_could_not_be_read_needs_an_approval(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Whatever the portal requires, somebody answers for it until it changes; pictures and closed data need none."""

    def found_in(root: Path, **rules: bool) -> set[tuple[str, str]]:
        dataset = made(root)
        work_dir = tmp_path / "work"
        work_dir.mkdir(exist_ok=True)
        findings = examine_dataset(dataset, work_dir, Rules(today=DAY, **rules)).findings  # type: ignore[arg-type]
        return {(item.code, item.severity) for item in findings if item.code.startswith(("unread", "review"))}

    text = DESCRIPTOR.split("    schema:")[0].replace("a.csv", "a.rar")
    root = write_dataset(text, a__rar=b"Rar!\x1a\7" + bytes(99), a__png=b"\x89PNG\r\n\x1a\n" + bytes(9))
    descriptor = root / "made" / "datapackage.yaml"
    assert found_in(root) == {("unread-not-approved", "error")}
    assert found_in(root, unread_needs_approval=False) == set()
    assert found_in(root, review_required=True) == {("review-missing", "error")}
    run = ["made", "--by", "某科长", "--basis", "看过", "--datasets", str(root), "--today", DAY.isoformat()]
    assert CliRunner().invoke(command, run).exit_code == 0
    assert found_in(root) == set()
    (root / "made" / "a.rar").write_bytes(b"Rar!\x1a\7" + bytes(98))
    assert found_in(root) == {("review-stale", "error")}
    descriptor.write_text(text.replace("a.rar", "a.png"), encoding="utf-8")
    assert found_in(root) == set()
    closed = text.replace("catalogue:\n", "catalogue:\n  open: {is_open: false}\n")
    descriptor.write_text(closed, encoding="utf-8")
    assert found_in(root) == set()


def test_writing_keeps_comments_and_everything_else(root: Path) -> None:
    """One line is added; all others are as they were."""
    path = approved(root)
    lines = path.read_text(encoding="utf-8").splitlines()
    added = [line for line in lines if line not in DESCRIPTOR.splitlines()]
    assert [line for line in lines if line not in added] == DESCRIPTOR.splitlines()
    content = content_hash(made(root))
    assert added == [
        f'  review: {{secrecy: passed, by: 某科长, date: "2026-05-01", basis: 示府办〔2026〕1号, content: {content}}}'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name: made\ntitle: t\nresources: []\n",
        "name: made\ntitle: t\ncatalogue: {themes: [traffic]}\nresources: []\n",
        "name: made\nresources: []\ntitle: 'on'\ncatalogue:\n    version: 1.10\n    demonstration: true\n",
    ],
    ids=["no block", "flow", "last, indented by four"],
)
def test_every_form_of_descriptor_takes_it(write_dataset: Callable[..., Path], text: str) -> None:
    """What stood there is read as before, and the approval holds."""
    root = write_dataset(text)
    before = read_document(root / "made" / "datapackage.yaml")
    after = read_document(approved(root))
    review = after["catalogue"].pop("review")
    assert {**after, "catalogue": after["catalogue"] or None} == {**before, "catalogue": before.get("catalogue")}
    assert review["by"] == "某科长"
    assert codes(root) == []


def test_json_takes_it_too(tmp_path: Path) -> None:
    """A datapackage.json is written as JSON."""
    folder = tmp_path / "datasets" / "made"
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text('{"name": "made", "title": "甲", "resources": []}', encoding="utf-8")
    root = tmp_path / "datasets"
    content = content_hash(made(root))
    approve(folder / "datapackage.json", by="b", basis="c", content=content, on=DAY)
    assert codes(root) == []


def run(root: Path, *more: str) -> tuple[int, str]:
    """Run the command and return its status and output."""
    arguments = ["made", "--by", "某科长", "--basis", "文号", "--datasets", str(root), "--today", "2026-05-01", *more]
    result = CliRunner().invoke(command, arguments, standalone_mode=False, env={"KAIFANG_LANG": "en"})
    assert result.exception is None, result.exception
    return int(result.return_value), result.output


def test_the_command_shows_and_writes(root: Path) -> None:
    """It says what is approved: title, files and the hash that is bound."""
    status, output = run(root)
    assert status == 0
    assert all(text in output for text in ("公交站点", "a.csv", content_hash(made(root))))
    assert codes(root) == []


def test_the_command_refuses_what_the_gate_refuses(root: Path) -> None:
    """Nothing is written, and what was found is shown masked."""
    number = "110101185001010018"
    (root / "made" / "a.csv").write_text(f"站名\n甲{number}\n", encoding="utf-8")
    before = (root / "made" / "datapackage.yaml").read_bytes()
    status, output = run(root)
    assert (status, (root / "made" / "datapackage.yaml").read_bytes()) == (1, before)
    assert "personal-id" in output
    assert number not in output
