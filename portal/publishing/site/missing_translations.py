"""Texts of datasets without English: what is missing at which key of the descriptor, a work list for publishers.

Titles, descriptions, keywords, names of tables, files and columns. What is no Chinese (pH, PM2.5) needs no English.
The list is `reports/translations.csv` of a build; each dataset's part stands in its report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.model.catalog import Dataset
from portal.model.text import LocalText, enumerated

FILE_NAME = "translations.csv"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_COLUMNS = ("file", "key", "text")


@dataclass(frozen=True, slots=True)
class MissingTranslation:
    """A text in Chinese alone, and the key of the descriptor under which its English belongs."""

    key: str
    text: str


def missing_translations(dataset: Dataset) -> list[MissingTranslation]:
    """Return what a dataset says in Chinese alone, in the order of its descriptor; each key once.

    >>> from portal.model.catalog import Publisher
    >>> air = Dataset("air", LocalText("空气"), "p/air", "p/air/datapackage.yaml", Publisher("p", LocalText("局")))
    >>> missing_translations(air)
    [MissingTranslation(key='translations.en.title', text='空气')]
    """
    found = {key: text.zh for key, text in _texts(dataset) if not text.en and _CHINESE.search(text.zh)}
    return [MissingTranslation(f"translations.en.{key}", text) for key, text in found.items()]


def write_missing_translations(datasets: Iterable[Dataset], folder: Path) -> int:
    """Write the work list of all datasets below *folder*, as a spreadsheet opens it; return how many texts are on it.

    Without any there is no file.
    """
    rows = [(item.descriptor_file, one.key, one.text) for item in datasets for one in missing_translations(item)]
    if rows:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE_NAME).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return len(rows)


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _texts(dataset: Dataset) -> Iterator[tuple[str, LocalText]]:
    yield "title", dataset.title
    yield "description", dataset.description
    if dataset.keywords:
        named = [word for word in dataset.keywords if not word.en and _CHINESE.search(word.zh)]
        yield "keywords", LocalText(enumerated("zh", (word.zh for word in named)))
    for resource in dataset.resources:
        yield f"resources.{resource.name}.title", resource.title
        yield f"resources.{resource.name}.description", resource.description
        if not resource.standard:
            for field in resource.schema.fields:
                yield f"fields.{field.name}", field.title
