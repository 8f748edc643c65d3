"""One message tells what became of all files."""

from desktop.ui.import_report import ImportReport


def test_of_one_file_its_own_words_are_told() -> None:
    assert ImportReport(taken=["已导入《甲》"]).text() == "已导入《甲》"
    assert ImportReport(known=["《甲》已在文库中"]).text() == "《甲》已在文库中"
    assert ImportReport(refused=["“a.pdf”是空的。"]).text() == "“a.pdf”是空的。"
    assert ImportReport(left=1).text() == ""
    assert ImportReport(taken=["已导入《甲》"], remarks=[("a", "有修订。")]).text() == "已导入《甲》。有修订。"


def test_of_several_the_numbers_and_every_reason() -> None:
    report = ImportReport(["甲", "乙"], ["丙"], ["“a.pdf”是空的。", "“b.txt”不是文字。"], 1, [("c.docx", "有修订。")])
    assert report.text() == (
        "2 个文件已导入，1 个已在文库中，1 个没有导入，2 个没有读成：“a.pdf”是空的；“b.txt”不是文字。c.docx：有修订。"
    )
    assert ImportReport(["甲", "乙"]).text() == "2 个文件已导入"


def test_a_long_list_is_cut_and_its_rest_counted() -> None:
    text = ImportReport(refused=[f"“{number}.txt”是空的。" for number in range(9)]).text()
    assert text.startswith("9 个没有读成：“0.txt”是空的；")
    assert text.endswith("“4.txt”是空的；另有 4 个。")
