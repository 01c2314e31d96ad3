"""The words that stand in open tables: products, illnesses, kinds of licences, roads; by them a table may be meant.

Of a column of text those values are taken that are short and words: no numbers, dates or identifiers. A column with
very many different values is left out, for its rows answer themselves; so are columns of people, by the rule of
`name_columns`, and those whose values look like people's names. Only published CSV is read, so nothing that the edition
keeps back gets in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from pathlib import Path

from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.store_plan import TableSource, sources_of
from portal.publishing.search.meaning.question_words import question_words
from portal.publishing.search.named_rows.name_columns import is_text_of_things
from portal.publishing.search.tokeniser import fold

COLUMN_VALUES_MAX = 200
"""Different values of a column whose words find its dataset; a column with more is left out, its rows answer."""
DATASET_VALUES_MAX = 400
"""Values of one dataset that find it: those of the columns with the fewest come first, and a column whole or not."""
CATALOGUE_VALUES_MAX = 300_000
"""Values of all datasets together; those of the datasets with the fewest come first."""
ROWS_READ_MAX = 200_000
"""Rows of a table in which its values are looked for."""
VALUE_CHARACTERS_MAX = 16
"""A longer text of a cell is no word for a thing."""
WORDS_SHARE = 0.5
"""A column of which fewer values are words holds remarks, addresses or codes."""
PEOPLE_SHARE = 0.6
"""A column in which so many values are a usual surname with one or two characters holds people's names."""

_LISTED = re.compile("[、；;，,]")
"""What stands between the words of one cell: 内科、儿科."""
_SENTENCE = re.compile("[。！？!?：:]")
_NONE_OR_ALL = frozenset(
    "其他 其它 不限 不分 全部 全体 合计 小计 总计 未知 不详 不明 暂无 没有 other others total unknown".split()
)
_WORDS = re.compile(r"[a-z][a-z' -]{2,}")
_CHINESE = re.compile("[\u3400-\u9fff]")
_NUMBERING = re.compile("[年月日时分秒号第期届点个元万亿以上下至及零〇一二三四五六七八九十百千]")
_PERSON_CHARACTERS = (2, 3)


def table_values(datasets: Iterable[PublishedDataset], site_dir: Path) -> dict[str, tuple[str, ...]]:
    """Return the values by which each dataset may be meant, by its name; those that have none are left out."""
    found = {item.dataset.name: tuple(_values(item, site_dir)) for item in datasets}
    fewest_first = sorted(found.items(), key=lambda item: (len(item[1]), item[0]))
    held = accumulate(len(values) for _, values in fewest_first)
    return {
        name: values
        for (name, values), total in zip(fewest_first, held, strict=True)
        if values and total <= CATALOGUE_VALUES_MAX
    }


def is_word(text: str) -> bool:
    """Whether the text of a cell is a word for a thing.

    >>> [text for text in ("鸡蛋", "16路", "3号线", "2024年3月", "A-17", "fresh milk", "RMB 3", "是") if is_word(text)]
    ['鸡蛋', 'fresh milk']
    """
    if len(text) > VALUE_CHARACTERS_MAX or _SENTENCE.search(text):
        return False
    folded = fold(text)
    if _says_nothing(folded):
        return False
    if not _CHINESE.search(folded):
        return bool(_WORDS.fullmatch(folded))
    return len(_CHINESE.findall(_NUMBERING.sub("", folded))) > 1


def _says_nothing(key: str) -> bool:
    """Whether a word stands for none or all, asks for nothing, or leads anywhere: 其他, 名单, 城市."""
    words = question_words()
    return key in _NONE_OR_ALL or words.is_dropped(key) or key in words.general


def _values(item: PublishedDataset, site_dir: Path) -> Iterator[str]:
    """Yield the values of a dataset, each once: the columns with the fewest first."""
    columns = [column for source in sources_of(item, site_dir) for column in _columns(item, source)]
    told: set[str] = set()
    for values in sorted(columns, key=len):
        new = {fold(value): value for value in values if fold(value) not in told}
        if len(told) + len(new) <= DATASET_VALUES_MAX:
            told.update(new)
            yield from new.values()


def _columns(item: PublishedDataset, source: TableSource) -> list[list[str]]:
    """Return the values of each column of a table that has some, in the order in which they stand."""
    wanted = _wanted(item, source)
    columns = _distinct(source.csv, wanted) if wanted else []
    return [words for values in columns if (words := _words(values)) and not _are_people(values)]


def _words(values: Sequence[str]) -> list[str]:
    """Return the words in the values of a column, each once; none of a column that holds something else."""
    words = [list(filter(is_word, map(str.strip, _LISTED.split(value)))) for value in values]
    if sum(map(bool, words)) < WORDS_SHARE * len(values):
        return []
    return list(dict.fromkeys(word for some in words for word in some))


def _wanted(item: PublishedDataset, source: TableSource) -> dict[int, int]:
    """Return how many different values each column has that is read, by its number."""
    profile = next((one.profile for one in item.resources if one.resource.name == source.resource), None)
    counts = {column.name: column.distinct for column in profile.columns} if profile else {}
    wanted = {}
    for number, field in enumerate(source.fields):
        count = counts.get(str(field["name"]))
        if count and count <= COLUMN_VALUES_MAX and number not in source.links and is_text_of_things(field):
            wanted[number] = count
    return wanted


def _distinct(path: Path, wanted: Mapping[int, int]) -> list[list[str]]:
    """Return the different values of columns; a table is read no further than until all of them were met."""
    found: dict[int, dict[str, None]] = {number: {} for number in wanted}
    missing = dict(wanted)
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        for line in islice(lines, ROWS_READ_MAX):
            for number in list(missing):
                value = line[number].strip() if number < len(line) else ""
                if value and value not in found[number]:
                    found[number][value] = None
                    if len(found[number]) >= missing[number]:
                        del missing[number]
            if not missing:
                break
    return [list(values) for values in found.values()]


def _are_people(values: Sequence[str]) -> bool:
    surnames = question_words().surnames
    people = sum(len(value) in _PERSON_CHARACTERS and value[0] in surnames for value in values)
    return people >= PEOPLE_SHARE * len(values)
