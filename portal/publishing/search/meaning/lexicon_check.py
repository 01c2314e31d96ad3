"""Checking a lexicon against a catalogue: what is wrong in it, groups by topic, groups and words that find nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Dataset
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.lexicon.lexicon_reading import ReadLexicon
from portal.publishing.search.lexicon.lexicon_rules import check_groups
from portal.publishing.search.meaning.plain_source import PlainSource
from portal.publishing.search.terms.catalogue_terms import CountedWords


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
    counted = CountedWords(PlainSource(map(texts_of, datasets)))
    unused = tuple(_that_find_nothing(read.groups, counted)) if counted.size else ()
    topics = Counter(group.topic or group.file for group in read.groups)
    return LexiconReport(
        topics=dict(sorted(topics.items())),
        words=sum(len(group.all_words) for group in read.groups),
        used=len(read.groups) - sum(item.code == "lexicon-unused" for item in unused),
        report=Report((*read.findings, *check_groups(read.groups), *unused)),
    )


def texts_of(dataset: Dataset) -> tuple[str, str, str]:
    """Return the texts of a dataset by the parts that the second list tells apart."""
    columns = (field for item in dataset.resources for field in item.schema.fields)
    known = [text for keyword in dataset.keywords for text in (keyword.zh, keyword.en)]
    known += [text for column in columns for text in (column.name, column.title.zh, column.title.en)]
    others = (dataset.publisher.title, dataset.description)
    return (
        f"{dataset.title.zh}\n{dataset.title.en}",
        "\n".join(known),
        "\n".join(text for other in others for text in (other.zh, other.en)),
    )


def _that_find_nothing(groups: Sequence[Group], counted: CountedWords) -> Iterator[Finding]:
    for group in groups:
        missing = [word for word in group.official if not counted(word)]
        if len(missing) == len(group.official):
            yield found("lexicon-unused", file=group.file, row=group.row, value=group.words[0])
        else:
            for word in missing:
                yield found("lexicon-word-unmatched", file=group.file, row=group.row, value=word)
