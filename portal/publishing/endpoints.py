"""The API declared once: endpoints of /api/v1, actions of CKAN, and the parameters of each.

The server reads requests by it and describes itself with it (OpenAPI), the developers' page and docs/reference/api.md
are made from it. It stands with what is published because a site of files alone tells of the API too, and the pages
may not know the server.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.i18n import gettext_noop as _
from portal.model.addresses import (
    API_DATASETS,
    API_HEALTH,
    API_OPENAPI,
    API_V1,
    api_dataset_path,
    ckan_action_path,
    with_query,
)
from portal.model.api import Choice, Endpoint, Name, Parameter
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.ckan_parameters import LIST_ACTIONS
from portal.publishing.search.query import SEARCH_PARAMETERS
from portal.publishing.search.solr.search_parameters import PACKAGE_ACTIONS, PACKAGE_SEARCH

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
    _("Search the catalogue: words, filters, order and pages; with counts for every filter."),
    with_query(API_DATASETS, [("q", _SAMPLE_WORD), ("per_page", "5")]),
    (*SEARCH_PARAMETERS, LANG),
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
NATIVE = (SEARCH, DATASET, HEALTH, OPENAPI)
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
