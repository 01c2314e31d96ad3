"""Decoders of text in pieces: strict ones, and GB18030 with the euro sign (€, byte 0x80) of Windows' code page 936."""

from __future__ import annotations

import codecs

_EURO = 0x80
_ERRORS = "portal-cp936"
"""Name of the handler for what GB18030 of the standard does not hold, but Windows writes."""


def _euro_of_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode the byte 0x80, which is the euro sign in Windows' code page 936; it begins no character of GB18030."""
    if not isinstance(error, UnicodeDecodeError) or error.object[error.start] != _EURO:
        raise error
    if error.end == len(error.object):
        # At the end of a text an incremental decoder does not go on after a fault: what stands behind would be lost.
        return "€" + error.object[error.start + 1 :].decode("gb18030", _ERRORS), error.end
    return "€", error.start + 1


codecs.register_error(_ERRORS, _euro_of_windows)


def decoder_of(encoding: str) -> codecs.IncrementalDecoder:
    r"""Return a strict decoder for pieces of a file; that of GB18030 takes 0x80 for €, as Windows does.

    >>> decoder_of("gb18030").decode(b"\x8012.50")
    '€12.50'
    >>> decoder_of("gb18030").decode(b"\x806\n", final=True)
    '€6\n'
    """
    return codecs.getincrementaldecoder(encoding)(_ERRORS if encoding == "gb18030" else "strict")
