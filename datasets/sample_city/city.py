"""What the invented city is made of: districts, coordinates, departments, codes with their check digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, pi
from random import Random

LAST_DAY = date(2026, 11, 20)
"""The day on which the demonstration data end; everything is dated before it, so builds do not depend on the clock."""

CITY_CODE = "990100"


@dataclass(frozen=True)
class District:
    """A district with its code, population in thousands, and the centre of its area (CGCS2000, degrees)."""

    code: str
    zh: str
    en: str
    population_thousands: int
    longitude: float
    latitude: float

    def point(self, chance: Random, spread: float = 0.035) -> tuple[float, float]:
        """Return a place in the district: longitude and latitude with six decimals."""
        return (
            round(chance.gauss(self.longitude, spread / 2), 6),
            round(chance.gauss(self.latitude, spread / 2), 6),
        )


DISTRICTS = (
    District("990101", "晨星区", "Chenxing District", 820, 150.30, 20.20),
    District("990102", "澄波区", "Chengbo District", 640, 150.38, 20.21),
    District("990103", "稻香区", "Daoxiang District", 410, 150.27, 20.28),
    District("990104", "听松区", "Tingsong District", 365, 150.21, 20.17),
    District("990121", "望舒县", "Wangshu County", 290, 150.47, 20.09),
)

STREETS = (
    "启明路", "拂晓街", "长风大道", "青禾路", "听涛街", "望舒路", "细雨巷", "听雪路", "云笺街", "晴川大道",
    "稻浪路", "白鹭街", "松涛路", "知行街", "鸣泉路", "飞萤巷",
)  # fmt: skip
"""Names of streets that stand in no map; house numbers are never given."""

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(kind: str, division: str, serial: int) -> str:
    """Return a made-up 统一社会信用代码 with the right check character (GB 32100-2015).

    *kind* is its first two characters, e.g. 11 for an administrative body, 12 for a public institution, 91 for a firm.

    >>> uscc("91", "990000", 7)
    '91990000MA0000007X'
    """
    body = f"{kind}{division}MA{serial:07d}"
    total = sum(_USCC_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]


def code_with_check(prefix: str, serial: int, digits: int) -> str:
    """Return *prefix*, *serial* with leading zeros and a Luhn check digit, as local number series have it.

    >>> code_with_check("P", 7992739871, 10)
    'P79927398713'
    """
    text = f"{serial:0{digits}d}"
    total = 0
    for place, char in enumerate(reversed(text)):
        number = int(char) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return f"{prefix}{text}{(10 - total % 10) % 10}"


def pick_district(chance: Random) -> District:
    """Return a district, those with more people more often."""
    return chance.choices(DISTRICTS, weights=[item.population_thousands for item in DISTRICTS])[0]


def season(day: date) -> float:
    """Return the season as a number: -1 in mid January, 1 in mid July."""
    return -cos(2 * pi * (day.timetuple().tm_yday - 15) / 365.25)
