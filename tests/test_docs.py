"""The manual has a place for every option, code, command and address, and its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest
from support import PROJECT

from portal.api.app import create_app
from portal.api.ckan import ACTIONS
from portal.cli import commands
from portal.model.limits import Limits
from portal.search.query import PARAMETERS
from portal.settings import KEYS
from portal.validation.metadata import CATALOGUE_KEYS

PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])


def reference(name: str) -> str:
    """Return a page of the reference."""
    return (PROJECT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_links_between_pages_lead_to_files_that_exist(page: Path) -> None:
    """No page of the manual points to nothing."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_every_setting_and_limit_is_explained() -> None:
    """catalog.yaml has no secret key."""
    text = reference("catalog-yaml")
    names = sorted(KEYS) + [field.name for field in fields(Limits)]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_key_of_the_catalogue_block_is_explained() -> None:
    """Neither has a descriptor."""
    text = reference("dataset")
    assert [name for name in sorted(CATALOGUE_KEYS) if f"`{name}`" not in text] == []


def test_every_command_and_option_is_explained() -> None:
    """Each option of each command stands on the page of commands."""
    text = reference("commands")
    for name, command in commands.commands.items():
        assert f"portal {name}" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(option in text for option in parameter.opts), parameter.opts


def test_every_address_of_the_api_is_explained(tiny_release: Path) -> None:
    """Each rule of the app, each action and each parameter of a search stands on the page of the API."""
    text = reference("api")
    for rule in create_app(tiny_release).url_map.iter_rules():
        if rule.rule.startswith("/api/v1"):
            assert rule.rule.removeprefix("/api/v1").replace("<name>", "") in text, rule.rule
    assert [name for name in [*ACTIONS, *PARAMETERS] if f"`{name}`" not in text] == []


def test_the_page_of_findings_is_what_the_code_declares() -> None:
    """The page is generated; a new code shows up there or this fails."""
    command = [sys.executable, str(PROJECT / "docs" / "make_reference.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_names_targets_that_exist() -> None:
    """Every ``make`` command of the READMEs and the guide for contributors is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        used = re.findall(r"`?make ([a-z]+)", (PROJECT / name).read_text(encoding="utf-8"))
        assert used
        assert (
            set(re.findall(r"(?:^|`)make ([a-z]+)", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE))
            <= targets
        )
