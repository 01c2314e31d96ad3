"""The manual has a place for every option, code, command and address, and its links lead somewhere."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from support import PROJECT
from test_architecture import EVERYBODY, HOUSE, MODULES

from portal.cli import commands
from portal.examining.reading.descriptors.catalogue_keys import CATALOGUE_KEYS
from portal.model.limits import Limits
from portal.model.rates import Rates
from portal.publishing.search.query import PARAMETERS
from portal.publishing.site.render import installed_templates
from portal.serving.app import create_app
from portal.serving.ckan.actions import ACTIONS
from portal.settings import KEYS

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
    names = sorted(KEYS) + [field.name for kind in (Limits, Rates) for field in fields(kind)]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_limit_that_can_be_set_has_its_default_on_the_page_of_limits() -> None:
    """The page says of each limit what holds where nobody sets it."""
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([\d,]+(?: GiB)?) \|", reference("limits"), flags=re.MULTILINE))
    told = {
        name: int(value.removesuffix(" GiB").replace(",", "")) * (1024**3 if value.endswith("GiB") else 1)
        for name, value in rows.items()
    }
    assert told == asdict(Limits())


def test_every_key_of_the_catalogue_block_is_explained() -> None:
    """Neither has a descriptor."""
    text = reference("dataset")
    assert [name for name in sorted(CATALOGUE_KEYS) if f"`{name}`" not in text] == []


def runnable(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below *group* with its whole name; groups are not run themselves."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from runnable(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


COMMANDS = dict(runnable(commands, "portal"))


def test_commands_in_groups_are_found() -> None:
    """What is looked for below holds the commands of groups."""
    assert {"portal build", "portal template dataset", "portal import workbook"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section_with_what_its_help_says(name: str) -> None:
    """Each command stands on the page of commands under its own heading, with its arguments and every option."""
    section = reference("commands").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    shown = section.partition("```text\n")[2].partition("```")[0]
    said = CliRunner().invoke(commands, [*name.split()[1:], "--help"], prog_name="portal").output
    assert "".join(shown.split()) == "".join(said.split())
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert all(option in section for option in parameter.opts), parameter.opts


def test_the_table_of_commands_leads_to_each_of_them() -> None:
    """The page of commands begins with a list of all."""
    listed = re.findall(r"^\| \[`(portal [a-z ]+)`\]\(#([a-z-]+)\)", reference("commands"), flags=re.MULTILINE)
    assert {name for name, _ in listed} == set(COMMANDS)
    assert [anchor for name, anchor in listed if anchor != name.replace(" ", "-")] == []


def test_every_page_of_the_manual_can_be_reached_from_its_front_page() -> None:
    """docs/README.md links every page below docs/, in both languages where there are two."""
    front = PROJECT / "docs" / "README.md"
    linked = set(re.findall(r"\]\(([^)#\s]+)", front.read_text(encoding="utf-8")))
    pages = {page.relative_to(front.parent).as_posix() for page in front.parent.glob("**/*.md")} - {"README.md"}
    assert pages - linked == set()


def test_the_map_says_who_may_know_whom() -> None:
    """The table of rooms on the architecture page is the plan that imports are held to."""
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.]+)` \| (.+) \|$", text, flags=re.MULTILINE)
    told = {room: words.replace("the bottom", EVERYBODY).replace("`", "") for room, words in rows}
    assert told == {room: known or "the standard library alone" for room, known in HOUSE.items()}


def test_every_address_of_the_api_is_explained(tiny_release: Path) -> None:
    """Each rule of the app, each action and each parameter of a search stands on the page of the API."""
    text = reference("api")
    for rule in create_app(tiny_release).url_map.iter_rules():
        if rule.rule.startswith("/api/v1"):
            assert rule.rule.replace("<", "{").replace(">", "}") in text, rule.rule
    assert [name for name in [*ACTIONS, *PARAMETERS] if f"`{name}`" not in text] == []


def test_generated_pages_are_what_the_code_says() -> None:
    """Findings, files of the house, endpoints, parameters and limits: a new one shows up there or this fails."""
    command = [sys.executable, str(PROJECT / "docs" / "make_reference.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_line_of_every_module_can_stand_in_an_index() -> None:
    """Every module begins with a docstring whose first line is whole, short, and no other module's."""
    told = {name: ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) for name, path in MODULES.items()}
    lines = {name: (docstring or "").partition("\n")[0] for name, docstring in told.items()}
    assert [name for name, line in lines.items() if not line.endswith(".") or len(line) > 120] == []
    assert [line for line, times in Counter(lines.values()).items() if times > 1] == []


def test_style_sheets_scripts_and_components_say_what_they_are() -> None:
    """A comment opens every style sheet, script and component; that of a template opens its macro."""
    opening = {".css": "/* ", ".js": "// ", ".yaml": "# ", ".html": "{# "}
    folders = [installed_templates() / name for name in ("components", "static/css", "static/js")]
    silent = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        lines = path.read_text(encoding="utf-8").splitlines()
        if path.suffix == ".html":
            lines = lines[next(number for number, line in enumerate(lines, 1) if line.startswith("{% macro")) :]
        if not lines[0].startswith(opening[path.suffix]):
            silent.append(path.name)
    assert silent == []


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


def qualified_names() -> set[str]:
    """Return every module of the portal, what stands in it, and what stands in its classes, by dotted names."""
    names = set()
    for module, path in MODULES.items():
        names.add(f".{module}")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            inner = node.body if isinstance(node, ast.ClassDef) else []
            names.update(f".{module}.{name}" for name in _bound(node))
            names.update(
                f".{module}.{owner}.{name}" for owner in _bound(node) for item in inner for name in _bound(item)
            )
    return names


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def test_the_journey_names_what_there_is() -> None:
    """Every module, function and class that the journey of a dataset goes by stands in the code under that name."""
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    journey = text.partition("## One dataset's journey")[2].partition("## What a release holds")[0]
    named = re.findall(r"`((?:\w+\.)+\w+)`", journey)
    code = [name for name in named if not re.search(r"\.(ya?ml|json|ndjson|sqlite|py)$", name)]
    known = qualified_names()
    assert len(code) > 40
    assert [name for name in code if not any(other.endswith(f".{name}") for other in known)] == []
