"""CKAN's web addresses (/dataset/<name>, /organization/<id>, /group/<id>, /feeds/dataset.atom) lead to our pages.

People type them, and programs make them out of names and ids. Every answer is a redirect to a page or file of this
release, written relative to the address asked for, so no header and no parameter can lead elsewhere; what is not there
is not found. Former names lead on as everywhere.
Source: the routes of ckan/views (dataset, resource, group, feed) of CKAN 2.11, and of ckanext-dcat.
"""

from __future__ import annotations

from functools import cache

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from portal.model.addresses import (
    DATASETS,
    FEED,
    HOME,
    PUBLISHERS,
    THEMES,
    beside,
    catalog_file,
    dataset_path,
    dcat_file,
    in_language,
    publisher_path,
    relative,
    site_file,
    theme_path,
    with_query,
)
from portal.model.terms import known_licence
from portal.model.text import LANGUAGES
from portal.publishing.formats.ckan_resources import Named, named_resources, resource_id
from portal.publishing.publication import PublishedDataset
from portal.serving.ckan.action_errors import ActionError
from portal.serving.ckan.group_actions import GROUPS
from portal.serving.ckan.group_lists import GroupKind, one
from portal.serving.ckan.organization_actions import ORGANIZATIONS
from portal.serving.ckan.shown_datasets import found_dataset
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import serving

typed_addresses = Blueprint("typed_addresses", __name__)

_LANGUAGES = {"en": "en", "zh_Hans_CN": "zh", "zh_CN": "zh"}
"""The language of a page by what CKAN has in front of a path; without any it is Chinese."""

_SEARCH = {"q": "q", "organization": "publisher", "groups": "theme", "res_format": "format", "license_id": "license"}
"""Our parameter of a search by CKAN's."""
_SORTS = {"metadata_modified": "updated", "title_string": "title", "score": "relevance"}
_PATHS = {ORGANIZATIONS.type: publisher_path, GROUPS.type: theme_path}


@cache
def _serializations() -> dict[str, str]:
    """Return our file by the ending that ckanext-dcat has; Turtle can be read as N3."""
    from portal.publishing.formats.dcat import ENDINGS  # brings the library of RDF with it

    return {**{ending: ending for ending in ENDINGS.values()}, "n3": "ttl", "xml": "rdf"}


def dataset_list(locale: str = "") -> AnyResponse:
    """Lead to the list of datasets, or to the search that was asked for, as far as we know its filters."""
    asked = [(_SEARCH[name], value) for name, value in request.args.items(multi=True) if name in _SEARCH and value]
    found = [(name, _ours(name, value)) for name, value in asked]
    sort = _SORTS.get(request.args.get("sort", "").partition(" ")[0])
    here = in_language(_lang(locale), DATASETS)
    return _to(with_query(relative(request.path, here), [*found, *([("sort", sort)] if sort else [])]))


def dataset(key: str, locale: str = "") -> AnyResponse:
    """Lead to the page of a dataset, or with an ending (``.ttl``) to its description."""
    release = serving()
    published = found_dataset(release, key)
    name, _, ending = key.rpartition(".")
    if published is None and ending in _serializations():
        described = found_dataset(release, name)
        if described:
            page = dataset_path(described.dataset.name)
            return _lead(release, beside(page, dcat_file(_serializations()[ending])))
    return _page(release, published, locale)


def resource(key: str, rid: str, locale: str = "") -> AnyResponse:
    """Lead to the place of a resource on the page of its dataset."""
    release = serving()
    published, named = _resource(release, key, rid)
    number = published.resources.index(named.item) + 1
    return _page(release, published, locale, f"#resource-{number}")


def download(key: str, rid: str, file: str = "", locale: str = "") -> AnyResponse:
    """Lead to a file, whatever it is called in the address; of a link, which lies elsewhere, to its dataset."""
    release = serving()
    published, named = _resource(release, key, rid)
    return _lead(release, f"/{named.file.path}") if named.file else _page(release, published, locale)


def publisher_list(locale: str = "") -> AnyResponse:
    """Lead to the list of publishers."""
    return _lead(serving(), in_language(_lang(locale), PUBLISHERS))


def publisher(key: str, locale: str = "") -> AnyResponse:
    """Lead to the page of a publisher."""
    return _group(ORGANIZATIONS, key, locale)


def topic_list(locale: str = "") -> AnyResponse:
    """Lead to the list of topics."""
    return _lead(serving(), in_language(_lang(locale), THEMES))


def topic(key: str, locale: str = "") -> AnyResponse:
    """Lead to the page of a topic."""
    return _group(GROUPS, key, locale)


def portal_feed(locale: str = "") -> AnyResponse:
    """Lead to the feed of the portal."""
    return _lead(serving(), in_language(_lang(locale), beside(HOME, FEED)))


def publisher_feed(key: str, locale: str = "") -> AnyResponse:
    """Lead to the feed of a publisher."""
    return _group(ORGANIZATIONS, key, locale, FEED)


def topic_feed(key: str, locale: str = "") -> AnyResponse:
    """Lead to the feed of a topic."""
    return _group(GROUPS, key, locale, FEED)


def catalogue(ending: str, locale: str = "") -> AnyResponse:
    """Lead to the DCAT of the whole catalogue by an ending that ckanext-dcat has and we have not."""
    return _lead(serving(), catalog_file(_serializations()[ending]))


def _group(kind: GroupKind, key: str, locale: str, file: str = "") -> AnyResponse:
    release = serving()
    try:
        name = one(kind, release, key)["name"]
    except ActionError as error:
        raise NotFound from error
    return _lead(release, in_language(_lang(locale), beside(_PATHS[kind.type](name), file)))


def _resource(release: OpenRelease, key: str, rid: str) -> tuple[PublishedDataset, Named]:
    """Return a dataset and the resource of it that has this id; another dataset's is not found."""
    published = found_dataset(release, key)
    for named in named_resources(published) if published else ():
        if published and resource_id(published.dataset.name, named.key) == rid:
            return published, named
    raise NotFound


def _page(release: OpenRelease, published: PublishedDataset | None, locale: str, place: str = "") -> AnyResponse:
    if published is None:
        raise NotFound
    return _lead(release, in_language(_lang(locale), dataset_path(published.dataset.name)), place)


def _lead(release: OpenRelease, path: str, place: str = "") -> AnyResponse:
    """Redirect to a page or file of the release, which must be there."""
    if f"site/{site_file(path)}" not in release.manifest:
        raise NotFound
    return _to(relative(request.path, path) + place)


def _to(address: str) -> AnyResponse:
    return redirect(address, code=308)


def _lang(locale: str) -> str:
    return _LANGUAGES.get(locale, LANGUAGES[0])


def _ours(parameter: str, value: str) -> str:
    """Return a value of a filter in our words: CKAN has ids of its own for licences."""
    known = known_licence(value) if parameter == "license" else None
    return known.id if known else value


_VIEWS = (
    ("/dataset", dataset_list),
    ("/dataset/<key>", dataset),
    ("/dataset/<key>/resource/<rid>", resource),
    ("/dataset/<key>/resource/<rid>/download", download),
    ("/dataset/<key>/resource/<rid>/download/<path:file>", download),
    ("/organization", publisher_list),
    ("/organization/<key>", publisher),
    ("/group", topic_list),
    ("/group/<key>", topic),
    ("/feeds/dataset.atom", portal_feed),
    ("/feeds/organization/<key>.atom", publisher_feed),
    ("/feeds/group/<key>.atom", topic_feed),
    ("/catalog.<any(xml, n3):ending>", catalogue),
)
for _rule, _view in _VIEWS:
    for _path in (_rule, f"/<any({', '.join(_LANGUAGES)}):locale>{_rule}"):
        typed_addresses.add_url_rule(_path, view_func=_view, strict_slashes=False)
