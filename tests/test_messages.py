"""One text, one wording: what stands in messages.po and as a pair of languages in the code is said alike."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from support import PROJECT
from test_i18n import chinese

HAN = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile("[。！？；]|[\u4e00-\u9fff]{12}")

OTHER_THINGS = {
    "否": "a value of a table as people read it, and as it is written",
    "是": "a value of a table as people read it, and as it is written",
    "主题": "one topic, or the heading over several; in a catalogue of DCAT the word of the standard",
    "坐标": "a view of a map, and a type of a column",
    "整数": "a type of a column, named for citizens and in Frictionless' word",
    "日期": "a type of a column, and a heading",
    "数字": "the signs 0 to 9, and what a number is in the words of Frictionless",
    "文件": "files to download, one file of a receipt, and the category of a format",
    "格式": "the heading over formats, and an indicator by its name in GB/T 36344",
    "类型": "the heading over types, and an indicator by its name in GB/T 36344",
    "级别": "the level of an office, and how grave a finding is",
    "说明": "what a dataset is, what a column means, and the column of a standard in English",
    "开放属性": "a heading over several words, and the name of the element",
    "共享类型": "a heading, and an element of the guide in a sentence",
    "共享方式": "a heading, and an element of the guide in a sentence",
    "发布日期": "a heading, and an element of the guide in a sentence",
    "无条件共享": "the term, and the kind of a question",
    "无条件开放": "the term, and the kind of a question",
}
"""Chinese words for different things, or said in a sentence as well as over a column; English tells them apart."""


def text_of(node: ast.AST | None) -> str | None:
    """Return the text of a literal; what is filled in stands as {}."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def pairs(source: str) -> Iterator[tuple[str, str]]:
    """Yield each Chinese text of *source* with the English that stands behind it.

    >>> list(pairs('LocalText("主题", "Topics"), found("x", zh=f"第{n}行", en=f"row {n}")'))
    [('主题', 'Topics'), ('第{}行', 'row {}')]
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            groups = [node.args, [item.value for item in node.keywords]]
        elif isinstance(node, ast.Tuple):
            groups = [node.elts]
        else:
            continue
        for group in groups:
            texts = [text_of(item) for item in group]
            for zh, en in pairwise(texts):
                if zh and en and HAN.search(zh) and not HAN.search(en) and re.search("[A-Za-z]", en):
                    yield zh, en


def bare(text: str) -> str:
    """Return a text as it is compared: its letters and signs, # for what is filled in.

    >>> bare("第 %(row)s 行。") == bare("第{row}行")
    True
    """
    return re.sub(r"[^\w#]", "", re.sub(r"%\(\w+\)s|\{[^}]*\}", "#", text)).casefold()


def worded(text: str) -> str:
    """Return English as it is compared: without article, case and plural.

    >>> worded("A key area") == worded("Key areas")
    True
    """
    return bare(re.sub(r"^(an?|the) ", "", text, flags=re.IGNORECASE)).removesuffix("s")


@cache
def doubles() -> list[tuple[str, str, str]]:
    """Return Chinese, the English of the catalogue, and that of the code, of what stands in both."""
    catalogue: dict[str, list[tuple[str, str]]] = {}
    for english, message in chinese().items():
        text = message.string if isinstance(message.string, str) else (message.string or [""])[0]
        catalogue.setdefault(bare(text), []).append((text, english))
    return [
        (text, english, en)
        for path in sorted((PROJECT / "portal").rglob("*.py"))
        for zh, en in pairs(path.read_text(encoding="utf-8"))
        for text, english in catalogue.get(bare(zh), ())
    ]


def test_no_sentence_stands_in_both() -> None:
    """A whole sentence is a message of the pages and commands or a pair in the code, never both."""
    assert {zh for zh, _, _ in doubles() if SENTENCE.search(zh)} == set()


def test_a_name_in_both_is_said_in_the_same_words() -> None:
    """A name of one thing has one English wording, whether a page says it or a finding."""
    different = {(zh, page, code) for zh, page, code in doubles() if worded(page) != worded(code)}
    said_well = {zh for zh, page, code in doubles() if worded(page) == worded(code)}
    wrong = {item for item in different if item[0] not in OTHER_THINGS}
    assert (wrong, set(OTHER_THINGS) - {zh for zh, _, _ in different}) == (set(), set())
    assert said_well
