"""Views of the resources of a dataset: their list, and one with its files, fields, keys and the address of its rows."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from portal.model.addresses import api_resources_path, api_rows_path
from portal.publishing.endpoints import BASE, RESOURCE, RESOURCES
from portal.publishing.publication import PublishedResource
from portal.serving.current_release import OpenRelease
from portal.serving.rows.table_lookup import dataset_of, present_name, resource_of
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import answer, language, rule
from portal.serving.v1.resource_shapes import ResourceShape, resource_shape

resources = Blueprint("resources", __name__, url_prefix=BASE)


class ResourceDetail(ResourceShape):
    """A resource of a dataset, with the address at which its rows can be asked for."""

    dataset: str
    api_url: str = Field(description="this description")
    rows_url: str | None = Field(description="where its rows can be asked for; null for what is no table")


class ResourceList(BaseModel):
    """The resources of a dataset, in the order of its descriptor."""

    dataset: str
    total: int
    items: list[ResourceDetail]


@resources.get(rule(RESOURCES))
def resource_list(name: str) -> Response:
    """List the resources of a dataset; of one that is not open there are none."""
    release = serving()
    lang = language(RESOURCES)
    published = dataset_of(release, present_name(release, name))
    dataset = published.dataset.name
    items = [_detail(release, dataset, item, lang) for item in published.resources]
    return answer(ResourceList(dataset=dataset, total=len(items), items=items))


@resources.get(rule(RESOURCE))
def one_resource(name: str, resource: str) -> Response:
    """Describe one resource."""
    release = serving()
    lang = language(RESOURCE)
    published = dataset_of(release, present_name(release, name))
    return answer(_detail(release, published.dataset.name, resource_of(published, resource), lang))


def _detail(release: OpenRelease, dataset: str, item: PublishedResource, lang: str) -> ResourceDetail:
    address, name = public_address(release), item.resource.name
    has_rows = item.resource.kind == "table" and release.rows.table(dataset, name) is not None
    return ResourceDetail(
        **dict(resource_shape(item, lang, address)),
        dataset=dataset,
        api_url=address + quote(api_resources_path(dataset, name)),
        rows_url=address + quote(api_rows_path(dataset, name)) if has_rows else None,
    )
