"""CKAN's queries in the syntax of Solr: fields of a record, Lucene and dismax syntax, matching, sorting and facets.

Public things are `solr_index.write_solr_index` and `SolrIndex`, `lucene_syntax.parse_lucene`,
`dismax_syntax.parse_dismax` and `query_matching.Matching`; the server makes CKAN's answers of them.
"""
