"""Clauses are told with those above them, and without words that tell nothing."""

from desktop.anchoring.told import ToldClauses, tell
from desktop.model.mark import Passage
from desktop.model.origin import ToldClause
from desktop.parsing.outline import parse_outline
from desktop.services.marking import clause_place

ONE = ToldClause(0, 4, ("一、",), "一、总则")
FIVE = ToldClause(5, 20, ("一、", "5."), "5.加强领导")
SIX = ToldClause(21, 40, ("一、", "6."), "6.加强领导")
LAST = ToldClause(41, 60, ("二、",), "二、附则")
ALL = ToldClauses([LAST, SIX, FIVE, ONE])


def passage(start, exact):
    return Passage(start, start + len(exact), exact, "", "")


def test_a_clause_is_told_with_those_above_it():
    assert ALL.chain(passage(7, "加强")) == (ONE, FIVE)
    assert ALL.chain(FIVE) == (ONE, FIVE)
    assert ALL.chain(LAST) == (LAST,)
    assert ToldClauses([ToldClause(9, 12, ("一、",))]).chain(passage(3, "前言")) == ()
    assert ToldClauses(()).chain(FIVE) == ()


def test_words_belong_to_the_clause_in_which_their_first_letter_stands():
    assert ALL.chain(passage(39, "。\n二、附")) == (LAST,)


def test_only_clauses_are_told_that_hold_something():
    assert ALL.holding([passage(25, "领导")]) == (ONE, SIX)
    assert ALL.holding([]) == ()


def test_words_that_several_clauses_begin_with_are_not_told_and_of_others_how_much_they_are_alike():
    text = "一、总则\n5.加强领导,压实责任。\n6.加强领导,压实责任。\n7.加强领导,压实担子。\n二、附则\n"
    clauses = [clause_place(text, node) for node in parse_outline(text).nodes]
    told = tell(text, clauses, clauses)
    assert [clause.words for clause in told] == ["一、总则", "", "", "7.加强领导,压实担子。", "二、附则"]
    assert [clause.alike for clause in told] == [0.0, 0.0, 0.0, 0.75, 0.0]
    assert tell(text, clauses, []) == ()
