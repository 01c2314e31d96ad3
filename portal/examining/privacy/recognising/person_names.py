"""Detector of personal names (姓名): Chinese surnames, two to four characters, no institution."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The commonest surnames by number of holders (国家统计局 and 公安部 lists), single and compound. They cover about
# nineteen people in twenty.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂"
    "章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
    "解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑"
    "郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银"
    "亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由麥張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸範賈韋"
)
_COMPOUND = tuple("欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 司徒 令狐 东方 南宫 宇文 长孙 端木 歐陽 諸葛".split())
_SHAPE = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,12}[·•][㐀-鿿·•]{1,20}")
_LATIN = re.compile(r"[A-Z][A-Za-z'-]{1,30}(?:[ ,]{1,2}[A-Z][A-Za-z'.-]{0,30}){1,3}")
_HALF = re.compile(r"[A-Z][A-Za-z'’-]{1,30}")
_NO_NAME = re.compile(
    r"公司|学校|小学|中学|大学|医院|中心|银行|[局院厅委部办处科室站所社店厂场馆园街镇乡村县市区省路号会队组]$|"
    r"^(无|暂无|不详|未知|保密|匿名)"
)


def looks_like_name(text: str) -> bool:
    """Whether *text* has the shape of a name and begins with a surname.

    >>> [looks_like_name(text) for text in ("欧阳某", "张某", "示范市", "高新区", "王家村")]
    [True, True, False, False, False]
    """
    text = text.strip()
    return (
        bool(_SHAPE.fullmatch(text))
        and has_name_shape(text)
        and (text[0] in _SURNAMES or text.startswith(_COMPOUND) or "·" in text)
    )


def has_name_shape(text: str) -> bool:
    """Whether *text* is two to four Chinese characters, or longer with a dot, and no word for an institution.

    A name in Latin letters has two words or more, as John Smith.

    >>> has_name_shape("测试郑某"), has_name_shape("示范市第一小学")
    (True, False)
    """
    text = text.strip()
    return bool(_LATIN.fullmatch(text) or (_SHAPE.fullmatch(text) and not _NO_NAME.search(text)))


def is_surname(text: str) -> bool:
    """Whether *text* is a Chinese surname and nothing else.

    >>> is_surname("张"), is_surname("欧阳"), is_surname("局")
    (True, True, False)
    """
    return text.strip() in _SURNAMES or text.strip() in _COMPOUND


def is_half_of_name(text: str) -> bool:
    """Whether *text* may be a first or a last name: a word in Latin letters, or Chinese characters.

    >>> is_half_of_name("Smith"), is_half_of_name("示甲"), is_half_of_name("A-12")
    (True, True, False)
    """
    return bool(_HALF.fullmatch(text.strip())) or has_name_shape(text) or is_surname(text)


def share_of_names(cells: Sequence[str], *, by_shape: bool) -> float:
    """Return the share of *cells* that look like names; *by_shape* asks for the shape alone.

    >>> share_of_names(["张某", "李某", "主任", ""], by_shape=False)
    0.6666666666666666
    """
    filled = [cell for cell in cells if cell.strip()]
    test = has_name_shape if by_shape else looks_like_name
    return sum(map(test, filled)) / len(filled) if filled else 0.0
