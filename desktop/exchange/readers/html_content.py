"""What of a web page is its content: menus, banners, footers and the like are told by tag, role, name and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An element of lxml, which carries no types."""

_MUTE = frozenset(
    (
        "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head",
        "iframe", "img", "input", "link", "map", "menu", "meta", "nav", "noframes", "noscript", "object", "optgroup",
        "option", "param", "picture", "progress", "rp", "rt", "script", "select", "source", "style", "svg", "template",
        "textarea", "title", "track", "video",
    )
)  # fmt: skip
_ASIDE_ROLES = frozenset(
    (
        "alert", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search",
        "toolbar",
    )
)  # fmt: skip
_ASIDE_NAMES = frozenset(
    (
        "banner", "breadcrumb", "breadcrumbs", "copyright", "crumb", "crumbs", "foot", "footer", "friendlink",
        "leftmenu", "menu", "nav", "navbar", "navi", "navigation", "pager", "pagination", "qrcode", "related", "search",
        "share", "sidebar", "sidenav", "toolbar", "topbar", "topnav",
    )
)  # fmt: skip
_NAME_PARTS = re.compile(r"[\s_-]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ARTICLES = frozenset(("article", "main"))
_LINKED_BLOCKS = frozenset(("center", "dd", "dl", "div", "form", "li", "ol", "p", "section", "table", "td", "tr", "ul"))
_NUMBER = re.compile(r"\s*[\[【(（]?\s*\d{1,5}\s*[\]】)）]?\s*")
_CONTAINERS = frozenset(("article", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr"))
_PROSE = re.compile("[^\\s。！？；]{8}[。！？；]")
_MOST_LOOKED_AT = 5000
_NAMED_AT_MOST = 0.3
"""The share of a page's letters that a part with the name of a menu may have."""
_LINKS_AT_LEAST = 3
_MOSTLY = 0.6
_TITLE_AT_LEAST = 6
_LONGEST_ASIDE = 300
_ATTACHMENT = "附件"
_SITE_WORDS = re.compile(
    "版权所有|备案号|ICP备|公网安备|当前位置|网站地图|网站首页|设为首页|上一篇|下一篇|打印本页|关闭窗口|字号|字体|浏览次数|浏览量|"
    "点击数|阅读次数|扫一扫|分享[到：]|主办单位|承办单位|主办：|来源：|发布时间|发布日期|信息来源|无障碍|"
    "责任编辑|责编：|相关(?:文件|解读|链接|新闻|稿件)|打印】?[|【]?关闭"
)
_ASKS_THE_READER = re.compile("对您.{0,4}有帮助|您.{0,8}满意")
_EDITORS = re.compile(
    r"(?:trs_u?editor|ucap-?content|vsb_content(?:_\d+)?|zoom(?:con)?|pages_content|article-?content|news-?content"
    r"|(?:js|rich_media)_content)",
    re.IGNORECASE,
)
"""Names that the publishing programs of government sites and of 公众号 give to what was written in their editors."""


@dataclass(slots=True)
class _Weight:
    """Letters that are seen in an element, those of them in links to other pages, and how many such links."""

    letters: int = 0
    linked: int = 0
    links: int = 0


class Content:
    """The content of one page. `root` holds it; what `leaves_out` tells within is no part of it.

    `page_title` is what the page calls itself, and `dropped` counts the letters around the content and those that are
    hidden. Nothing that holds prose is left out but what is hidden, and the asides, headers and footers of the page
    that are marked as such. What is hidden only until a script of the page shows it is its content all the same: it
    is what was written in an editor, or most of the page.
    """

    def __init__(self, page: Element) -> None:
        self._elements = [element for element in page.iter() if isinstance(element.tag, str)]
        self._mute = {element for element in self._elements if element.tag in _MUTE or _is_sign_of_note(element)}
        self._out: set[Element] = set()
        self._weights = self._weighed()
        body = page.find("body")
        self.root = page if body is None else body
        self.page_title = squeezed(page.xpath("string(//head/title)"))
        written = self.weight(self.root)
        self._leave_out_hidden()
        self._whole = self.weight(self.root)
        self._leave_out_asides()
        self._leave_out_around()
        self._weights = self._weighed()
        self.dropped = written - self.weight(self.root)

    def leaves_out(self, element: Element) -> bool:
        """Whether an element, and all in it, is no content."""
        return element in self._mute or element in self._out

    def weight(self, element: Element) -> int:
        """Return how many letters of the content an element holds."""
        return self._weights[element].letters

    def _weighed(self) -> dict[Element, _Weight]:
        weights = {element: _Weight() for element in self._elements}
        for element in reversed(self._elements):
            if self.leaves_out(element):
                weights[element] = _Weight()
                continue
            weight = weights[element]
            weight.letters += _count(element.text)
            for child in element:
                below = weights.get(child)
                if below is not None:
                    weight.letters += below.letters
                    weight.linked += below.linked
                    weight.links += below.links
                weight.letters += _count(child.tail)
            if element.tag == "a" and not (element.get("href") or "#").startswith("#"):
                weight.linked, weight.links = weight.letters, 1
        return weights

    def _leave_out_hidden(self) -> None:
        seen, before, named = self._mute, self._weights, self._named()
        article = min(named, key=self.weight, default=self.root)
        self._mute = seen | {element for element in self._elements if _is_hidden(element) and element not in named}
        self._weights = self._weighed()
        if self.weight(self.root) < before[article].letters * (1 - _MOSTLY):
            self._mute, self._weights = seen, before

    def _leave_out_asides(self) -> None:
        for element in self._seen(self.root):
            if element is not self.root and (self._is_aside(element) or self._is_linked(element)):
                self._out.add(element)
        before, self._weights = self._weights, self._weighed()
        if self.weight(self.root) == 0:  # a page of links: they are its content
            self._out.clear()
            self._weights = before

    def _seen(self, root: Element) -> Iterator[Element]:
        """Yield the elements of `root` in the order of the page, but not those within what is left out."""
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if not isinstance(element.tag, str) or self.leaves_out(element):
                continue
            yield element
            if not self.leaves_out(element):
                waiting.extend(reversed(element))

    def _is_aside(self, element: Element) -> bool:
        if (element.get("role") or "").lower() in _ASIDE_ROLES or element.tag == "aside":
            return True
        if element.tag in ("header", "footer"):
            if any(above.tag in _ARTICLES for above in element.iterancestors()):
                return False
            return element.tag == "footer" or element.find(".//h1") is None
        names = set(_NAME_PARTS.split(f"{element.get('class') or ''} {element.get('id') or ''}".lower()))
        return (
            bool(names & _ASIDE_NAMES)
            and self._weights[element].letters <= self._whole * _NAMED_AT_MOST
            and not _holds_prose(element)
        )

    def _is_linked(self, element: Element) -> bool:
        weight = self._weights[element]
        return (
            element.tag in _LINKED_BLOCKS
            and weight.links >= _LINKS_AT_LEAST
            and weight.linked > weight.letters * _MOSTLY
            and not _holds_prose(element)
        )

    def _leave_out_around(self) -> None:
        """Leave out what belongs to the site, level by level around the element that holds most of the words.

        Where the page names what was written in an editor, that is it, however short.
        """
        element = self.root
        named = self._named()
        while True:
            inner = next((child for child in element if child in named), None)
            if inner is None:
                inner = max(self._containers(element), key=self.weight, default=None)
                if inner is None or self.weight(inner) < self.weight(element) * _MOSTLY or not _holds_prose(inner):
                    return
            for child in element:
                if child is not inner and isinstance(child.tag, str) and self._is_of_the_site(child):
                    self._out.add(child)
            element = inner

    def _named(self) -> set[Element]:
        """Return the element that bears the name of an editor, the largest with prose, and all that it lies in."""
        found = [
            element
            for element in self._elements
            if not self.leaves_out(element) and self.weight(element) and _has_editors_name(element)
        ]
        written = max(filter(_holds_prose, found), key=self.weight, default=None)
        return set() if written is None else {written, *written.iterancestors()}

    def _containers(self, element: Element) -> Iterator[Element]:
        return (child for child in element if child.tag in _CONTAINERS and not self.leaves_out(child))

    def _is_of_the_site(self, element: Element) -> bool:
        """Whether a short part holds links, or the words that sites set around a text, and no attachment."""
        weight = self._weights[element]
        if not 0 < weight.letters <= _LONGEST_ASIDE:
            return False
        words = squeezed("".join(element.itertext()))
        if _holds_prose(element):
            return bool(_ASKS_THE_READER.search(words))
        return _ATTACHMENT not in words and (weight.links > 0 or bool(_SITE_WORDS.search(words)))

    def calls(self, words: str) -> bool:
        """Whether the page is called by these words, or by more words that hold them."""
        name = squeezed(words)
        return len(name) >= _TITLE_AT_LEAST and name in self.page_title


def squeezed(words: str) -> str:
    """Return words without blanks."""
    return "".join(words.split())


def _count(words: str | None) -> int:
    return len(squeezed(words)) if words else 0


def _is_sign_of_note(element: Element) -> bool:
    """Whether an element is the raised number that leads to a note of the same page: no word of the text."""
    if element.tag != "sup" or not _NUMBER.fullmatch("".join(element.itertext())):
        return False
    links = list(element.iter("a"))
    return len(links) == 1 and (links[0].get("href") or "").startswith("#")


def _is_hidden(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _has_editors_name(element: Element) -> bool:
    names = (element.tag, *(element.get("class") or "").split(), element.get("id") or "")
    return any(_EDITORS.fullmatch(name) for name in names)


def _holds_prose(element: Element) -> bool:
    words, length = [], 0
    for part in element.itertext():
        words.append(part)
        length += len(part)
        if length > _MOST_LOOKED_AT:
            break
    return bool(_PROSE.search("\n".join(words)))
