"""Notices and decrees that only cover what they forward or publish: the text below them is the document."""

import pytest

from desktop.model.outline import NoticeKind
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, tree

LAW = "（2026年3月26日某会议通过）\n第一章　总则\n第一条　甲。\n第二条　乙。"
LAW_TREE = ["chapter 第一章总则", "  article 第一条", "  article 第二条"]


COVERS = {
    "中华人民共和国某法": """中华人民共和国主席令
第八十号
《中华人民共和国某法》已由某会议于2024年6月28日通过，现予公布，自2024年11月1日起施行。
中华人民共和国主席　某某某
2024年6月28日""",
    "某某条例": """中华人民共和国国务院令
第800号
　　《某某条例》已经2025年1月3日国务院第50次常务会议通过，现予公布，自2025年3月1日起施行。
总理　某某
2025年1月10日""",
    "某项目管理办法": """某某委员会令
第12号
《某项目管理办法》（修订）已经审议通过，现予发布，自2026年1月1日起施行。原《某管理暂行办法》同时废止。
主任：某某某
2025年12月1日""",
    "某市养犬管理条例": """　　　　某市人民代表大会常务委员会公告
　　　　　　（十七届）第12号
　　《某市养犬管理条例》已由某市第三十次会议通过，并经某省第二十次会议批准，现予公布，自2026年5月1日起施行。
　　　　某市人民代表大会常务委员会
　　　　　　2026年3月30日""",
    "最高人民法院\n关于审理某案件适用法律若干问题的解释": """中华人民共和国最高人民法院
公告
《最高人民法院关于审理某案件适用法律若干问题的解释》已于2025年12月1日通过，现予公布，自2026年1月1日起施行。
最高人民法院
2025年12月30日
法释[2026]1号""",
    "某征管办法（试行）": """某某总局公告
2026年第3号
为规范管理，现将《某征管办法（试行）》予以发布，自2026年7月1日起施行。
特此公告。
附件：1.某申报表
2.某说明
某某总局
2026年5月6日""",
    "某会关于修改《中华人民共和国某法》的决定": """中华人民共和国主席令
第八十一号
《某会关于修改〈中华人民共和国某法〉的决定》已由某会通过，现予公布。
主席　某某某
2024年6月28日""",
    "某市某行动工作方案": """关于印发工作方案的通知
各单位：
现将《某市某行动工作方案（2026—2028年）》印发给你们，请认真落实。
附件1：某表
附件2：某清单
某市
2026年1月1日""",
    "某市某规划（2026—2030年）": """某市关于印发《某市某规划》的通知
各单位：
请执行。
附件：
1.某表
2.某图
3.某清单
某市
2026年1月1日""",
    "某省水资源条例": """某省水资源条例

某省人民代表大会常务委员会公告
（第23号）

《某省水资源条例》已由某省第十四届人民代表大会
常务委员会第十次会议于2025年9月30日审议通过，
现予公布，自2026年1月1日起施行。""",
    "某数据条例": """《某数据条例（草案二次审议稿）》公开征求意见
现公布全文，请于2026年4月1日前提出意见。
联系电话：0734-8888888
电子邮箱：a@b.cn""",
    "某管理办法（征求意见稿）": """关于公开征求《某管理办法（征求意见稿）》意见的公告
现向社会公开征求意见。
某局
2026年1月1日""",
    "某方案": """某市关于印发某方案的通知
各单位：
请执行。
附件: 1. 某表
      2. 某清单
某市""",
}


@pytest.mark.parametrize(("title", "cover"), COVERS.items())
def test_what_a_notice_or_a_decree_covers_is_the_document(title, cover):
    outline = parse_outline(f"{cover}\n\n{title}\n{LAW}")
    assert outline.title == title.replace("\n", "")
    assert drawn(outline) == LAW_TREE
    kinds = [notice.kind for notice in outline.notices]
    assert kinds[-1] is NoticeKind.ADOPTION
    assert set(kinds[: sum(map(bool, cover.split("\n")))]) == {NoticeKind.OTHER}


def test_a_decree_whose_law_is_not_there_is_the_document():
    outline = parse_outline("某某令\n第1号\n《某办法》已经审议通过，现予公布。\n主任　某某\n2026年1月1日")
    assert outline.title == "某某令"


def test_what_is_published_beside_the_document_is_attached_to_it():
    cover = "某令\n第1号\n《某甲办法》和《某乙办法（试行）》已经审议通过，现予公布。\n主任　某某"
    outline = parse_outline(f"{cover}\n某甲办法\n第一条　甲。\n某乙办法\n第一条　乙。\n第二条　丙。")
    assert outline.title == "某甲办法"
    assert drawn(outline) == ["article 第一条", "heading 某乙办法", "  article 第一条", "  article 第二条"]
    assert outline.warnings == ()


def test_a_law_that_an_article_names_is_no_attachment():
    text = "某条例\n第一条　甲。\n《某法》施行后，从其规定。\n第二条　乙。\n某法\n丙。"
    assert not [line for line in tree(text) if line.startswith("heading")]


def test_a_notice_with_clauses_and_a_list_of_attachments_stays_the_document():
    text = "某市关于印发《某方案》的通知\n一、要重视。\n二、要落实。\n附件：1.某表\n2.某图\n某市\n某方案\n一、甲\n乙。"
    assert parse_outline(text).title == "某市关于印发《某方案》的通知"
    assert "heading 某方案" in tree(text)


def test_a_law_that_is_only_named_covers_nothing():
    text = "某市条例\n根据《某法》的规定，本条例予以公布施行。\n第一条　甲。\n某法规定的乙。"
    assert parse_outline(text).title == "某市条例"


@pytest.mark.parametrize("between", ["（2001年1月1日公布 根据2026年1月1日《决定》修改）\n", ""])
def test_a_law_that_is_printed_behind_the_decision_that_amends_it_is_attached(between):
    text = "关于修改某办法的决定\n一、甲。\n二、乙。\n本决定自公布之日起施行。\n\n某市办法\n"
    text += f"{between}第一条 甲。\n第二条 乙。"
    outline = parse_outline(text)
    assert outline.title == "关于修改某办法的决定"
    assert drawn(outline) == [
        "heading 一、甲",
        "heading 二、乙",
        "  closing ",
        "heading 某市办法",
        "  article 第一条",
        "  article 第二条",
    ]
    assert [notice.kind for notice in outline.notices[1:]] == [NoticeKind.ADOPTION] * bool(between)
    assert outline.warnings == ()
