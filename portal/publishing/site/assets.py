"""Static files of a site: CSS joined and made short, by kinds of pages; scripts, images; lasting names with hashes.

Pages name `site.0123456789.css`, which browsers may keep for a year: other bytes have another name. The same files
stand under their plain names, too, for whoever wrote those down.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from rcssmin import cssmin

from portal.model.addresses import STATIC, site_folder, static_path
from portal.publishing.site.lasting_files import DIGITS, give_lasting_names, plain_name
from portal.publishing.site.render import installed_templates

STYLES = {
    "site": "tokens base frame crumbs search-form badge figures pager table details copy pages large",
    "lists": "card story link-grid chips facets lists",
    "data": "resource downloads table-look column-values alike access share snippet quality dataset",
    "chart": "chart",
    "map": "map",
    "rows": "row-form row-answer",
    "report": "check-report",
    "gallery": "gallery",
    "print": "print",
}
"""What each style sheet of the site is joined of, in order: every page has the first and the last, and between them
those that it names in its block "styles". Later ones take precedence."""
_LOADED = frozenset(["search"])
"""Folders of scripts that other scripts load when they are wanted, by plain names."""
_LASTING = re.compile(rf"{re.escape(STATIC)}(?:.*/)?[^/]+\.[0-9a-f]{{{DIGITS}}}\.[a-z0-9]+")


def is_lasting(path: str) -> bool:
    """Whether what stands at *path* never changes, since its name would.

    >>> is_lasting("/static/css/site.0123456789.css"), is_lasting("/static/css/site.css")
    (True, False)
    """
    return _LASTING.fullmatch(path) is not None


def lasting_addresses(paths: Iterable[str]) -> Mapping[str, str]:
    """Return, of the *paths* of a site, the lasting ones by their plain ones.

    >>> lasting_addresses(["/static/css/site.0123456789.css", "/static/css/site.css", "/data/x.0123456789.css"])
    {'/static/css/site.css': '/static/css/site.0123456789.css'}
    """
    return {plain_name(path): path for path in paths if is_lasting(path)}


def copy_static(site_dir: Path, override: Path | None = None) -> Mapping[str, str]:
    """Write ``static/`` of the site: style sheets joined, scripts and images as they are; *override* comes last.

    Returns the lasting addresses by the plain ones.
    """
    target = site_dir / site_folder(static_path(""))
    for folder in (installed_templates(), override):
        if folder is None or not (folder / "static").is_dir():
            continue
        for source in sorted((folder / "static").rglob("*")):
            if source.is_file() and source.parent.name != "css":
                destination = target / source.relative_to(folder / "static")
                destination.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, destination)
    (target / "css").mkdir(parents=True, exist_ok=True)
    for name, sheets in STYLES.items():
        (target / "css" / f"{name}.css").write_text(joined(sheets, override), encoding="utf-8", newline="")
    named = give_lasting_names(target, _LOADED)
    return lasting_addresses(static_path(path.relative_to(target).as_posix()) for path in named)


def joined_styles() -> str:
    """Return all style sheets as one, for a page that stands alone."""
    return "\n".join(map(joined, STYLES.values()))


def joined(sheets: str, override: Path | None = None) -> str:
    """Return one style sheet of the site without comments and spaces; *sheets* name what it is joined of."""
    return str(cssmin("\n".join(style_sheet(name, override) for name in sheets.split()))) + "\n"


def style_sheet(name: str, override: Path | None) -> str:
    """Return one file of styles as it was written, of *override* where it has one of that name."""
    own = override / "static" / "css" / f"{name}.css" if override else None
    path = own if own and own.is_file() else installed_templates() / "static" / "css" / f"{name}.css"
    return path.read_text(encoding="utf-8")
