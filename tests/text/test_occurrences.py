"""Every place words stand at, overlapping ones too."""

from desktop.text.occurrences import occurrences


def test_overlapping_occurrences_are_all_found():
    assert list(occurrences("一一一一", "一一")) == [0, 1, 2]
    assert list(occurrences("abababa", "aba")) == [0, 2, 4]


def test_empty_words_are_nowhere():
    assert list(occurrences("一二三", "")) == []
    assert list(occurrences("", "")) == []


def test_words_longer_than_the_text_are_nowhere():
    assert list(occurrences("一二三", "一二三四")) == []
