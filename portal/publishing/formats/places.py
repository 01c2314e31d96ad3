"""Names of places by their division codes (GB/T 2260): 310115 is 上海市浦东新区; English names of provinces.

The codes and Chinese names are those that python-stdnum brings along, with the last name of what is no division any
more. A portal's own names, in ``places`` of catalog.yaml, take precedence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import numdb

from portal.model.catalog import Dataset
from portal.model.cn_codes import DIVISION_CODE_LENGTHS, NATION
from portal.model.text import LocalText

NATIONWIDE = LocalText("全国", "Nationwide")
_COUNTY_DIGITS = 6
_LENGTHS = DIVISION_CODE_LENGTHS | {2, 4}
_NO_CITY = re.compile("市辖区|县|(省|自治区)直辖.*")
"""What stands in the place of a city where there is none."""

_PROVINCES = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei Province", "14": "Shanxi Province",
    "15": "Inner Mongolia Autonomous Region", "21": "Liaoning Province", "22": "Jilin Province",
    "23": "Heilongjiang Province", "31": "Shanghai", "32": "Jiangsu Province", "33": "Zhejiang Province",
    "34": "Anhui Province", "35": "Fujian Province", "36": "Jiangxi Province", "37": "Shandong Province",
    "41": "Henan Province", "42": "Hubei Province", "43": "Hunan Province", "44": "Guangdong Province",
    "45": "Guangxi Zhuang Autonomous Region", "46": "Hainan Province", "50": "Chongqing", "51": "Sichuan Province",
    "52": "Guizhou Province", "53": "Yunnan Province", "54": "Xizang Autonomous Region", "61": "Shaanxi Province",
    "62": "Gansu Province", "63": "Qinghai Province", "64": "Ningxia Hui Autonomous Region",
    "65": "Xinjiang Uygur Autonomous Region", "71": "Taiwan Province", "81": "Hong Kong Special Administrative Region",
    "82": "Macao Special Administrative Region",
}  # fmt: skip


def place_of(dataset: Dataset) -> LocalText:
    """Return what the area of a dataset is called: by the portal, by the standard, else as it is stated."""
    return dataset.place or place_name(dataset.spatial) or LocalText(dataset.spatial)


def is_division_code(spatial: str) -> bool:
    """Whether an area is stated by a code.

    >>> is_division_code("310115"), is_division_code("上海市")
    (True, False)
    """
    return spatial.isascii() and spatial.isdigit()


@lru_cache(maxsize=4096)
def place_name(code: str) -> LocalText:
    """Return the name of a division, empty for a code that is not known, and for what is no code.

    Only provinces have an English name here; of a town or village the county is told, and the code.

    >>> place_name("440305"), place_name("310000").en, place_name("310115104").zh, place_name("990100")
    (LocalText(zh='广东省深圳市南山区', en=''), 'Shanghai', '上海市浦东新区（310115104）', LocalText(zh='', en=''))
    """
    if not is_division_code(code) or len(code) not in _LENGTHS:
        return LocalText()
    own = code[:_COUNTY_DIGITS].ljust(_COUNTY_DIGITS, "0")
    if code[_COUNTY_DIGITS:].strip("0"):
        county = place_name(own).zh
        return LocalText(f"{county}（{code}）" if county else "")
    if own == NATION:
        return NATIONWIDE
    province = _looked_up(own[:2] + "0000")
    if own.endswith("0000"):
        return LocalText(province, _PROVINCES.get(own[:2], "")) if province else LocalText()
    city, name = _looked_up(own[:4] + "00"), _looked_up(own)
    if not name:
        return LocalText()
    if own.endswith("00"):
        return LocalText(province if _NO_CITY.fullmatch(name) else f"{province}{name}")
    return LocalText(f"{province}{'' if _NO_CITY.fullmatch(city) else city}{name}")


def _looked_up(code: str) -> str:
    """Return the last name of a division in the table of python-stdnum, "" where it has none."""
    found = {key: value for _, names in numdb.get("cn/loc").info(code) for key, value in names.items()}
    return str(found.get("county", "")).rpartition(",")[2].rpartition("]")[2]
