"""How the web page of an export looks: on a screen, light and dark, wide and narrow, and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.exchange.writers.colours import DARK_FILLS, DARK_LINES, FILLS, LINES, PLAIN_FILL, PLAIN_LINE

_DARK_PLAIN_FILL = "3A3F46"
_DARK_PLAIN_LINE = "86B6E6"

_FORM = """
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#24221e;--muted:#5f6368;--line:#ddd8cc;--link:#285a8c}
body{margin:0 auto;max-width:66em;padding:1.5em 1.2em;background:var(--paper);color:var(--ink);
font:17px/1.85 "Noto Serif CJK SC","Source Han Serif SC","宋体",SimSun,"Songti SC",serif}
a{color:var(--link);text-decoration:none}
footer,.meeting{color:var(--muted);font-size:.8em;text-align:center}footer{margin-top:2em}
nav{margin:1em 0 1.6em;font-size:.85em}
summary{color:var(--link);cursor:pointer;width:fit-content;margin:0 auto}
nav ul{list-style:none;margin:.4em 0 0;padding:.6em 1em;columns:2;column-gap:2em;
border:1px solid var(--line);border-radius:6px}
nav li{break-inside:avoid}
.d2{padding-left:1.2em}.d3{padding-left:2.4em}
.noted{padding-right:21em}.bare{max-width:44em;margin:0 auto}main::after{content:"";display:block;clear:both}
aside{float:right;clear:right;width:19em;margin-right:-21em}
.new{clear:right}
.row>:last-child{margin:.25em 0;overflow-wrap:anywhere}
.row>h1:last-child{margin:.5em 0}.row>h2:last-child{margin:.9em 0 .4em}
h1,.Notice,.Aside{text-align:center}
h1{font-size:1.6em;line-height:1.4;text-wrap:balance;word-break:keep-all}h2{font-size:1.2em}h3,h4,h5,h6{font-size:1.05em}
.Notice,.Aside{font-size:.85em;color:var(--muted)}
.Body{text-indent:2em}.told-clause{font-weight:bold}.told-quote,.told-note{white-space:pre-wrap}
.told-quote{border-left:4px solid var(--line);padding-left:.7em}.told-details{color:var(--muted);font-size:.8em}
.Box{text-align:center;font-weight:bold}.Signature{text-align:right;padding-right:4em}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.8em;line-height:1.6}
td{border:solid var(--line);border-width:1px 0;padding:.3em .5em;vertical-align:top}.short{white-space:nowrap}
mark{color:inherit;background:none;border-radius:2px}
sup{line-height:0;font-size:.65em}sup a{padding:0 .1em}
section{border-top:1px solid var(--line);margin-top:2em}section .note{margin:0 0 1.2em;max-width:46em}
.note{border-left:4px solid var(--line);padding:.1em 0 .1em .7em;margin:.3em 0 .7em;font-size:.8em;line-height:1.6}
.note .back{float:left;margin-right:.6em;font-weight:bold}
.note p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.note small{display:block;color:var(--muted);overflow-wrap:anywhere}
.note:target,sup a:target{outline:2px solid var(--link)}
"""
_DARK = ":root{--paper:#191b1e;--ink:#e4e2dc;--muted:#a3a7ad;--line:#363a41;--link:#86b6e6}"
_NARROW = """@media screen and (max-width:52em){.noted{padding:0}nav ul{columns:1}
.row{display:flex;flex-direction:column}aside{order:1;width:auto;margin:0}}
"""
_PRINT = """@media print{body{max-width:none;padding:0;font-size:11pt;background:none}
nav{display:none}.noted{padding-right:15.4em}aside{width:14em;margin-right:-15.4em}.new{clear:none}.note{break-inside:avoid}
section .note{break-inside:auto;max-width:none}
h1,h2,h3,h4,h5,h6,.Box{break-after:avoid}tr{break-inside:avoid}mark,.note{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{size:A4;margin:20mm 16mm}
"""


def _pens(fills: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    for pen, (fill, line) in enumerate(zip(fills, lines, strict=True)):
        yield f".f{pen}{{background:#{fill}}}"
        yield f".l{pen}{{text-decoration:underline 2px #{line};text-underline-offset:.25em}}"
        yield f".n{pen}{{border-color:#{line}}}"


_LIGHT_PENS = "".join(_pens((PLAIN_FILL, *FILLS), (PLAIN_LINE, *LINES)))
_DARK_PENS = "".join(_pens((_DARK_PLAIN_FILL, *DARK_FILLS), (_DARK_PLAIN_LINE, *DARK_LINES)))

STYLE = f"{_FORM}{_LIGHT_PENS}\n@media screen and (prefers-color-scheme:dark){{{_DARK}{_DARK_PENS}}}\n{_NARROW}{_PRINT}"
"""The style sheet of the page."""
