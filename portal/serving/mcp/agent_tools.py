"""The tools for agents declared: names, what each does, its arguments; a call becomes an answer or a refusal (MCP).

Whatever is asked, `called` answers: with data, or with one sentence on what to change. Nothing is raised.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.model.errors import PortalError, QueryError, ReleaseError
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.rows.row_parameters import OWN
from portal.serving.damage import damaged
from portal.serving.mcp.catalogue_tools import overview, search
from portal.serving.mcp.dataset_tools import describe, downloads
from portal.serving.mcp.publishers_text import MARKED_KEY, NOTICE, as_data, marked
from portal.serving.mcp.row_tools import preview, query
from portal.serving.mcp.tool_answers import ANSWER_CHARACTERS_MAX, AnswerTooLongError, AskedPortal, ToolAnswer
from portal.serving.mcp.tool_arguments import (
    Arguments,
    DescribeArguments,
    FilesArguments,
    OverviewArguments,
    PreviewArguments,
    QueryArguments,
    SearchArguments,
    read_arguments,
)

logger = logging.getLogger(__name__)

REFUSED = LocalText(
    "调用被拒绝，什么也没有做。请按 error 中的说明修改参数后重试。",
    "The call was refused. Change what error says and call again.",
)
_CALLED_HERE = {"name": "dataset", **{item.name: item.name.removeprefix("_") for item in OWN}}
"""What the API calls otherwise than the tools do."""
_FAILED = PortalError(
    "服务器出错，运维人员可在日志中看到原因。", "The server failed; the operator finds the reason in its log."
)


@dataclass(frozen=True)
class AgentTool:
    """One tool: its name, a title, what it does, the shape of its arguments, and the function that answers."""

    name: str
    title: str
    about: str
    arguments: type[Arguments]
    answer: Callable[[Any, AskedPortal], ToolAnswer]


TOOLS = (
    AgentTool(
        "portal_overview",
        "What the portal holds 门户概况",
        "What this open-data portal holds: numbers of datasets, files and rows, publishers and topics with their ids. "
        "门户有哪些数据：数量、提供方、主题。",
        OverviewArguments,
        overview,
    ),
    AgentTool(
        "search_datasets",
        "Search datasets 检索数据集",
        "Search the catalogue by words and filters; gives name, title, publisher, one line and address of each. "
        "检索目录：每个数据集一行。",
        SearchArguments,
        search,
    ),
    AgentTool(
        "describe_dataset",
        "Describe a dataset 数据集说明",
        "What a dataset holds: columns with their meaning and code lists, coverage, licence, update, files. "
        "数据集的列含义、代码表、时空范围、许可、更新和文件。",
        DescribeArguments,
        describe,
    ),
    AgentTool(
        "preview_rows",
        "Preview rows 预览",
        "The first rows of a table, to see what cells look like. 表格的前几行。",
        PreviewArguments,
        preview,
    ),
    AgentTool(
        "query_rows",
        "Query rows 查询行",
        "Rows of a table by filters, words, order and pages, or groups with count, sum, avg, min, max, median. "
        "Let the portal count and sum instead of reading all rows. 按条件查询、排序、分组统计表格的行。",
        QueryArguments,
        query,
    ),
    AgentTool(
        "download_addresses",
        "Addresses of files 下载地址",
        "Where the files of a dataset are, with format, bytes and SHA-256; nothing is downloaded. 文件的下载地址。",
        FilesArguments,
        downloads,
    ),
)
"""In the order in which they are used."""

NAMES = tuple(tool.name for tool in TOOLS)


@dataclass(frozen=True)
class Called:
    """What came of a call: *own* in the portal's words, *data* of publishers or a refusal, the same as JSON."""

    own: str
    text: str
    structured: dict[str, Any]
    is_error: bool = False


def tool_named(name: str) -> AgentTool | None:
    """Return the tool of that name, None where there is none."""
    return next((tool for tool in TOOLS if tool.name == name), None)


def called(tool: AgentTool, given: Mapping[str, Any], portal: Callable[[], AskedPortal]) -> Called:
    """Call *tool* with arguments as they came; *portal* is looked up for it."""
    lang = str(given.get("lang"))
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    try:
        arguments = read_arguments(tool.arguments, given)
        return _told(tool.answer(arguments, portal()), lang)
    except QueryError as error:
        return _refused(error, _CALLED_HERE.get(error.parameter, error.parameter), lang)
    except PortalError as error:
        return _refused(error, "", lang)
    except Exception:
        logger.exception("unexpected error of the tool %s", tool.name)
        return _refused(_reason(portal), "", lang)


def _told(answer: ToolAnswer, lang: str) -> Called:
    """Write an answer. Raises AnswerTooLongError."""
    data = as_data(answer.data)
    text = marked(data)
    if len(text) > ANSWER_CHARACTERS_MAX:
        raise AnswerTooLongError(
            "arguments",
            f"答复有 {len(text)} 个字符，超过 {ANSWER_CHARACTERS_MAX}。请减少行数或列（limit、fields）、指明 resource，"
            "或去掉 full、full_cells；整个表格请用 download_addresses 下载",
            f"The answer has {len(text)} characters, of at most {ANSWER_CHARACTERS_MAX}. Ask for fewer rows or columns "
            "(limit, fields), name a resource, or leave out full and full_cells; whole tables are files: "
            "download_addresses.",
        )
    more = [hint.to(lang) for hint in answer.more]
    notice = NOTICE.to(lang)
    structured = {"notice": notice, MARKED_KEY: data, "more": more}
    return Called("\n".join([notice, *more]), text, structured)


def _refused(error: PortalError, parameter: str, lang: str) -> Called:
    """Write a refusal; what it repeats of names and values is marked as the data are."""
    told = as_data({"argument": parameter, "detail": error.message.en, "detail_zh": error.message.zh})
    data = {"error": {key: value for key, value in told.items() if value}}
    structured = {"notice": NOTICE.to(lang), MARKED_KEY: data, "more": [REFUSED.to(lang)]}
    return Called(REFUSED.to(lang), marked(data), structured, is_error=True)


def _reason(portal: Callable[[], AskedPortal]) -> PortalError:
    """Return what to say of an error that nobody foresaw; where the release was damaged meanwhile, that is why."""
    try:
        changed = portal().release.watch.search_damage()
    except ReleaseError as error:
        return error
    except Exception:
        return _FAILED
    return damaged(changed) if changed else _FAILED
