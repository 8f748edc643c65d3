"""Notices and decrees that only cover what they forward or publish: the text below them is the document."""

import pytest

from desktop.model.outline import NoticeKind
from desktop.parsing.outline import parse_outline
from tests.parsing.drawing import drawn, tree

LAW = "（2026年3月26日某会议通过）\n第一章　总则\n第一条　甲。\n第二条　乙。"
LAW_TREE = ["chapter 第一章总则", "  article 第一条", "  article 第二条"]


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        (
            "中华人民共和国主席令\n第八十号\n《中华人民共和国某法》已由某会议于2024年6月28日通过，现予公布，自2024年11月1日"
            "起施行。\n中华人民共和国主席　某某某\n2024年6月28日",
            "中华人民共和国某法",
        ),
        (
            "中华人民共和国国务院令\n第800号\n　　《某某条例》已经2025年1月3日国务院第50次常务会议通过，现予公布，自2025年3月1日"
            "起施行。\n总理　某某\n2025年1月10日",
            "某某条例",
        ),
        (
            "某某委员会令\n第12号\n《某项目管理办法》（修订）已经第5次委务会议审议通过，现予发布，自2026年1月1日起施行。"
            "原《某管理暂行办法》同时废止。\n主任：某某某\n2025年12月1日",
            "某项目管理办法",
        ),
        (
            "某市人民代表大会常务委员会公告\n〔十七届〕第12号\n　　《某市养犬管理条例》已由某市第十七届人民代表大会常务委员会"
            "第三十次会议通过，并经某省第十四届人民代表大会常务委员会第二十次会议批准，现予公布，自2026年5月1日起施行。\n"
            "某市人民代表大会常务委员会\n2026年3月30日",
            "某市养犬管理条例",
        ),
        (
            "中华人民共和国最高人民法院\n公告\n《最高人民法院关于审理某案件适用法律若干问题的解释》已于2025年12月1日由最高"
            "人民法院审判委员会第1000次会议通过，现予公布，自2026年1月1日起施行。\n最高人民法院\n2025年12月30日\n法释〔2026〕1号",
            "最高人民法院\n关于审理某案件适用法律若干问题的解释",
        ),
        (
            "某某总局公告\n2026年第3号\n为规范管理，现将《某征管办法（试行）》予以发布，自2026年7月1日起施行。\n特此公告。\n"
            "附件：1.某申报表\n2.某说明\n某某总局\n2026年5月6日",
            "某征管办法（试行）",
        ),
        (
            "中华人民共和国主席令\n第八十一号\n《某会关于修改〈中华人民共和国某法〉的决定》已由某会通过，现予公布。\n"
            "主席　某某某\n2024年6月28日",
            "某会关于修改《中华人民共和国某法》的决定",
        ),
        (
            "关于印发工作方案的通知\n各单位：\n现将《某市某行动工作方案（2026—2028年）》印发给你们，请认真落实。\n"
            "附件1：某表\n附件2：某清单\n某市\n2026年1月1日",
            "某市某行动工作方案",
        ),
        (
            "某市关于印发《某市某规划》的通知\n各单位：\n请执行。\n附件：\n1.某表\n2.某图\n3.某清单\n某市\n2026年1月1日",
            "某市某规划（2026—2030年）",
        ),
        ("某市关于印发某方案的通知\n各单位：\n请执行。\n附件: 1. 某表\n      2. 某清单\n某市", "某方案"),
    ],
)
def test_what_a_notice_or_a_decree_covers_is_the_document(cover, title):
    outline = parse_outline(f"{cover}\n\n{title}\n{LAW}")
    assert outline.title == title.replace("\n", "")
    assert drawn(outline) == LAW_TREE
    kinds = [notice.kind for notice in outline.notices]
    assert kinds[-1] is NoticeKind.ADOPTION
    assert set(kinds[: len(cover.split("\n"))]) == {NoticeKind.OTHER}


def test_a_decree_whose_law_is_not_there_is_the_document():
    outline = parse_outline("某某令\n第1号\n《某办法》已经审议通过，现予公布。\n主任　某某\n2026年1月1日")
    assert outline.title == "某某令"


def test_a_notice_with_clauses_and_a_list_of_attachments_stays_the_document():
    text = (
        "某市关于印发《某方案》的通知\n一、要重视。\n二、要落实。\n附件：1.某表\n2.某图\n某市\n某方案\n一、甲\n乙。"
    )
    assert parse_outline(text).title == "某市关于印发《某方案》的通知"
    assert "heading 某方案" in tree(text)


def test_a_law_that_is_only_named_covers_nothing():
    text = "某市条例\n根据《某法》的规定，本条例予以公布施行。\n第一条　甲。\n某法规定的乙。"
    assert parse_outline(text).title == "某市条例"
