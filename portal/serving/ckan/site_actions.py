"""CKAN actions on the site: status_show (title, address, version). What help_show tells stands in `actions`."""

from __future__ import annotations

from portal.publishing.formats.ckan import CKAN_VERSION
from portal.serving.ckan.action_parameters import Parameters
from portal.serving.ckan.shown_datasets import Document
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address

LOCALE = "zh_Hans_CN"
"""CKAN's name of the language that titles and descriptions are in."""


def status_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return what the site is: title, description, address, and the version of CKAN that it speaks."""
    portal = release.directory.portal
    return {
        "site_title": str(portal.title),
        "site_description": str(portal.description),
        "site_url": public_address(release),
        "error_emails_to": None,
        "locale_default": LOCALE,
        "extensions": [],
        "ckan_version": CKAN_VERSION,
    }
