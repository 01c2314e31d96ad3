"""The step that writes what a search means by words: lexicon, terms and kinds of data, for one release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from portal.model.portal import Directory
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.lexicon.catalogue_words import groups_of_catalogue
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.meaning.dataset_kinds import kinds_by_number
from portal.publishing.search.meaning.second_list import Source
from portal.publishing.search.meaning.words_within import with_words_within
from portal.publishing.search.terms.catalogue_terms import CountedWords, terms_of_catalogue, terms_of_values
from portal.publishing.search.terms.terms_file import write_terms
from portal.publishing.search.terms.value_words import places_by_word


def write_meaning(
    path: Path,
    datasets: Sequence[PublishedDataset],
    directory: Directory,
    groups: Sequence[Group],
    source: Source,
    values: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Write the file of terms at *path*. *datasets* stand as they were indexed, *source* has their words.

    *values* are the values in their tables, by the names of datasets.
    """
    described = [item.dataset for item in datasets]
    own = groups_of_catalogue(described, directory.publishers, directory.portal.places)
    counted = CountedWords(source)
    everything = with_words_within((*groups, *own), counted)
    terms = terms_of_catalogue(described, everything, counted)
    of_each = [values.get(item.name, ()) for item in described]
    terms += terms_of_values(of_each, terms)
    write_terms(path, terms, everything, kinds_by_number(datasets), places_by_word(of_each))
