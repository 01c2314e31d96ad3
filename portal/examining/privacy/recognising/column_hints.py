"""Column titles that hint at personal data: 身份证, 手机, 姓名, 住址, phone, id card, name.

What the title of a column says of its cells, as far as it matters for personal data and secrets. The words are those of
the column-name hints for personal information (GB/T 35273, annexes A and B) and of the forms that Chinese departments
use, with the commonest English names.
"""

from __future__ import annotations

import re

from portal.examining.privacy.recognising.spelling import plain_title

_ROLES: tuple[tuple[str, str], ...] = (
    (
        "id",
        r"身[份分]证|证件号|证照号|身份号码|公民身份|社会保障(卡)?号|社保(卡)?号|医保(卡)?号|居住证|居留(身份)?证|军官证|士兵证|警官证|残疾[人军]?证号?|"
        r"id.?card|idno|identity.?(no|number|card)|id.?number|(national|citizen|resident).?id|cert(ificate)?.?(no|num|id)|(?<![a-z])id.{0,2}(no|num)(?![a-z])|"
        r"(?<![a-z])((gm)?sf(zj|z)?hm?|gmsfzh|sfzjhm?|sfz|sfzhm|zjhm?|shenfenzheng(hao)?)(?![a-z])",
    ),
    ("licence", r"证照|许可|执照|执法|资格|营业|从业|经营|医保|cert(ificate)?.?(no|num|id)|^id.{0,2}(no|num)"),
    (
        "phone",
        r"手机|电话|固话|座机|移动号码|联系方式|联系号码|联系(方法|途径)?$|mobile|phone|(?<![a-z])tel(?![a-z])|telephone|"
        r"cell.?(no|number)|(?<![a-z])(sjh|sjhm|lxdh|lxfs|dhhm|shouji(hao)?|dianhua)(?![a-z])",
    ),
    (
        "card",
        r"银行卡|卡号|账号|帐号|[账帐]户(?!数|余额|总|类|性质|状态)|一卡通|存折|开户行|工资卡|"
        r"bank.?(card|account)|card.?(no|number)|account.?(no|number)|(?<![a-z])(yhkh|yhzh|zhanghao|kahao)(?![a-z])",
    ),
    (
        "passport",
        r"(护照|通行证|台胞证|回乡证|出生(医学)?证明?(编)?号|出生证|passport)(?!.{0,6}(数|量|日期|时间|地点|窗口|费|机构|人次|率|期|指南|须知|count|date|total|office))",
    ),
    (
        "hotline",
        r"热线|hotline|(投诉|举报|咨询|服务|监督|值班|公开|客服|预约|报名|查询|求助|救援|应急|办公|单位|机构|窗口|业务|"
        r"总机|前台|订票|订餐|售后|受理|对外).{0,6}(电话|手机|号码|联系方式)",
    ),
    ("plate", r"车牌|号牌|牌照号|车辆号|license.?plate|plate.?(no|number)|(?<![a-z])(cphm?|chepai(hao)?)(?![a-z])"),
    ("vehicle", r"车(?!型|系|款|次|站|位|场|库|间|辆数|辆类)|vehicle"),
    ("model", r"型号|车型|车系|款型|款式|品牌|规格|(?<![a-z])(model|brand|type)(?![a-z])"),
    ("email", r"邮箱|电子邮件|e-?mail"),
    (
        "home",
        r"住址|住处|家庭住所|家庭地址|户籍地|户口所在地|居住地|现住|常住地址|暂住地|家庭住所|home.?address|"
        r"(?<![a-z])(jtzz|jtdz|zhuzhi|residence)(?![a-z])",
    ),
    (
        "office_address",
        r"(单位|学校|办公|注册|经营|机构|企业|公司|网点|办事|门店|场所|生产|项目|医院|站点|服务|营业|"
        r"通讯|联系|收货).{0,4}(地址|住所|地点)",
    ),
    ("address", r"地址|address|(?<![a-z])(dz|dizhi|addr)(?![a-z])"),
    ("dwelling", r"^门牌|房号|室号|房间号|楼栋|栋号|单元号|^住所$|^户号|家住|(room|flat|apartment|unit).?(no|number)"),
    ("coordinates", r"经度|纬度|坐标|经纬|^(x|y|lng|lon|lat|geometry|geom|wkt|longitude|latitude)$|longitude|latitude"),
    (
        "birth",
        r"出生(日期|年月|时间|年份)?$|出生(日期|年月|时间)|生日|出生日|生辰|^birth$|birth.?(date|day)|date.?of.?birth|^dob$|(?<![a-z])(csrq|csny|shengri)(?![a-z])",
    ),
    ("age", r"^年龄|周岁|^age$|^享年|^nl$|^nianling$"),
    ("sex", r"性别|^sex$|^gender$|^xb$|^xingbie$"),
    (
        "area",
        r"街道|乡镇|社区|居委|村委|村名|小区|所在村|邮编|邮政编码|行政区划|区县|户籍|居住|street|"
        r"post.?code|zip.?code|village|township|district",
    ),
    (
        "sensitive",
        r"病名|病种|病历|诊断|病症|患病|疾病|病情|病因|既往病|过敏|症状|宗教|信仰|残疾|低保|救助|补助金|救济|艾滋|怀孕|孕(周|期|产)|生育|"
        r"婚姻|婚史|犯罪|前科|指纹|人脸|血型|收入|工资|轨迹|密码|民族|特困|五保|保障(金|人口)|学号|学籍|准考证|考号|"
        r"病史|身体状况|健康(状况|情况|码)|health|诊疗科|薪酬|薪资|致残|确诊|隔离|体温|家庭(成员|人口|人均|经济)|婚否|婚育|"
        r"就诊|门诊号|住院号|入院|出院|手术|用药|药物|服药|处方|开药|检测结果|检验结果|化验|体检|核酸|抗体|阴阳性|hiv|疫苗|接种|死因|死亡原因|"
        r"收养日期|被收养|留守|孤儿|困境儿童|心理(评估|测评|咨询)|精神(状况|障碍)|吸毒|戒毒|致贫|贫困(类|原因|户)|帮扶|"
        r"diagnos|religion|disabilit|disease|symptom|illness|medication|(?<![a-z])(drug|prescription|test.?result|blood.?type)|"
        r"vaccin|ethnic|marital|salary|income|cause.?of.?death|(?<![a-z])(zhenduan|bingming|jibing|minzu|xuehao|hunyin|gongzi|xuexing|yongyao)(?![a-z])",
    ),
    (
        "pupil",
        r"^(所在)?(班级|年级)|^(语文|数学|英语|外语|物理|化学|生物|历史|地理|政治|体育)(成绩|分数|得分|分)?$|(期[中末]|考试|中考|高考|学业|月考).{0,4}(成绩|分)|"
        r"就读(学校|年级)|录取(学校|院校|专业)|家长|监护人|^maths?$|^class.?(no|name|number)?$|"
        r"(?<![a-z])(banji|nianji|yuwen|shuxue)(?![a-z])",
    ),
    (
        "life",
        r"罪名|刑期|刑罚|判决|案由|拘留|服刑|社区矫正|入党|党支部|党籍|政治面貌|积极分子|收养|成绩|得分|分数|总分|考分|名次|学分|绩点|"
        r"离婚|欠款|欠费|欠缴|借款|贷款余额|补贴|补助|津贴|奖金|绩效|养老金|抚恤|发放金额|文化程度|学历|籍贯|违法|处罚|处分|逾期|失信|信用(分|评分)|上访|信访|诉求|行程|qq|微信|微博|wechat|车次|航班|入住|退房|消费|借阅|"
        r"(?<![a-z])(score|scores|mark|marks|crime|offen[cs]e|sentence|conviction|party.?branch|debt)(?![a-z])|(?<![a-z])(chengji|fenshu)(?![a-z])",
    ),
    ("rank", r"职务|拟任|现任|任职"),
    ("origin", r"民族|出生年月$|ethnic|(?<![a-z])(minzu|csny)(?![a-z])"),
    (
        "post",
        r"职务|职称|职位|岗位|单位|部门|任职|机构|科室$|工作|学校$|院校|专业|奖项|获奖|作品|荣誉|项目|赛事|比赛|参赛|队$|队伍|俱乐部|国家|"
        r"代表团|届|organi|department|position|company|employer|team|event|award",
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
        r"金额|单价|总价|价格|价款|费用|经费|收入|支出|产值|生产总值|增加值|总值|税收|税额|销售额|营业额|成交额|贷款|存款|预算|决算|"
        r"面积|数量|重量|总量|产量|余额|资金|资本|"
        r"投资额|时间戳|流量(?!卡)|统计值|数值|指标值|用电量|发电量|timestamp|kwh|[（(][^（()）]*(元|米|吨|千瓦|亩|公顷|%)[^（()）]*[)）]|amount|price|"
        r"(?<![a-z])(value|area|sum|gdp|tax|revenue|budget)(?![a-z])",
    ),
    (
        "code",
        r"编号|编码|代码|序号|流水号|单号|文号|登记号|批号|批准号|备案号|许可号|许可证|证书号|条码|标识|[水电气]表号|表号|户号|"
        r"(?<![a-z])(code|no|id|uuid|key|serial)(?![a-z])",
    ),
    ("credit_code", r"信用代码|uscc|组织机构代码|纳税人识别号"),
    ("url", r"网址|链接|url|href|website|网站"),
)  # fmt: skip

_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)

_PERSON = re.compile(
    r"姓名|名单人员|患者|病人|考生$|业主$|户主|申请人|当事人|被执行人|参保人|受助人|救助对象|持证人|驾驶员|驾驶人|"
    r"获奖人|监护人|家长|收件人|收款人|领[款取]人|申领人|居民$|被保险人|就诊人|患儿|(full|person|cust(omer)?|patient|student|child|pupil|customer|resident|owner|tenant|"
    r"employee|member).?name|^(xm|xingming|hzxm|xsxm)$",
    re.IGNORECASE,
)
_PERSON_BY_KIND = re.compile(
    r"(村民|学生|幼儿|儿童|婴儿|新生儿|孤儿|老人|党员|职工|员工|会员|志愿者|住户|租户|房主|承租人|产权人|权利人|借款人|投保人|受益人|"
    r"逝者|死者|亡者|被告人?|原告|罪犯|嫌疑人|服刑人员?|戒毒人员|产妇|孕妇|感染者|密接者|确诊者|献血者|捐献者|伤者|受害人|被害人|被?收养人|"
    r"租客|承租方|亡故人员|死亡人员|失联人员|隔离人员|密切接触者|持卡人|签收人|委托人|享受人员|救助人|[补发][贴放助]对象|客户(名称)?|业主名称|"
    r"[㐀-鿿]{0,4}(儿童|婴幼儿)|信访人|投诉人|举报人|乘客|旅客|住客|读者|买家|卖家|贫困户|低保户|五保户|残疾人|学员|新娘|新郎|男方|女方)$|"
    r"^(patient|student|pupil|resident|householder|tenant|child)s?$",
    re.IGNORECASE,
)
"""Words for persons that head columns of kinds, too: the cells must begin with surnames."""
_PART_OF_NAME = re.compile(r"^(姓|姓氏|surname)$", re.IGNORECASE)
"""Beside the given name in a column of its own."""
_HALF_OF_NAME = re.compile(r"^(first|last|given|family|middle|sur).?names?$", re.IGNORECASE)
"""What a column for a half of a name in Latin letters is called: one word a cell."""
_MAYBE_PERSON = re.compile(r"^(name|名字|名称|人员|name[ _]?(zh|cn))$", re.IGNORECASE)
"""What a column of people may be called, and one of anything else: what stands beside it decides."""
_OFFICE_PERSON = re.compile(
    r"联系人|负责人|法定代表人|法人代表|法人姓名|法人$|经营者|校长|园长|院长|主任|局长|站长|馆长|所长|经办人|责任人|"
    r"河长|湖长|林长|路长|"
    r"填[表报写]人|审[核批]人|录入人|发布人|制[表单]人|登记人|复核人|采购人|招标人|投标人|中标人|评审专家|"
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
    (['person'], ['office_person'], ['post', 'rank'])
    """
    titles = tuple(map(plain_title, titles))
    found = {role for role, pattern in _PATTERNS for title in titles if pattern.search(title)}
    for title in titles:
        if not _NO_PERSON.search(title):
            if _OFFICE_PERSON.search(title):
                found.add("office_person")
            elif _HALF_OF_NAME.search(title.strip()):
                found |= {"half", "surname"}
            elif _PERSON.search(title):
                found.add("person")
            elif _PERSON_BY_KIND.search(title):
                found.add("person_by_kind")
            elif _PART_OF_NAME.search(title.strip()):
                found.add("surname")
            elif _MAYBE_PERSON.search(title.strip()):
                found.add("maybe_person")
    if "office_person" in found:
        found.discard("person")
    return frozenset(found)
