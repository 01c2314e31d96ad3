"""Chinese codes: provinces and area digits (GB/T 2260), identity numbers (GB 11643), social credit codes (GB 32100).

These are the tables of the standards. Check digits are worked out by python-stdnum, which the rooms that check codes
call themselves, since the model stands on the standard library alone; the weights stand here for those who look at
whole columns in SQL, where no Python runs. That both agree is tested.
"""

from __future__ import annotations

from itertools import groupby

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)
"""The 34 provincial codes of GB/T 2260: the first two digits of every division, with Taiwan, Hong Kong and Macao."""
RESIDENT_PROVINCES = PROVINCES | {"83"}
"""What an identity number may begin with: 83 stands in residence permits of residents of Taiwan."""
PROVINCE_PATTERN = "|".join(
    f"{first}[{''.join(code[1] for code in codes)}]"
    for first, codes in groupby(sorted(PROVINCES), lambda code: code[0])
)
"""`PROVINCES` as a regular expression that Python and DuckDB read alike; it wants brackets around it."""
NATION = "100000"
DIVISION_CODE_LENGTHS = frozenset([6, 9, 12])
"""Digits of a division code: down to counties, to towns, to villages."""

PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
"""What number plates begin with (GA 36-2018): the provinces of the mainland, embassies and consulates."""

ID_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
"""The weights of the 17 digits before the check character of an identity number: powers of 2 to base 11."""
ID_CHECK_CHARACTERS = "10X98765432"
"""The check character for each remainder of the weighted sum by 11."""

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of a social credit code in the order of their values: no I, O, S, V and Z."""
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
"""The weights of its first 17 characters: powers of 3 to base 31."""
