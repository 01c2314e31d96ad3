"""Imports run one way: downwards. A room uses only rooms on floors below; rooms on one floor are strangers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PORTAL = Path(__file__).parent.parent / "portal"

FLOORS = [
    "cli",
    "terminal",
    "targets",
    "pipeline",
    "api",
    "site",
    "checking",
    "release history publishing search starter drafting intake compilation examination workers",
    "quality",
    "validation profiling privacy",
    "reading",
    "formats",
    "settings i18n standards",
    "yamlfile",
    "model",
]

FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}


def room_of(path: Path) -> str:
    """Return the room that a file stands in."""
    return path.relative_to(PORTAL).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    """Yield the room of every import of the portal's own in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            parts = name.split(".")
            if parts[0] == "portal" and len(parts) > 1:
                yield parts[1]


def test_every_file_stands_in_a_known_room() -> None:
    """No file of the portal lies outside the rooms of the map."""
    rooms = {room_of(path) for path in PORTAL.rglob("*.py")} - {"__init__", "__main__"}
    assert rooms == set(FLOOR_OF)


def test_imports_run_downwards() -> None:
    """No room imports from its own floor's other rooms, or from a floor above."""
    wrong = [
        f"{path.relative_to(PORTAL)} imports {target}"
        for path in PORTAL.rglob("*.py")
        if room_of(path) in FLOOR_OF
        for target in imported_rooms(path)
        if target != room_of(path) and FLOOR_OF[target] <= FLOOR_OF[room_of(path)]
    ]
    assert wrong == []


def test_the_model_uses_the_standard_library_alone() -> None:
    """The nouns import nothing that must be installed."""
    allowed = set("__future__ bisect collections dataclasses datetime pathlib typing unicodedata urllib".split())
    for path in (PORTAL / "model").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("portal"):
                assert node.module.split(".")[0] in allowed, path
