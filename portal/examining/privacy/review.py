"""Approval before publishing (catalogue.review): by whom, of exactly this content; stale after a change.

An approval says who looked at exactly this content, and on what ground. ``catalogue.review`` holds
``{secrecy, by, date, basis, content}``. *content* is a SHA-256 over the descriptor without the review and over every
file, so any change makes the approval stale.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.examining.reading.descriptors.wanted_values import as_mapping, as_text, read_day
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.errors import ConfigurationError
from portal.model.terms import NOT_SECRET, names_secrecy_level
from portal.model.text import LocalText, enumerated
from portal.yamlfile import read_document

PASSED = "passed"
_UNREAD = frozenset(["document-not-read", "document-read-in-part", "document-too-slow"])


def content_hash(dataset: Dataset) -> str:
    """Return ``sha256:…`` over the descriptor of *dataset* without its review, and over each of its files.

    A file that is missing counts as missing; files stand in the order of their paths. Raises OSError.
    """
    assert dataset.source is not None
    descriptor = dict(dataset.descriptor)
    if isinstance(descriptor.get("catalogue"), Mapping):
        descriptor["catalogue"] = {key: value for key, value in descriptor["catalogue"].items() if key != "review"}
    if not descriptor.get("catalogue"):
        descriptor.pop("catalogue", None)
    digest = hashlib.sha256(json.dumps(descriptor, sort_keys=True, ensure_ascii=False).encode())
    for path in reviewed_files(dataset):
        digest.update(f"\n{path}\n".encode())
        try:
            with inside(dataset.source.folder, path).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except (UnsafePath, FileNotFoundError, IsADirectoryError):
            digest.update(b"missing")
    return f"sha256:{digest.hexdigest()}"


def reviewed_files(dataset: Dataset) -> list[str]:
    """Return the paths of all files of *dataset*, relative to its folder, in order."""
    return sorted({path for resource in dataset.resources for path in resource.paths})


def is_unread(finding: Finding) -> bool:
    """Whether a finding says that something of a file was not screened, which somebody has to look at."""
    return finding.code in _UNREAD and finding.severity == "warning"


def check_review(dataset: Dataset, *, required: bool, is_unread_in_part: bool = False) -> Iterator[Finding]:
    """Yield what is wrong with the approval of *dataset*: errors where the portal requires one of open datasets.

    It is required, too, where a part of its files could not be read: what no program has looked at somebody has to
    answer for. Where none is required, an approval that is stale is a warning, and none is nothing; a review that is
    written down and did not pass keeps the files in, whatever the portal requires.
    """
    if not dataset.is_admitted or dataset.source is None:
        return
    stated = dataset.catalogue.get("review")
    review = as_mapping(stated)
    place: dict[str, Any] = {"dataset": dataset.name, "file": dataset.descriptor_file, "field": "catalogue.review"}
    if names_secrecy_level(as_text(review.get("secrecy"))):
        return  # a secret: the rules on the description refuse it with words of their own
    if _did_not_pass(stated):
        yield found("review-failed", **place)
        return
    reason = _lacking(review)
    if reason:
        if required:
            yield found("review-missing", **place, reason=reason)
        elif is_unread_in_part:
            yield found("unread-not-approved", **place, reason=reason)
    elif as_text(review.get("content")) != content_hash(dataset):
        details: dict[str, Any] = {"by": as_text(review.get("by")), "day": as_text(review.get("date"))}
        is_needed = required or is_unread_in_part
        yield found("review-stale", severity="error" if is_needed else "warning", **place, **details)


def _did_not_pass(stated: object) -> bool:
    """Whether something is written down that is no passed review; what nobody understands passed nothing.

    >>> [_did_not_pass(review) for review in (None, {"by": "某科长"}, {"secrecy": "passed"}, {"secrecy": "非涉密"})]
    [False, False, False, False]
    >>> [_did_not_pass(review) for review in ("failed", {"secrecy": "failed"}, {"secrecy": False})]
    [True, True, True]
    """
    if not isinstance(stated, Mapping):
        return stated not in (None, "")
    secrecy = stated.get("secrecy")
    return secrecy not in (None, "") and as_text(secrecy) not in NOT_SECRET | {PASSED}


def _lacking(review: Mapping[str, Any]) -> LocalText | None:
    if not review:
        return LocalText("没有 catalogue.review", "there is no catalogue.review")
    if as_text(review.get("secrecy")) != PASSED:
        return LocalText("保密审查没有通过（secrecy 不是 passed）", "the secrecy review has not passed")
    missing = [key for key in ("by", "basis", "content") if not as_text(review.get(key))]
    if read_day(review.get("date")) is None:
        missing.append("date")
    return (
        LocalText(f"缺少 {enumerated('zh', missing)}", f"{enumerated('en', missing)} is missing") if missing else None
    )


def approve(descriptor_path: Path, *, by: str, basis: str, content: str, on: date, secrecy: str = PASSED) -> None:
    """Write ``catalogue.review`` into the descriptor; comments, order and everything else stay.

    *content* is what `content_hash` gives. The file is replaced in one step, and only when it reads as before in
    everything else. Raises ConfigurationError where it would not, UnreadableFile, OSError.
    """
    review = {"secrecy": secrecy, "by": by, "date": on.isoformat(), "basis": basis, "content": content}
    before = read_document(descriptor_path)
    is_json = descriptor_path.suffix.lower() == ".json"
    text = descriptor_path.read_text(encoding="utf-8-sig")
    new_text = _json_with(before, review) if is_json else _yaml_with(text, review)
    handle, name = tempfile.mkstemp(dir=descriptor_path.parent, prefix=".approve-", suffix=descriptor_path.suffix)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(new_text)
            file.flush()
            os.fsync(file.fileno())
        wanted = {**before, "catalogue": {**as_mapping(before.get("catalogue")), "review": review}}
        if read_document(draft) != wanted:
            raise ConfigurationError(
                f"无法在不改动其他内容的情况下写入 {descriptor_path.name}，请手工添加 catalogue.review。",
                f"{descriptor_path.name} cannot be written without changing something else; "
                "add catalogue.review by hand.",
            )
        draft.chmod(descriptor_path.stat().st_mode & 0o777)
        draft.replace(descriptor_path)
    finally:
        draft.unlink(missing_ok=True)


def _json_with(document: Mapping[str, Any], review: Mapping[str, str]) -> str:
    catalogue = {**as_mapping(document.get("catalogue")), "review": review}
    return json.dumps({**document, "catalogue": catalogue}, ensure_ascii=False, indent=2) + "\n"


def _yaml_with(text: str, review: Mapping[str, str]) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString
    from ruamel.yaml.util import load_yaml_guess_indent

    _, indent, block_indent = load_yaml_guess_indent(text)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=indent or 4, offset=block_indent or 0)
    document = yaml.load(text)
    entry = CommentedMap({**review, "date": DoubleQuotedScalarString(review["date"])})
    entry.fa.set_flow_style()
    catalogue = document.get("catalogue")
    if catalogue is None:
        at = list(document).index("resources") if "resources" in document else len(document)
        document.insert(at, "catalogue", CommentedMap({"review": entry}))
    else:
        catalogue["review"] = entry
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()
