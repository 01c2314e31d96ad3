"""gzip and brotli variants (.gz, .br) of the text files of a site, written once at build, for servers to hand out.

A variant stands beside its file and is left out where it would save little. What is packed already gets none, nor do
the publishers' own files: those are given out byte for byte, and one of them may be called like a variant of another.
The bytes hang on the file alone; no time stands in them. The levels were measured:
docs/decisions/030-compressed-once.md.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import brotli

from portal.model.addresses import DATA
from portal.model.known_formats import is_text_type, media_type_of

COMPRESSED_BYTES_MIN = 1024
"""A smaller file fits into one packet as it is, and gets no variants."""
COMPRESSED_BYTES_MAX = 512 * 1024**2
"""A larger file gets no variants: who wants it fetches it in parts, or as Parquet."""
SAVED_MIN = 0.1
"""A variant that saves less than this share of the file is not kept."""
GZIP_LEVEL = 6
BROTLI_QUALITY = 5
VARIANTS: Mapping[str, str] = {".br": "br", ".gz": "gzip"}
"""The content coding (RFC 9110, 8.4.1) of a variant by its ending, the smallest first."""
_ORIGINALS = "original"
_PIECE = 1024 * 1024


class Packer(Protocol):
    """What makes a compressed stream out of pieces."""

    def process(self, data: bytes, /) -> bytes:
        """Return what can be written after a further piece."""

    def finish(self) -> bytes:
        """Return the rest."""


class Gzip:
    """A gzip stream (RFC 1952) whose header holds neither a time nor a name."""

    def __init__(self, level: int = GZIP_LEVEL) -> None:
        self._stream = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)

    def process(self, data: bytes, /) -> bytes:
        """Return what can be written after a further piece."""
        return self._stream.compress(data)

    def finish(self) -> bytes:
        """Return the rest."""
        return self._stream.flush()


_PACKERS: Mapping[str, Callable[[], Packer]] = {
    "br": lambda: brotli.Compressor(quality=BROTLI_QUALITY),
    "gzip": Gzip,
}


def write_variants(release_dir: Path, *, jobs: int = 1) -> frozenset[str]:
    """Write the variants of all files below ``site/``; return their paths in the release.

    Both libraries let go of the interpreter while they work, so *jobs* threads use so many processors.
    """
    with ThreadPoolExecutor(max(1, jobs), thread_name_prefix="compress") as pool:
        written = pool.map(lambda path: _variants_of(release_dir, path), list(_texts(release_dir, "site/")))
        return frozenset(path for paths in written for path in paths)


def _texts(release_dir: Path, prefix: str) -> Iterator[str]:
    """Yield the paths of the files that may get variants."""
    with os.scandir(release_dir / prefix) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not (prefix.startswith(f"site{DATA}") and entry.name == _ORIGINALS):
                    yield from _texts(release_dir, f"{prefix}{entry.name}/")
            elif _is_worth_it(entry):
                yield prefix + entry.name


def _is_worth_it(entry: os.DirEntry[str]) -> bool:
    is_text = is_text_type(media_type_of(entry.name.rpartition(".")[2].lower()))
    if not is_text or not entry.is_file(follow_symlinks=False):
        return False
    return COMPRESSED_BYTES_MIN <= entry.stat().st_size <= COMPRESSED_BYTES_MAX


def _variants_of(release_dir: Path, path: str) -> list[str]:
    file = f"{release_dir}/{path}"
    bytes_max = int(os.stat(file).st_size * (1 - SAVED_MIN))  # noqa: PTH116 - most files are small
    return [path + ending for ending, coding in VARIANTS.items() if _write(file, file + ending, coding, bytes_max)]


def _write(source: str, target: str, coding: str, bytes_max: int) -> bool:
    """Write one variant; return whether it was worth it. What stands there already is somebody else's, and stays."""
    packer = _PACKERS[coding]()
    try:
        with open(source, "rb") as file, open(target, "xb") as packed:  # noqa: PTH123 - most files are small
            while piece := file.read(_PIECE):
                packed.write(packer.process(piece))
            packed.write(packer.finish())
            size = packed.tell()
    except FileExistsError:
        return False
    if size > bytes_max:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108 - likewise
        return False
    return True
