"""Write docs/reference/findings.md from the declared codes: ``python docs/make_reference.py``.

With ``--check`` nothing is written; the exit status is 1 where the page is not what the codes say.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from portal.model.codes import GROUPS, Code

PAGE = Path(__file__).parent / "reference" / "findings.md"

INTRODUCTION = """\
# Findings 检查结果

<!-- Made by docs/make_reference.py from portal/model/codes/. Change the codes and run it again. -->

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


def page() -> str:
    """Return the page as it should be."""
    return "\n".join([INTRODUCTION, *(_section(title.en, title.zh, codes) for title, codes in GROUPS if codes)])


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


def main() -> None:
    """Write the page, or with ``--check`` compare it."""
    wanted = page()
    if sys.argv[1:] == ["--check"]:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
            sys.exit(f"{PAGE} is stale: run python docs/make_reference.py")
    elif sys.argv[1:]:
        sys.exit("usage: python docs/make_reference.py [--check]")
    else:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
