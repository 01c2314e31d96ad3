"""Compressed variants at build: what gets them, the same bytes every time, a truthful list."""

from __future__ import annotations

import gzip
import hashlib
import random
from pathlib import Path

import brotli

from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.files.precompressed import write_variants

TEXT = ("开放数据 open data " * 100).encode()
NOISE = random.Random(5).randbytes(4000)


def files(folder: Path, **contents: bytes) -> Path:
    """Write files below ``site/``; two underscores in a name are a slash, one is a dot."""
    for name, content in contents.items():
        path = folder / "site" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_text_gets_variants_and_nothing_else_does(tmp_path: Path) -> None:
    """What is small, packed, noise, or a publisher's own file stays alone."""
    release = files(
        tmp_path,
        index_html=TEXT,
        data__x__x_csv=TEXT,
        data__x__original__x_csv=TEXT,
        small_json=b"{}" * 100,
        table_xlsx=TEXT,
        noise_csv=NOISE,
    )
    written = write_variants(release)
    assert written == {f"site/{name}.{coding}" for name in ("index.html", "data/x/x.csv") for coding in ("br", "gz")}
    assert {path.relative_to(release).as_posix() for path in release.rglob("*.br")} == {
        "site/index.html.br",
        "site/data/x/x.csv.br",
    }


def test_a_variant_unpacks_to_its_file(tmp_path: Path) -> None:
    """Both libraries give the bytes back."""
    write_variants(files(tmp_path, a_html=TEXT))
    assert gzip.decompress((tmp_path / "site/a.html.gz").read_bytes()) == TEXT
    assert brotli.decompress((tmp_path / "site/a.html.br").read_bytes()) == TEXT


def test_variants_hang_on_the_file_alone(tmp_path: Path) -> None:
    """Neither the time nor the number of threads stands in them."""
    one, other = (
        files(tmp_path / "one", a_html=TEXT, b_csv=TEXT[1:]),
        files(tmp_path / "other", a_html=TEXT, b_csv=TEXT[1:]),
    )
    assert write_variants(one, jobs=1) == write_variants(other, jobs=2)
    for path in sorted((one / "site").iterdir()):
        assert path.read_bytes() == (other / "site" / path.name).read_bytes()
    assert (one / "site/a.html.gz").read_bytes()[4:8] == bytes(4), "a gzip header with a time in it"


def test_what_stands_there_is_not_written_over(tmp_path: Path) -> None:
    """A file that is called like a variant is somebody's own, and is none."""
    release = files(tmp_path, a_html=TEXT, a_html_gz=b"own")
    assert write_variants(release) == {"site/a.html.br"}
    assert (release / "site/a.html.gz").read_bytes() == b"own"


def test_the_manifest_lists_variants_as_they_are(tiny_release: Path) -> None:
    """Each has the size and the hash of its own bytes, the type of what is in it, and how it is packed."""
    manifest = Manifest(tiny_release)
    variants = {path: entry for path, entry in manifest.items() if entry.encoding}
    assert variants
    for path, entry in variants.items():
        content = (tiny_release / path).read_bytes()
        assert (entry.bytes, entry.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        packed = manifest[path.rpartition(".")[0]]
        assert (entry.media_type, entry.download_name) == (packed.media_type, packed.download_name)
        assert entry.encoding == {"br": "br", "gz": "gzip"}[path.rpartition(".")[2]]
    beside = {path for path in manifest if path.startswith("site/") and path.endswith((".br", ".gz"))}
    assert set(variants) == beside
