"""Writes /.well-known/api-catalog and security.txt, as files, so that any web server hands them out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from portal.model.addresses import API_CATALOG, SECURITY_TXT, site_file
from portal.model.portal import Portal
from portal.publishing.files.catalog_files import as_bytes, as_json
from portal.publishing.formats.well_known import api_catalog, security_txt


def write_well_known(portal: Portal, site_dir: Path, today: date) -> None:
    """Write what stands in ``/.well-known/`` below *site_dir*; without a contact there is no security.txt."""
    for path, content in (
        (API_CATALOG, as_json(api_catalog(portal))),
        (SECURITY_TXT, as_bytes(security_txt(portal, today))),
    ):
        file = site_dir / site_file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if content:
            file.write_bytes(content)
