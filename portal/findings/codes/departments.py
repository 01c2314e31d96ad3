"""Codes of findings on departments, publishers.yaml: code, parent, successor, former names."""

from __future__ import annotations

from portal.findings.codes.declare import info, warning

DEPARTMENTS = (
    info(
        "publisher-former-name",
        "“{value}”是原名，已按现在的单位“{department}”处理。",
        '"{value}" is a former name; it is taken as {department}.',
        "方便时请改成现在的单位名称或 id。",
        "Write the present name or id when you come to it.",
        title=("用了单位的原名", "The publisher is named by a former name"),
        explanation=(
            "机构改革后，旧名称仍能找到接续的单位，所以不必马上改。",
            "After a reform old names still find their department, so nothing needs to be changed at once.",
        ),
    ),
    warning(
        "publisher-code-invalid",
        "“{department}”的统一社会信用代码“{value}”不对：{reason}。",
        'The unified social credit code "{value}" of {department} is wrong: {reason}.',
        "请对照登记证书，在 publishers.yaml 改正该单位的 uscc。",
        "Compare it with the certificate, and correct uscc of the department in publishers.yaml.",
        title=("单位的信用代码不对", "Code of a department is wrong"),
        explanation=(
            "提供方代码是核心元数据，各平台凭它认出同一个单位。",
            "The code is a core element; platforms know a department by it.",
        ),
    ),
    warning(
        "publisher-code-duplicate",
        "“{department}”的统一社会信用代码与单位 {other} 相同：{value}。",
        "{department} has the same unified social credit code as the department {other}: {value}.",
        "一个代码只属于一个单位，请在 publishers.yaml 改正填错的一处。",
        "A code belongs to one department: correct the wrong one in publishers.yaml.",
        title=("两个单位用同一信用代码", "Two departments have one code"),
        explanation=(
            "代码相同的两个单位会被别的平台当成同一个。",
            "Other platforms take two departments with one code as the same.",
        ),
    ),
    warning(
        "publisher-parent-unknown",
        "“{department}”的上级“{value}”不在 publishers.yaml 中。",
        'The parent "{value}" of {department} is not in publishers.yaml.',
        "请写上级单位的 id，或先登记上级单位。",
        "Write the id of the parent, or enter it first.",
        title=("上级单位未登记", "Parent is not registered"),
        explanation=(
            "上级单位用来把下属单位归在一起；找不到时，该单位就列在最外层。",
            "Departments are gathered under their parent; without it one stands at the top.",
        ),
    ),
    warning(
        "publisher-successor-unknown",
        "“{department}”的接续单位“{value}”不在 publishers.yaml 中。",
        'The successor "{value}" of {department} is not in publishers.yaml.',
        "请写接续单位的 id，或先登记该单位。",
        "Write the id of the department that took over, or enter it first.",
        title=("接续单位未登记", "Successor is not registered"),
        explanation=(
            "机构改革后，人们从原单位找到接续的单位；写错就找不到了。",
            "After a reform people go from the former department to the one that took over; a wrong id leads nowhere.",
        ),
    ),
    warning(
        "publisher-circle",
        "“{department}”的 {field} 绕了一圈又回到自己：{value}。",
        "{field} of {department} leads back to itself: {value}.",
        "请在 publishers.yaml 改正其中一处。",
        "Correct one of them in publishers.yaml.",
        title=("单位关系绕成一圈", "Departments lead round in a circle"),
        explanation=(
            "上级和接续的关系要有尽头。",
            "What is above a department, or followed it, has to come to an end.",
        ),
    ),
    warning(
        "publisher-former-taken",
        "“{department}”的 {field} 写了“{value}”，而 {other} 也用它。",
        '{field} of {department} holds "{value}", which is {other}\'s too.',
        "请在 publishers.yaml 只留一处；拆分出几个单位的，原名写给接续主要职责的一个。",
        "Keep one in publishers.yaml; where a department was divided, give its name to the one with most duties.",
        title=("单位的原名有两处", "A former name is claimed twice"),
        explanation=(
            "按原名查找只能转到一个单位；有两处时，写原名的数据集算作未登记的单位。",
            "A former name leads to one department; where two claim it, datasets that use it count as not registered.",
        ),
    ),
)
