"""Questions of the form: every label, help text and order of the metadata sheet, and columns of fields.

The labels stand here as they are printed. Writing and reading both go by these lists.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.incoming.form.form import FieldColumn, Group, Question
from portal.model.text import LocalText

GROUPS = (
    Group(
        LocalText("一、基本信息", "1. The dataset"),
        (
            Question(
                "title",
                LocalText("数据集名称", "Title"),
                LocalText(
                    "用一句短语说明是什么数据，不写单位名和“一览表”之类的字样。",
                    "Say in a short phrase what the data are.",
                ),
                "公交站点",
                is_required=True,
            ),
            Question(
                "description",
                LocalText("摘要", "Description"),
                LocalText(
                    "两三句话：数据的内容、范围、来源，以及使用时要注意什么。",
                    "In two or three sentences: what the data hold, what they cover, where they come from.",
                ),
                "全市公交站点的名称、位置和所属线路，由公交集团每月整理。",
                is_required=True,
            ),
            Question(
                "keywords",
                LocalText("关键词", "Keywords"),
                LocalText("两到五个，用顿号“、”隔开。", "Two to five words, separated by 、 or commas."),
                "公交、站点、线路",
                "texts",
            ),
            Question(
                "catalogue.publisher",
                LocalText("提供单位", "Publisher"),
                LocalText(
                    "从下拉列表中选择；列表里没有的，写单位全称。", "Choose from the list, or write the full name."
                ),
                "某某市交通运输局",
                "choice",
                is_required=True,
                choices="publishers",
            ),
            Question(
                "catalogue.themes",
                LocalText("主题", "Topics"),
                LocalText(
                    "从下拉列表中选择；有几个时，用顿号“、”隔开写在一格里。",
                    "Choose one; several stand in one cell, separated by 、.",
                ),
                "交通运输",
                "choices",
                choices="themes",
            ),
            Question(
                "licenses",
                LocalText("开放许可", "Licence"),
                LocalText(
                    "公众按什么条件使用数据；没有规定时选“知识共享署名 4.0”。", "The terms under which all may use it."
                ),
                "知识共享署名 4.0",
                "choice",
                choices="licences",
            ),
            Question(
                "sources",
                LocalText("数据来源", "Source"),
                LocalText("数据取自哪个系统、哪份文件。", "The system or document that the data come from."),
                "公交运营调度系统",
            ),
        ),
    ),
    Group(
        LocalText("二、开放与共享", "2. Who may have it"),
        (
            Question(
                "open",
                LocalText("开放属性", "Openness"),
                LocalText(
                    "只有“无条件开放”的数据会公布文件；其他三种只公布目录。",
                    "Only what is open without conditions is published; of the rest, the catalogue entry.",
                ),
                "无条件开放",
                "choice",
                is_required=True,
                choices="open_states",
            ),
            Question(
                "open_condition",
                LocalText("开放条件", "Condition of openness"),
                LocalText("“有条件开放”时必填：向谁申请、凭什么申请。", "For openness on conditions: what they are."),
                "向数据局申请，签订使用承诺",
            ),
            Question(
                "planned_on",
                LocalText("计划开放日期", "Opening planned on"),
                LocalText("“计划开放”时必填。", "For planned openings."),
                "2027-01-01",
                "day",
            ),
            Question(
                "catalogue.sharing.type",
                LocalText("共享类型", "Sharing"),
                LocalText("其他部门能否取得。“不予共享”的不得开放。", "Whether other departments may have it."),
                "无条件共享",
                "choice",
                choices="sharing_types",
            ),
            Question(
                "catalogue.sharing.condition",
                LocalText("共享条件", "Condition of sharing"),
                LocalText("“有条件共享”时填写。", "Where it is shared on conditions."),
            ),
            Question(
                "catalogue.sharing.basis",
                LocalText("不予共享的依据", "Ground for not sharing"),
                LocalText(
                    "“不予共享”时填写：法律、行政法规或党中央、国务院政策的条文。", "The law that forbids sharing."
                ),
            ),
            Question(
                "catalogue.public_contact",
                LocalText("公开的办公联系方式", "Public contacts"),
                LocalText(
                    "数据中有对外公布的办公电话、邮箱时，写出这些列的列名，用顿号隔开；个人的联系方式不得写在这里。",
                    "Columns that hold office contacts meant for the public.",
                ),
                "咨询电话",
                "texts",
            ),
        ),
    ),
    Group(
        LocalText("三、更新与范围", "3. Time and place"),
        (
            Question(
                "catalogue.update_cycle",
                LocalText("更新周期", "Update cycle"),
                LocalText("多久更新一次。", "How often the data are brought up to date."),
                "每月",
                "choice",
                choices="update_cycles",
            ),
            Question(
                "catalogue.published",
                LocalText("发布日期", "Published"),
                LocalText("首次对外发布的日期，写成 2026-01-15。", "The day of first publication, as 2026-01-15."),
                "2026-01-15",
                "day",
            ),
            Question(
                "catalogue.updated",
                LocalText("更新日期", "Updated"),
                LocalText("这次数据的日期，写成 2026-06-01。", "The day of these data, as 2026-06-01."),
                "2026-06-01",
                "day",
            ),
            Question(
                "temporal_from",
                LocalText("时间范围：起", "Period: from"),
                LocalText("数据从哪一天起，与下一行一起填。", "First day that the data cover."),
                "2025-01-01",
                "day",
            ),
            Question(
                "temporal_to",
                LocalText("时间范围：止", "Period: to"),
                LocalText("数据到哪一天为止。", "Last day that the data cover."),
                "2025-12-31",
                "day",
            ),
            Question(
                "catalogue.spatial",
                LocalText("空间范围", "Region"),
                LocalText("六位行政区划代码，上海市是 310000。", "A division code of six digits."),
                "310000",
                "division",
            ),
            Question(
                "catalogue.granularity",
                LocalText("数据粒度", "Granularity"),
                LocalText("原始记录，汇总数，还是加工后的结果。", "Raw records, sums, or something derived."),
                "原始数据",
                "choice",
                choices="granularities",
            ),
            Question(
                "crs",
                LocalText("坐标系", "Coordinates"),
                LocalText("数据中有经度、纬度时填写。", "Where the data hold longitude and latitude."),
                "国家大地坐标系 CGCS2000",
                "choice",
                choices="reference_systems",
            ),
        ),
    ),
    Group(
        LocalText("四、可以不填", "4. If you like"),
        (
            Question(
                "name",
                LocalText("数据集标识", "Identifier"),
                LocalText(
                    "网址里用的名字：小写字母、数字和连字符。不填则由名称的拼音生成；定了以后不要改。",
                    "The name in addresses; without it the title in pinyin. It never changes.",
                ),
                "bus-stops",
                "name",
            ),
            Question(
                "catalogue.code",
                LocalText("信息资源代码", "Resource code"),
                LocalText("政务信息资源目录中的代码。", "The code in the resource catalogue."),
                "307021000/000012",
            ),
            Question(
                "catalogue.areas",
                LocalText("重点领域", "Key areas"),
                LocalText("属于十个重点领域的，从下拉列表中选择。", "Where it belongs to one of the ten key areas."),
                "交通",
                "choices",
                choices="areas",
            ),
            Question(
                "translations.en.title",
                LocalText("英文名称", "English title"),
                LocalText("英文页面上的名称。", "The title on English pages."),
                "Bus stops",
            ),
            Question(
                "translations.en.description",
                LocalText("英文摘要", "English description"),
                LocalText("英文页面上的摘要。", "The description on English pages."),
            ),
        ),
    ),
)
QUESTIONS = tuple(question for group in GROUPS for question in group.questions)

FIELD_COLUMNS = (
    FieldColumn(
        "name",
        LocalText("列名", "Column"),
        LocalText("与“数据”表第一行完全一致。", "As in the header of the data."),
        18,
    ),
    FieldColumn(
        "type",
        LocalText("类型", "Type"),
        LocalText(
            "从下拉列表中选择。编号、代码、电话一律选“编码”或“文本”，前面的 0 才不会丢。",
            "Choose. Codes and telephone numbers are no numbers.",
        ),
        18,
        "types",
    ),
    FieldColumn("required", LocalText("必填", "Required"), LocalText("每一行都有值吗？", "Never empty?"), 8, "yes_no"),
    FieldColumn("unique", LocalText("唯一", "Unique"), LocalText("每一行的值都不同吗？", "Never twice?"), 8, "yes_no"),
    FieldColumn(
        "values",
        LocalText("可选值", "Allowed values"),
        LocalText("只能取其中之一时，用顿号“、”隔开写出。", "Where only some values may stand: separated by 、."),
        26,
    ),
    FieldColumn("minimum", LocalText("最小", "Minimum"), LocalText("数或日期的下限。", "Of numbers and dates."), 12),
    FieldColumn("maximum", LocalText("最大", "Maximum"), LocalText("数或日期的上限。", "Of numbers and dates."), 12),
    FieldColumn("description", LocalText("说明", "Meaning"), LocalText("含义、单位、口径。", "Meaning and unit."), 40),
    FieldColumn(
        "english", LocalText("英文列名", "English"), LocalText("英文页面上的列名。", "The name on English pages."), 24
    ),
)

FIELD_TYPES: Mapping[str, Mapping[str, str]] = {
    "文本": {"type": "string"},
    "编码": {"type": "string"},
    "整数": {"type": "integer"},
    "数字": {"type": "number"},
    "日期": {"type": "date"},
    "日期时间": {"type": "datetime"},
    "时间": {"type": "time"},
    "年份": {"type": "year"},
    "年月": {"type": "yearmonth"},
    "是否": {"type": "boolean"},
    "统一社会信用代码": {"type": "string", "codeFormat": "uscc"},
    "行政区划代码": {"type": "string", "codeFormat": "division-code"},
    "邮政编码": {"type": "string", "codeFormat": "postcode"},
    "电子邮箱": {"type": "string", "format": "email"},
    "网址": {"type": "string", "format": "uri"},
}
"""Types as a clerk calls them, as they stand in a Table Schema."""
CODE_TYPES = frozenset(["编码", *(title for title, known in FIELD_TYPES.items() if "codeFormat" in known)])
"""Types whose values are codes: a number in such a column has lost its leading zeros, if it had any."""
