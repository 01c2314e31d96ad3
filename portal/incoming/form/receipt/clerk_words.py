"""Messages of a receipt in a clerk's words: labels of the form in place of keys, names and options.

A receipt names no keys of descriptors and no settings. The codes and their texts elsewhere stay as they are; a clerk
who reads the receipt has a workbook and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.findings.details import DescriptorKey
from portal.findings.finding import Finding
from portal.findings.words import Reader
from portal.incoming.form.form import DATA_SHEET, FIELDS_SHEET, METADATA_SHEET, Question
from portal.incoming.form.questions import QUESTIONS
from portal.model.text import LANGUAGES, LocalText

LABELS: Mapping[str, str] = {
    **{question.key: question.label.zh for question in QUESTIONS if "." in question.key},
    "catalogue.open.is_open": "开放属性",
    "catalogue.open.condition": "开放条件",
    "catalogue.open": "开放属性",
    "catalogue.planned.on": "计划开放日期",
    "catalogue.planned": "计划开放日期",
    "catalogue.sharing": "共享类型",
    "catalogue.temporal": "时间范围：起",
}
"""The question of the form that asks for a key of the descriptor."""

_METADATA = frozenset(["title-missing", "description-missing", "licence-missing", "licence-unknown"])
"""Codes whose field is a key without dots; in others such a word is the name of a column."""
_PLAIN_LABELS = {question.key: question.label.zh for question in QUESTIONS}
_KEY = re.compile("|".join(re.escape(key) + r"(?![\w.])" for key in sorted(LABELS, key=len, reverse=True)))
_NAMES = (
    (re.compile(r" ?publishers\.ya?ml ?"), LocalText("门户的单位名录", " the portal's list of departments ")),
    (re.compile(r" ?themes\.ya?ml ?"), LocalText("门户的主题表", " the portal's list of topics ")),
    (re.compile(r" ?catalog\.ya?ml ?"), LocalText("门户的设置", " the settings of the portal ")),
    (re.compile(r" ?[（(](?:schema|dialect|crs|title|description|licenses)[）)]"), LocalText("", "")),
)
_SHEETS = {
    "zh": re.compile(f"“(?:{METADATA_SHEET}|{FIELDS_SHEET}|{DATA_SHEET})”表"),
    "en": re.compile(f"the sheet (?:{METADATA_SHEET}|{FIELDS_SHEET}|{DATA_SHEET})"),
}
_TECHNICAL = re.compile(
    r"[A-Za-z]\w+\.[a-z_]{2}|\.ya?ml|--[a-z]|[a-z]_[a-z]|\bportal (?:approve|build|check|import|new)\b|[{\[]"
    r"|\b(?:schema|Schema|dialect|encoding|normalise|hash|innerpath|missingValues|codeFormat|superseded|crs|resources?)\b"
    r"|Data Package|描述文件|资源"
)
"""What a clerk cannot know: keys with dots, files of settings, options of commands, words of descriptors."""

_LARGE = LocalText(
    "请拆成几份再交；确实不能拆的，请告诉门户管理员。单元格过长时先检查有没有漏掉的引号。",
    "Split it and hand in the parts, or tell whoever runs the portal. Where a cell is too long, look for a missing "
    "quote.",
)
_NO_PERSON = LocalText(
    "请删除这些内容，或改成认不出个人的写法（如只留年份、区县）。有法律依据必须公开的，请告诉门户管理员登记例外。",
    "Remove it, or write it so that nobody can be known by it (the year or the district alone). Where the law wants it "
    "published, tell whoever runs the portal.",
)
_NO_CONTACT = LocalText(
    "个人的请删除；确是单位对外公布的联系方式，把列名写入“元数据”表的“公开的办公联系方式”。",
    "Remove it where it is a person's own. Where an office gives it out for everybody, write the name of the column at "
    "公开的办公联系方式 on the sheet 元数据.",
)
_UTF8 = LocalText(
    "请向制表人或导出系统要一份 UTF-8 编码的文件（或 XLSX）再交，或者说明原文件是什么编码。"
    "不要用 WPS 或 Excel 打开后直接另存：打开时已成乱码的，另存只会把乱码固定下来。",
    "Ask who made the file for a copy saved as UTF-8 (or XLSX) and hand that in, or say which encoding it has. Do not "
    "open it in WPS or Excel and save it again: text that is garbled when opened stays so.",
)
_TEXT_SEEN = LocalText(
    "请核对回执里的文字；是乱码的，请向制表人要一份 UTF-8 编码的文件（或 XLSX）再交，或者说明原文件是什么编码。",
    "Look at the text in this receipt; if it is garbled, ask who made the file for a copy saved as UTF-8 (or XLSX), or "
    "say which encoding it has.",
)
_ANOTHER_SHEET = LocalText(
    "请确认；不对的，请只留下要发布的工作表，另存后再交。要发布几个工作表，就分成几份交。",
    "Confirm it; otherwise keep the sheet to be published alone and hand that in. Hand in several sheets one by one.",
)
_COLUMN = LocalText(
    "请核对数值；如果它其实是编号，请在“字段”表中把这一列的类型选为“编码”。",
    "Check the figure; if it is in fact an identifier, choose the type 编码 for the column on the sheet 字段.",
)
_LABEL = LocalText(
    "请核对表头：列名和列的顺序要与“字段”表和已发布的版本一致；确实改了列的，请告诉门户管理员。",
    "Compare the header with the sheet 字段 and with what is published; if the columns did change, tell whoever runs "
    "the portal.",
)
_SOMEBODY_ELSE = LocalText(
    "这一项不在填报表里，请把这份回执转给门户管理员处理。",
    "This is no part of the form: pass the receipt on to whoever runs the portal.",
)

MENDS: Mapping[str, LocalText] = {
    "core-elements-missing": LocalText(
        "请在“元数据”表填写这一项；表里没有的，请告诉门户管理员。",
        "Answer it on the sheet 元数据; what is not asked there is for whoever runs the portal.",
    ),
    "day-to-come": LocalText(
        "请核对日期；计划以后开放的，开放属性请选“计划开放”。",
        "Check the date; where the opening is planned, choose 计划开放 at 开放属性.",
    ),
    "file-too-large": _LARGE,
    "table-too-large": _LARGE,
    "encoding-assumed": _TEXT_SEEN,
    "encoding-doubtful": _TEXT_SEEN,
    "encoding-unclear": _UTF8,
    "encoding-error": _UTF8,
    "sheet-assumed": _ANOTHER_SHEET,
    "sheet-missing": _ANOTHER_SHEET,
    "workbook-empty": LocalText(
        "请检查是否选错了文件；数据在隐藏的工作表里时，请取消隐藏后再交。",
        "See whether it is the right file; where the data stand in a hidden sheet, show it and hand it in again.",
    ),
    "unmatched-header": _LABEL,
    "extra-label": _LABEL,
    "missing-label": _LABEL,
    "incorrect-label": _LABEL,
    "constraint-error": LocalText(
        "请改正该值；如果值没有错，请修改“字段”表中对这一列的要求。",
        "Correct the value, or what the sheet 字段 requires of the column if the value is right.",
    ),
    "check-digit": LocalText(
        "请对照原始证照重新录入这一格；如果这一列本来不是这种代码，请在“字段”表中改选类型“编码”或“文本”。",
        "Enter the cell anew from the original; if the column holds other codes, choose the type 编码 or 文本 on the "
        "sheet 字段.",
    ),
    "number-too-large": _COLUMN,
    "number-precision": _COLUMN,
    "number-not-finite": LocalText("没有数值时请留空。", "Leave the cell empty where there is no number."),
    "full-width-digits": LocalText(
        "请改用半角数字；清洁版里能改的已经改好。",
        "Write plain digits; in the cleaned copy it is done where it is certain.",
    ),
    "crs-missing": LocalText(
        "请在“元数据”表的“坐标系”中选择；不清楚时请问提供坐标的单位。",
        "Choose it at 坐标系 on the sheet 元数据; ask whoever provided the coordinates.",
    ),
    "theme-unknown": LocalText("请从下拉列表中选择主题。", "Choose the topic from the drop-down list."),
    "value-type": LocalText("请按说明和示例改写这一格。", "Write the cell as its help and example say."),
    "publisher-unknown": LocalText(
        "请从下拉列表中选择；列表里没有的单位，请告诉门户管理员登记。",
        "Choose from the drop-down list; a department that it lacks is for whoever runs the portal to enter.",
    ),
    "publisher-missing": LocalText("请在“元数据”表中填写“提供单位”。", "Fill in 提供单位 on the sheet 元数据."),
    "description-missing": LocalText(
        "请在“元数据”表的“摘要”中用两三句话说明数据的内容、范围和来源。",
        "Say at 摘要 on the sheet 元数据 in two or three sentences what the data hold, cover and come from.",
    ),
    "licence-missing": LocalText("请在“元数据”表中选择“开放许可”。", "Choose 开放许可 on the sheet 元数据."),
    "name-invalid": LocalText(
        "“数据集标识”用小写字母、数字和连字符书写，以字母或数字开头；也可以不填。",
        "Write 数据集标识 with lower-case letters, digits and hyphens, or leave it empty.",
    ),
    "name-duplicate": LocalText(
        "请在“元数据”表中填写另一个“数据集标识”；同一个数据集请由原来的单位更新。",
        "Give another 数据集标识 on the sheet 元数据; the same dataset is for its own publisher to bring up to date.",
    ),
    "sharing-contradiction": LocalText(
        "不予共享的资源不得开放：请改正“元数据”表的“共享类型”或“开放属性”。",
        "What is not shared cannot be open: correct 共享类型 or 开放属性 on the sheet 元数据.",
    ),
    "sharing-narrower-than-open": LocalText(
        "确实向社会开放的，“共享类型”请改为“无条件共享”；否则请改“元数据”表的“开放属性”。",
        "Where it really is open, choose 无条件共享 at 共享类型; else correct 开放属性 on the sheet 元数据.",
    ),
    **dict.fromkeys(("personal-id", "personal-card", "personal-passport", "personal-plate"), _NO_PERSON),
    **dict.fromkeys(("personal-phone", "personal-email", "personal-name", "personal-address"), _NO_CONTACT),
    **dict.fromkeys(("office-contact-undeclared", "office-mobile-undeclared"), _NO_CONTACT),
    "privacy-field-unknown": LocalText(
        "请改正“公开的办公联系方式”中的列名，与“数据”表的表头完全一致。",
        "Correct the names at 公开的办公联系方式: they are those in the header of the data.",
    ),
    "quasi-identifiers-undeclared": LocalText(
        "一行是一个人的，请合并人数少的组（出生日期改年龄段，街道改区县），并告诉门户管理员；不是的，不用改。",
        "Where a row is a person, widen the values (age bands, districts) and tell whoever runs the portal.",
    ),
    "dataset-exists": LocalText(
        "确实是更新的，请告诉门户管理员“按更新导入”；另一个数据集请改“数据集名称”，或另填“数据集标识”。",
        "Where it is an update, ask whoever runs the portal to import it as one; else give it another 数据集名称 or "
        "数据集标识.",
    ),
}
"""What to do, where the declared text speaks of the descriptor."""


@dataclass(frozen=True)
class Clerk(Reader):
    """Who filled in a workbook and reads its receipt.

    *form* is the workbook with the sheets of the form, where the one that was handed in has none.

    >>> from portal.findings.finding import found
    >>> from portal.findings.words import mend_of
    >>> mend_of(found("sharing-contradiction", field="catalogue.sharing.type"), Clerk()).zh
    '不予共享的资源不得开放：请改正“元数据”表的“共享类型”或“开放属性”。'
    >>> mend_of(found("licence-missing"), Clerk(LocalText("清洁版", "the cleaned copy"))).zh
    '请在清洁版的“元数据”表中选择“开放许可”。'
    """

    form: LocalText | None = None

    def mend(self, finding: Finding) -> LocalText:
        """Return the declared text in words of the form; what a form cannot mend is for somebody else."""
        if finding.code in MENDS:
            return MENDS[finding.code]
        declared = super().mend(finding)
        templates = [re.sub(r"\{\w+\}", "", _plain(declared.to(lang), lang)) for lang in LANGUAGES]
        return _SOMEBODY_ELSE if any(map(_TECHNICAL.search, templates)) else declared

    def words(self, text: str, lang: str) -> str:
        """Return words of ours without names of keys and files, and with the workbook of every sheet."""
        return self._of_the_form(_plain(text, lang), lang)

    def text(self, text: str, lang: str) -> str:
        """Return keys of the descriptor as the labels of their questions; any other text as it is."""
        keys = text.split(", ")
        return ", ".join(f"“{LABELS[key]}”" for key in keys) if LABELS.keys() >= set(keys) else text

    def key(self, key: str, lang: str) -> str:
        """Return where in the form a key of the descriptor is asked for."""
        question = _question(key, is_text=True)
        sheet = METADATA_SHEET if question or ".fields" not in key else FIELDS_SHEET
        place = LocalText(f"“{sheet}”表", f"the sheet {sheet}")
        if question:
            label = question.label.zh
            place = LocalText(f"“{sheet}”表的“{label}”", f"{label} on the sheet {sheet}")
        return self._of_the_form(place.to(lang), lang)

    def _of_the_form(self, text: str, lang: str) -> str:
        if self.form is None:
            return text
        form = self.form.to(lang)
        return _SHEETS[lang].sub(lambda match: f"{form}的{match[0]}" if lang == "zh" else f"{match[0]} of {form}", text)


def field_of(finding: Finding) -> str:
    """Return what a finding is about, a column or the question that asks for a key of the descriptor; "" for neither.

    >>> from portal.findings.finding import found
    >>> field_of(found("sharing-contradiction", field="catalogue.sharing.type")), field_of(found("blank-row"))
    ('共享类型', '')
    """
    labels = _PLAIN_LABELS if finding.code in _METADATA else LABELS
    return labels.get(finding.field or "", finding.field or "")


def question_told_of(finding: Finding) -> Question | None:
    """Return the question whose answer a finding is about, by its field or by the key that it names; None for others.

    >>> from portal.findings.finding import found
    >>> told = found("personal-phone", where=DescriptorKey("sources[0].title"), count=1, value="1")
    >>> question_told_of(told).label.zh
    '数据来源'
    """
    if finding.row is not None:
        return None
    where = finding.detail("where")
    if isinstance(where, DescriptorKey):
        return _question(where.key, is_text=True)
    return _question(finding.field or "", is_text=False)


def _question(key: str, *, is_text: bool) -> Question | None:
    """Return the question for a key; one without dots is that of a question only where *is_text* of the descriptor."""
    plain = re.sub(r"\[\d+\]", "", key)
    known = [item for item in QUESTIONS if plain == item.key or plain.startswith(f"{item.key}.")]
    label = LABELS.get(plain) or (max(known, key=lambda item: len(item.key)).label.zh if known and is_text else "")
    return next((item for item in QUESTIONS if item.label.zh == label), None)


def without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what only says again that a row is blank: its key is empty too."""
    findings = tuple(findings)
    blank = {(item.resource, item.file, item.row) for item in findings if item.code == "blank-row"}
    for item in findings:
        if item.code != "primary-key" or (item.resource, item.file, item.row) not in blank:
            yield item


def _plain(text: str, lang: str) -> str:
    """Return words of ours with labels in place of keys, and what files of settings are in place of their names."""
    text = _KEY.sub(lambda match: f"“{LABELS[match[0]]}”", text)
    for pattern, words in _NAMES:
        text = pattern.sub(words.to(lang), text)
    return text.replace(" .", ".")
