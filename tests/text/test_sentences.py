"""Where sentences end."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, 0, len(text))]


def test_stops_questions_and_exclamations_end_a_sentence_and_semicolons_do_not():
    assert sentences("甲;乙；丙。丁！戊？己!庚?辛") == ["甲;乙；丙。", "丁！", "戊？", "己!", "庚?", "辛"]


def test_closing_quotes_and_brackets_belong_to_the_sentence_they_close():
    assert sentences("他说“好。”然后走了。（完。）再说。") == ["他说“好。”", "然后走了。", "（完。）", "再说。"]
    assert sentences("“甲？！”。乙") == ["“甲？！”。", "乙"]


def test_a_straight_quote_closes_only_what_is_open():
    assert sentences('甲"乙。"丙。"丁"戊。') == ['甲"乙。"', "丙。", '"丁"戊。']


def test_blanks_behind_a_sentence_belong_to_it():
    assert sentences("甲。 乙。　") == ["甲。 ", "乙。　"]


def test_only_the_asked_range_is_split():
    assert split_sentences("甲。乙。丙。", 1, 5) == ((1, 2), (2, 4), (4, 5))
    assert split_sentences("甲。", 1, 1) == ()


@given(st.text(st.sampled_from("甲乙。！？!?；”“\"'） \u3000𠮷")), st.data())
def test_sentences_partition_the_range(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = split_sentences(text, start, end)
    assert "".join(span.of(text) for span in spans) == text[start:end]
    assert all(span.start < span.end for span in spans)
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
