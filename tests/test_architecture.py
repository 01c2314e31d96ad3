"""The plan of the house: which wing may know which, and that imports run one way, downwards.

`HOUSE` is the first place to look when a new room is wanted. A room knows the rooms that stand with it here, and
whatever stands inside itself. Every import counts: absolute, relative, ``from portal import x``, inside a function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

PORTAL = Path(__file__).parent.parent / "portal"

EVERYBODY = "model findings standards settings i18n yamlfile workers processor_cores"
"""The bottom of the house. Each of these knows only what `HOUSE` says of it; every wing may know all of them."""

HOUSE = {
    "model": "",
    "findings": "model",
    "yaml_loader": "model findings",
    "yamlfile": "model findings yaml_loader",
    "standards": "model findings yamlfile",
    "footer_settings": "model findings",
    "look_settings": "model findings",
    "story_settings": "model findings",
    "settings": "model findings yamlfile footer_settings look_settings story_settings",
    "i18n": "model",
    "workers": "model",
    "processor_cores": "",
    "examining.understanding": "model findings",
    "examining.profiling": f"{EVERYBODY} examining.understanding examining.reading",
    "examining.reading": f"{EVERYBODY} examining.understanding",
    "examining.validation": f"{EVERYBODY} examining.understanding examining.reading",
    "examining.validation.metadata.view_rules": f"{EVERYBODY} examining.validation examining.privacy.withheld_values",
    "examining.privacy": f"{EVERYBODY} examining.understanding examining.reading",
    "examining": f"{EVERYBODY} examining",
    "publishing.publication": "model",
    "publishing.formats": f"{EVERYBODY} publishing.publication",
    "publishing.quality": f"{EVERYBODY} publishing.publication publishing.formats",
    "publishing.rows": f"{EVERYBODY} publishing.publication",
    "publishing.ckan_parameters": "model",
    "publishing.endpoints": f"{EVERYBODY} publishing.search publishing.rows publishing.ckan_parameters",
    "publishing.usage": f"{EVERYBODY} publishing.publication publishing.formats",
    "publishing.history": f"{EVERYBODY} publishing.quality",
    "publishing.release_content": f"{EVERYBODY} publishing.publication publishing.quality publishing.history examining",
    "publishing.files": f"{EVERYBODY} publishing.publication publishing.formats publishing.quality"
    " publishing.release_content examining",
    "publishing.search.engines": f"{EVERYBODY} publishing.search.engine publishing.search.query"
    " publishing.search.search_documents publishing.search.sorted_numbers publishing.search.tokeniser",
    "publishing.search": f"{EVERYBODY} publishing.publication publishing.formats publishing.release_content"
    " publishing.rows",
    "publishing.site.maps": f"{EVERYBODY} publishing.publication publishing.rows publishing.search examining"
    " publishing.site.contexts publishing.site.cells_in_words",
    "publishing.site.charts": f"{EVERYBODY} publishing.publication publishing.formats publishing.rows"
    " publishing.site.alike_tables",
    "publishing.site": f"{EVERYBODY} publishing.publication publishing.formats publishing.files publishing.quality"
    " publishing.search publishing.endpoints publishing.rows publishing.history publishing.release_content examining",
    "publishing": f"{EVERYBODY} publishing examining",
    "incoming": f"{EVERYBODY} incoming examining publishing.formats",
    "serving": f"{EVERYBODY} serving publishing",
    "pipeline": f"{EVERYBODY} examining publishing",
    "cli": f"{EVERYBODY} pipeline incoming examining publishing serving",
    "__main__": "cli",
}
"""Room by room, what each may know. The most exact name counts; "" is nobody."""


def modules() -> dict[str, Path]:
    """Return the files of the portal by the dotted names below it, packages by their own."""
    names = {}
    for path in sorted(PORTAL.rglob("*.py")):
        parts = path.relative_to(PORTAL).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


MODULES = modules()


def room_of(name: str) -> str:
    """Return the room of `HOUSE` that a module stands in, the innermost one; "" for the portal itself.

    >>> room_of("examining.reading.sheets.rows"), room_of("examining.examined")
    ('examining.reading', 'examining')
    """
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        if ".".join(parts[:end]) in HOUSE:
            return ".".join(parts[:end])
    return ""


def imports(source: str, package: str) -> Iterator[str]:
    """Yield the dotted name below ``portal`` of everything that *source*, standing in *package*, imports of its own.

    >>> list(imports("def f():\\n    from ..model import text\\n    from portal import settings", "portal.cli"))
    ['model.text', 'settings']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("portal.") for name in names if name.startswith("portal."))


def module_of(name: str) -> str:
    """Return the module that an imported name is, or stands in."""
    return name if name in MODULES else name.rpartition(".")[0]


def is_allowed(room: str, target: str) -> bool:
    """Whether *room* may know the module *target*."""
    allowed = [room, *HOUSE[room].split()]
    return any(target == one or target.startswith(f"{one}.") for one in allowed)


def package_of(name: str, path: Path) -> str:
    """Return the package in which relative imports of a module start."""
    return f"portal.{name}" if path.name == "__init__.py" else f"portal.{name}".rpartition(".")[0]


def wrong_imports(files: Iterable[tuple[str, Path]]) -> list[str]:
    """Return every import that `HOUSE` does not allow."""
    return [
        f"{name} imports {target}"
        for name, path in files
        for target in sorted(set(map(module_of, imports(path.read_text(encoding="utf-8"), package_of(name, path)))))
        if target and name and not is_allowed(room_of(name), target)
    ]


def test_every_file_stands_in_a_room() -> None:
    """No file of the portal lies outside the rooms of the plan, and no room of the plan is empty."""
    assert {room_of(name) for name in MODULES if name} == set(HOUSE)


def test_every_room_is_installed() -> None:
    """setup.cfg names every package of the portal, so that an installed portal has what a checkout has."""
    told = ConfigParser()
    told.read(PORTAL.parent / "setup.cfg", encoding="utf-8")
    packages = {".".join(path.parent.relative_to(PORTAL.parent).parts) for path in PORTAL.rglob("__init__.py")}
    assert set(told["options"]["packages"].split()) - {"portal.site_templates"} == packages


def test_imports_run_as_the_plan_says() -> None:
    """No room imports what the plan does not list for it."""
    assert wrong_imports(MODULES.items()) == []


@pytest.mark.parametrize(
    "source",
    [
        "from portal.cli.arguments import x",
        "import portal.cli.arguments",
        "from portal import cli",
        "from ..cli import arguments",
        "def f():\n    from portal.cli import arguments",
    ],
)
def test_no_way_of_importing_goes_unseen(source: str, tmp_path: Path) -> None:
    """An import upwards is found however it is written."""
    path = tmp_path / "text.py"
    path.write_text(source, encoding="utf-8")
    assert wrong_imports([("model.text", path)]) != []


def test_the_plan_has_no_circle() -> None:
    """Rooms that know each other one way do not know each other the other way."""
    circles = []
    for room, known in HOUSE.items():
        below, seen = [*known.split()], set()
        while below:
            other = below.pop()
            if other in seen or other.startswith(f"{room}.") or room.startswith(f"{other}.") or other == room:
                continue
            seen.add(other)
            below += HOUSE.get(other, "").split()
            if room in HOUSE.get(other, "").split():
                circles.append((room, other))
    assert circles == []


def test_the_model_uses_the_standard_library_alone() -> None:
    """The nouns and the findings import nothing that must be installed."""
    allowed = set(
        "__future__ bisect collections dataclasses datetime html itertools pathlib re typing unicodedata urllib".split()
    )
    for path in (PORTAL / "model").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("portal"):
                assert node.module.split(".")[0] in allowed, path


def test_no_two_files_bear_one_name() -> None:
    """A file is found by its name alone, but for the groups of codes, which are called like what they speak of."""
    names = [path.name for path in PORTAL.rglob("[!_]*.py") if path.parent.name != "codes"]
    assert {name: names.count(name) for name in names if names.count(name) > 1} == {}
