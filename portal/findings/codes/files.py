"""Codes of findings on files: too large, unreadable, undescribed, format left out, processing failed."""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

FILES = (
    error(
        "file-too-large",
        "文件超过上限：{reason}。",
        "The file is over the limit: {reason}.",
        "请拆分文件，或在 catalog.yaml 的 limits 中调高上限。",
        "Split the file, or raise the limit under limits in catalog.yaml.",
        title=("文件超过上限", "File is over the limit"),
        explanation=(
            "上限保护发布过程不被过大的文件拖垮，使用者也更容易下载和打开。",
            "Limits keep one large file from stopping the build, and smaller files are easier to download and open.",
        ),
    ),
    error(
        "file-unreadable",
        "没有读取这个文件的权限。",
        "The portal may not read this file.",
        "文件内容还没有检查。请在文件属性里给运行门户的账号读取权限（Linux：chmod a+r 文件名，上级文件夹 chmod a+rx），"
        "或请管理员处理，再重新检查。",
        "Its content was not looked at. Give the account that runs the portal the right to read it (on Linux: chmod "
        "a+r FILE, chmod a+rx FOLDER), or ask the administrator, and check again.",
        title=("没有读取权限", "File may not be read"),
        explanation=(
            "操作系统不让运行门户的账号打开这个文件，常见于由别的账号复制或上传的文件。",
            "The operating system keeps the account that runs the portal from opening the file, as with files that "
            "another account copied or uploaded.",
        ),
    ),
    warning(
        "folder-undescribed",
        "这个文件夹里有 {number} 个数据文件，但没有描述文件，不会发布：{files}。",
        "This folder holds data files ({number}) but no descriptor, so they are not published: {files}.",
        "要发布的，逐个运行 portal new 文件名，生成带描述文件（datapackage.yaml）的数据集文件夹；不发布的，移到别处。",
        "For each file to publish run portal new FILE, which makes a folder with a descriptor (datapackage.yaml); move "
        "the others elsewhere.",
        title=("文件夹没有描述文件", "Folder has no descriptor"),
        explanation=(
            "有描述文件（datapackage.yaml）的文件夹才是数据集。没有它，数据文件放在那里也不会发布，而且没有别的提示。",
            "A folder is a dataset by its descriptor (datapackage.yaml). Without one its files are not published, and "
            "nothing else would tell.",
        ),
    ),
    info(
        "file-undescribed",
        "描述文件没有提到这个文件夹里的 {number} 个数据文件，它们不会发布：{files}。",
        "The descriptor does not mention data files that stand here ({number}): {files}. They are not published.",
        "要发布的，写进描述文件的 resources，或用 portal new 文件名 另起草一个数据集；不发布的，可以移到别处。",
        "Add what is to be published to resources in the descriptor, or run portal new FILE to begin another dataset; "
        "move the others elsewhere.",
        title=("描述文件没有提到的文件", "File that no descriptor mentions"),
        explanation=(
            "只有描述文件写明的文件才会检查和发布。多出来的文件可能是忘了登记，也可能本来就不该放在这里。",
            "Only files that the descriptor names are checked and published. One more may have been forgotten, or does "
            "not belong here.",
        ),
    ),
    error(
        "part-header",
        "这一部分的第一行与第一个文件的表头不同，会被当作表头丢掉。",
        "The first line of this part differs from the header of the first file; it would be dropped as a header.",
        "分成多个文件的表格，每个文件都要以同样的表头开始。",
        "Begin every file of a table in parts with the same header.",
        title=("分段文件的表头不一致", "Parts have different headers"),
        explanation=(
            "分成多个文件的表格要首尾相接；表头不一致时，可能丢掉一行数据或错列。",
            "The parts of a table are joined; with another header a row of data would be lost or columns would shift.",
        ),
    ),
    warning(
        "encoding-assumed",
        "没有写明编码，全文按 {value} 读取。",
        "No encoding is declared; the whole file was read as {value}.",
        "请核对预览中的文字；无误就在资源中写明 encoding: {value}。",
        "Look at the text in the preview; if it is right, state encoding: {value} in the resource.",
        title=("编码是推定的", "Encoding was assumed"),
        explanation=(
            "编码读错会出现乱码。没有写明编码时，门户读完全文后推定，请人工核对一次。",
            "With the wrong encoding text turns into gibberish. It was worked out from the whole file; somebody "
            "should look once.",
        ),
    ),
    warning(
        "hash-not-checked",
        "声明的哈希值或字节数没有核对：{reason}。",
        "The declared hash or size was not compared: {reason}.",
        "请写成 sha256: 加 64 位十六进制数；由多个文件组成的资源请不要写 hash 和 bytes。",
        "Write sha256: and 64 hex digits; leave hash and bytes out where a resource has several files.",
        title=("哈希值没有核对", "Hash was not compared"),
        explanation=(
            "哈希值用来确认文件在传递中没有变样；认不出写法时，这一检查没有进行。",
            "A hash shows that a file arrived unchanged; where it cannot be understood, nobody has checked.",
        ),
    ),
    error(
        "file-changed",
        "文件在检查期间被改动。",
        "The file was changed while it was being checked.",
        "请等文件写完，再重新构建或检查。",
        "Wait until the file is written, then build or check once more.",
        title=("文件在检查期间改动", "File changed while it was checked"),
        explanation=(
            "只有检查过的内容才能公布。检查期间被改动的文件，谁也不知道公布出去的会是哪一份。",
            "Only what was checked is published. Of a file that changes meanwhile nobody knows which content that is.",
        ),
    ),
    info(
        "published-as-is",
        "{format} 格式的文件原样发布，未检查内容。",
        "The {format} file is published as it is; its content was not checked.",
        "如果它是表格，另存为 CSV 或 XLSX 就能检查、预览和转换{also}。",
        "If it holds a table, a CSV or XLSX copy can be checked, previewed and converted{also}.",
        title=("文件原样发布", "File is published as it is"),
        explanation=(
            "这种格式的内容没有检查，也不能预览和转换；使用者可能需要专门的软件。",
            "The content of this format is not checked, previewed or converted; users may need special software.",
        ),
    ),
    info(
        "archive-not-named",
        "压缩包里有 {number} 个表格文件（{members}），没有指明是哪一个，所以原样发布，未检查内容。",
        "The archive holds several tables ({number}: {members}) and none of them is named, so it is published as it is "
        "and its content was not checked.",
        "每个表格写成一个资源，用 innerpath 指明文件名，例如 innerpath: {first}（portal new 会这样起草）；或先解压。",
        "Make a resource of each table and name its file, e.g. innerpath: {first} (portal new drafts it so), or unpack "
        "the archive.",
        title=("压缩包里有几个表格", "An archive of several tables"),
        explanation=(
            "一个资源是一张表。压缩包里有几个表格时，程序不猜是哪一个，所以里面的内容没有检查，也不能预览和转换。",
            "A resource is one table. Of several in an archive none is guessed, so nothing in it is checked, previewed "
            "or converted.",
        ),
    ),
    info(
        "link-not-checked",
        "资源是外部链接，发布时没有访问它。",
        "The resource is a link to another site, which was not visited.",
        "把文件放进数据集文件夹，就能检查、预览和长期保存。",
        "A file in the dataset's folder can be checked, previewed and kept.",
        title=("外部链接未检查", "Link was not checked"),
        explanation=(
            "文件不在本门户，内容可能改变或消失，门户不能保证。",
            "The file is not kept here; it may change or vanish, and the portal cannot vouch for it.",
        ),
    ),
    info(
        "format-left-out",
        "没有生成 {format} 文件：{reason}。",
        "No {format} file was made: {reason}.",
        "其他格式已完整发布，可以直接下载。",
        "The other formats hold the whole table.",
        title=("少了一种下载格式", "One format is left out"),
        explanation=(
            "有的格式装不下这么大的表格，例如一张工作表最多 1,048,576 行；其他格式是完整的。",
            "Some formats cannot hold so large a table, e.g. a sheet ends at 1,048,576 rows; the other formats "
            "are whole.",
        ),
    ),
    info(
        "no-chinese-font",
        "这台机器没有中文字体，图表没有做成 PNG 图片；网页中的图不受影响。",
        "This machine has no Chinese font, so no PNG pictures of charts were made; those on the pages are whole.",
        "请安装一种中文字体，例如 Debian 的 fonts-noto-cjk，然后重新构建。",
        "Install a Chinese font, e.g. fonts-noto-cjk of Debian, and build again.",
        title=("没有中文字体", "No Chinese font"),
        explanation=(
            "PNG 图片里的文字要用本机的字体画出来；没有中文字体，文字会变成方框。",
            "Words in PNG pictures are drawn with a font of the machine; without a Chinese one they would be boxes.",
        ),
    ),
    info(
        "rows-left-out",
        "这张表的数据行不能通过接口查询：表太宽，或处理超时。",
        "The rows of this table cannot be asked for by the API: it is too wide, or took too long.",
        "文件已完整发布，可以直接下载；请考虑拆分列很多的表。",
        "The files hold the whole table; consider to split a table of very many columns.",
        title=("数据行不可查询", "Rows cannot be asked for"),
        explanation=(
            "查询接口为每张表建立索引，列数上限约为一千九百；下载文件不受影响。",
            "The API asks an indexed store of each table, which ends at some nineteen hundred columns; the downloads "
            "are whole.",
        ),
    ),
    info(
        "names-left-out",
        "这张表有 {number} 行，超过 {setting} 的 {limit} 行：检索不会直接回答表中的某一行。",
        "This table has {number} rows, more than {limit} ({setting}): searches do not answer with single rows of it.",
        "页面、文件和接口不受影响；需要时请在 catalog.yaml 的 limits 中调高这个值。",
        "Pages, files and the API are not affected; raise the value under limits in catalog.yaml where it is wanted.",
        title=("检索不含各行名称", "Rows are not found by name"),
        explanation=(
            "检索可以直接用表中的一行回答，例如一所学校；很大的表会使索引过大，因此有上限。",
            "A search can answer with a row of a table, such as a school; very large tables would make its index too "
            "large, so there is a bound.",
        ),
    ),
    info(
        "description-left-out",
        "没有生成元数据文件 {format}：{reason}。",
        "No metadata file {format} was made: {reason}.",
        "页面和数据文件不受影响。请把这条信息交给门户维护者。",
        "Page and data files are not affected. Please hand this line to whoever runs the portal.",
        title=("少了一种元数据格式", "One form of the metadata is left out"),
        explanation=(
            "目录信息要写成多种标准格式供其他平台读取，其中一种没能生成；其余格式照常发布。",
            "The entry is written in several standard formats for other platforms; one of them could not be made, the "
            "others are there.",
        ),
    ),
    info(
        "errors-cut",
        "错误太多，只列出前 {number} 处，后面可能还有。",
        "There are too many errors; only the first {number} are listed, and there may be more.",
        "请先改正已列出的错误，再重新检查。",
        "Mend those that are listed, then check again.",
        title=("错误太多，未全部列出", "Too many errors to list"),
        explanation=(
            "错误很多时往往出于同一原因；改正前面的，后面的常会一起消失。",
            "Very many errors mostly have one cause; once the first are mended the others often vanish too.",
        ),
    ),
    error(
        "processing-failed",
        "处理时发生意外错误：{reason}。",
        "An unexpected error happened: {reason}.",
        "该数据集未发布，其他数据集不受影响。请把这条信息连同文件交给门户维护者。",
        "This dataset is left out and the others go on. Please hand this line and the file to whoever runs the portal.",
        title=("处理时发生意外", "Processing failed"),
        explanation=(
            "门户没有预料到这种情况。为稳妥起见，这个数据集不发布。",
            "The portal did not foresee this case. To be safe the dataset is not published.",
        ),
    ),
)
