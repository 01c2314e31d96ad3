"""Codes of findings on what the site states of itself: the footer of a government site, its identification code."""

from __future__ import annotations

from portal.findings.codes.declare import warning

SITE = (
    warning(
        "story-unusable",
        "首页要放的图表（{field}“{value}”）用不了：{reason}。",
        'A chart chosen for the home page ({field} "{value}") cannot be used: {reason}.',
        "请改正 catalog.yaml 的 stories；在此之前，首页按规则选图表补上。",
        "Mend stories in catalog.yaml; until then the rule chooses a chart in its place.",
        title=("首页要放的图表用不了", "A chart chosen for the home page cannot be used"),
        explanation=(
            "stories 写明首页上“数据告诉我们”放哪些数据集的图表，可以写明 view，也可以用一句话说明。"
            "数据集须是公开的，view 须是它的 views 里写明的名称。",
            "stories states whose charts the home page shows, perhaps which view, and a sentence on it. The dataset is "
            "open, and the view one that it declares under views.",
        ),
    ),
    warning(
        "look-unusable",
        "门户外观（{field}）用不了：{reason}。",
        "The look of the portal ({field}) cannot be used: {reason}.",
        "请按说明改正 catalog.yaml 的 look；在此之前门户按通常的样子显示。",
        "Mend look in catalog.yaml; until then the portal looks as usual.",
        title=("门户外观用不了", "The look of the portal cannot be used"),
        explanation=(
            "look 写明门户自己的颜色、标志、首页图片和附加样式。对比度不够的颜色会让人看不清文字，所以不用。",
            "look states the portal's own colour, logo, picture and extra styles. A colour on which text cannot be "
            "read is not used.",
        ),
    ),
    warning(
        "footer-missing",
        "政府网站应在页脚写明：{labels}。",
        "A government site has to state in its footer: {labels}.",
        "请在 catalog.yaml 的 footer 下补写 {keys}。",
        "Write {keys} under footer in catalog.yaml.",
        title=("页脚缺少应写明的内容", "The footer lacks what has to be stated"),
        explanation=(
            "《政府网站发展指引》（国办发〔2017〕47号）规定了政府网站要写明的内容：主办单位、联系方式、网站标识码、"
            "ICP 备案号、公安备案号和“我为政府网站找错”入口。"
            "profile 为 national 且网址在 .gov.cn 下的门户，缺一项就提示一次。",
            "The guidelines for government websites (国办发〔2017〕47号) name what such a site states: who operates "
            "it, how to reach them, its identification code, its filings, and where to report faults. A portal with "
            "the profile national at an address below .gov.cn is told of what is missing.",
        ),
    ),
    warning(
        "site-id-unusual",
        "网站标识码“{value}”不是 10 位。",
        'The site identification code "{value}" does not have 10 characters.',
        "请照全国政府网站信息报送系统给出的 10 位标识码改写 footer 的 site_id。",
        "Write the code of 10 characters that the national register of government sites gave under footer as site_id.",
        title=("网站标识码位数不对", "Site identification code of a wrong length"),
        explanation=(
            "网站标识码由 10 位字符组成，前 6 位是行政区划代码。",
            "The identification code of a government site has 10 characters; the first six are the code of its area.",
        ),
    ),
    warning(
        "footer-link-unusable",
        "“我为政府网站找错”的网址“{value}”用不了。",
        'The address "{value}" for reporting faults cannot be used.',
        "请写完整网址，以 https:// 开头。",
        "Write the whole address, beginning with https://.",
        title=("页脚的网址用不了", "An address of the footer cannot be used"),
        explanation=(
            "footer 的 report 是“我为政府网站找错”平台上本站的网址；不是网址的，只显示文字，不做成链接。",
            "report of the footer is the address of this site on the platform for reporting faults. What is no address "
            "is shown as text, without a link.",
        ),
    ),
)
