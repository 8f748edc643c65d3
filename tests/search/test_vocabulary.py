"""The vocabulary of a library: letters find words, and what goes takes its words along."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import vocabulary
from desktop.search.vocabulary import STRETCH, Vocabulary, add_edition, create, editions, remove_edition, set_tags

TABLES = ("words", "letters", "terms", "editions", "tags", "state")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        create(opened)
        yield opened


@pytest.fixture(scope="module")
def plan(plan_text: str) -> Iterator[Vocabulary]:
    """Return the vocabulary of the plan."""
    with closing(sqlite3.connect(":memory:")) as opened:
        create(opened)
        _add(opened, "1", plan_text, "六、强化湘南地区中心城市功能")
        yield Vocabulary(opened)


def _add(connection: sqlite3.Connection, edition_id: str, text: str, *headings: str) -> None:
    for _ in add_edition(connection, edition_id, text, headings):
        pass


def _remove(connection: sqlite3.Connection, edition_id: str, text: str) -> None:
    for _ in remove_edition(connection, edition_id, text):
        pass


def _set_tags(connection: sqlite3.Connection, tags: dict[str, int]) -> None:
    for _ in set_tags(connection, tags):
        pass


def _step(steps: Iterator[bool]) -> None:
    """Go on to where it may be committed."""
    next(filter(None, steps))


def _rows(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [sorted(connection.execute("SELECT * FROM vocabulary_" + name)) for name in TABLES]  # noqa: S608


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("gzlfz", "高质量发展"),
        ("GZLFZ", "高质量发展"),
        ("gaozhiliang", "高质量发展"),
        ("gaozhiliangfazhan", "高质量发展"),
        ("gaozhiliangfa", "高质量发展"),
        ("gaozhil", "高质量"),
        ("sww", "十五五"),
        ("wwjsbe", "稳五进三布二"),
        ("zzlswlxc", "制造立市、文旅兴城"),
        ("zhong", "中心"),
    ],
)
def test_letters_find_the_words_of_the_plan(plan: Vocabulary, letters: str, word: str) -> None:
    assert word in plan.words_for(letters)


@pytest.mark.parametrize(
    ("text", "letters", "word"),
    [
        ("建设重庆和长沙", "cq", "重庆"),
        ("建设重庆和长沙", "zq", "重庆"),
        ("建设重庆和长沙", "chongqing", "重庆"),
        ("建设重庆和长沙", "zhongqing", "重庆"),
        ("建设重庆和长沙", "cs", "长沙"),
        ("建设重庆和长沙", "zs", "长沙"),
        ("绿色战略", "lvse", "绿色"),
        ("绿色战略", "lüse", "绿色"),
        ("绿色战略", "zhanlue", "战略"),
        ("绿色战略", "zhanlve", "战略"),
        ("到西安去", "xi'an", "西安"),
        ("两个方案", "fangan", "方案"),
        ("发展方向", "fangxian", "方向"),
        ("推进AI赋能", "aifn", "AI赋能"),
        ("产业链供应链协同发展", "cylgylxtfz", "产业链供应链协同发展"),
    ],
)
def test_every_reading_and_neighbouring_words_are_found(
    connection: sqlite3.Connection, text: str, letters: str, word: str
) -> None:
    _add(connection, "1", text)
    assert word in Vocabulary(connection).words_for(letters)


@pytest.mark.parametrize(
    "letters", ["", "g", "高质量", "g z", "x1", "%%", "*?", "[a]", "a" * 41, "gaozhi'", "\x00\ud800"]
)
def test_no_letters_give_an_error(plan: Vocabulary, letters: str) -> None:
    assert all(word[0] == "高" for word in plan.words_for(letters))


def test_what_seldom_goes_on_after_a_whole_word_is_not_told_apart(plan: Vocabulary) -> None:
    assert plan.words_for("gaozhiliang") == ("高质量", "高质量发展")
    assert plan.words_for("gaozhiliangfazhan") == ("高质量发展",)


def test_words_across_punctuation_are_no_run(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "绿色，发展。绿色2030发展\n绿色\n发展")
    assert Vocabulary(connection).beginning_with("绿色") == ()
    assert Vocabulary(connection).counts(["绿色", "发展", "绿色发展"]) == {"绿色": 3, "发展": 3}


def test_runs_neither_begin_nor_end_with_a_joining_word(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "发展的成果和经验")
    assert set(Vocabulary(connection).counts(["发展的成果", "成果和经验", "发展的", "的成果"])) == {
        "发展的成果",
        "成果和经验",
    }


def test_headings_tags_and_quotations_enter_whole(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "坚持“双随机、一公开”监管", "加快构建现代化产业体系和全民共享幸福生活")
    _set_tags(connection, {"待核实、重要": 2, "存疑": 1})
    words = Vocabulary(connection)
    assert words.words_for("ssjygk") == ("双随机、一公开",)
    assert words.words_for("jkgjxdhcytxhqmgxxfsh") == ("加快构建现代化产业体系和全民共享幸福生活",)
    assert words.words_for("dhszy") == ("待核实、重要",)
    assert words.words_for("cunyi") == ("存疑",)
    _set_tags(connection, {"待核实、重要": 1})
    assert words.words_for("dhszy") == ("待核实、重要",)
    assert words.words_for("cunyi") == ()
    _set_tags(connection, {})
    assert words.words_for("dhszy") == ()


def test_frequent_words_come_first(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "规则，工作，工作，工作，规则，国家")
    assert Vocabulary(connection).words_for("gz")[:2] == ("工作", "规则")
    assert Vocabulary(connection).words_for("gz", limit=1) == ("工作",)
    assert Vocabulary(connection).beginning_with("工") == ("工作",)
    assert Vocabulary(connection).total == 6


def test_a_piece_of_one_longer_entry_is_not_suggested_beside_it(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "高水平对外开放，高水平")
    assert Vocabulary(connection).beginning_with("高") == ("高水平", "高水平对外开放")


def test_terms_of_the_library_are_told_without_its_texts(connection: sqlite3.Connection) -> None:
    _add(connection, "1", "“十五五”时期，“稳五进三布二”")
    _add(connection, "2", "“十五五”规划")
    assert Vocabulary(connection).terms() == ("十五五", "稳五进三布二")
    _remove(connection, "1", "“十五五”时期，“稳五进三布二”")
    assert Vocabulary(connection).terms() == ("十五五",)


@given(st.lists(st.text(alphabet="高质量发展重庆长沙的和“”，\n", max_size=40), min_size=2, max_size=4), st.data())
def test_what_is_removed_leaves_no_trace(texts: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(texts) - 1))
    with closing(sqlite3.connect(":memory:")) as one, closing(sqlite3.connect(":memory:")) as all_of_them:
        create(one)
        create(all_of_them)
        _add(one, str(kept), texts[kept], "一、发展")
        for number, text in enumerate(texts):
            _add(all_of_them, str(number), text, "一、发展")
        for number, text in enumerate(texts):
            if number != kept:
                _remove(all_of_them, str(number), text)
        assert _rows(all_of_them) == _rows(one)


def test_a_large_vocabulary_takes_only_what_was_seen_twice_and_still_forgets_all(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(connection, "1", "绿色发展")
    before = _rows(connection)
    monkeypatch.setattr(vocabulary, "SMALL", 1)
    text = "产业发展，产业发展，文化发展"
    _add(connection, "2", text)
    assert set(Vocabulary(connection).counts(["产业发展", "文化发展", "文化"])) == {"产业发展", "文化"}
    monkeypatch.undo()
    _remove(connection, "2", text)
    assert _rows(connection) == before


def test_building_goes_on_where_it_was_stopped(
    connection: sqlite3.Connection, plan_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "STRETCH", 1000)
    for _ in add_edition(connection, "1", plan_text, ["一、发展"]):
        pass
    whole = _rows(connection)
    create(connection)
    steps = 0
    while not editions(connection).get("1"):
        _step(add_edition(connection, "1", plan_text, ["一、发展"]))
        steps += 1
    assert steps > 5
    assert _rows(connection) == whole
    assert list(add_edition(connection, "1", plan_text)) == []
    assert editions(connection) == {"1": True}


def test_half_an_edition_can_be_removed_and_half_a_removal_taken_back(
    connection: sqlite3.Connection, plan_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = _rows(connection)
    monkeypatch.setattr(vocabulary, "STRETCH", 1000)
    _step(add_edition(connection, "1", plan_text, ["一、发展"]))
    _remove(connection, "1", plan_text)
    assert _rows(connection) == empty
    _remove(connection, "1", plan_text)
    _add(connection, "1", plan_text, "一、发展")
    whole = _rows(connection)
    _step(remove_edition(connection, "1", plan_text))
    assert editions(connection) == {"1": False}
    _add(connection, "1", plan_text, "一、发展")
    assert _rows(connection) == whole


def test_removing_really_takes_the_words_from_the_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "words.sqlite")) as opened:
        opened.execute("PRAGMA secure_delete = ON")
        create(opened)
        _add(opened, "1", "稳五进三布二的秘密")
        opened.commit()
        assert "秘密".encode() in (tmp_path / "words.sqlite").read_bytes()
        _remove(opened, "1", "稳五进三布二的秘密")
        opened.commit()
    assert "秘密".encode() not in (tmp_path / "words.sqlite").read_bytes()


def test_a_text_of_one_huge_line_is_taken_in_stretch_by_stretch(connection: sqlite3.Connection) -> None:
    steps = 0
    for whole in add_edition(connection, "1", "发展，" * STRETCH):
        steps += whole
    assert steps == 3
    assert Vocabulary(connection).counts(["发展"])["发展"] >= STRETCH - steps


def test_letters_are_answered_within_a_keystroke(plan: Vocabulary) -> None:
    begin = time.perf_counter()
    for letters in ("gzlfz", "gaozhiliangfazhan", "zhong", "angangangangangangangangang", "xianxianxianxian"):
        plan.words_for(letters)
    assert time.perf_counter() - begin < 0.5


def test_it_can_be_stopped_every_few_milliseconds(connection: sqlite3.Connection, plan_text: str) -> None:
    assert sum(1 for _ in add_edition(connection, "1", plan_text)) > 20
    assert sum(1 for _ in remove_edition(connection, "1", plan_text)) > 20
