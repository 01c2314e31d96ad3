"""Codes of findings on reading datapackage.yaml: syntax, names, duplicates, unsafe paths, symlinks.

The descriptor: can it be read, does it name a dataset?
"""

from __future__ import annotations

from portal.findings.codes.declare import error, warning

DESCRIPTOR = (
    error(
        "descriptor-unreadable",
        "无法读取描述文件：{reason}。",
        "The descriptor cannot be read: {reason}.",
        "请检查文件是否存在、是否有读取权限，并以 UTF-8 保存。",
        "Check that the file exists and may be read, and save it as UTF-8.",
        title=("描述文件无法读取", "Descriptor cannot be read"),
        explanation=(
            "描述文件说明数据集是什么、有哪些文件。读不到它，门户就不知道该发布什么。",
            "The descriptor says what the dataset is and which files belong to it. Without it the portal does "
            "not know what to publish.",
        ),
    ),
    error(
        "descriptor-syntax",
        "描述文件的写法有误：{reason}。",
        "The descriptor is not well formed: {reason}.",
        "请修改该行该列附近的内容；YAML 用空格缩进，不用制表符，冒号后留一个空格。",
        "Mend the text at this line and column; YAML indents with spaces, not tabs, and wants a space after a colon.",
        title=("描述文件写法有误", "Descriptor is not well formed"),
        explanation=(
            "YAML 或 JSON 的缩进、冒号或引号有误时，后面的内容可能被误解，所以整个文件都不采用。",
            "With an indent, colon or quote out of place the rest may be misunderstood, so nothing of the file "
            "is used.",
        ),
    ),
    error(
        "descriptor-too-large",
        "描述文件过大或嵌套过深：{reason}。",
        "The descriptor is too large or nested too deeply: {reason}.",
        "描述文件只写元数据；数据请放在单独的文件里。",
        "Keep metadata only in the descriptor; put data into files of their own.",
        title=("描述文件过大或嵌套过深", "Descriptor is too large or too deep"),
        explanation=(
            "描述文件有大小和层数上限，防止误放的数据或恶意文件拖垮发布。",
            "Descriptors have limits of size and depth, so that data put there by mistake, or a hostile file, "
            "cannot stop the build.",
        ),
    ),
    error(
        "descriptor-shape",
        "描述文件的结构不对：{reason}。",
        "The descriptor does not have the right shape: {reason}.",
        "请按 Data Package 的结构书写：最外层是键值对，resources 是列表。",
        "Write it as a Data Package: a mapping at the top, with a list of resources.",
        title=("描述文件结构不对", "Descriptor has the wrong shape"),
        explanation=(
            "描述文件要按 Data Package 的结构写，其他程序才能读懂这个数据集。",
            "A descriptor follows the Data Package standard, so that other programs understand the dataset too.",
        ),
    ),
    warning(
        "descriptor-ambiguous",
        "同一文件夹里有多个描述文件，只采用 {file}，忽略 {ignored}。",
        "The folder holds several descriptors; {file} is used and {ignored} ignored.",
        "请只保留一个描述文件。",
        "Keep one descriptor only.",
        title=("有多个描述文件", "Several descriptors in one folder"),
        explanation=(
            "同一文件夹里有几个描述文件时只用一个，其余的修改不会生效，容易造成误会。",
            "Only one of them is used; changes made in the others have no effect, which misleads whoever edits them.",
        ),
    ),
    error(
        "name-invalid",
        "数据集名称“{value}”不合规则。",
        'The dataset name "{value}" breaks the rule.',
        "名称以小写字母或数字开头，只含小写字母、数字和 . _ -，不超过 100 个字符，且不是系统保留名。可改为：{proposal}",
        "A name starts with a lower-case letter or digit, holds only a-z, 0-9, dot, underscore and hyphen, has at most "
        "100 characters and is no reserved device name. Proposed: {proposal}",
        title=("数据集名称不合规则", "Dataset name breaks the rule"),
        explanation=(
            "名称会成为网址和文件夹名，所以只能用在任何系统上都通用的字符。",
            "The name becomes part of addresses and folders, so it keeps to characters that work on every system.",
        ),
    ),
    warning(
        "name-missing",
        "描述文件没有写 name，暂用文件夹名“{value}”。",
        'The descriptor has no name; the folder\'s name "{value}" is used.',
        "请在描述文件里写明 name，以后移动文件夹时网址才不会变。",
        "Write a name into the descriptor, so that addresses stay when the folder moves.",
        title=("没有写数据集名称", "Dataset has no name of its own"),
        explanation=(
            "名称决定网址。只靠文件夹名时，移动文件夹就会改变网址，别人的链接随之失效。",
            "The name makes the address. With the folder's name in its place, moving the folder breaks the links "
            "of others.",
        ),
    ),
    error(
        "name-duplicate",
        "数据集名称“{value}”已被 {other} 使用。",
        'The dataset name "{value}" is already taken by {other}.',
        "请为其中一个数据集改名；名称在整个目录中必须唯一。",
        "Rename one of the two; a name is unique in the whole catalogue.",
        title=("数据集名称重复", "Dataset name is taken twice"),
        explanation=(
            "两个数据集不能有同一个网址；重名时无法判断应发布哪一个。",
            "Two datasets cannot have one address; it would be left to chance which of them is published.",
        ),
    ),
    error(
        "resource-name-invalid",
        "资源名称“{value}”不合规则。",
        'The resource name "{value}" breaks the rule.',
        "资源名称的规则与数据集名称相同，且不能是 datapackage。可改为：{proposal}",
        "Resource names follow the rule of dataset names and may not be datapackage. Proposed: {proposal}",
        title=("资源名称不合规则", "Resource name breaks the rule"),
        explanation=(
            "资源名称会成为下载文件的名字，所以只能用在任何系统上都通用的字符。",
            "The name becomes that of the files to download, so it keeps to characters that work on every system.",
        ),
    ),
    error(
        "resource-duplicate",
        "资源名称“{value}”在本数据集中出现了不止一次。",
        'The resource name "{value}" stands more than once in this dataset.',
        "请为每个资源取不同的名称。",
        "Give every resource a name of its own.",
        title=("资源名称重复", "Resource name is used twice"),
        explanation=(
            "同一数据集里的两个资源不能生成同名的下载文件。",
            "Two resources of a dataset cannot make files of the same name.",
        ),
    ),
    error(
        "path-unsafe",
        "路径“{value}”指向数据集文件夹之外，或不是允许的相对路径。",
        'The path "{value}" leads out of the dataset\'s folder or is no relative path.',
        "请把文件放进数据集文件夹，并用正斜杠写相对路径；不要用 ..、绝对路径、file://、隐藏文件夹或指向外面的符号链接。",
        "Put the file into the dataset's folder and write a relative path with forward slashes: no .., absolute path, "
        "file://, hidden folder or symbolic link to the outside.",
        title=("文件路径不安全", "Path is not safe"),
        explanation=(
            "数据集只能使用自己文件夹里的文件，否则可能把服务器上别的文件误发出去。",
            "A dataset may only use files of its own folder; otherwise other files of the machine could get out "
            "by mistake.",
        ),
    ),
    error(
        "reference-remote",
        "“{field}”引用了网络地址“{value}”，发布时不会去网上读取。",
        '"{field}" refers to the address "{value}"; nothing is fetched from the network while publishing.',
        "请把被引用的内容存为数据集文件夹里的文件，再写相对路径。",
        "Save what is referred to as a file in the dataset's folder and write its relative path.",
        title=("引用了网络地址", "Refers to the network"),
        explanation=(
            "发布时不访问网络：网上的内容会变、会消失，也可能有害，检查结果就不可靠了。",
            "Nothing is fetched while publishing: what is on the network changes, vanishes or does harm, and no "
            "check of it lasts.",
        ),
    ),
    warning(
        "profile-not-checked",
        "未按自定义 profile“{value}”检查。",
        'The custom profile "{value}" was not checked.',
        "如只需通用规则，可删去 profile；发布不受影响。",
        "Remove profile if the general rules are enough; publication is not affected.",
        title=("自定义 profile 未检查", "Custom profile was not checked"),
        explanation=(
            "自定义的规则不在本门户内，因此只按通用规则做了检查。",
            "The rules of a custom profile are not part of this portal; the general rules were applied.",
        ),
    ),
    warning(
        "symlink-skipped",
        "跳过了符号链接 {file}。",
        "The symbolic link {file} was skipped.",
        "请把数据集文件夹本身放进目录，不要用链接代替。",
        "Put the dataset's folder itself into the catalogue instead of a link.",
        title=("跳过符号链接", "Symbolic link was skipped"),
        explanation=(
            "链接可能指向目录以外的文件，所以不跟随链接。",
            "A link may lead to files outside the catalogue, so links are not followed.",
        ),
    ),
)
