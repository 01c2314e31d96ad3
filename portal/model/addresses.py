"""Addresses (URLs, paths): every page, file and API endpoint of the portal, with its language prefix, each said once.

A path begins with a slash and stands below the portal's own address; that of a page ends in one, has no language and
is that of the Chinese page. `in_language` gives the full path, ``base_url + path`` the absolute address, `relative`
the address as another page writes it, and `site_file` the file below ``site/``. Names are put in as they are; who
needs them quoted quotes them before. These paths are contracts: other portals, search engines and people keep them.

>>> in_language("en", dataset_path("schools"))
'/en/datasets/schools/'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, urlencode

from portal.model.text import LANGUAGES

HOME = "/"
DATASETS = "/datasets/"
THEMES = "/themes/"
PUBLISHERS = "/publishers/"
OPEN_CATALOGUE = "/open-catalogue/"
QUALITY = "/quality/"
STANDARDS = "/standards/"
DEVELOPERS = "/developers/"
ABOUT = "/about/"
COMPONENTS = "/about/components/"
HELP = "/help/"
TERMS = "/terms/"
PRIVACY = "/privacy/"
ACCESSIBILITY = "/accessibility/"
SITE_MAP = "/site-map/"
NOT_FOUND = "/404.html"
FAILED = "/500.html"
MAINTENANCE = "/503.html"
SHOWN_ANYWHERE = (NOT_FOUND, FAILED, MAINTENANCE)
"""Pages that a server shows at any address, so that what they lead to is written from the root."""

DATA = "/data/"
STATIC = "/static/"
SEARCH_FILES = "/search/"
"""Where the files lie that a browser searches in by itself; they are no pages."""

FEED = "feed.xml"
"""The Atom feed beside a page: of the portal beside the home page, of a dataset, a publisher or a topic beside its."""
CALENDAR = "calendar.ics"
"""The calendar of deadlines beside the home page and the page of a publisher that has one."""
MARKDOWN_TWIN = "index.md"
DATA_PACKAGE = "datapackage.json"
CHECKSUMS = "SHA256SUMS"
"""The list of checksums beside the files of a dataset, as sha256sum reads it."""
ENTRY = "entry.json"
CKAN_DATASET = "ckan.json"
CROISSANT = "croissant.json"
REGISTER_COUNTS = "registers.json"
PROFILE = "profile.json"
"""What stands beside the page of a dataset, by its name there; `ENTRY` for `DATA_PACKAGE` where there are no files."""

CHARTS = "charts/"
"""Where pictures of charts stand below ``/data/<dataset>/``: lists and other sites show them, nobody fetches data."""

API_CATALOG = "/.well-known/api-catalog"
SECURITY_TXT = "/.well-known/security.txt"
"""Where programs look that know nothing of a portal but its name (RFC 8615)."""
DATA_JSON = "/data.json"
LLMS = "/llms.txt"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
OPENSEARCH = "/opensearch.xml"
QR_CODE = "qr.svg"
"""The code of a dataset's page, beside it; made by the server."""
LARGE = "/large"
"""Below it stands every page once more, in large type and simple: pages lead on to each other by relative addresses."""

MCP = "/mcp"
"""Where agents ask (Model Context Protocol)."""
API = "/api/"
"""What is answered by the server and stands in no release."""
API_V1 = "/api/v1"
API_DATASETS = f"{API_V1}/datasets"
API_DATASETS_CSV = f"{API_DATASETS}.csv"
API_DATASETS_FEED = f"{API_DATASETS}.atom"
API_SUGGEST = f"{API_V1}/suggest"
API_PUBLISHERS = f"{API_V1}/publishers"
API_THEMES = f"{API_V1}/themes"
API_STANDARDS = f"{API_V1}/standards"
API_STATS = f"{API_V1}/stats"
API_CHANGES = f"{API_V1}/changes"
API_HEALTH = f"{API_V1}/health"
API_OPENAPI = f"{API_V1}/openapi.json"
CKAN_APIS = ("/api/3/", "/api/action/")
"""What is answered as CKAN does, mistakes too."""
CKAN_ACTIONS = ("/api/3/action/", "/api/action/")
"""Where the actions of CKAN's API stand; clients know both places."""
CKAN_VERSIONS = ("/api/", "/api/<int(min=1, max=3):version>/")
"""Where CKAN says which version of its API it speaks."""

PAGE_NUMBERS = "_page"

_is_plain = re.compile(r"[A-Za-z0-9_.~/-]*").fullmatch
"""Whether an address stands as it is; most do, and are told at a glance."""


def language_prefix(lang: str) -> str:
    """Return what stands before the path of a page: nothing for Chinese, ``/en`` for English."""
    return "" if lang == LANGUAGES[0] else f"/{lang}"


def in_language(lang: str, path: str) -> str:
    """Return the full path of a page: Chinese stands at the root, English below ``/en``."""
    return language_prefix(lang) + path


def language_of(full_path: str) -> str:
    """Return the language of what stands at a full path; what has no language counts as Chinese.

    >>> language_of("/en/datasets/"), language_of("/en"), language_of("/english/")
    ('en', 'en', 'zh')
    """
    first = full_path.split("/", 2)[1:2]
    return next((lang for lang in LANGUAGES[1:] if first == [lang]), LANGUAGES[0])


def without_language(full_path: str) -> str:
    """Return the path of a page as it is in Chinese.

    >>> without_language("/en/datasets/"), without_language("/datasets/")
    ('/datasets/', '/datasets/')
    """
    return full_path.removeprefix(language_prefix(language_of(full_path)))


def site_file(full_path: str) -> str:
    """Return the path below ``site/`` of the file that a web server answers with.

    >>> site_file("/en/about/"), site_file("/"), site_file("/catalog.csv")
    ('en/about/index.html', 'index.html', 'catalog.csv')
    """
    path = full_path.removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def site_folder(full_path: str) -> str:
    """Return the path below ``site/`` of the folder of a page or of data.

    >>> site_folder("/en/datasets/schools/"), site_folder("/")
    ('en/datasets/schools', '')
    """
    return full_path.strip("/")


def dataset_path(name: str) -> str:
    """Return the path of a dataset's page."""
    return f"{DATASETS}{name}/"


def map_points_path(dataset: str, number: int) -> str:
    """Return the path of the points of a dataset's map, which it has where they are too many for its page.

    >>> map_points_path("charging-points", 1)
    '/datasets/charging-points/map-1.json'
    """
    return f"{dataset_path(dataset)}map-{number}.json"


def map_outlines_path(dataset: str, number: int, level: int) -> str:
    """Return the path of lines and areas of a dataset's map in finer detail, 1 the least.

    >>> map_outlines_path("bus-lines", 0, 2)
    '/datasets/bus-lines/map-0-outlines-2.json'
    """
    return f"{dataset_path(dataset)}map-{number}-outlines-{level}.json"


def dataset_at(path: str) -> str:
    """Return the name of the dataset whose page stands at *path*, a path without language; "" where none can.

    >>> dataset_at("/datasets/schools/"), dataset_at("/datasets/_page/2/"), dataset_at("/datasets/")
    ('schools', '', '')
    """
    name = path.removeprefix(DATASETS).removesuffix("/")
    return name if _is_plain(name) and "/" not in name and name and path == dataset_path(name) else ""


def report_path(name: str) -> str:
    """Return the path of the report on a dataset."""
    return f"{DATASETS}{name}/report/"


def rows_page_path(dataset: str, resource: str) -> str:
    """Return the path of the page on which the rows of a table are asked for.

    >>> rows_page_path("schools", "list")
    '/datasets/schools/resources/list/rows/'
    """
    return f"{dataset_path(dataset)}resources/{resource}/rows/"


def tables_page_path(dataset: str, like: str = "") -> str:
    """Return the path of the page on which the rows of all tables of one shape are asked for.

    A dataset that has several such shapes has a page for each, of which all but the first name one of their tables.

    >>> tables_page_path("counts"), tables_page_path("counts", "bikes-2026-01")
    ('/datasets/counts/rows/', '/datasets/counts/rows/bikes-2026-01/')
    """
    return f"{dataset_path(dataset)}rows/" + (f"{like}/" if like else "")


def is_rows_page(full_path: str) -> bool:
    """Whether rows of a table, or of several as one, are asked for at a full path.

    >>> is_rows_page("/en/datasets/x/resources/y/rows/"), is_rows_page("/datasets/x/rows/")
    (True, True)
    >>> is_rows_page("/datasets/rows/")
    False
    """
    pattern = rf"{DATASETS}[^/]+/(resources/[^/]+/rows|rows|rows/[^/]+)/?"
    return re.fullmatch(pattern, without_language(full_path)) is not None


def publisher_path(identifier: str) -> str:
    """Return the path of a publisher's page."""
    return f"{PUBLISHERS}{identifier}/"


def theme_path(identifier: str) -> str:
    """Return the path of a topic's page."""
    return f"{THEMES}{identifier}/"


def open_catalogue_path(publisher: str) -> str:
    """Return the path of a department's open catalogue."""
    return f"{OPEN_CATALOGUE}{publisher}/"


def standard_path(name: str) -> str:
    """Return the path of the page of a register standard."""
    return f"{STANDARDS}{name}/"


MOVABLE: Mapping[str, Callable[[str], str]] = {"datasets": dataset_path, "publishers": publisher_path}
"""The paths of what may have had other names, by its kind."""


def numbered(path: str, number: int) -> str:
    """Return the path of page *number* of a list; no name begins with an underscore, so it hides nothing."""
    return path if number == 1 else f"{path}{PAGE_NUMBERS}/{number}/"


def is_numbered(path: str) -> bool:
    """Whether a path is that of a further page of a list.

    >>> is_numbered(numbered(DATASETS, 2)), is_numbered(DATASETS)
    (True, False)
    """
    return f"/{PAGE_NUMBERS}/" in path


def beside(page: str, file: str) -> str:
    """Return the path of a file that stands beside a page: a feed, a description.

    >>> beside(theme_path("traffic"), FEED)
    '/themes/traffic/feed.xml'
    """
    return f"{page}{file}"


def dcat_file(ending: str) -> str:
    """Return the name of a dataset's DCAT description beside its page."""
    return f"index.{ending}"


def catalog_file(ending: str, number: int = 1) -> str:
    """Return the path of the whole catalogue as a file; a long one goes on in files with a number.

    >>> catalog_file("csv"), catalog_file("ttl", 2)
    ('/catalog.csv', '/catalog-2.ttl')
    """
    return f"/catalog.{ending}" if number == 1 else f"/catalog-{number}.{ending}"


def sitemap_part(number: int) -> str:
    """Return the path of one of several sitemaps."""
    return f"/sitemap-{number}.xml"


def open_catalogue_file(ending: str) -> str:
    """Return the path of the open catalogue as a file."""
    return f"{OPEN_CATALOGUE}open-catalogue.{ending}"


def standard_file_path(name: str, ending: str) -> str:
    """Return the path of a register standard as a file.

    >>> standard_file_path("department", "yaml")
    '/standards/department/department.yaml'
    """
    return f"{standard_path(name)}{name}.{ending}"


def data_path(dataset: str, file: str = "") -> str:
    """Return the path of a data file of a dataset, of their folder without *file*.

    >>> data_path("schools", "original/名录.xls"), data_path("schools")
    ('/data/schools/original/名录.xls', '/data/schools/')
    """
    return f"{DATA}{dataset}/{file}"


def chart_file(dataset: str, chart: str, ending: str, lang: str = LANGUAGES[0]) -> str:
    """Return the path of a picture of a chart; one with English words has the language before its ending.

    >>> chart_file("schools", "by-kind", "png", "en"), chart_file("schools", "by-kind", "svg")
    ('/data/schools/charts/by-kind.en.png', '/data/schools/charts/by-kind.svg')
    """
    return data_path(dataset, f"{CHARTS}{chart}{'' if lang == LANGUAGES[0] else f'.{lang}'}.{ending}")


def static_path(file: str) -> str:
    """Return the path of a style sheet, script or image of the site."""
    return f"{STATIC}{file}"


def api_dataset_path(name: str) -> str:
    """Return the path of a dataset in the API."""
    return f"{API_DATASETS}/{name}"


def api_resources_path(dataset: str, resource: str = "") -> str:
    """Return the path of a resource of a dataset in the API, of their list without *resource*.

    >>> api_resources_path("schools", "list"), api_resources_path("schools")
    ('/api/v1/datasets/schools/resources/list', '/api/v1/datasets/schools/resources')
    """
    return f"{api_dataset_path(dataset)}/resources" + (f"/{resource}" if resource else "")


def api_rows_path(dataset: str, resource: str = "") -> str:
    """Return the path of the rows of a table in the API, of all tables of one shape without *resource*.

    >>> api_rows_path("schools", "list"), api_rows_path("schools")
    ('/api/v1/datasets/schools/resources/list/rows', '/api/v1/datasets/schools/rows')
    """
    return (api_resources_path(dataset, resource) if resource else api_dataset_path(dataset)) + "/rows"


def api_publisher_path(identifier: str) -> str:
    """Return the path of a publisher in the API."""
    return f"{API_PUBLISHERS}/{identifier}"


def api_standard_path(name: str) -> str:
    """Return the path of a register standard in the API."""
    return f"{API_STANDARDS}/{name}"


def ckan_action_path(action: str) -> str:
    """Return the path of an action of CKAN's API."""
    return f"{CKAN_ACTIONS[0]}{action}"


def relative(here: str, target: str) -> str:
    """Return the address of the full path *target* as seen from the page at the full path *here*.

    >>> relative("/en/datasets/x/", "/data/x/a b.csv"), relative("/datasets/", "/datasets/")
    ('../../../data/x/a%20b.csv', './')
    """
    start, end = here.split("/")[1:-1], target.split("/")[1:]
    shared = 0
    for one, other in zip(start, end[:-1], strict=False):
        if one != other:
            break
        shared += 1
    up = "../" * (len(start) - shared)
    rest = "/".join(end[shared:])
    return up + (rest if _is_plain(rest) else quote(rest)) or "./"


def with_query(href: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Append parameters to an address.

    >>> with_query("./", [("q", "水质")])
    './?q=%E6%B0%B4%E8%B4%A8'
    """
    query = urlencode(list(parameters))
    return f"{href}?{query}" if query else href
