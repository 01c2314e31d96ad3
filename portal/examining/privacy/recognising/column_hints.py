"""Column titles that hint at personal data: 身份证, 手机, 姓名, 住址, phone, id card, name.

What the title of a column says of its cells, as far as it matters for personal data and secrets. The words are those of
the column-name hints for personal information (GB/T 35273, annexes A and B) and of the forms that Chinese departments
use, with the commonest English names.
"""

from __future__ import annotations

import re

_ROLES: tuple[tuple[str, str], ...] = (
    (
        "id",
        r"身份证|证件号|证照号|身份号码|公民身份|社会保障号|社保号|"
        r"id.?card|idno|identity.?(no|number|card)|id.?number",
    ),
    ("phone", r"手机|电话|移动号码|联系方式|联系号码|mobile|phone|(?<![a-z])tel(?![a-z])|telephone"),
    (
        "card",
        r"银行卡|卡号|账号|帐号|银行账户|开户账户|收款账户|"
        r"bank.?(card|account)|card.?(no|number)|account.?(no|number)",
    ),
    ("passport", r"护照|通行证|台胞证|回乡证|passport"),
    (
        "hotline",
        r"热线|hotline|(投诉|举报|咨询|服务|监督|值班|公开|客服|预约|报名|查询|求助|救援|应急|办公|单位|机构|窗口|业务|"
        r"总机|前台|订票|订餐|售后|受理|对外).{0,6}(电话|手机|号码|联系方式)",
    ),
    ("plate", r"车牌|号牌|牌照号|车辆号|license.?plate|plate.?(no|number)"),
    ("vehicle", r"车(?!型|系|款|次|站|位|场|库|间|辆数|辆类)|vehicle"),
    ("model", r"型号|车型|车系|款型|款式|品牌|规格|(?<![a-z])(model|brand|type)(?![a-z])"),
    ("email", r"邮箱|电子邮件|e-?mail"),
    ("home", r"住址|家庭地址|户籍地|户口所在地|居住地|现住|常住地址|暂住地|家庭住所|home.?address"),
    (
        "office_address",
        r"(单位|学校|办公|注册|经营|机构|企业|公司|网点|办事|门店|场所|生产|项目|医院|站点|服务|营业|"
        r"通讯|联系|收货).{0,4}(地址|住所|地点)",
    ),
    ("address", r"地址|address"),
    ("birth", r"出生(日期|年月|时间)|生日|birth.?(date|day)|date.?of.?birth|^dob$"),
    ("age", r"^年龄|周岁|^age$"),
    ("sex", r"性别|^sex$|^gender$"),
    (
        "area",
        r"街道|乡镇|社区|居委|村委|村名|小区|所在村|邮编|邮政编码|行政区划|区县|户籍|居住|street|"
        r"post.?code|zip.?code|village|township|district",
    ),
    (
        "sensitive",
        r"病名|病种|病历|诊断|病症|患病|疾病|宗教|信仰|残疾|低保|救助|补助金|救济|艾滋|怀孕|生育|"
        r"婚姻|婚史|犯罪|前科|指纹|人脸|血型|收入|工资|轨迹|密码|民族|低保|特困|五保|保障(金|人口)|学号|学籍|准考证|考号|diagnosis|religion|disability",
    ),
    ("secrecy", r"密级|秘密等级|涉密|保密等级|secrecy|classification.?level"),
    ("facility", r"开放|服务对象|使用(性质|范围|方式)|用途|停车|类型|性质|对象|范围|收费|说明$"),
    (
        "work",
        r"书名|书目|栏目|题名|片名|歌名|剧名|曲名|作品|节目|影片|图书|名称|名字$|品名|title|(?<![a-z])name(?![a-z])",
    ),
    (
        "count",
        r"人数|人口|户数|数量|合计|总数|小计|次数|人次|占比|比例|比重|百分比|"
        r"(?<![a-z])(count|total|population|number|share|rate)(?![a-z])|[（(]%[)）]",
    ),
    (
        "quantity",
        r"金额|单价|价格|价款|费用|经费|收入|支出|产值|面积|数量|重量|总量|产量|余额|资金|资本|"
        r"投资额|时间戳|流量(?!卡)|统计值|数值|指标值|用电量|发电量|timestamp|kwh|[（(][^（()）]*(元|米|吨|千瓦|亩|公顷|%)[^（()）]*[)）]|amount|price|"
        r"(?<![a-z])(value|area|sum)(?![a-z])",
    ),
    (
        "code",
        r"编号|编码|代码|序号|流水号|单号|文号|登记号|批号|批准号|备案号|许可号|许可证|证书号|条码|标识|"
        r"(?<![a-z])(code|no|id|uuid|key|serial)(?![a-z])",
    ),
    ("credit_code", r"信用代码|uscc|组织机构代码|纳税人识别号"),
    ("url", r"网址|链接|url|href|website|网站"),
)  # fmt: skip

_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)

_PERSON = re.compile(
    r"姓名|名单人员|患者|病人|考生$|业主$|户主|申请人|当事人|被执行人|参保人|受助人|救助对象|持证人|驾驶员|驾驶人|"
    r"获奖人|监护人|家长|收件人|居民$|(full|first|last|given|family|person|patient|student).?name",
    re.IGNORECASE,
)
_OFFICE_PERSON = re.compile(
    r"联系人|负责人|法定代表人|法人代表|法人姓名|法人$|经营者|校长|园长|院长|主任|局长|站长|馆长|所长|经办人|责任人|"
    r"河长|湖长|林长|路长|"
    r"经理$|医师|医生|教师|导师|律师|主持人|项目负责|contact.?(person|name)|(?<![a-z])contact$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"数$|人数|电话|手机|证件|身份|号码|编号|代码|类型|类别|性别|单位|部门|职务|职称|地址|住址|"
    r"日期|年龄|比|率|费|金额|邮箱|意见|名额"
)


def roles_of(*titles: str) -> frozenset[str]:
    """Return the roles that the *titles* of one column (name, title) speak of; mostly none or one.

    >>> sorted(roles_of("联系人手机")), sorted(roles_of("学校地址")), sorted(roles_of("金额（元）"))
    (['phone'], ['address', 'office_address'], ['quantity'])
    >>> sorted(roles_of("姓名")), sorted(roles_of("法定代表人")), sorted(roles_of("负责人职务"))
    (['person'], ['office_person'], [])
    """
    found = {role for role, pattern in _PATTERNS for title in titles if pattern.search(title)}
    for title in titles:
        if not _NO_PERSON.search(title):
            if _OFFICE_PERSON.search(title):
                found.add("office_person")
            elif _PERSON.search(title):
                found.add("person")
    if "office_person" in found:
        found.discard("person")
    return frozenset(found)
