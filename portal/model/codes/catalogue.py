"""The metadata of the catalogue."""

from __future__ import annotations

from portal.model.codes.declare import error, warning

CATALOGUE = (
    warning(
        "title-missing",
        "缺少标题（title）。",
        "The title is missing.",
        "请用一句短语写明数据集是什么，例如“公交站点”。",
        "Say in a short phrase what the dataset is, e.g. Bus stops.",
    ),
    warning(
        "description-missing",
        "缺少摘要（description）。",
        "The description is missing.",
        "请用两三句话说明数据的内容、范围和来源。",
        "Say in two or three sentences what the data hold, what they cover and where they come from.",
    ),
    warning(
        "licence-missing",
        "缺少许可（licenses）：没有许可，数据就不算开放。",
        "There is no licence: without one the data are not open.",
        "请写明许可，例如 licenses: [{{name: CC-BY-4.0}}]。",
        "Name a licence, e.g. licenses: [{{name: CC-BY-4.0}}].",
    ),
    warning(
        "licence-unknown",
        "许可“{value}”不在已知的开放许可之列。",
        'The licence "{value}" is not among the open licences known here.',
        "请核对写法；可用：{allowed}。",
        "Check the spelling; known are: {allowed}.",
    ),
    warning(
        "publisher-missing",
        "没有写明提供方，暂列为“未注明”。",
        "No publisher is named; it is listed as not stated.",
        "请写 catalogue.publisher，或在 publishers.yaml 中登记上级文件夹名。",
        "Write catalogue.publisher, or enter the parent folder's name in publishers.yaml.",
    ),
    warning(
        "publisher-unknown",
        "提供方“{value}”没有在 publishers.yaml 中登记。",
        'The publisher "{value}" is not entered in publishers.yaml.',
        "请在 publishers.yaml 中登记该单位，或改正这里的写法。",
        "Enter the department in publishers.yaml, or correct the spelling here.",
    ),
    warning(
        "theme-unknown",
        "主题“{value}”不在主题表中。",
        'The theme "{value}" is not in the list of themes.',
        "请改用已有的主题编号：{allowed}。",
        "Use one of the theme ids: {allowed}.",
    ),
    warning(
        "value-unknown",
        "{field} 的取值“{value}”不在规定范围内。",
        '"{value}" is not an allowed value of {field}.',
        "可用的取值：{allowed}。",
        "Allowed values: {allowed}.",
    ),
    warning(
        "value-type",
        "{field} 的写法不对：{reason}。",
        "{field} is not written as it should be: {reason}.",
        "请按说明书中该项的格式改写。",
        "Write it in the form that the manual gives for this key.",
    ),
    warning(
        "key-unknown",
        "不认识的键“{field}”。",
        'The key "{field}" is not known.',
        "请检查拼写；如确属自定义内容，请放到 catalogue 以外。",
        "Check the spelling; keep keys of your own outside catalogue.",
    ),
    warning(
        "successor-unknown",
        "接替的数据集“{value}”不在目录中。",
        'The dataset "{value}" that should take its place is not in the catalogue.',
        "请写另一个数据集的 name，或删去 superseded_by。",
        "Write the name of another dataset, or remove superseded_by.",
    ),
    error(
        "sharing-contradiction",
        "共享类型为“不予共享”，却标为向社会开放。",
        "The dataset is not shared, yet marked as open to the public.",
        "不予共享的资源不得开放：请改正 catalogue.sharing.type 或 catalogue.open.is_open。",
        "What is not shared cannot be open: correct catalogue.sharing.type or catalogue.open.is_open.",
    ),
)
