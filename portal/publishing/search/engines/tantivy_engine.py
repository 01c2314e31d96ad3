"""Search engine on tantivy (Rust, extra ``tantivy``): for catalogues of tens of thousands of datasets and more.

It finds, ranks, counts and sorts itself; this file writes its index and opens it, `tantivy_queries` turns query trees
into its queries. Words arrive cut up as for every engine, phrases are runs of the characters and words of `spelled`
texts, and facets are the sets of values of `facet_columns`, so that totals, counts and the words behind the second list
are those of the other engines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import tantivy

from portal.publishing.search.engine import Hits, Numbers
from portal.publishing.search.engines.embedded_engine import EmbeddedSource
from portal.publishing.search.engines.facet_columns import ORDERS, Columns
from portal.publishing.search.engines.facets import FacetedList, counted
from portal.publishing.search.engines.query_tree import EVERYTHING, Node, parse_query
from portal.publishing.search.engines.ranking import COUNT_BITS
from portal.publishing.search.engines.tantivy_queries import PARTS, TantivyQueries
from portal.publishing.search.engines.word_lists import WordList, WordLists
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument
from portal.publishing.search.tokeniser import index_words, spelled, spelled_tokens

HEAP_BYTES = 1_000_000_000
"""Memory that tantivy may take before it writes a part of an index; parts would be searched one after the other."""


def write_tantivy(documents: Iterable[SearchDocument], columns: Columns, folder: Path) -> None:
    """Write an index of *documents*, whose *columns* are known, into *folder*; equal documents give equal files."""
    writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=HEAP_BYTES, num_threads=1)
    for number, document in enumerate(documents):
        writer.add_document(_document(number, document, columns))
    writer.commit()
    writer.wait_merging_threads()
    _name_segments(folder)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for part in PARTS:
        builder.add_text_field(part, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("spelled", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("whole_title", tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_unsigned_field(facet, indexed=True, fast=True)
    for order in ORDERS:
        builder.add_unsigned_field(f"by_{order}", fast=True)
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("superseded", indexed=True)
    builder.add_float_field("raised", fast=True)
    return builder.build()


def _document(number: int, document: SearchDocument, columns: Columns) -> tantivy.Document:
    made = tantivy.Document()
    words = {text: index_words(getattr(document, text)) for text in PARTS["any"]}
    for part, texts in PARTS.items():
        made.add_text(part, " ".join(word for text in texts for word in words[text]))
    made.add_text("spelled", " ".join(spelled_tokens(spelled(document.whole))))
    for line in spelled(document.title).splitlines():
        made.add_text("whole_title", line.strip())
    for facet in FACETS:
        made.add_unsigned(facet, int(columns.codes[facet][number]))
    for order in ORDERS:
        made.add_unsigned(f"by_{order}", int(columns.places[order][number]))
    made.add_unsigned("number", number)
    made.add_unsigned("superseded", int(document.is_superseded))
    # tantivy multiplies scores by log2(2 + value).
    made.add_float("raised", 2 ** (int(columns.raised[number]) / 100) - 2)
    return made


def _name_segments(folder: Path) -> None:
    """Name the parts of an index, which tantivy names by chance, by numbers, and remove its locks."""
    known = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    names = {}
    for number, segment in enumerate(known["segments"]):
        names[segment["segment_id"]] = segment["segment_id"] = f"00000000-0000-0000-0000-{number:012}"
    new_names = {old.replace("-", ""): new.replace("-", "") for old, new in names.items()}
    files = ["meta.json"]
    for path in sorted(folder.iterdir()):
        if new := new_names.get(path.name.partition(".")[0]):
            files.append(path.rename(folder / f"{new}.{path.name.partition('.')[2]}").name)
        elif path.suffix == ".lock":
            path.unlink()
    (folder / "meta.json").write_text(json.dumps(known), encoding="utf-8")
    (folder / ".managed.json").write_text(json.dumps(sorted(files)), encoding="utf-8")


_key, _count = itemgetter("key"), itemgetter("doc_count")


class TantivyEngine:
    """An index that `write_tantivy` wrote; see `portal.publishing.search.engine.SearchEngine`."""

    def __init__(self, folder: Path, columns: Columns) -> None:
        index = tantivy.Index.open(str(folder))
        self._searcher = index.searcher()
        self._columns = columns
        self._list = FacetedList(columns)
        self._queries = TantivyQueries(index.schema, columns)
        if self._searcher.num_docs != columns.size:
            raise ValueError(f"The index and the columns in {folder} do not belong together")
        lists = WordLists(self._list_of)
        self.source = EmbeddedSource(lists, self._count, columns, self._documents)

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; text without a word in it, such as a full stop, is found nowhere."""
        began = perf_counter()
        node = parse_query(query.text)
        if node == EVERYTHING:
            return replace(self._list.hits(query), seconds=perf_counter() - began)
        asked = self._queries.asked(node, query.filters)
        total, numbers = self._page(asked, node, query)
        return Hits(
            total=total,
            names=tuple(self._columns.named(numbers)),
            facets=self._facets(asked, node, query),
            is_counted=self._columns.is_counted,
            seconds=perf_counter() - began,
        )

    def close(self) -> None:
        """Let go of the index's files."""
        self._columns.close()

    def _page(self, asked: tantivy.Query, node: Node, query: SearchQuery) -> tuple[int, list[int]]:
        if query.order != "relevance":
            found = self._found(asked, query, order_by_field=f"by_{query.order}", order=tantivy.Order.Asc)
            return found.count, self._numbers(found.hits[: query.per_page])
        ranked = self._queries.ranked(asked, node, self._searcher)
        if self._columns.superseded_from == self._columns.size:
            found = self._found(ranked, query, weight_by_field="raised")
            return found.count, self._numbers(found.hits[: query.per_page])
        # Superseded datasets stand behind all others: what of a page these do not fill is theirs.
        first = self._found(self._queries.of_state(ranked, is_superseded=False), query, weight_by_field="raised")
        numbers = self._numbers(first.hits[: query.per_page])
        rest = replace(query, start=max(query.start - first.count, 0), per_page=max(query.per_page - len(numbers), 0))
        second = self._found(self._queries.of_state(ranked, is_superseded=True), rest, weight_by_field="raised")
        return first.count + second.count, numbers + self._numbers(second.hits[: rest.per_page])

    def _found(self, asked: tantivy.Query, query: SearchQuery, **order: Any) -> Any:
        """Return tantivy's result, whose ``count`` its types do not tell; it gives one hit at least."""
        return self._searcher.search(
            asked, max(query.per_page, 1), offset=min(query.start, self._columns.size), **order
        )

    def _numbers(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[int]:
        addresses = [address for _, address in hits]
        if self._searcher.num_segments == 1:
            return [address.doc for address in addresses]
        return [int(number or 0) for number in self._searcher.fast_field_values("number", addresses)]

    def _facets(
        self, asked: tantivy.Query, node: Node, query: SearchQuery
    ) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Count the facets asked for, each under the filters on the others."""
        alike = [facet for facet in query.facets if facet not in query.filters]
        counts = self._counts(asked, alike)
        for facet in query.facets:
            if facet in query.filters:
                others = {name: values for name, values in query.filters.items() if name != facet}
                counts |= self._counts(self._queries.asked(node, others), [facet])
        return {facet: counts[facet] for facet in query.facets}

    def _counts(self, asked: tantivy.Query, facets: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
        sizes = {facet: len(self._columns.facets[facet].sets) for facet in facets}
        wanted = {facet: {"terms": {"field": facet, "size": max(size, 1)}} for facet, size in sizes.items()}
        found = self._searcher.aggregate(asked, wanted) if wanted else {}
        counts = {}
        for facet, size in sizes.items():
            buckets = found[facet]["buckets"]
            of_sets = np.zeros(size, np.int64)
            keys = np.fromiter(map(_key, buckets), float, len(buckets)).astype(np.int64)
            of_sets[keys] = np.fromiter(map(_count, buckets), np.int64, len(buckets))
            counts[facet] = counted(self._columns.facets[facet], of_sets)
        return counts

    def _documents(self, node: Node) -> Numbers:
        return self._all(self._queries.asked(node, {}))

    def _all(self, asked: tantivy.Query) -> Numbers:
        found = self._searcher.search(asked, max(self._columns.size, 1), count=False)
        return np.sort(np.array(self._numbers(found.hits), np.int32))

    def _count(self, word: str) -> int:
        return self._searcher.doc_freq("any", word)

    def _list_of(self, word: str) -> WordList:
        """Return where a word stands, as the other engines have it but for how often and how well it fits."""
        numbers = self._all(self._queries.word("any", word))
        packed = np.zeros(len(numbers), np.uint32)
        for part, place in (("known", COUNT_BITS), ("title", 0)):
            within = self._all(self._queries.word(part, word))
            packed[np.searchsorted(numbers, within)] |= np.uint32(1 << place)
        return WordList(numbers, packed, np.zeros(0, np.float32))
