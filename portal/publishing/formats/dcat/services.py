"""The portal's APIs (/api/v1, CKAN) as dcat:DataService of the catalogue: address, description (OpenAPI), manual.

The address is the one that a first request goes to and answers, for what all of them begin with answers nothing.
Source: DCAT-AP 3.0.1, class Data Service.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model.addresses import API_DATASETS, API_OPENAPI, DEVELOPERS, ckan_action_path
from portal.model.text import LocalText
from portal.publishing.formats.dcat.serializations import Node
from portal.publishing.formats.dcat.vocabulary import OPENAPI

_API = LocalText("目录接口", "Catalogue API")
_API_MEANING = LocalText(
    "检索目录、取数据集的描述和文件地址，返回 JSON。",
    "Searches the catalogue and gives descriptions of datasets and the addresses of their files, as JSON.",
)
_CKAN = LocalText("CKAN 兼容接口", "CKAN-compatible API")
_CKAN_MEANING = LocalText(
    "供 CKAN 客户端和采集程序读取目录。", "Lets clients and harvesters of CKAN read the catalogue."
)


def service_nodes(base_url: str, publisher: str, licence: str) -> Iterator[Node]:
    """Yield the services, and the nodes that they refer to; *publisher* and *licence* are addresses, "" for none."""
    manual = f"{base_url}{DEVELOPERS}"
    shared = (
        ("publisher", ((publisher, ""),)),
        ("landingPage", ((manual, ""),)),
        *((("license", ((licence, ""),)),) if licence else ()),
    )
    yield Node(
        f"{base_url}/#api",
        ("dcat:DataService",),
        (
            ("title", _tagged(_API)),
            ("description", _tagged(_API_MEANING)),
            ("endpointURL", ((f"{base_url}{API_DATASETS}", ""),)),
            ("endpointDescription", ((f"{base_url}{API_OPENAPI}", ""),)),
            ("conformsTo", ((OPENAPI, ""),)),
            *shared,
        ),
    )
    yield Node(
        f"{base_url}/#ckan-api",
        ("dcat:DataService",),
        (
            ("title", _tagged(_CKAN)),
            ("description", _tagged(_CKAN_MEANING)),
            ("endpointURL", ((f"{base_url}{ckan_action_path('package_search')}", ""),)),
            ("endpointDescription", ((manual, ""),)),
            *shared,
        ),
    )
    yield Node(OPENAPI, ("dct:Standard",))
    yield Node(manual, ("foaf:Document",))


def _tagged(text: LocalText) -> tuple[tuple[str, str], ...]:
    return ((text.zh, "zh"), (text.en, "en"))
