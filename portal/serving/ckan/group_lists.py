"""CKAN organizations and groups as lists: sorted, narrowed, a page of names or of whole ones; one by its name or id.

Publishers are organizations and topics are groups; what CKAN does alike for both is done here once.
Source: ckan/logic/action/get.py (_group_or_org_list, _group_or_org_show) of CKAN 2.11.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.publishing.formats.ckan_ids import Kind, ckan_id
from portal.serving.ckan.action_errors import invalid, not_found
from portal.serving.ckan.action_parameters import Parameters, natural, required, several, truth, words
from portal.serving.ckan.shown_datasets import Document, newest
from portal.serving.current_release import OpenRelease

NAMES_MAX = 1000
"""Organizations or groups in one list of names; CKAN's own bound."""
WHOLE_MAX = 25
"""Organizations or groups in one list that tells all of each; CKAN's own bound."""
AUTOCOMPLETE = 20
"""What an autocomplete gives where it is not asked for a number."""
DATASETS_SHOWN = 10
"""Datasets that are shown with an organization or a group."""

_SORT_DEFAULT = "title asc"
_SORTS: Mapping[str, Callable[[Document], Any]] = {
    "name": lambda item: item["name"],
    "title": lambda item: (item["title"], item["name"]),
    "package_count": lambda item: item["package_count"],
    "packages": lambda item: item["package_count"],
}


@dataclass(frozen=True)
class GroupKind:
    """Organizations or groups: their type, the parameter that names some, the kind of their ids and of what has moved.

    Datasets belong to them by a facet, whose name is that of the kind of ids.
    *all* returns all of them as ``organization_show`` does, with their counts and without what else may be included.
    """

    type: str
    names_parameter: str
    id_kind: Kind
    moved: str
    all: Callable[[OpenRelease], list[Document]]


def list_of(kind: GroupKind, release: OpenRelease, parameters: Parameters) -> list[Any]:
    """Return a page of a list: names, or with ``all_fields`` all that is known of each."""
    limit, offset = natural(parameters, "limit"), natural(parameters, "offset") or 0
    is_whole = truth(parameters, "all_fields", False)
    most = WHOLE_MAX if is_whole else NAMES_MAX
    found = _sorted(_narrowed(kind, kind.all(release), parameters), _sort(parameters))
    page = found[offset : offset + min(limit or most, most)]
    if not is_whole:
        return [item["name"] for item in page]
    return [included(kind, release, item, parameters, by_default=False) for item in page]


def _narrowed(kind: GroupKind, items: list[Document], parameters: Parameters) -> list[Document]:
    names, text = several(parameters, kind.names_parameter), words(parameters, "q").casefold()
    if words(parameters, "type") not in ("", kind.type):
        return []
    return [
        item
        for item in items
        if (not names or item["name"] in names)
        and (not text or any(text in item[key].casefold() for key in ("name", "title", "description")))
    ]


def _sort(parameters: Parameters) -> tuple[str, bool]:
    """Return the key to sort by and whether it is descending. Raises ActionError for whatever is neither."""
    stated = words(parameters, "sort") or words(parameters, "order_by") or _SORT_DEFAULT
    if stated in ("packages", "package_count"):
        return stated, True
    parts = stated.split(",")
    field, direction = (*parts[0].split(), "asc", "asc")[:2] if parts[0].strip() else ("", "asc")
    if field not in _SORTS:
        raise invalid(message=f"Cannot sort by field `{field}`")
    if direction.lower() not in ("asc", "desc"):
        raise invalid(message=f"Invalid sort direction `{direction}`")
    if len(parts) > 1:
        raise invalid(message="Too many sort criteria provided only 1 allowed")
    return field, direction.lower() == "desc"


def _sorted(items: list[Document], order: tuple[str, bool]) -> list[Document]:
    field, descending = order
    found = [item for item in items if item["package_count"]] if "package" in field else items
    return sorted(sorted(found, key=_SORTS["title"]), key=_SORTS[field], reverse=descending)


def show(kind: GroupKind, release: OpenRelease, parameters: Parameters) -> Document:
    """Return one of them by its name or id."""
    return included(kind, release, one(kind, release, required(parameters, "id")), parameters, by_default=True)


def one(kind: GroupKind, release: OpenRelease, key: str) -> Document:
    """Return one by its name, a name it had before, or its id. Raises ActionError where there is none."""
    former = [(old, new) for (moved, old), new in release.moved.items() if moved == kind.moved]
    present = next((new for old, new in former if key in (old, ckan_id(kind.id_kind, old))), key)
    for item in kind.all(release):
        if present in (item["name"], item["id"]):
            return item
    raise not_found()


def included(
    kind: GroupKind, release: OpenRelease, item: Document, parameters: Parameters, *, by_default: bool
) -> Document:
    """Return what is asked for of one of them; extras, tags, groups and users stand there *by_default*, or not."""
    shown = dict(item)
    if not truth(parameters, "include_extras", by_default):
        del shown["extras"]
    empty = {"include_tags": "tags", "include_groups": "groups", "include_users": "users"}
    shown |= {key: [] for switch, key in empty.items() if truth(parameters, switch, by_default)}
    if truth(parameters, "include_member_count", False):
        shown["member_count"] = 0
    with_count = truth(parameters, "include_dataset_count", True)
    if by_default and truth(parameters, "include_datasets", False):
        _, shown["packages"] = newest(release, kind.id_kind, item["name"], DATASETS_SHOWN)
    elif not with_count:
        del shown["package_count"]
    truth(parameters, "include_followers", True)
    return {**shown, "num_followers": 0}


def autocomplete(kind: GroupKind, release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return id, name and title of those whose name or title holds ``q``, in the order of titles."""
    text = required(parameters, "q").strip().casefold()
    limit = natural(parameters, "limit")
    found = [item for item in kind.all(release) if text in item["name"] or text in item["title"].casefold()]
    page = _sorted(found, ("title", False))[: AUTOCOMPLETE if limit is None else min(limit, NAMES_MAX)]
    return [{key: item[key] for key in ("id", "name", "title")} for item in page]
