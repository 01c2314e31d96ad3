"""All files of the search in a browser, out of the search of a release (`write_browser_files`).

Nothing is found anew: words come from the same documents, facets, lexicon and terms from the files that the server
reads. So both answer alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from portal.publishing.search.engines.query_tree import FIELDS
from portal.publishing.search.engines.search_index import open_columns, open_engine
from portal.publishing.search.in_browser.column_files import write_column_files
from portal.publishing.search.in_browser.language_tables import language_tables
from portal.publishing.search.in_browser.meaning_files import write_meaning_files
from portal.publishing.search.in_browser.sharded_files import write_json
from portal.publishing.search.in_browser.word_files import TEXTS_A_PAGE, write_word_files
from portal.publishing.search.search_documents import SearchDocument
from portal.publishing.search.terms.terms_file import FILE_NAME, TermsFile

BROWSER_DATASETS_MAX = 20_000
"""A larger catalogue gets no search in the browser: what every search needs would be more than a megabyte."""


def write_browser_files(search: Path, documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write the files into *folder*; *search* is that of the release, *documents* those that it was made of."""
    with closing(open_engine(search)) as engine, closing(TermsFile(search / FILE_NAME)) as terms:
        with closing(open_columns(search)) as columns:
            words, lengths = write_word_files(documents, folder)
            write_column_files(columns, terms.kinds, lengths, folder)
        meaning = write_meaning_files(terms, engine.source, folder / "meaning")
        tables = language_tables(terms.readings)
    shards = {"words": words, "meaning": meaning, "texts_a_page": TEXTS_A_PAGE, "fields": FIELDS}
    write_json(folder / "language.json", {**shards, **tables})
