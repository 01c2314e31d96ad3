"""What stands in the way of reading a file: encodings, archives, limits, formats that are not what they say."""

from __future__ import annotations

from portal.model.codes.declare import Code

READING: tuple[Code, ...] = ()
