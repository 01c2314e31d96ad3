"""The API declared once: endpoints of /api/v1, actions of CKAN, and the parameters of each.

The server reads requests by it and describes itself with it (OpenAPI), the developers' page and docs/reference/api.md
are made from it. It stands with what is published because a site of files alone tells of the API too, and the pages
may not know the server.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.i18n import gettext_noop as _
from portal.model.addresses import (
    API_CHANGES,
    API_DATASETS,
    API_DATASETS_CSV,
    API_DATASETS_FEED,
    API_HEALTH,
    API_OPENAPI,
    API_PUBLISHERS,
    API_STANDARDS,
    API_STATS,
    API_SUGGEST,
    API_THEMES,
    API_V1,
    api_dataset_path,
    api_publisher_path,
    api_resources_path,
    api_rows_path,
    api_standard_path,
    ckan_action_path,
    with_query,
)
from portal.model.api import Choice, Endpoint, Moment, Name, Parameter, Token, WholeNumber, Words
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.ckan_parameters import LIST_ACTIONS
from portal.publishing.rows.row_parameters import ROW_PARAMETERS, TOGETHER_PARAMETERS
from portal.publishing.search.query import PER_PAGE_MAX, SEARCH_PARAMETERS
from portal.publishing.search.solr.search_parameters import PACKAGE_ACTIONS, PACKAGE_SEARCH
from portal.publishing.search.terms.suggestions import SUGGESTED_CHARACTERS_MAX, SUGGESTIONS_MAX

BASE = API_V1
"""What the addresses of the portal's own API begin with."""

_SAMPLE_WORD = "数据"

LANG = Choice(
    "lang", LocalText("标题和说明的语言", "Language of titles and descriptions"), LANGUAGES, default=LANGUAGES[0]
)

SEARCH = Endpoint(
    API_DATASETS,
    "searchDatasets",
    "Search the catalogue",
    _(
        "Search the catalogue: words, filters, order and pages; with counts for every filter, what else may be meant "
        "and why, and rows that answer."
    ),
    with_query(API_DATASETS, [("q", _SAMPLE_WORD), ("per_page", "5")]),
    (*SEARCH_PARAMETERS, LANG),
    errors=(400,),
)
_NOT_PAGED = tuple(item for item in SEARCH_PARAMETERS if item.name not in ("page", "per_page"))
SEARCH_CSV = Endpoint(
    API_DATASETS_CSV,
    "searchDatasetsAsCsv",
    "Save what a search finds as CSV",
    _("All that a search finds as CSV, with the columns of catalog.csv; at most 1,000 datasets."),
    with_query(API_DATASETS_CSV, [("q", _SAMPLE_WORD)]),
    (*_NOT_PAGED, LANG),
    errors=(400,),
)
SEARCH_FEED = Endpoint(
    API_DATASETS_FEED,
    "searchDatasetsAsFeed",
    "Subscribe to what a search finds",
    _("The newest that a search finds as a feed (Atom), to subscribe to; at most 50 datasets."),
    with_query(API_DATASETS_FEED, [("q", _SAMPLE_WORD)]),
    (*_NOT_PAGED, LANG),
    errors=(400,),
)
SUGGEST_WORDS = Words("q", LocalText("正在输入的字", "What is being typed"), SUGGESTED_CHARACTERS_MAX)
SUGGEST_LIMIT = WholeNumber("limit", LocalText("最多给出几条", "How many at most"), 10, SUGGESTIONS_MAX)
SUGGEST = Endpoint(
    API_SUGGEST,
    "suggest",
    "Complete what is being typed",
    _("Completions of what is being typed: titles, publishers and official words; also from pinyin and initials."),
    with_query(API_SUGGEST, [("q", _SAMPLE_WORD[:1])]),
    (SUGGEST_WORDS, SUGGEST_LIMIT),
    errors=(400,),
)
DATASET = Endpoint(
    api_dataset_path("{name}"),
    "getDataset",
    "Describe one dataset",
    _("One dataset with its files, fields and profile."),
    api_dataset_path("{name}"),
    (Name("name", LocalText("数据集的名称", "Name of the dataset")), LANG),
    errors=(400, 404),
)
SINCE = Moment(
    "since", LocalText("只列出此后的变化；不写时列出全部", "Only what changed after it; without it everything")
)
CURSOR = Token(
    "cursor",
    LocalText("上一页给出的 next", "What the page before gave as next"),
    pattern="[0-9]{16}-[a-z0-9][a-z0-9._-]{0,99}",
)
PER_PAGE_OF_CHANGES = WholeNumber("per_page", LocalText("每页条数", "Items a page"), 20, PER_PAGE_MAX)
CHANGES = Endpoint(
    API_CHANGES,
    "listChanges",
    "What changed since a time",
    _("Datasets that were added, changed or withdrawn since a time, the newest first."),
    with_query(API_CHANGES, [("since", "2026-01-01")]),
    (SINCE, CURSOR, PER_PAGE_OF_CHANGES, LANG),
    errors=(400,),
)
_OF_DATASET = Name("name", LocalText("数据集的名称", "Name of the dataset"))
_OF_RESOURCE = Name("resource", LocalText("资源的名称", "Name of the resource"))
ROW_ERRORS = (400, 404, 406, 408, 409, 413, 414)
"""What a question about rows may be refused with; one that is posted also with 415."""

RESOURCES = Endpoint(
    api_resources_path("{name}"),
    "listResources",
    "List the resources of a dataset",
    _("The resources of a dataset, each with its files and fields."),
    api_resources_path("{name}"),
    (_OF_DATASET, LANG),
    errors=(400, 404),
)
RESOURCE = Endpoint(
    api_resources_path("{name}", "{resource}"),
    "getResource",
    "Describe one resource",
    _("One resource with its files and fields, and where its rows can be asked for."),
    api_resources_path("{name}", "{resource}"),
    (_OF_DATASET, _OF_RESOURCE, LANG),
    errors=(400, 404),
)
TABLE_ROWS = Endpoint(
    api_rows_path("{name}", "{resource}"),
    "getRows",
    "Ask for rows of a table",
    _("The rows of a table: filters, order, pages, groups; as JSON, CSV, NDJSON or XLSX. By POST as JSON too."),
    with_query(api_rows_path("{name}", "{resource}"), [("_limit", "5")]),
    (_OF_DATASET, _OF_RESOURCE, *ROW_PARAMETERS),
    errors=ROW_ERRORS,
    takes_body=True,
)
ROWS_TOGETHER = Endpoint(
    api_rows_path("{name}"),
    "getRowsTogether",
    "Ask for rows of all tables of one shape",
    _("The rows of all tables of a dataset that have the same columns, asked as one table. By POST as JSON too."),
    f"{api_rows_path('{name}')}?_like={{resource}}&_limit=5",
    (_OF_DATASET, *TOGETHER_PARAMETERS),
    errors=ROW_ERRORS,
    takes_body=True,
)
PUBLISHERS = Endpoint(
    API_PUBLISHERS,
    "listPublishers",
    "List who provides the data",
    _("Everybody who provides data, with the number of datasets, files and rows."),
    API_PUBLISHERS,
    (LANG,),
    errors=(400,),
)
PUBLISHER = Endpoint(
    api_publisher_path("{name}"),
    "getPublisher",
    "Describe one publisher",
    _("One publisher: its kind, the unit in charge, and what its datasets come to."),
    api_publisher_path("{publisher}"),
    (Name("name", LocalText("提供方的标识", "Id of the publisher")), LANG),
    errors=(400, 404),
)
THEMES = Endpoint(
    API_THEMES,
    "listThemes",
    "List the topics",
    _("The topics of the portal, with the number of datasets in each."),
    API_THEMES,
    (LANG,),
    errors=(400,),
)
STANDARDS = Endpoint(
    API_STANDARDS,
    "listStandards",
    "List the register standards",
    _("The standards by which registers are filled in."),
    API_STANDARDS,
    (LANG,),
    errors=(400,),
)
STANDARD = Endpoint(
    api_standard_path("{name}"),
    "getStandard",
    "Describe one register standard",
    _("One register standard with its fields, also as a Table Schema."),
    api_standard_path("department"),
    (Name("name", LocalText("标准的名称", "Name of the standard")), LANG),
    errors=(400, 404),
)
STATS = Endpoint(
    API_STATS,
    "getStats",
    "The catalogue in numbers",
    _("The catalogue in numbers: by openness, publisher, topic, format, licence and quality; and how it developed."),
    API_STATS,
    (LANG,),
    errors=(400,),
)
HEALTH = Endpoint(
    API_HEALTH,
    "getHealth",
    "Whether the service is up, and which release it serves",
    _("Whether the service is up, and which release it serves."),
    API_HEALTH,
)
OPENAPI = Endpoint(
    API_OPENAPI,
    "getDescription",
    "Describe this API for programs",
    _("The description of this API for programs (OpenAPI 3.1)."),
    API_OPENAPI,
)
NATIVE = (
    SEARCH,
    SEARCH_CSV,
    SEARCH_FEED,
    SUGGEST,
    DATASET,
    RESOURCES,
    RESOURCE,
    TABLE_ROWS,
    ROWS_TOGETHER,
    PUBLISHERS,
    PUBLISHER,
    THEMES,
    STANDARDS,
    STANDARD,
    STATS,
    CHANGES,
    HEALTH,
    OPENAPI,
)
"""The endpoints of /api/v1."""

ACTIONS: Mapping[str, tuple[Parameter, ...]] = {
    **PACKAGE_ACTIONS,
    **LIST_ACTIONS,
}
"""The actions of CKAN's API that are answered, with their parameters."""

CKAN_SEARCH = Endpoint(
    ckan_action_path("package_search"),
    "package_search",
    "Search as CKAN does",
    _("The catalogue for CKAN clients; also package_list, package_show and status_show."),
    with_query(ckan_action_path("package_search"), [("q", _SAMPLE_WORD), ("rows", "5")]),
    PACKAGE_SEARCH,
)

ENDPOINTS = (*NATIVE, CKAN_SEARCH)
"""What the developers' page shows, in its order."""
