"""An OFD file becomes the paragraphs that were written."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest

from desktop.exchange.readers.ofd import read
from desktop.model.errors import UnreadableFileError
from desktop.model.source import LineStyle

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD = f"""<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody>
<ofd:DocInfo/><ofd:DocRoot>{{root}}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"""
FONTS = f"""<ofd:Res {SPACE}><ofd:Fonts><ofd:Font ID="1" FontName="仿宋_GB2312"/>
<ofd:Font ID="2" FontName="黑体" Bold="true"/></ofd:Fonts></ofd:Res>"""

Text = tuple[float, float, float, int, str]
"""Left, top of the object and size in millimetres, font, letters."""

TITLE = "示例市第十五个五年规划纲要"
BODY = ("“十五五”时期是基本实现社会主义现代化夯实基础、", "全面发力的关键时期，必须准确把握发展的阶段性特", "征。")
MORE = ("坚持稳中求进工作总基调，完整准确全面贯彻新发展", "理念，以高质量发展为主题。")
SIZE, LEFT, TOP, LEADING = 5.6, 28.0, 40.0, 10.0


def text_object(left: float, top: float, size: float, font: int, letters: str, steps: str = "") -> str:
    steps = steps or f"g {len(letters) - 1} {size}"
    return (
        f'<ofd:TextObject ID="9" Boundary="{left} {top} {size * len(letters)} {size}" Font="{font}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.86}" DeltaX="{steps}">{letters}</ofd:TextCode></ofd:TextObject>'
    )


def made(pages: Sequence[str], **changes: str | None) -> bytes:
    """Pack an OFD file of pages, each the elements of its layer; `changes` replaces parts or leaves them out."""
    entries = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts: dict[str, str | None] = {
        "OFD.xml": OFD.format(root="Doc_0/Document.xml"),
        "Doc_0/Document.xml": f"""<ofd:Document {SPACE}><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>
            <ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>
            <ofd:Pages>{entries}</ofd:Pages></ofd:Document>""",
        "Doc_0/PublicRes.xml": FONTS,
        "Doc_0/Tpls/Tpl_0/Content.xml": page(text_object(LEFT, 15, 4, 1, "内部资料")),
    }
    for number, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page(content)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | changes).items():
            if content is not None:
                archive.writestr(name, content)
    return file.getvalue()


def page(content: str, template: str = "") -> str:
    layer = f'<ofd:Layer ID="3"><ofd:PageBlock ID="4">{content}</ofd:PageBlock></ofd:Layer>'
    return f"<ofd:Page {SPACE}>{template}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def paragraph(row: int, lines: Sequence[str]) -> list[str]:
    return [
        text_object(LEFT + 2 * SIZE * (not n), TOP + LEADING * (row + n), SIZE, 1, line) for n, line in enumerate(lines)
    ]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(data)
    return str(caught.value)


def test_lines_are_read_from_the_top_down_whatever_their_order_in_the_file() -> None:
    objects = paragraph(0, BODY) + paragraph(3, MORE)
    assert read(made(["".join(reversed(objects))])).text.split("\n") == ["".join(BODY), "".join(MORE)]


def test_a_title_and_a_heading_in_another_font_are_told() -> None:
    objects = [
        text_object(45, 20, 9, 2, TITLE),
        text_object(LEFT, TOP, SIZE, 2, "第一章"),
        text_object(LEFT + 22, TOP, SIZE, 2, "总则"),
        *paragraph(1, BODY),
    ]
    source = read(made(["".join(objects)]))
    assert source.text.split("\n") == [TITLE, "第一章 总则", "".join(BODY)]
    assert [(hint.style, hint.level) for hint in source.hints] == [(LineStyle.TITLE, 0), (LineStyle.HEADING, 1)]


def test_page_numbers_and_what_a_template_repeats_are_left_out_and_told() -> None:
    use = '<ofd:Template TemplateID="5" ZOrder="Background"/>'
    parts: dict[str, str | None] = {}
    for number in range(3):
        foot = text_object(100, 280, 4, 1, f"—{number + 1}—")
        content = "".join(paragraph(0, (BODY, MORE, ("第三页的正文。",))[number]))
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page(content + foot, use)
    source = read(made(["", "", ""], **parts))
    assert "内部资料" not in source.text
    assert "—" not in source.text
    assert source.remarks == ("略去页眉页脚 3 处（“内部资料”）和页码 3 处，它们不是正文。",)


def test_letters_are_placed_by_their_steps_and_their_matrix() -> None:
    spread = text_object(LEFT, TOP, SIZE, 1, "总则附则", f"{SIZE} {SIZE * 1.5} {SIZE}")
    assert read(made([spread])).text == "总则 附则"
    turned = f"""<ofd:TextObject ID="9" Boundary="{LEFT} {TOP} 50 20" Font="1" Size="1" CTM="5.6 0 0 5.6 0 0">
        <ofd:TextCode X="0" Y="1" DeltaX="1 1">第一章</ofd:TextCode></ofd:TextObject>"""
    source = read(made([turned + "".join(paragraph(2, MORE))]))
    assert source.text.split("\n")[0] == "第一章"


def test_two_letters_that_are_one_picture_are_two() -> None:
    dashes = text_object(LEFT, TOP, SIZE, 1, "——扩大就业", f"0 {SIZE * 2} {SIZE} {SIZE} {SIZE}")
    assert read(made([dashes])).text == "——扩大就业"


def test_a_word_that_is_printed_twice_to_look_bold_is_one() -> None:
    twice = [text_object(LEFT + shift, TOP, SIZE, 1, "总则") for shift in (0, 0.2)]
    assert read(made(["".join(twice)])).text == "总则"


def test_attachments_keep_their_numbers_at_the_tops_of_pages() -> None:
    pages = [
        text_object(LEFT, 20, SIZE, 1, f"附件{number}") + "".join(paragraph(1, lines))
        for number, lines in enumerate((BODY, MORE), 1)
    ]
    found = read(made(pages)).text.split("\n")
    assert found == ["附件1", "".join(BODY), "附件2", "".join(MORE)]


def test_names_from_the_root_are_found() -> None:
    document = (
        f"""<Document {SPACE}><Pages><Page ID="1" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></Pages></Document>"""
    )
    data = made(["".join(paragraph(0, BODY))], **{"Doc_0/Document.xml": document})
    assert read(data).text == "".join(BODY)


def test_radicals_become_letters() -> None:
    assert read(made([text_object(LEFT, TOP, SIZE, 1, "⼈⺠")])).text == "人民"


def test_a_file_of_pictures_is_told() -> None:
    assert "没有文字" in refusal(made(['<ofd:ImageObject ID="7" ResourceID="8" Boundary="0 0 210 297"/>']))


def test_what_is_no_ofd_file_is_told() -> None:
    whole = made(["".join(paragraph(0, BODY))])
    assert "空的" in refusal(b"")
    for data in (b"MZ" + bytes(500), whole[:200], whole[:-30], made([], **{"OFD.xml": None}), b"%PDF-1.4"):
        assert "不是完整的" in refusal(data)


@pytest.mark.parametrize("name", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_a_damaged_or_missing_part_is_told(name: str) -> None:
    for content in ("<ofd:Broken", "", None):
        assert "不是完整的" in refusal(made(["".join(paragraph(0, BODY))], **{name: content}))


def test_figures_that_are_none_are_told() -> None:
    assert "不是完整的" in refusal(made([text_object(LEFT, TOP, SIZE, 1, "甲乙", "x")]))


def test_a_password_is_told() -> None:
    assert "加了密码" in refusal(made([""], **{"Encryptions.xml": "<a/>"}))


def test_entities_and_paths_that_lead_out_are_refused() -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'
    assert "DOCTYPE" in refusal(made([""], **{"Doc_0/Document.xml": evil}))
    assert "不安全的路径" in refusal(made([""], **{"../../x.xml": "<a/>"}))
    assert "不是完整的" in refusal(made([""], **{"OFD.xml": OFD.format(root="../../../etc/passwd")}))
    assert "过大" in refusal(made([""], **{"Doc_0/x.xml": " " * (90 << 20)}))
