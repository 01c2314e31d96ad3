"""Closed lists: themes, licences, openness, sharing types, update cycles, media types, crs; zh and en.

Terms with their source: those that a standard fixes. What a portal may choose is a setting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.model.catalog import Licence, Theme
from portal.model.references import REFERENCES
from portal.model.text import LocalText

# The 21 fields of 公共信息资源开放试点工作方案 (中央网信办、发展改革委、工信部, 2018);
# the ids and English names are ours.
THEMES = (
    Theme("credit", LocalText("信用服务", "Credit services")),
    Theme("health", LocalText("医疗卫生", "Health and medical care")),
    Theme("social-security", LocalText("社保就业", "Social security and employment")),
    Theme("public-safety", LocalText("公共安全", "Public safety")),
    Theme("housing", LocalText("城建住房", "Urban construction and housing")),
    Theme("traffic", LocalText("交通运输", "Transport")),
    Theme("education", LocalText("教育文化", "Education and culture")),
    Theme("science", LocalText("科技创新", "Science and innovation")),
    Theme("energy", LocalText("资源能源", "Resources and energy")),
    Theme("environment", LocalText("生态环境", "Environment")),
    Theme("industry-agriculture", LocalText("工业农业", "Industry and agriculture")),
    Theme("commerce", LocalText("商贸流通", "Commerce and trade")),
    Theme("finance", LocalText("财税金融", "Public finance and banking")),
    Theme("work-safety", LocalText("安全生产", "Work safety")),
    Theme("market", LocalText("市场监管", "Market supervision")),
    Theme("relief", LocalText("社会救助", "Social assistance")),
    Theme("legal", LocalText("法律服务", "Legal services")),
    Theme("living", LocalText("生活服务", "Everyday services")),
    Theme("weather", LocalText("气象服务", "Weather services")),
    Theme("geospatial", LocalText("地理空间", "Geospatial")),
    Theme("organisations", LocalText("机构团体", "Institutions and organisations")),
)

# The ten key areas of 国办发〔2017〕39号, part 2 (6).
AREAS = {
    "credit": LocalText("信用体系", "Credit system"),
    "public_resource_trading": LocalText("公共资源交易", "Public resource trading"),
    "investment": LocalText("投资", "Investment"),
    "price": LocalText("价格", "Prices"),
    "natural_person": LocalText("自然人", "Natural persons"),
    "legal_person": LocalText("法人", "Legal persons"),
    "energy": LocalText("能源", "Energy"),
    "geospatial": LocalText("空间地理", "Geospatial"),
    "transport": LocalText("交通", "Transport"),
    "tourism": LocalText("旅游", "Tourism"),
}

# 共享类型 of 政务信息资源目录编制指南（试行）, 发改高技〔2017〕1272号.
SHARING_TYPES = {
    "unconditional": LocalText("无条件共享", "Shared unconditionally"),
    "conditional": LocalText("有条件共享", "Shared on conditions"),
    "none": LocalText("不予共享", "Not shared"),
}

# Who provides open data: departments, and public enterprises and institutions (国办发〔2017〕39号).
PUBLISHER_KINDS = ("政务部门", "公共企事业单位")

# 开放属性 of the same guide, with the planned openings of yearly opening plans.
OPEN_STATES = {
    "open": LocalText("无条件开放", "Open"),
    "conditional": LocalText("有条件开放", "Open on application"),
    "planned": LocalText("计划开放", "Opening planned"),
    "closed": LocalText("不予开放", "Not open"),
}

# Conditions that are none: with one of these the files are open to everybody.
NO_CONDITION = frozenset({"", "无", "无条件", "无条件开放", "none", "unconditional"})

# What a record says of its secrecy (涉密属性) where it may stand in a portal at all.
NOT_SECRET = frozenset({"非涉密", "非涉密目录"})

_LEVEL = re.compile("绝密|机密|秘密|(?<![非不])涉密")
_APART = re.compile(
    "(?:与|和|同)[^,，;；。]{0,8}涉密[^,，;；。]{0,12}隔离|(?:未|无|不含|不接入|不属于|不连接|是否)涉密"
)
"""What a network says of a secret one that it is not."""


def names_secrecy_level(text: str) -> bool:
    """Whether *text* marks something as a state secret.

    >>> names_secrecy_level("机密"), names_secrecy_level("非涉密")
    (True, False)
    """
    return _LEVEL.search(text) is not None


def names_secret_network(text: str) -> bool:
    """Whether *text* (所在网络) says that data are kept in a network for state secrets.

    >>> [names_secret_network(text) for text in ("涉密内网", "政务内网（涉密）", "非涉密内网", "与涉密网物理隔离")]
    [True, True, False, False]
    """
    return names_secrecy_level(_APART.sub("", text))


# 更新周期 of the guide, with 每旬, 每半年 and 不定期 as catalogue software adds them.
UPDATE_CYCLES = {
    "realtime": LocalText("实时", "Real time"),
    "daily": LocalText("每日", "Daily"),
    "weekly": LocalText("每周", "Weekly"),
    "tenday": LocalText("每旬", "Every ten days"),
    "monthly": LocalText("每月", "Monthly"),
    "quarterly": LocalText("每季度", "Quarterly"),
    "semiannual": LocalText("每半年", "Twice a year"),
    "annual": LocalText("每年", "Yearly"),
    "irregular": LocalText("不定期", "Irregular"),
    "other": LocalText("其他", "Other"),
    "never": LocalText("不更新", "Not updated"),
}

# Coordinate reference systems met in Chinese data: two that are geodetic, and two that shift the place on purpose.
REFERENCE_SYSTEMS = {
    "WGS84": LocalText("WGS 84（GPS 坐标）", "WGS 84 (GPS)"),
    "CGCS2000": LocalText("国家大地坐标系 CGCS2000", "China Geodetic Coordinate System 2000"),
    "GCJ-02": LocalText("GCJ-02（加偏坐标）", "GCJ-02 (shifted)"),
    "BD-09": LocalText("BD-09（百度加偏坐标）", "BD-09 (Baidu's, shifted)"),
}

_REFERENCE_SPELLINGS = {
    **{name.replace("-", "").lower(): name for name in REFERENCE_SYSTEMS},
    **dict.fromkeys(["epsg4326", "wgs1984", "gcswgs1984", "crs84", "gps"], "WGS84"),
    **dict.fromkeys(["epsg4490", "2000国家大地坐标系", "国家2000", "chinageodeticcoordinatesystem2000"], "CGCS2000"),
    **dict.fromkeys(["gcj2", "火星坐标系", "火星坐标", "高德坐标"], "GCJ-02"),
    **dict.fromkeys(["bd9", "bd09ll", "百度坐标系", "百度坐标"], "BD-09"),
}


def reference_system(text: str) -> str:
    """Return the coordinate reference system that *text* names in one of its usual spellings, "" for any other.

    >>> [reference_system(text) for text in ("EPSG:4490", "wgs 84", "urn:ogc:def:crs:EPSG::4326", "GCJ02", "EPSG:4547")]
    ['CGCS2000', 'WGS84', 'WGS84', 'GCJ-02', '']
    """
    plain = text.translate(dict.fromkeys(map(ord, " :：_/-"))).lower().removeprefix("urnogcdefcrs")
    return _REFERENCE_SPELLINGS.get(plain.removeprefix("ogc1.3"), "")


def _by_standard(chinese: str, english: str, number: str) -> LocalText:
    """Name a code with the standard it follows."""
    number = REFERENCES[number].number
    return LocalText(f"{chinese}（{number}）", f"{english} ({number})")


# What a field of a schema may say under codeFormat (ours beyond Table Schema), by the standard it follows.
CODE_FORMATS = {
    "uscc": _by_standard("统一社会信用代码", "unified social credit code", "GB 32100"),
    "id-card": _by_standard("公民身份号码", "resident identity number", "GB 11643"),
    "division-code": _by_standard("行政区划代码", "division code", "GB/T 2260"),
    "postcode": LocalText("邮政编码", "postcode"),
}

GRANULARITIES = {
    "raw": LocalText("原始数据", "Raw data"),
    "aggregated": LocalText("汇总数据", "Aggregated data"),
    "derived": LocalText("加工数据", "Derived data"),
}


@dataclass(frozen=True)
class KnownLicence:
    """A licence with the identifiers that other catalogues use for it."""

    id: str
    title: LocalText
    url: str
    ckan_id: str
    is_open: bool = True

    def as_licence(self) -> Licence:
        """Return the licence as a dataset names it."""
        return Licence(self.id, self.title, self.url)


# Identifiers of SPDX, the Open Definition and CKAN (ckan/model/license.py).
LICENCES = {
    item.id: item
    for item in (
        KnownLicence(
            "CC-BY-4.0",
            LocalText("知识共享署名 4.0", "Creative Commons Attribution 4.0"),
            "https://creativecommons.org/licenses/by/4.0/",
            "cc-by",
        ),
        KnownLicence(
            "CC-BY-SA-4.0",
            LocalText("知识共享署名-相同方式共享 4.0", "Creative Commons Attribution-ShareAlike 4.0"),
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "cc-by-sa",
        ),
        KnownLicence(
            "CC0-1.0",
            LocalText("知识共享公有领域贡献 1.0", "Creative Commons Zero 1.0"),
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "cc-zero",
        ),
        KnownLicence(
            "ODbL-1.0",
            LocalText("开放数据库许可 1.0", "Open Database License 1.0"),
            "https://opendatacommons.org/licenses/odbl/1.0/",
            "odc-odbl",
        ),
        KnownLicence(
            "ODC-By-1.0",
            LocalText("开放数据共用署名许可 1.0", "Open Data Commons Attribution License 1.0"),
            "https://opendatacommons.org/licenses/by/1.0/",
            "odc-by",
        ),
        KnownLicence(
            "PDDL-1.0",
            LocalText("开放数据共用公有领域贡献 1.0", "Open Data Commons Public Domain Dedication 1.0"),
            "https://opendatacommons.org/licenses/pddl/1.0/",
            "odc-pddl",
        ),
        KnownLicence(
            "CC-BY-NC-4.0",
            LocalText("知识共享署名-非商业性使用 4.0", "Creative Commons Attribution-NonCommercial 4.0"),
            "https://creativecommons.org/licenses/by-nc/4.0/",
            "cc-nc",
            is_open=False,
        ),
    )
}

_LICENCE_ALIASES = {"odc-pddl-1.0": "PDDL-1.0", "odc-odbl-1.0": "ODbL-1.0", "odc-by-1.0": "ODC-By-1.0"}


def known_licence(name: str) -> KnownLicence | None:
    """Find a licence by its id in any case, by CKAN's id, or by the Open Definition's former id.

    >>> known_licence("odc-pddl-1.0").id
    'PDDL-1.0'
    """
    wanted = _LICENCE_ALIASES.get(name.lower(), name).lower()
    return next((item for item in LICENCES.values() if wanted in (item.id.lower(), item.ckan_id)), None)
