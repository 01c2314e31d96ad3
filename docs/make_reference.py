"""Write the pages of docs/reference/ that are made from the code: ``python docs/make_reference.py``.

``findings.md`` comes from the declared codes, ``house.md`` from the first line of every file of the portal. In
``api.md`` and ``rows.md`` the tables of endpoints and parameters come from their declaration, in ``limits.md`` the last
table from the constants named ``…_MAX``; the rest of these pages is written by hand. ``answer_shapes.json``, from which
the site's page for developers is made, comes from the description of the API. With ``--check`` nothing is written; the
exit status is 1 where a page is not what the code says.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from portal.findings.codes import GROUPS, Code
from portal.i18n import translate
from portal.model.api import (
    Amount,
    Choice,
    Columns,
    Count,
    Moment,
    Parameter,
    Several,
    Text,
    WholeNumber,
    Words,
    YesNo,
)
from portal.publishing.endpoints import ACTIONS, ENDPOINTS, SEARCH
from portal.publishing.rows.row_parameters import TOGETHER_PARAMETERS
from portal.publishing.site.pages.api_reference import SHAPES_FILE
from portal.serving.v1.openapi import document

REFERENCE = Path(__file__).parent / "reference"
PORTAL = Path(__file__).parent.parent / "portal"

FINDINGS = """\
# Findings 检查结果

<!-- Made by docs/make_reference.py from portal/findings/codes/. Change the codes and run it again. -->

A finding says where, what and how to mend it. [`portal check`](check.md) and `portal build` print it, and `report.json`
keeps it; the fields are those of [release.md](release.md#reportjson). An **error** keeps its dataset out of the
release; the other datasets go on. A **warning** and an **info** do not. With `profile: national` in `catalog.yaml` the
warnings about the metadata of the catalogue, and unknown keys in the three files of settings, have the severity error.

For each code stands what it is and why it matters; what the finding says; and, behind the arrow, how to mend it.

A word in braces stands for a detail of the finding: `{value}` is what stands there, `{field}` the column or key. A
detail that is not known, or must not be shown, stands as “…”.

每条结果说明位置、问题和改法；箭头后面是改法。**error** 使该数据集不能发布，其他数据集照常发布；
**warning** 和 **info** 不影响发布。
`catalog.yaml` 中写 `profile: national` 时，元数据方面的警告一律按错误处理。花括号中的词代表具体内容，
不知道或不能显示的内容写作“…”。
"""


HOUSE = """\
# The house, file by file

<!-- Made by docs/make_reference.py from the first lines of the files. Change those and run it again. -->

Every file of `portal/` with the first line of what it says of itself. Which room may know which stands in
[architecture](../architecture.md#the-map).
"""


def findings_page() -> str:
    """Return the page of findings as it should be."""
    return "\n".join([FINDINGS, *(_section(title.en, title.zh, codes) for title, codes in GROUPS if codes)])


def _section(title: str, title_zh: str, codes: tuple[Code, ...]) -> str:
    return f"## {title} {title_zh}\n\n" + "\n".join(_entry(code) for code in codes)


def _entry(code: Code) -> str:
    """Return what stands of a code; its name is the heading, so that a link can lead to it."""
    return f"""\
### {code.name}

**{_plain(code.title.zh)} · {_plain(code.title.en)}** ({code.severity})

{_plain(code.explanation.zh)}

{_plain(code.explanation.en)}

> {_plain(code.message.zh)}
> → {_plain(code.mend.zh)}
>
> {_plain(code.message.en)}
> → {_plain(code.mend.en)}
"""


def _plain(template: str) -> str:
    """Return the text of a template as Markdown: doubled braces single, no sign that Markdown takes for its own."""
    single = template.replace("{{", "{").replace("}}", "}")
    return re.sub(r"([\\`*_<>|\[\]])", r"\\\1", single)


def house_page() -> str:
    """Return the page of all files as it should be: a section for each folder, a row for each file."""
    return "\n".join([HOUSE, *_rooms()])


def _rooms() -> Iterator[str]:
    for folder in sorted({path.parent for path in PORTAL.rglob("*.py")}):
        rows = [f"| `{path.name}` | {_first_line(path)} |\n" for path in sorted(folder.glob("[!_]*.py"))]
        about = _first_line(folder / "__init__.py")
        name = folder.relative_to(PORTAL.parent).as_posix()
        yield f"## {name}/\n\n{about}\n" + ("\n| file | is for |\n|---|---|\n" + "".join(rows) if rows else "")


def _first_line(path: Path) -> str:
    """Return the first line of a module's docstring as Markdown."""
    return _told((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0])


def _told(docstring: str) -> str:
    """Return a line of a docstring as Markdown for a table."""
    return docstring.replace("``", "`").replace("|", "\\|")


def api_page() -> str:
    """Return the page of the API with its tables as they should be."""
    page = (REFERENCE / "api.md").read_text(encoding="utf-8")
    page = _with_section(page, "endpoints", _endpoints())
    page = _with_section(page, "parameters of a search", _parameters(SEARCH.parameters))
    return _with_section(page, "actions", _actions())


def rows_page() -> str:
    """Return the page of rows with its table as it should be."""
    page = (REFERENCE / "rows.md").read_text(encoding="utf-8")
    return _with_section(page, "parameters of rows", _parameters(TOGETHER_PARAMETERS))


def _with_section(page: str, name: str, made: str) -> str:
    """Return a page with what stands between the two marks of a section replaced."""
    begin, end = f"<!-- {name}: made by docs/make_reference.py -->\n", f"<!-- end of {name} -->\n"
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        sys.exit(f"there is no section {name!r} in the page")
    return f"{before}{begin}\n{made}\n{end}{after}"


def _endpoints() -> str:
    rows = [
        f"| `{item.path}` | {translate('en', item.about)} | {translate('zh', item.about)} |\n" for item in ENDPOINTS
    ]
    return "| GET | answers | 说明 |\n|---|---|---|\n" + "".join(rows)


def _parameters(parameters: Iterable[Parameter]) -> str:
    """Return a table of parameters, those that differ by name alone in one row."""
    rows = [
        f"| {' '.join(f'`{item.name}`' for item in alike)} | {_plain(meaning.en)} | {_plain(meaning.zh)} | {values} |\n"
        for (meaning, values), alike in groupby(parameters, lambda item: (item.meaning, _values(item)))
    ]
    return "| parameter | meaning | 含义 | values |\n|---|---|---|---|\n" + "".join(rows)


def _actions() -> str:
    rows = [
        f"| `{action}` | {'; '.join(f'`{item.name}`: {_within(item)}' for item in parameters) or '–'} |\n"
        for action, parameters in ACTIONS.items()
    ]
    return "| action | parameters |\n|---|---|\n" + "".join(rows)


def _within(item: Parameter) -> str:
    values = _values(item)
    meaning = _plain(item.meaning.en)
    return meaning[0].lower() + meaning[1:] + (f" ({values})" if values else "")


def _values(item: Parameter) -> str:
    """Return what a parameter may be."""
    match item:
        case Words():
            return f"text, of which the first {item.characters_max} characters count"
        case Several():
            return f"any; repeat it for several, of which the first {item.values_max} count"
        case Choice():
            default = f"; without it `{item.default}`" if item.default else ""
            return ", ".join(f"`{option}`" for option in item.options) + default
        case Columns():
            return "the name of a column, and an operator"
        case Text():
            repeated = "; may be repeated" if item.repeats else ""
            return f"text of at most {item.characters_max:,} characters{repeated}"
        case YesNo():
            return f"`true`, `false`; without it `{str(item.default).lower()}`"
        case Amount():
            return f"1 to {item.maximum:,}, `all`"
        case WholeNumber():
            return f"1 to {item.maximum:,}; without it {item.default}"
        case Count():
            bound = f", at most {item.maximum:,}" if item.maximum else ""
            return f"from 0{bound}; without it {'all' if item.default < 0 else item.default}"
        case Moment():
            return "a day (2026-06-01) or a time (2026-06-01T08:00:00+08:00); without a zone in UTC"
        case _:
            return ""


def limits_page() -> str:
    """Return the page of limits with its table of constants as it should be."""
    page = (REFERENCE / "limits.md").read_text(encoding="utf-8")
    rows = [
        f"| `{name}` | `{value}` | `{path.relative_to(PORTAL).as_posix()}` | {meaning} |\n"
        for path in sorted(PORTAL.rglob("*.py"))
        for name, value, meaning in _constants(path)
    ]
    return _with_section(
        page, "constants", "| constant | value | file | what it bounds |\n|---|---|---|---|\n" + "".join(rows)
    )


def _constants(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and meaning of the limits in a file; a limit without a docstring ends it all."""
    source = path.read_text(encoding="utf-8")
    module = ast.parse(source)
    for body in (module.body, *(node.body for node in ast.walk(module) if isinstance(node, ast.ClassDef))):
        for statement, following in zip(body, [*body[1:], None], strict=True):
            for name, value in _assigned(statement):
                if not re.fullmatch("_?[A-Z][A-Z0-9_]*_MAX", name):
                    continue
                told = following.value if isinstance(following, ast.Expr) else None
                if not isinstance(told, ast.Constant) or not isinstance(told.value, str):
                    sys.exit(f"{path}:{statement.lineno}: {name} has no docstring that says what it bounds")
                meaning = " ".join(told.value.partition("\n\n")[0].split())
                yield name, ast.get_source_segment(source, value) or "", _told(meaning)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a statement assigns to, each with its value."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        yield statement.target.id, statement.value
    elif isinstance(statement, ast.Assign):
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            yield target.id, value
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            yield from (
                (one.id, each) for one, each in zip(target.elts, value.elts, strict=True) if isinstance(one, ast.Name)
            )


def answer_shapes() -> str:
    """Return the shapes of answers as the page for developers reads them, from the description of the API."""
    described = document("")
    schemas: dict[str, Any] = described["components"]["schemas"]
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    json_answers = {
        operation["operationId"]: content["application/json"]["schema"]
        for operation in operations
        if "application/json" in (content := operation["responses"]["200"]["content"])
    }
    answers = {name: _name_of(schema) for name, schema in json_answers.items()}
    posted = {
        _name_of(one["requestBody"]["content"]["application/json"]["schema"])
        for one in operations
        if "requestBody" in one
    }
    shapes = {name: _shape(schema) for name, schema in sorted(schemas.items())}
    whole = {"answers": answers, "posted": "".join(sorted(posted)), "shapes": shapes}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    word = r'("(?:[^"\\]|\\.)*")'
    return re.sub(rf"\[\s+{word},\s+{word},\s+{word}\s+\]", r"[\1, \2, \3]", text)


def _shape(schema: dict[str, Any]) -> dict[str, Any]:
    """Return an object of the description: what it is, its keys as (name, type, meaning), what stands in it."""
    keys = [
        (name, _type(one) + ("" if name in schema.get("required", ()) else "?"), str(one.get("description", "")))
        for name, one in schema.get("properties", {}).items()
    ]
    parts = sorted(set(re.findall(r"#/components/schemas/(\w+)", json.dumps(schema))))
    return {"about": str(schema.get("description", "")), "keys": keys, "parts": parts}


def _type(schema: dict[str, Any]) -> str:
    """Return a type in short: ``[X]`` is a list, ``{X}`` an object with any keys."""
    if "$ref" in schema:
        return _name_of(schema)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(dict.fromkeys(map(_type, choices)))
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"{{{_type(inner)}}}" if isinstance(inner, dict) else "{…}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)


def _name_of(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


PAGES: dict[str | Path, Callable[[], str]] = {
    "findings.md": findings_page,
    "house.md": house_page,
    "api.md": api_page,
    "rows.md": rows_page,
    "limits.md": limits_page,
    SHAPES_FILE: answer_shapes,
}
"""The pages and what makes them."""


def main() -> None:
    """Write the pages, or with ``--check`` compare them."""
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit("usage: python docs/make_reference.py [--check]")
    for name, made in PAGES.items():
        page, wanted = REFERENCE / name, made()
        if not sys.argv[1:]:
            page.write_text(wanted, encoding="utf-8")
        elif not page.is_file() or page.read_text(encoding="utf-8") != wanted:
            sys.exit(f"{page} is stale: run python docs/make_reference.py")


if __name__ == "__main__":
    main()
