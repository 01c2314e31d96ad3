"""The reply to one file: which receipt and cleaned copies are written, their names, and the next step.

Cleaned copies are written where something was mended.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portal.examining.reading.descriptors.dataset_names import propose_name
from portal.findings.finding import Finding
from portal.incoming.form.cleaning.cleaned import Cleaned
from portal.incoming.form.cleaning.cleaned_copy import write_cleaned
from portal.incoming.form.filled.filled_form import SUFFIXES, plain_stem
from portal.incoming.form.form import Answer, Form
from portal.incoming.form.handed_in import Intake, State
from portal.incoming.form.receipt.receipt import write_receipt
from portal.model.addresses import dataset_path
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import UnderstoodTable

RECEIPT_ENDING, CLEANED_ENDING = "-回执.xlsx", "-清洁版.xlsx"

CLEANED_COPY = LocalText("清洁版", "the cleaned copy")
EMPTY_FORM = LocalText("填报表", "the form")
"""Where the sheets are that a bare file does not have."""

_NEXT_STEPS: Mapping[str, LocalText] = {
    "accepted": LocalText(
        "已收下。门户管理员下一次更新网站后，可以在预览地址看到。",
        "It was taken in. After the next update of the site it can be seen at the address of the preview.",
    ),
    "unchanged": LocalText(
        "与已经收下的完全相同，不用再做什么。", "It is the same as what was taken in before; nothing needs to be done."
    ),
    "refused": LocalText(
        "没有收下，网站上没有发布任何内容，所以没有预览。请按下面“怎么改”一栏改正，然后再交一次。",
        "It was not taken in. Nothing was published, so there is no preview. Mend what is listed below and hand it in "
        "again.",
    ),
    "secret": LocalText(
        "没有收下。文件带有保密标志：请不要再交，也不要转发，按下面“怎么改”一栏处理。",
        "It was not taken in. The file bears a secrecy mark: do not hand it in again or pass it on, but do what is "
        "said below.",
    ),
    "refused-update": LocalText(
        "没有收下。以前收下的版本没有改动，见预览地址。请按下面“怎么改”一栏改正，然后再交一次。",
        "It was not taken in. What was taken in before is as it was: see the address of the preview. Mend what is "
        "listed below and hand it in again.",
    ),
}


@dataclass(frozen=True)
class Reply:
    """What is told of one file. *has_page*: the dataset is taken in, now or before, so it has a page or will have one.

    *cleaned* are the mended tables, each with the name of its sheet.
    """

    source: Path
    name: str
    state: State
    findings: Sequence[Finding]
    tables: Sequence[UnderstoodTable] = ()
    cleaned: Sequence[tuple[str, Cleaned]] = ()
    form: Form = Form(is_bare=True)
    has_page: bool = False


def write_reply(intake: Intake, reply: Reply) -> tuple[Path, list[Path]]:
    """Write the receipt and the cleaned copies; return their paths. Raises OSError where they cannot be written."""
    folder = intake.receipts or reply.source.parent
    folder.mkdir(parents=True, exist_ok=True)
    stem = _receipt_stem(reply.source)
    copies = list(_write_copies(intake, reply, folder, stem))
    receipt = folder / f"{stem}{RECEIPT_ENDING}"
    write_receipt(
        reply.source,
        reply.findings,
        receipt,
        table=reply.tables[0] if reply.tables else None,
        others=reply.tables[1:],
        preview=intake.settings.portal.base_url + dataset_path(reply.name) if reply.has_page else "",
        lang=intake.lang,
        cleaned=enumerated("zh", (path.name for path in copies)),
        today=intake.today,
        next_step=_next_step(reply),
        form=(CLEANED_COPY if copies else EMPTY_FORM) if reply.form.is_bare else None,
    )
    return receipt, copies


def _bears_mark(reply: Reply) -> bool:
    return any(item.code in ("secrecy-mark", "secrecy-mark-held") for item in reply.findings)


def _next_step(reply: Reply) -> LocalText:
    if _bears_mark(reply):
        return _NEXT_STEPS["secret"]
    if reply.state == "refused":
        return _NEXT_STEPS["refused-update" if reply.has_page else "refused"]
    return _NEXT_STEPS["unchanged" if reply.state == "unchanged" else "accepted"]


def _write_copies(intake: Intake, reply: Reply, folder: Path, stem: str) -> Iterator[Path]:
    if _bears_mark(reply):
        return  # what may be secret is not copied once more, nor asked for again
    for sheet, mended in reply.cleaned:
        if not (mended.is_changed or reply.form.is_bare) or not mended.rows or any(mended.gap):
            continue
        suffix = f"-{propose_name(sheet)}" if len(reply.cleaned) > 1 else ""
        path = folder / f"{stem}{suffix}{CLEANED_ENDING}"
        if path == reply.source:
            continue
        write_cleaned(mended, _form_of(reply, sheet), intake.choices, path)
        yield path


def _form_of(reply: Reply, sheet: str) -> Form:
    """Return the form for the cleaned copy of one sheet: each of several becomes a dataset of its own.

    Whether the public may have a bare file nobody said, though it was checked as if they might: that stays open.
    """
    answers = dict(reply.form.answers)
    if reply.form.is_bare:
        answers.pop("open", None)
    if len(reply.cleaned) < 2:
        return replace(reply.form, answers=answers)
    title = answers.get("title", Answer("")).text or reply.name
    answers["title"] = Answer(f"{title}（{sheet}）")
    answers["name"] = Answer(propose_name(f"{reply.name}-{sheet}"))
    return replace(reply.form, answers=answers)


def _receipt_stem(source: Path) -> str:
    """Return how the receipt is called: like the file, with its ending where files of several formats share a name."""
    alike = [item for item in source.parent.glob(f"{glob.escape(source.stem)}.*") if item.suffix.lower() in SUFFIXES]
    return plain_stem(source) if len(alike) < 2 else source.name
