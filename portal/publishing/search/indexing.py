"""The stage *index*: the search index and the records of datasets (SQLite) in ``search/`` of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from portal.model.former_names import taken_over
from portal.model.limits import Limits
from portal.publishing.search.dataset_store import write_records
from portal.publishing.search.engine import Hits
from portal.publishing.search.engines.search_index import chosen_engine, open_engine, write_index
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.meaning.meaning_step import write_meaning
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocuments, by_standing
from portal.publishing.search.solr.solr_index import FILE_NAME as SOLR_FILE
from portal.publishing.search.solr.solr_index import write_solr_index
from portal.publishing.search.terms.terms_file import FILE_NAME as TERMS_FILE

if TYPE_CHECKING:
    from portal.publishing.release_content import ReleaseContent

RECORDS_FILE = "records.sqlite"


def index(
    content: ReleaseContent,
    folder: Path,
    groups: Sequence[Group] = (),
    whoosh_datasets_max: int = Limits.whoosh_datasets_max,
    values: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Hits:
    """Write the records and the search index of *content* into the new folder *folder*; *groups* are the lexicon.

    *values* are, by the names of datasets, what stands in their tables by which they may be meant. More datasets than
    *whoosh_datasets_max* are indexed with tantivy, where it is installed. Return all datasets in the order of lists,
    with the counts of every facet: what a search for nothing would answer.
    """
    write_records(
        content.datasets, content.directory, folder / RECORDS_FILE, content.moved, content.codes, content.changes
    )
    shown = {item.dataset.publisher.id for item in content.datasets}
    names = taken_over(content.directory.publishers, shown)
    write_solr_index(
        content.datasets,
        folder / SOLR_FILE,
        base_url=content.directory.portal.base_url,
        first_released=content.directory.first_released,
        taken_over=names,
    )
    kind = chosen_engine(len(content.datasets), whoosh_datasets_max)
    everything = write_index(SearchDocuments(content.datasets, names), folder, kind)
    with closing(open_engine(folder)) as engine:
        write_meaning(
            folder / TERMS_FILE, by_standing(content.datasets), content.directory, groups, engine.source, values
        )
    return everything.hits(SearchQuery(per_page=max(len(content.datasets), 1)))
