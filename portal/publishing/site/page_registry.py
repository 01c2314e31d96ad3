"""Page registry: which kinds of pages the site has; the menu, the sitemap and the links between them come from here.

`portal.publishing.site.site_pages` makes pages of these kinds and of no other. A kind with a path has one page (its
lists go on in numbered ones); the paths of the others are in `portal.model.addresses`.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model import addresses
from portal.publishing.site.contexts.page_contexts import Link


@dataclass(frozen=True)
class PageKind:
    """A kind of page. *section* is the entry of the main menu that is marked on it."""

    template: str
    """Its file in ``site_templates/pages/``."""
    section: str = ""
    path: str = ""
    label: str = ""
    """What it is called in the menu and in links (a message); a kind without one is not in the menu."""
    is_in_menu: bool = True
    """Whether the main menu leads there; if not, the footer does."""
    is_findable: bool = True
    """Whether search engines should have it: it stands in the sitemap and names its address."""

    def link(self, lang: str) -> Link:
        """Return the link to the one page of this kind."""
        return Link(translate(lang, self.label), self.path)


HOME = PageKind("home.html", "home", addresses.HOME, _("Home"))
DATASETS = PageKind("dataset-list.html", "datasets", addresses.DATASETS, _("Datasets"))
DATASET = PageKind("dataset.html", "datasets")
REPORT = PageKind("report.html", "datasets")
FILES = PageKind("files.html", "datasets")
ROWS = PageKind("rows.html", "datasets", is_findable=False)
THEMES = PageKind("index-list.html", "themes", addresses.THEMES, _("Topics"))
THEME = PageKind("group.html", "themes")
PUBLISHERS = PageKind("index-list.html", "publishers", addresses.PUBLISHERS, _("Publishers"))
PUBLISHER = PageKind("group.html", "publishers")
OPEN_CATALOGUE = PageKind("open-catalogue.html", "open-catalogue", addresses.OPEN_CATALOGUE, _("Open catalogue"))
DEPARTMENT = PageKind("open-catalogue-department.html", "open-catalogue")
QUALITY = PageKind("quality.html", "quality", addresses.QUALITY, _("Quality"))
STANDARDS = PageKind("standards.html", "standards", addresses.STANDARDS, _("Standards"))
STANDARD = PageKind("standard.html", "standards")
DEVELOPERS = PageKind("developers.html", "developers", addresses.DEVELOPERS, _("Developers"))
HELP = PageKind("help.html", "help", addresses.HELP, _("Help"))
ABOUT = PageKind("about.html", "about", addresses.ABOUT, _("About"), is_in_menu=False)
TERMS = PageKind("terms.html", "terms", addresses.TERMS, _("Terms of use"), is_in_menu=False)
PRIVACY = PageKind("privacy.html", "privacy", addresses.PRIVACY, _("Privacy"), is_in_menu=False)
ACCESSIBILITY = PageKind(
    "accessibility.html", "accessibility", addresses.ACCESSIBILITY, _("Accessibility"), is_in_menu=False
)
SITE_MAP = PageKind("site-map.html", "site-map", addresses.SITE_MAP, _("Site map"), is_in_menu=False)
GALLERY = PageKind(
    "components.html", "components", addresses.COMPONENTS, _("Components"), is_in_menu=False, is_findable=False
)
MOVED = PageKind("moved.html", is_findable=False)
NOT_FOUND = PageKind("error.html", path=addresses.NOT_FOUND, is_findable=False)
FAILED = PageKind("error.html", path=addresses.FAILED, is_findable=False)
CLOSED = PageKind("error.html", path=addresses.MAINTENANCE, is_findable=False)

PAGE_KINDS = (
    HOME, DATASETS, DATASET, REPORT, FILES, ROWS, THEMES, THEME, PUBLISHERS, PUBLISHER, OPEN_CATALOGUE, DEPARTMENT,
    QUALITY, STANDARDS, STANDARD, DEVELOPERS, HELP, ABOUT, TERMS, PRIVACY, ACCESSIBILITY,
    SITE_MAP, GALLERY, MOVED, NOT_FOUND, FAILED, CLOSED,
)  # fmt: skip
MENU = tuple(kind for kind in PAGE_KINDS if kind.label and kind.is_in_menu)
"""The main menu, in its order."""
FOOT = (
    (_("Find data"), (DATASETS, THEMES, PUBLISHERS, OPEN_CATALOGUE)),
    (_("Use data"), (HELP, STANDARDS, QUALITY, DEVELOPERS)),
    (_("About this site"), (ABOUT, TERMS, PRIVACY, ACCESSIBILITY, SITE_MAP)),
)
"""What the footer leads to, under headings."""
TOP_PATHS = {
    **{kind.section.replace("-", "_"): kind.path for kind in PAGE_KINDS if kind.label},
    "opensearch": addresses.OPENSEARCH,
    "feed": addresses.beside(addresses.HOME, addresses.FEED),
    "health": addresses.API_HEALTH,
    "suggest": addresses.API_SUGGEST,
}
"""The paths of the pages in menu and footer, of the feed, of the state of the service and of its suggestions.

Templates write them so: ``page_url(top.open_catalogue)``.
"""
