"""Codes of findings on the lexicon of the search: words that stand twice, are too short, match nothing."""

from __future__ import annotations

from portal.findings.codes.declare import info, warning

SEARCH = (
    warning(
        "lexicon-invalid",
        "{file} 中的“{field}”不能用：{reason}。",
        'In {file} "{field}" cannot be used: {reason}.',
        "请照参考手册“检索词表”的样式改正；其余各组照常生效。",
        "Mend it by the example on the page about the lexicon; all other groups count.",
        title=("词表的一项不能用", "A part of the lexicon cannot be used"),
        explanation=(
            "词表（lexicon.yaml、lexicon-*.yaml）把市民的说法和数据目录的用词连起来。读不懂的一项不起作用，不影响数据集发布。",
            "The lexicon (lexicon.yaml, lexicon-*.yaml) leads from citizens' words to those of the catalogue. What "
            "cannot be read has no effect, and keeps no dataset from being published.",
        ),
    ),
    warning(
        "lexicon-word-short",
        "{file} 中“{field}”的词“{value}”太短，什么都会找到。",
        'In {file} the word "{value}" of "{field}" is too short: it would find anything.',
        "请写两个字（或两个字母）以上的词。",
        "Write words of two characters or more.",
        title=("词表的词太短", "A word of the lexicon is too short"),
        explanation=(
            "单个汉字出现在成百上千个数据集里，作为词没有意义。",
            "A single Chinese character stands in hundreds of datasets and tells nothing.",
        ),
    ),
    warning(
        "lexicon-word-twice",
        "词表的词“{value}”已经写在 {other}。",
        'The word "{value}" of the lexicon stands already at {other}.',
        "请把两组合并为一组，或者删去其中一处。",
        "Make one group of the two, or take one of the words out.",
        title=("词表的词重复", "A word stands twice in the lexicon"),
        explanation=(
            "同一个正式的词写在两组，说明两组是同一件事；市民的说法可以写在几组。",
            "An official word in two groups says that both are one thing; citizens' words may stand in several.",
        ),
    ),
    warning(
        "lexicon-broader-unknown",
        "上位词“{value}”不是任何一组的正式的词。",
        'The broader word "{value}" is the official word of no group.',
        "请为它写一组，或者改成已有一组的词。",
        "Write a group for it, or name a word of a group that there is.",
        title=("上位词没有自己的组", "A broader word has no group"),
        explanation=(
            "上位词只有写在另一组的 words 或 same 里才起作用。",
            "A broader word has an effect only where it stands among the words or same of another group.",
        ),
    ),
    warning(
        "lexicon-circle",
        "上位词绕成一圈：{words}。",
        "Broader words lead in a circle: {words}.",
        "请决定哪个更宽，删去反过来的一处。",
        "Decide which is the wider one, and take out what says the opposite.",
        title=("上位词绕成一圈", "Broader words lead in a circle"),
        explanation=(
            "甲比乙宽、乙又比甲宽，两者必有一错；检索只走一步，不会因此停不下来。",
            "If one thing is wider than another and the other way round, one of the two is wrong. The search walks one "
            "step only, so it ends all the same.",
        ),
    ),
    info(
        "lexicon-unused",
        "目录里没有与“{value}”这一组相配的数据集。",
        'No dataset of the catalogue fits the group "{value}".',
        "词表可以比目录宽，不必改；若目录另有说法，请把它加进这一组。",
        "A lexicon may be wider than a catalogue; where the catalogue says it otherwise, add that word to the group.",
        title=("词表的一组在目录里找不到", "A group of the lexicon finds nothing"),
        explanation=(
            "一组里所有正式的词在标题、关键词和列名里都没有出现。",
            "None of the official words of the group stands in a title, a keyword or the name of a column.",
        ),
    ),
    info(
        "lexicon-word-unmatched",
        "正式的词“{value}”在目录里没有出现。",
        'The official word "{value}" stands nowhere in the catalogue.',
        "不必改；若是写错的词，请改正。",
        "Nothing must be done; where it is misspelt, mend it.",
        title=("词表的词在目录里找不到", "A word of the lexicon finds nothing"),
        explanation=(
            "同一组的其他词仍能找到数据集。",
            "Other words of the same group do find datasets.",
        ),
    ),
)
