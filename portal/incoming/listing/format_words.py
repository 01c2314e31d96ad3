"""Words for formats in listings (xls, csv, mysql, 接口 ...) as the guide's class and type of format.

What is neither becomes its description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portal.model.guide import FORMAT_CLASSES, FORMAT_TYPES, term_id
from portal.model.text import enumerated

# What the guide's list of 2017 does not name: csv goes to the spreadsheets, text for machines to the files.
_OTHER_TYPES = {
    "spreadsheet": ("csv", "tsv", "ods", "excel", "xlsm"),
    "database": (
        "mysql",
        "sqlserver",
        "postgresql",
        "mongodb",
        "greenplum",
        "impala",
        "bdb",
        "sybase",
        "库表",
        "table",
    ),
    "file": ("json", "rdf", "geojson", "zip", "rar", "htm", "pptx", "file", "文件", "wp", "wl", "wt", "mpj"),
    "image": ("jpeg", "png", "tif", "tiff", "shp"),
    "other": ("api", "接口", "服务接口", "链接", "地图"),
}
_ORDER = ("spreadsheet", "database", "file", "image", "media", "self-described", "other")
"""Which class a resource in several formats belongs to: the one most like a table."""
_SPELLINGS = {"sqlserver": "sql server", "sybase": "sysbase"}

_CLASS_OF = {
    word.lower(): class_id
    for types in (FORMAT_TYPES, _OTHER_TYPES)
    for class_id, words in types.items()
    for word in words
}
_TYPE_OF = {word.lower(): word for words in FORMAT_TYPES.values() for word in words}


def format_of(words: Iterable[str], unknown: Callable[[str], None] = lambda word: None) -> tuple[str, str, str]:
    """Return class, type and description of a format for the words of a listing; *unknown* is told what is not known.

    The type is one of the guide's list or ""; every other word stands in the description.

    >>> format_of(["rdf", "xls", "json", "csv"]), format_of(["数据库", "mysql"]), format_of([])
    (('spreadsheet', 'xls', 'rdf、json、csv'), ('database', '', 'mysql'), ('', '', ''))
    """
    classes: set[str] = set()
    named: set[str] = set()
    kinds: list[str] = []
    for word in words:
        class_id = term_id(word, FORMAT_CLASSES) or term_id(word.removesuffix("格式"), FORMAT_CLASSES)
        if word in ("自描述", "自描述格式"):
            class_id = "self-described"
        if class_id:
            named.add(class_id)
            continue
        plain = _SPELLINGS.get(word.lower(), word.lower())
        known = _CLASS_OF.get(plain, "")
        if known:
            classes.add(known)
        else:
            unknown(word)
        kinds.append(_TYPE_OF.get(plain, plain if known else word))
    # What the listing names itself counts before what the types tell.
    chosen = next((class_id for class_id in _ORDER if class_id in (named - {"other"} or classes or named)), "")
    type_ = next((kind for kind in kinds if kind in FORMAT_TYPES.get(chosen, ())), "")
    others = enumerated("zh", dict.fromkeys(kind for kind in kinds if kind != type_))
    if kinds and not chosen:
        chosen = "other"
    return chosen, type_, others
