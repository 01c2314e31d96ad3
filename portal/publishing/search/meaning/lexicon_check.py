"""Checking a lexicon against a catalogue: what is wrong in it, groups by topic, groups and words that find nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Dataset
from portal.publishing.search.engine import WordSource
from portal.publishing.search.meaning.catalogue_terms import matches
from portal.publishing.search.meaning.citizens_words import Group
from portal.publishing.search.meaning.lexicon_reading import ReadLexicon
from portal.publishing.search.meaning.lexicon_rules import check_groups
from portal.publishing.search.meaning.plain_source import PlainSource


@dataclass(frozen=True)
class LexiconReport:
    """What a check gave. *topics* counts groups, *words* all that lead to a group; *used* groups find something."""

    topics: Mapping[str, int]
    words: int
    used: int
    report: Report

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return sum(self.topics.values())


def check_lexicon(read: ReadLexicon, datasets: Iterable[Dataset]) -> LexiconReport:
    """Check a lexicon as it was read, and hold it against *datasets*."""
    source = PlainSource(map(texts_of, datasets))
    unused = tuple(_that_find_nothing(read.groups, source)) if source.size else ()
    topics = Counter(group.topic or group.file for group in read.groups)
    return LexiconReport(
        topics=dict(sorted(topics.items())),
        words=sum(len(group.all_words) for group in read.groups),
        used=len(read.groups) - sum(item.code == "lexicon-unused" for item in unused),
        report=Report((*read.findings, *check_groups(read.groups), *unused)),
    )


def texts_of(dataset: Dataset) -> dict[str, str]:
    """Return the texts of a dataset by the fields in which the second list tells them apart."""
    columns = (field for item in dataset.resources for field in item.schema.fields)
    return {
        "title": f"{dataset.title.zh}\n{dataset.title.en}",
        "keywords": "\n".join(f"{text.zh}\n{text.en}" for text in (*dataset.keywords, dataset.publisher.title)),
        "columns": "\n".join(f"{column.name}\n{column.title.zh}\n{column.title.en}" for column in columns),
        "body": f"{dataset.description.zh}\n{dataset.description.en}",
    }


def _that_find_nothing(groups: Sequence[Group], source: WordSource) -> Iterator[Finding]:
    for group in groups:
        missing = [word for word in group.official if not matches(word, source)]
        if len(missing) == len(group.official):
            yield found("lexicon-unused", file=group.file, row=group.row, value=group.words[0])
        else:
            for word in missing:
                yield found("lexicon-word-unmatched", file=group.file, row=group.row, value=word)
