"""Web pages around one article, built as the sites of governments build theirs."""

# ruff: noqa: E501, RUF001 (markup is as it is found)

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "某省国民经济和社会发展第十五个五年规划纲要"
ARTICLE = (
    "（2026年1月30日某省第十四届人民代表大会第四次会议批准）",
    "第一篇　总体要求",
    "第一章　发展环境",
    "“十四五”时期，全省上下团结奋斗，经济社会发展取得新成就。朱镕基、喆、堃等字也在其中。",
    "第一节　主要成就",
    "综合实力迈上新台阶，地区生产总值年均增长5.5%。",
    "第二章　指导思想",
    "坚持稳中求进工作总基调，推动高质量发展。",
    "——坚持党的全面领导。发挥总揽全局作用。",
    "附件：重大工程项目表",
)
LONGER = (
    *ARTICLE[:-1],
    "各级各部门要切实加强组织领导，压实责任，细化举措，确保各项目标任务落到实处。" * 6,
    ARTICLE[-1],
)

Page = Callable[[Sequence[str]], str]


def _paragraphs(lines: Sequence[str], style: str) -> str:
    return "".join(
        f'<p style="{style}"><span style="font-family:宋体;font-size:12pt">{line}</span></p>' for line in lines
    )


def central(lines: Sequence[str]) -> str:
    """Return a page as the site of the centre: a table of facts, an editor called UCAP-CONTENT, related texts."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_中国政府网</title><meta name="keywords" content="规划"><script>var a="正文"; function x(){{}}</script>
<style>.p{{}}</style>
</head>
<body>
<div class="header"><div class="topbar"><a href="/">首页</a> | <a href="/en">English</a> | <a href="/wza">无障碍</a> | <a href="/app">客户端</a></div>
<div class="logo"><a href="/"><img src="l.png"></a></div>
<div class="nav_box"><ul><li><a href="/g">国务院</a></li>
<li><a href="/x">新闻</a></li>
<li><a href="/z">政策</a></li>
<li><a href="/h">互动</a></li>
<li><a href="/f">服务</a></li>
</ul>
</div>
</div>
<div class="BreadcrumbNav">首页 &gt; <a href="/z">政策</a> &gt; <a href="/zz">国务院政策文件库</a> &gt; 正文</div>
<div class="main"><div class="wrap">
<table class="bd1"><tr><td><b>索 引 号：</b></td><td>000014349/2026-00001</td><td><b>主题分类：</b></td><td>国民经济管理、国有资产监管\\宏观经济</td></tr>
<tr><td><b>发文机关：</b></td><td>某省人民政府</td><td><b>成文日期：</b></td><td>2026年02月01日</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">{TITLE}</td></tr>
<tr><td><b>发文字号：</b></td><td>某政发〔2026〕1号</td><td><b>发布日期：</b></td><td>2026年02月03日</td></tr>
</table>
<div class="share" id="share"><span>字号：</span><a href="javascript:doZoom(16)">默认</a> <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(20)">超大</a> | <a href="javascript:window.print()">打印</a> <a href="#">收藏</a> <a href="#">留言</a> | <span>分享到：</span><a href="javascript:;" class="wx">微信</a></div>
<div class="pages_content" id="UCAP-CONTENT"><p style="text-align:center"><span style="font-size:18pt"><strong>{TITLE}</strong></span></p>
<p style="text-align:center">{lines[0]}</p>{_paragraphs(lines[1:], "text-indent:2em")}</div>
<div class="editor">责任编辑：张三</div>
<div class="wwwgov_qr" style="display:none">扫一扫在手机打开当前页</div>
<div class="related_gov"><h2>相关稿件</h2><ul><li><a href="/1">一图读懂规划纲要的主要内容</a></li>
<li><a href="/2">专家解读：新阶段的发展蓝图</a></li>
</ul>
</div>
</div>
</div>
<div class="footer"><p>链接：<a href="/a">全国人大</a> | <a href="/b">全国政协</a></p>
<p>主办单位：国务院办公厅　运行维护单位：中国政府网运行中心</p>
<p>版权所有：中国政府网　网站标识码bm01000001　京ICP备05070218号　京公网安备11010202000001号</p>
</div>
<script>var _hmt=[];</script>
</body></html>"""


def province(lines: Sequence[str]) -> str:
    """Return a page as a province: an editor called TRS_Editor, indents of unbreakable blanks, GBK letters under charset=gb2312."""
    indented = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>" for line in lines[1:])
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{TITLE}-某省人民政府门户网站</title></head>
<body>
<div class="top"><span>今天是2026年2月3日 星期二</span><a href="/">设为首页</a><a href="/f">加入收藏</a><a href="/w">网站支持IPv6</a></div>
<div id="menu1"><table><tr><td><a href="/1">首页</a></td><td><a href="/2">政务公开</a></td><td><a href="/3">政务服务</a></td><td><a href="/4">政民互动</a></td></tr>
</table>
</div>
<div class="dqwz">您当前的位置：<a href="/">首页</a> &gt; <a href="/2">政务公开</a> &gt; <a href="/gh">规划计划</a></div>
<div class="content"><div class="title">{TITLE}</div>
<div class="info"><span>发布时间：2026-02-03 09:12</span>　<span>来源：省发展改革委</span>　<span>作者：</span>　<span>浏览次数：<script>document.write(1)</script>1024</span>　<span>字体：[<a href="javascript:a(1)">大</a> <a href="javascript:a(2)">中</a> <a href="javascript:a(3)">小</a>]</span></div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style>
<div class="Custom_UnionStyle"><p align="center">{lines[0]}</p>
{indented}</div>
</div>
<div class="fj">附件：<a href="P020260203.pdf">重大工程项目表.pdf</a></div>
<div class="bottom_tool"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="sxp"><p>上一篇：<a href="/a">关于做好春节期间工作的通知</a></p>
<p>下一篇：<a href="/b">关于印发2026年工作要点的通知</a></p>
</div>
<div class="ewm"><img src="q.png"><p>扫一扫在手机打开当前页</p>
</div>
</div>
<div class="bottom"><p>主办：某省人民政府办公厅　承办：某省大数据局</p>
<p>网站标识码：4300000001　湘ICP备05000618号　湘公网安备43010202000001号</p>
<p><a href="/gy">关于我们</a> | <a href="/dt">网站地图</a> | <a href="/lx">联系我们</a></p>
</div>
</body></html>"""


def old_city(lines: Sequence[str]) -> str:
    """Return a page as an old site of a city: tables lay out the page, the lines end with <br>."""
    indented = "<BR>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{TITLE}</TITLE></HEAD>
<BODY bgColor=#ffffff>
<TABLE width=1000 align=center><TR><TD><IMG src="top.jpg"></TD></TR>
<TR><TD><A href="/">网站首页</A> <A href="/a">领导之窗</A> <A href="/b">政务公开</A> <A href="/c">办事服务</A></TD></TR>
</TABLE>
<TABLE width=1000 align=center><TR><TD width=200 valign=top><TABLE><TR><TD>栏目导航</TD></TR>
<TR><TD><A href="/1">发展规划</A></TD></TR>
<TR><TD><A href="/2">统计公报</A></TD></TR>
<TR><TD><A href="/3">政府工作报告</A></TD></TR>
</TABLE>
</TD>
<TD valign=top><TABLE><TR><TD>当前位置：<A href="/">首页</A> &gt;&gt; <A href="/1">发展规划</A> &gt;&gt; 正文</TD></TR>
<TR><TD align=center><FONT size=5 color=red><B>{TITLE}</B></FONT></TD></TR>
<TR><TD align=center>发布日期：2026-02-03　信息来源：市发改委　点击数：99　【字体：<A href="javascript:f(1)">大</A> <A href="javascript:f(2)">中</A> <A href="javascript:f(3)">小</A>】</TD></TR>
<TR><TD><FONT face=宋体 size=3>{indented}</FONT></TD></TR>
<TR><TD align=right><A href="javascript:print()">打印</A>　<A href="javascript:close()">关闭</A></TD></TR>
<TR><TD>相关链接：<BR>·<A href="/x">关于征求规划意见的公告</A><BR>·<A href="/y">规划编制工作启动</A></TD></TR>
</TABLE>
</TD></TR>
</TABLE>
<TABLE width=1000 align=center><TR><TD align=center>主办单位：某市人民政府　承办单位：某市电子政务办<BR>技术支持：某某科技有限公司　建议使用1024*768分辨率<BR>备案号：湘ICP备12345678号-1</TD></TR>
</TABLE>
</BODY></HTML>"""


def city(lines: Sequence[str]) -> str:
    """Return a page as a new site of a city: related texts, a question to the reader, hidden text."""
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{TITLE}_规划计划_某市人民政府</title></head>
<body class="v2">
<div id="app-header"><div class="login"><a href="/l">登录</a><a href="/r">注册</a></div>
<form class="so"><input value="请输入关键字"><button>搜索</button></form><p class="hot">热搜：<a href="/s1">公积金</a> <a href="/s2">社保</a></p>
</div>
<div class="position">当前位置：<a>首页</a>&nbsp;&gt;&nbsp;<a href="/zw">政务公开</a>&nbsp;&gt;&nbsp;<span>规划计划</span></div>
<div class="con"><h1 class="tit">{TITLE}</h1>
<div class="pub"><div>时间：2026-02-03</div>
<div>来源：市政府办</div>
<div class="fs">【字号：<span onclick="a()">大</span><span>中</span><span>小</span>】</div>
</div>
<div class="bdsharebuttonbox"><span>分享：</span><a href="#" class="bds_weixin"></a><a href="#" class="bds_tsina"></a></div>
<div class="article" id="zoom"><!--ZJEG_RSS.content.begin--><ucapcontent><p style="text-align: center;">{lines[0]}</p>{_paragraphs(lines[1:], "text-indent:32px;line-height:2em")}
<p style="display:none">隐藏的文字不应出现。</p>
</ucapcontent><!--ZJEG_RSS.content.end--></div>
<div class="tools"><span>责任编辑：李四</span><span class="print" onclick="window.print()">打印</span><span class="close">关闭</span></div>
<div class="code"><p>扫一扫，手机浏览</p>
</div>
<div class="xgwj"><h3>相关文件</h3>
<ul><li><a href="/1">某市人民政府关于印发规划纲要的通知</a><span>2026-02-03</span></li>
</ul>
</div>
<div class="jd"><h3>相关解读</h3>
<ul><li><a href="/1">图解：一图读懂</a><span>2026-02-04</span></li>
<li><a href="/2">政策解读</a></li>
</ul>
</div>
<div class="pj"><p>您觉得这篇文章对您是否有帮助？</p>
<label><input type="radio">有帮助</label><label><input type="radio">没有帮助</label></div>
</div>
<div id="foot-wrap"><p>主办：某市人民政府　承办：某市人民政府办公室</p>
<p>网站标识码：4304000001　湘公网安备43040002000001号　湘ICP备05009488号</p>
<p>联系电话：0734-8866000</p>
</div>
</body></html>"""


PAGES: dict[str, Page] = {"central": central, "province": province, "old city": old_city, "city": city}
