"""Secrecy marks are told from the same words in prose."""

from __future__ import annotations

import pytest

from portal.examining.privacy.recognising.secrecy_marks import find_marks


@pytest.mark.parametrize(
    "text",
    [
        "秘密★", "机密★10年", "绝密★启用前", "★秘密", "秘密　★　1年", "机 密", "秘密", "机密级", "机密 10年",
        "【秘密】某通知", "（内部资料）统计表", "内部资料 注意保存", "内部资料，注意保存",
        "内部文件注意保存", "内部资料不得外传", "密级：机密", '"密级": "秘密"', "工作秘密", "属于工作秘密",
        "报告（工作秘密）", "内部文件",
        "秘  密", "机\u3000\u3000密", "内部掌握", "严禁外泄", "核心商密★5年", "普通商密",
        "《年报》（内部文件）", "1. 内部文件", '["机密"]', '{"备注":"内部资料"}',
        "仅供内部使用", "本资料仅供内部参考", "本表仅供内部使用，请勿外传", "不宜公开",
        "此件不宜公开", "2020年数据_内部资料.xlsx", "机密-名单.docx", "內部資料", "第一行\n机密\n第三行",
    ],
)  # fmt: skip
def test_marks_are_found(text: str) -> None:
    """With star or alone, with a period, in brackets, in names of files."""
    assert list(find_marks(text))


@pytest.mark.parametrize(
    "text",
    [
        "商业秘密", "保守国家秘密法", "《保守国家秘密法》宣传", "《秘密》", "秘密花园", "泄露国家秘密",
        "国家秘密、工作秘密和商业秘密的保护", "内部资料性出版物准印证核发", "工作秘密管理办法", "密级：非密",
        "密级：公开", "密级：无", "依法不宜公开的信息", "涉及国家秘密的不予公开", "机密性、完整性和可用性",
        "内部审计", "单位内部资料管理制度", "患者资料不得外传的规定", "保密协议",
        "分为绝密,机密,秘密三级", "按内部文件管理", "其中：内部文件，公开文件", "工作内容：内部参考，对外宣传",
        "内部文件管理办法", "国家秘密分为绝密、机密、秘密三级", "所谓“秘密”的东西",
        "分为绝密级、机密级、秘密级三级", "政务公开",
    ],
)  # fmt: skip
def test_words_are_no_marks(text: str) -> None:
    """Laws, permits, kinds of secret, titles of works and prose."""
    assert list(find_marks(text)) == []


def test_the_column_decides_of_a_bare_word() -> None:
    """秘密 is a mark under 密级, a book under 书名; with a star it is a mark anywhere."""
    assert list(find_marks("秘密", title="密级"))
    assert not list(find_marks("非密", title="密级"))
    assert not list(find_marks("秘密", title="书名", is_work=True))
    assert list(find_marks("秘密★", title="书名", is_work=True))


@pytest.mark.parametrize("text", ["甲系统（机密）", "乙系统（机密级）", "乙系统【机密】", "（机密级）", "(秘密)"])
@pytest.mark.parametrize("title", ["", "系统名称", "涉密等级"])
def test_a_level_in_brackets_is_a_mark_in_any_column(text: str, title: str) -> None:
    """Columns of names hold titles of works; in brackets behind a name stands a mark."""
    assert [hit.kind for hit in find_marks(text, title=title, is_work=title == "系统名称")] == ["secrecy"]


@pytest.mark.parametrize("text", ["秘密", "机密级", "秘密(精装)", "“机密”", "非秘密级", "《机密》(上)"])
def test_a_work_may_be_called_so(text: str) -> None:
    """A bare level, or one in quotes, is the title of a work in a column of such."""
    assert not list(find_marks(text, title="书名", is_work=True))


def test_a_car_park_for_staff_is_no_secret() -> None:
    """仅供内部使用 in a column on the use of a place speaks of the place."""
    assert not list(find_marks("仅供内部使用", title="对外开放情况"))
    assert list(find_marks("仅供内部使用", title="备注"))


@pytest.mark.parametrize(
    "text",
    [
        "机密级★20年", "秘密 * 5年", "普通商密▲5年", "绝密▲", "保密等级：机密", "定密：秘密", "密级\u3000秘密",
        "特急 机密", "机密文件", "机密：2026年度应急预案", "2026年度应急预案 秘密", "警务工作秘密", "内部明电",
        "涉密文件", "（内部）", "干部名册（内部）", "名单（内部）.csv", "仅内部使用", "供内部使用", "限内部传阅",
        "不公开", "此件不公开", "（此件不公开）", "不予公开", "暂不公开", "不对外公开", "严禁公开", "不得公开",
        "敏感信息 请勿公开", "未经批准不得对外提供", "公开方式：不予公开", "报表（此件不公开）.xlsx",
    ],
)  # fmt: skip
def test_other_wordings_are_marks(text: str) -> None:
    """Other signs than a star, labels, levels beside a title, and words that forbid opening."""
    assert [hit.kind for hit in find_marks(text)][:1] == ["secrecy"]


@pytest.mark.parametrize(
    "text",
    [
        "涉及商业秘密的除外", "公开属性：主动公开", "不公开招标采购", "依申请公开", "机密仪器有限公司",
        "依法不予公开的信息", "禁止转载", "未经许可不得转载", "不提供早餐", "不上网课", "上网不涉密，涉密不上网",
        "主动公开，依申请公开，不公开，其他", "停车场（内部）", "职工食堂（内部）", "应当公开而未公开的",
        "密级分为绝密、机密、秘密", "面向公众开放",
    ],
)  # fmt: skip
def test_the_same_words_in_prose_are_no_marks(text: str) -> None:
    """Procurement, copyright, lists of values, kinds of places."""
    assert list(find_marks(text)) == []


@pytest.mark.parametrize("text", ["严格保密", "非公开", "仅供本单位使用", "某系统（内部）", "国家秘密"])
def test_words_that_stand_on_other_things_as_often_are_a_question(text: str) -> None:
    """Alone they may be a mark; in a column that tells of kinds they are none."""
    assert [hit.kind for hit in find_marks(text)] == ["secrecy-word"]


def test_a_column_that_tells_what_is_public_speaks_of_its_rows() -> None:
    """不予公开 under 公开属性 is a value; in a list of JSON, too."""
    assert [hit.kind for hit in find_marks("不予公开", title="公开属性")] == ["secrecy-openness"]
    assert [hit.kind for hit in find_marks('{"是否公开": "不公开"}')] == ["secrecy-openness"]


@pytest.mark.parametrize("text", ["内部文件", "内部资料", "工作秘密"])
def test_a_kind_of_document_may_be_called_so(text: str) -> None:
    """Under 文件类型, and behind such a word, it is no certain mark; with a period it is."""
    assert [hit.kind for hit in find_marks(text, title="文件类型")] == ["secrecy-word"]
    assert [hit.kind for hit in find_marks(f'{{"文件类型": "{text}"}}')] == ["secrecy-word"]
    assert [hit.kind for hit in find_marks("工作秘密5年", title="文件类型")] == ["secrecy"]
