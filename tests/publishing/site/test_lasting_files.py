"""Lasting names of static files: other bytes have another name, also those of a module that a script imports."""

from __future__ import annotations

from pathlib import Path

from portal.publishing.site.lasting_files import give_lasting_names, plain_name


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def names(folder: Path, left_out: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the lasting names by the plain ones."""
    named = [path.relative_to(folder).as_posix() for path in give_lasting_names(folder, left_out)]
    return {plain_name(name): name for name in named}


def test_a_script_imports_modules_by_their_lasting_names(tmp_path: Path) -> None:
    """At its top and when they are wanted; the file of the plain name imports plain names."""
    script = 'import { a } from "./parts/a.js";\nconst b = import("./parts/b.js");\n'
    folder = written(tmp_path, {"js/main.js": script, "js/parts/a.js": "export const a = 1;\n", "js/parts/b.js": "\n"})
    found = names(folder)
    parts = {name: Path(found[f"js/parts/{name}.js"]).name for name in "ab"}
    assert (folder / found["js/main.js"]).read_text("utf-8") == (
        f'import {{ a }} from "./parts/{parts["a"]}";\nconst b = import("./parts/{parts["b"]}");\n'
    )
    assert (folder / "js/main.js").read_text("utf-8") == script


def test_other_bytes_of_a_module_rename_whoever_imports_it(tmp_path: Path) -> None:
    """So nobody runs a kept script with a new module."""
    found = []
    for number in (1, 2):
        files = {"js/main.js": 'import "./a.js";\nfrom "./parts/a.js";\n', "js/parts/a.js": f"{number}\n"}
        found.append(names(written(tmp_path / str(number), files))["js/main.js"])
    assert found[0] != found[1]


def test_modules_in_a_circle_are_loaded_by_plain_names(tmp_path: Path) -> None:
    """A hash cannot stand in what it is made of."""
    files = {"js/a.js": 'import { b } from "./b.js";\n', "js/b.js": 'import { a } from "./a.js";\n'}
    folder = written(tmp_path, files)
    found = names(folder)
    assert set(found) == set(files)
    assert (folder / found["js/b.js"]).read_text("utf-8").count("a.js") <= 1


def test_what_is_left_out_keeps_its_name(tmp_path: Path) -> None:
    """Folders whose modules are fetched by plain names."""
    folder = written(tmp_path, {"js/main.js": 'import("./search/x.js");\n', "js/search/x.js": "\n"})
    found = names(folder, frozenset(["search"]))
    assert list(found) == ["js/main.js"]
    assert "./search/x.js" in (folder / found["js/main.js"]).read_text("utf-8")
