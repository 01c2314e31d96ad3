"""Which dataset a logged request used, and how: its page viewed, a file of it fetched, the API asked about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from portal.model.addresses import (
    API_DATASETS,
    CHARTS,
    CKAN_ACTIONS,
    DATA,
    DATA_PACKAGE,
    DATASETS,
    data_path,
    site_folder,
    without_language,
)
from portal.model.catalog import Dataset
from portal.model.former_names import moved_names
from portal.model.known_formats import DOWNLOAD_ORDER
from portal.model.use import UseKind
from portal.publishing.formats.ckan import dataset_id
from portal.publishing.formats.ckan_resources import resource_id
from portal.publishing.usage.access_logs import LoggedRequest, target_path

QUERY_PARAMETERS_MAX = 50
"""A request of CKAN's API with more parameters in its address is counted for no dataset."""

_PAGE = re.compile(rf"{DATASETS}([^/]+)/(?:resources/[^/]+/rows/|rows/(?:[^/]+/)?)?(?:index\.html)?")
_NAMING = {"package_show": ("id", "name_or_id"), "resource_show": ("id",), "datastore_info": ("id",)}
_NAMING["datastore_search"] = ("resource_id", "id")
"""The actions of CKAN's API that are about one dataset, and the parameters that name it or a resource of it."""
_DUMP = "/datastore/dump/"
_DESCRIBING = frozenset([DATA_PACKAGE, "SHA256SUMS", "index.html", ""])
"""Below ``/data/<dataset>/``, and no data."""


@dataclass(frozen=True)
class KnownDatasets:
    """The datasets that requests may be counted for; *present* leads from every name and CKAN id to today's name.

    Ids of resources lead there too. *prefix* is the path of the portal's own address, "" where it stands at the root.
    """

    present: Mapping[str, str]
    former: frozenset[str] = field(default=frozenset())
    prefix: str = ""

    def used(self, request: LoggedRequest) -> tuple[str, UseKind] | None:
        """Return what a request used; None where that is nothing of ours, or nothing that was given out.

        A view is counted too where the browser had the page already (304). Whoever comes to a page by way of its former
        address, where a web server hands out a page that leads on, is counted there and not once more.
        """
        if request.status not in (200, 206, 304) or request.method not in ("GET", "POST"):
            return None
        path = self._inner(request.path)
        found = self._page(path) or self._file(path) or self._api(path, request.query)
        if found is None:
            return None
        name, kind = found
        if kind != "api" and request.method != "GET":
            return None
        if kind == "downloads" and request.status == 304:
            return None
        if kind == "views" and (request.status == 206 or self._came_by_former_name(request, name)):
            return None
        return name, kind

    def _inner(self, path: str) -> str:
        return path.removeprefix(self.prefix) if path.startswith(f"{self.prefix}/") else path

    def _page(self, path: str) -> tuple[str, UseKind] | None:
        return self._known(_named_by_page(path), "views")

    def _file(self, path: str) -> tuple[str, UseKind] | None:
        if not path.startswith(DATA):
            return None
        name, _, file = path.removeprefix(DATA).partition("/")
        is_data = file not in _DESCRIBING and not file.endswith("/") and not file.startswith(CHARTS)
        return self._known(name, "downloads") if is_data else None

    def _api(self, path: str, query: str) -> tuple[str, UseKind] | None:
        if path.startswith(f"{API_DATASETS}/"):
            return self._known(path.removeprefix(f"{API_DATASETS}/").partition("/")[0], "api")
        if path.startswith(_DUMP):
            return self._known(path.removeprefix(_DUMP).rstrip("/"), "api")
        for start in CKAN_ACTIONS:
            parameters = _NAMING.get(path.removeprefix(start).rstrip("/")) if path.startswith(start) else None
            if parameters:
                return self._named(query, parameters)
        return None

    def _named(self, query: str, names: Iterable[str]) -> tuple[str, UseKind] | None:
        try:
            parameters = dict(parse_qsl(query, max_num_fields=QUERY_PARAMETERS_MAX))
        except ValueError:
            return None
        return next((found for id_ in names if (found := self._known(parameters.get(id_, ""), "api"))), None)

    def _known(self, name: str, kind: UseKind) -> tuple[str, UseKind] | None:
        present = self.present.get(name)
        return (present, kind) if present else None

    def _came_by_former_name(self, request: LoggedRequest, name: str) -> bool:
        came_from = _named_by_page(self._inner(target_path(request.referer).partition("?")[0]))
        return came_from in self.former and self.present[came_from] == name


def _named_by_page(path: str) -> str:
    """Return the name in the path of a dataset's page, or of the page on which rows of it are asked for; else "".

    >>> _named_by_page("/en/datasets/schools/"), _named_by_page("/datasets/schools/resources/list/rows/")
    ('schools', 'schools')
    """
    found = _PAGE.fullmatch(without_language(path))
    return found[1] if found else ""


def known_datasets(datasets: Iterable[Dataset], base_path: str = "") -> KnownDatasets:
    """Return what requests may be counted for: the names that *datasets* have and had, and their ids in CKAN's API."""
    datasets = tuple(datasets)
    former = {item.old: item.new for item in moved_names(datasets, ()) if item.kind == "datasets"}
    names = {**former, **{item.name: item.name for item in datasets}}
    ids = {dataset_id(name): present for name, present in names.items()}
    resources = {id_: item.name for item in datasets for id_ in _resource_ids(item)}
    return KnownDatasets({**resources, **ids, **names}, frozenset(former), base_path.rstrip("/"))


def _resource_ids(dataset: Dataset) -> Iterator[str]:
    """Yield the ids that resources have in CKAN's API, whichever of the formats of a table were written."""
    for resource in dataset.resources:
        yield resource_id(dataset.name, resource.name)
        files = (f"{resource.name}.{ending}" for ending in DOWNLOAD_ORDER)
        originals = (f"original/{name.rpartition('/')[2]}" for name in resource.paths)
        for file in (*files, *originals):
            yield resource_id(dataset.name, site_folder(data_path(dataset.name, file)))
