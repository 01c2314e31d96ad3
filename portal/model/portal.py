"""The portal's title, operator, footer, base_url and edition, with its publishers and themes.

A release carries it, so that whoever serves a copy needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.model.catalog import Edition, Licence, Publisher, Theme
from portal.model.chosen_stories import ChosenStory
from portal.model.look import Look
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.model.rates import Rates
from portal.model.text import LocalText

DEFAULT_BASE_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class FooterItem:
    """Something that the operator states on every page, by its key in catalog.yaml; *href* is where it leads, if so."""

    key: str
    label: LocalText
    text: LocalText
    href: str = ""


@dataclass(frozen=True)
class Portal:
    """Title, operator and address. *footer* stands in the order in which it is shown."""

    title: LocalText = LocalText("开放数据门户", "Open data portal")
    description: LocalText = LocalText("查找、了解和下载公共数据。", "Find, understand and download public data.")
    organisation: LocalText = LocalText()
    notice: LocalText = LocalText()
    """A sentence on every page, e.g. that the data are made up for demonstration."""
    base_url: str = DEFAULT_BASE_URL
    """Where the portal is reached, without a slash at the end; stands in addresses that must be absolute."""
    has_base_url: bool = False
    """Whether *base_url* was set; if not, the API answers with the address it was asked at."""
    footer: tuple[FooterItem, ...] = ()
    email: str = ""
    """The mailbox of its office, as the footer states it."""
    phone: str = ""
    """Likewise its telephone."""
    examples: tuple[LocalText, ...] = ()
    """Searches proposed on the home page."""
    metadata_licence: Licence | None = None
    """The licence of the catalogue itself, of what is said of the datasets."""
    places: tuple[tuple[str, LocalText], ...] = ()
    """Names of areas by what datasets state, where the standard's are not known or not wanted."""
    security_contact: tuple[str, ...] = ()
    """Whom to tell of a weakness of the site, as addresses (``mailto:``, ``https:``, ``tel:``), the best first."""
    security_policy: str = ""
    """The address of how reports of weaknesses are dealt with."""
    look: Look = Look()
    """Its own colours, logo and picture."""
    edition: Edition = "open"
    """Who the release is for."""
    rates: Rates = Rates()
    """How often one address or key may ask the server."""
    map_layers: tuple[MapLayer, ...] = ()
    """What lies behind maps, the lowest first."""
    map_choices: tuple[MapChoice, ...] = ()
    """What single maps show instead of what the rules choose."""
    stories: tuple[ChosenStory, ...] = ()
    """Charts that an editor chose for the home page, before those of the rule."""
    has_gallery: bool = False
    """Whether the site has a page of all components, for those who change templates."""


@dataclass(frozen=True)
class Directory:
    """The portal with its publishers and themes: what pages and lists need besides the datasets."""

    portal: Portal
    publishers: tuple[Publisher, ...] = ()
    themes: tuple[Theme, ...] = ()
    first_released: date | None = None
    """The day of the first release, None where nobody knows."""
