"""Text made plain for detectors: full-width digits (NFKC), dashes, HTML tags, invisible characters.

However a number was written or marked up, it is the same number.
"""

from __future__ import annotations

import html
import re
import unicodedata

INLINE_TAGS = (
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q s samp small span strike strong "
    "sub sup tspan tt u var wbr"
)
"""Elements of HTML that begin no new line: they may stand in the middle of a number."""

_INLINE = re.compile(
    rf"<!--.{{0,300}}?-->|</?(?:{INLINE_TAGS.replace(' ', '|')})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE | re.DOTALL
)
_BLOCK = re.compile(
    r"</?(?:br|p|div|li|ul|ol|dl|dd|dt|t[dhr]|table|tbody|thead|h[1-6]|hr|section|article)(?:[\s/][^<>]{0,2000})?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#|nbsp|e[nm]sp|thinsp|zwn?j|shy|ZeroWidthSpace)", re.IGNORECASE)

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Characters without width, which programs leave between others."""
_DIGITS = {
    chr(sign): str(unicodedata.digit(chr(sign))) for first in (0x660, 0x6F0, 0x966) for sign in range(first, first + 10)
}
"""Digits of Arabic, Persian and Hindi."""
_SPELLED = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | {"\u00a0": " ", "\u3000": " "} | dict.fromkeys(_UNSEEN) | _DIGITS
)
_TRADITIONAL = (
    "證號碼電話聯絡繫銀帳戶學診斷歷業單險領機絕內傳開補貼賬職務員級藥產權應屬嚴發護門樓醫療個認國黨隱資訊"
    "項稱鎮鄉區編責錢債還貸額數據與從間陽陰檢驗統處罰違養殘礙監屍喪孫兒婦寶齡歲動駕駛對裡擴洩錄報會議紀請"
    "條為飯離傷調稅僱歡愛寫舉訴該參閱佈眾顯擬現劑齊長經緯標遊費價場車圖書師選時獎隊賽績語體測試極濟狀況縣"
    "莊親關鎖撫卹災貧歿讀買賣網轉載準許僅範圍"
)
_SIMPLIFIED = (
    "证号码电话联络系银账户学诊断历业单险领机绝内传开补贴账职务员级药产权应属严发护门楼医疗个认国党隐资讯"
    "项称镇乡区编责钱债还贷额数据与从间阳阴检验统处罚违养残碍监尸丧孙儿妇宝龄岁动驾驶对里扩泄录报会议纪请"
    "条为饭离伤调税雇欢爱写举诉该参阅布众显拟现剂齐长经纬标游费价场车图书师选时奖队赛绩语体测试极济状况县"
    "庄亲关锁抚恤灾贫殁读买卖网转载准许仅范围"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Traditional characters of the words that the rules know."""
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[\s·*＊_-]+(?=[㐀-鿿])")
_CROSSES = "×✕✖╳⨯ХхΧχ"
_CROSS = re.compile(rf"(?<=[0-9])( ?)[{_CROSSES}](?![ ]?[0-9A-Za-z])")
"""What looks like an X and stands at the end of a number: a sign of multiplication, a letter of another script."""
_UNUSUAL = re.compile(f"[{re.escape(''.join(map(chr, _SPELLED)))}{_CROSSES}]")
"""What is to be spelled another way after NFKC; to look for it costs a tenth of doing it."""
MARKED_UP = f"<[/!A-Za-z]|&(?:#|nbsp|[eE][nN]sp|[eE][mM]sp|thinsp|zwn?j|shy|ZeroWidthSpace)|[{_UNSEEN}]"
"""What a text that is parted by markup holds; a pattern of RE2 and of Python alike."""


def normal(text: str) -> str:
    """Return *text* with full-width characters as plain ones (NFKC), every dash as a hyphen, and no HTML.

    A sign of multiplication at the end of a number is its X. Tags inside a line go without a trace, those between
    lines leave a line end; comments and the values of attributes follow behind.

    >>> normal("１３８－００００"), normal("1380000<b>1234</b>&nbsp;等")
    ('138-0000', '13800001234 等')
    >>> normal("3×4，11010118500101019×")
    '3×4,11010118500101019X'
    >>> normal("<td>1380000</td><td>1234</td>").split()
    ['1380000', '1234']
    """
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if "<" in text:
        inside = [match[0] for pattern in (_INLINE, _BLOCK) for match in pattern.finditer(text) if _says(match[0])]
        text = "\n".join([_BLOCK.sub("\n", _INLINE.sub("", text)), *(re.sub(r'[<>"]', "\n", tag) for tag in inside)])
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return _CROSS.sub(r"\1X", text.translate(_SPELLED)) if _UNUSUAL.search(text) else text


def _says(tag: str) -> bool:
    return "=" in tag or tag.startswith("<!")


def without_markup(text: str) -> str:
    """Return a line of HTML or XML as text; what stands inside of tags follows behind it.

    >>> without_markup('<p title="x">1380000<b>1234</b></p>').split()
    ['13800001234', 'p', 'title=', 'x']
    """
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    inside = [match[0] for match in re.finditer(r"<[^<>]{0,10000}>", text) if _says(match[0])]
    shown = re.sub(r'[<>"]', "\n", re.sub(r"<[^<>]{1,10000}>", "\n", _INLINE.sub("", text)))
    behind = (re.sub(r'[<>"]', "\n", tag) for tag in inside)
    return html.unescape("\n".join([shown, *behind]))


def plain_title(title: str) -> str:
    """Return the title of a column as the rules know it: simplified, NFKC, no blank or line end inside of a word.

    >>> plain_title("身 份\\n證號碼"), plain_title("ＩＤ\u200b Card"), plain_title("证件-号码")
    ('身份证号码', 'ID Card', '证件号码')
    """
    if title.isascii():
        return title
    plain = unicodedata.normalize("NFKC", title).translate(_SPELLED).translate(SIMPLIFIED)
    return _BETWEEN_HAN.sub("", plain)


_WHOLE_FLOAT = re.compile(r"([0-9]+)\.0+")
_WHOLE_EXPONENT = re.compile(r"([1-9])\.([0-9]{7,18})[Ee]\+?([0-9]{1,2})")


def without_float(text: str) -> str:
    """Return a number that was written as a float as the whole number it was; every other text as it is.

    An exponent counts from eight digits on: with fewer, the number itself is lost.

    >>> without_float("13800000000.0"), without_float("1.3800000001E+10"), without_float("1.38E+10")
    ('13800000000', '13800000001', '1.38E+10')
    """
    if match := _WHOLE_FLOAT.fullmatch(text.strip()):
        return match[1]
    if match := _WHOLE_EXPONENT.fullmatch(text.strip()):
        places = int(match[3])
        digits = (match[1] + match[2]).ljust(places + 1, "0")
        if places <= 18 and not digits[places + 1 :].strip("0"):
            return digits[: places + 1]
    return text
