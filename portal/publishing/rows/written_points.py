"""How a point and a distance from it are written in requests (``_near``), as the description of the API states it."""

from __future__ import annotations

METRES_MAX = 100_000
"""How far from a point rows may be asked for."""

_FRACTION = r"(?:\.[0-9]{1,15})?"
_LONGITUDE = rf"[+-]?(?:180(?:\.0{{1,15}})?|(?:1[0-7][0-9]|0?[0-9]{{1,2}}){_FRACTION})"
_LATITUDE = rf"[+-]?(?:0?90(?:\.0{{1,15}})?|0{{0,2}}[0-9]{_FRACTION}|0?[1-8][0-9]{_FRACTION})"
_METRES = rf"(?:{METRES_MAX}(?:\.0{{1,3}})?|[0-9]{{1,5}}(?:\.[0-9]{{1,3}})?)"
POINT = rf"^[ \t]*{_LONGITUDE}[ \t]*,[ \t]*{_LATITUDE}[ \t]*,[ \t]*{_METRES}[ \t]*$"
"""Longitude, latitude and metres, no more and no less than there are."""
