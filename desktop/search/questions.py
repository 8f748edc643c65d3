"""Takes a question apart into the words worth looking for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.text.words import cut, is_word, quoted_terms

_JOINING = """
的 了 和 与 及 或 而 且 则 即 以 为 于 由 把 被 将 向 从 对 对于 关于 在 至 到 之 其 所 者 这
那 该 此 各 每 等 等等 也 都 就 还 又 再 才 只 很 更 最 太 已 已经 曾 正 正在 是 有 没 没有 着
过 得 地 吗 呢 吧 啊 呀 么 嘛 并 并且 以及 以便 以后 以来 因为 所以 如果 但 但是 虽然 不过 而且 或者
还是 通过 按照 根据 为了 我 我们 你 你们 他 他们 它 它们 咱们 自己 大家 这个 那个 这些 那些 这样 那样
这里 那里 一个 一些 其中 其他 比如 例如
"""
_ASKING = """
什么 什么样 什么时候 为什么 为何 何 何时 何地 何种 如何 怎么 怎么样 怎样 怎么办 哪 哪个 哪些 哪里 哪儿
哪年 哪几个 谁 几 几个 几条 几项 多少 多大 多久 多长 多高 是否 是不是 有没有 能不能 可不可以 能否 可否
有无 请 请问 请教 问 问题 想 想要 想知道 知道 了解 告诉 一下 介绍 说明 说 说说 说到 提到 提及 讲 讲到
谈 谈到 指 指的是 意思 含义 能 能够 可以 可 要 需要 应 应该 应当 会 进行 做 做到 具体 主要 有关 相关
方面 内容 情况 关系
"""
FUNCTION_WORDS = frozenset(_JOINING.split())
"""Words that join others and name nothing."""
_LEFT_OUT = FUNCTION_WORDS.union(_ASKING.split())


def split_question(text: str, terms: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words of a question that say what it is about, each once, in its order.

    `terms` stay whole, and so does what the question itself puts in quotation marks. Words that only join or ask (的,
    什么, 如何, 哪些 …) are left out, and single characters too where longer words are left. Empty where none is.
    """
    words = tuple(
        dict.fromkeys(word for word in content_words(text, quoted_terms(text).union(terms)) if word not in _LEFT_OUT)
    )
    return tuple(word for word in words if len(word) > 1) or words


def content_words(text: str, terms: Iterable[str] = ()) -> Iterator[str]:
    """Yield the words of a text that name something, without punctuation and words that join; `terms` stay whole."""
    terms = frozenset(terms)
    for word in cut(text, terms):
        bare = word if word in terms or is_word(word) else _bare(word)
        if bare.isalnum() and bare not in FUNCTION_WORDS:
            yield bare


def _bare(word: str) -> str:
    """Return a word that was guessed without the joining characters the guess took with it (水是)."""
    while len(word) > 1 and word[-1] in FUNCTION_WORDS:
        word = word[:-1]
    while len(word) > 1 and word[0] in FUNCTION_WORDS:
        word = word[1:]
    return word
