"""CKAN action license_list: the licences that the portal knows, by CKAN's ids.

Source: ckan/model/license.py of CKAN 2.11, whose values are all texts.
"""

from __future__ import annotations

from portal.model.terms import LICENCES
from portal.serving.ckan.action_parameters import Parameters
from portal.serving.ckan.shown_datasets import Document
from portal.serving.current_release import OpenRelease

_NOT_STATED = "未注明许可"


def license_list(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the licences that datasets may be under."""
    known = (_licence(item.ckan_id, str(item.title), item.url, is_open=item.is_open) for item in LICENCES.values())
    return [{**_licence("notspecified", _NOT_STATED, "", is_open=False), "is_generic": "True"}, *known]


def _licence(id_: str, title: str, url: str, *, is_open: bool) -> Document:
    return {
        "id": id_,
        "title": title,
        "url": url,
        "status": "active",
        "family": "",
        "maintainer": "",
        "is_generic": "False",
        "domain_content": "False",
        "domain_data": "True" if is_open else "False",
        "domain_software": "False",
        "od_conformance": "approved" if is_open else "not reviewed",
        "osd_conformance": "not reviewed",
    }
