"""Web annotations of any program: every way they are wrapped and written, and what is refused in words."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.readers import annotations as reader
from desktop.exchange.readers.annotations import read_annotations
from desktop.exchange.readers.markup import plain_text
from desktop.model.annotation import Annotation, OwnProperties, Quote, Target
from desktop.model.errors import UnreadableFileError
from desktop.model.mark import MarkKind
from desktop.model.span import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotation(**values: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "target": "urn:x:text"}
    return {name: value for name, value in (plain | values).items() if value is not None}


def read(document: Any) -> tuple[Annotation, ...]:
    return read_annotations(json.dumps(document).encode()).annotations


def only(**values: Any) -> Annotation:
    (found,) = read(annotation(**values))
    return found


ONE, TWO = annotation(bodyValue="一"), annotation(id="urn:x:2", bodyValue="二")


@pytest.mark.parametrize(
    ("document", "notes"),
    [
        (ONE, ["一"]),
        ([ONE, TWO], ["一", "二"]),
        ([], []),
        ({"type": "AnnotationPage", "items": [ONE, TWO]}, ["一", "二"]),
        ({"type": ["AnnotationCollection", "x"], "first": {"type": "AnnotationPage", "items": [ONE]}}, ["一"]),
        (
            {
                "type": "AnnotationCollection",
                "first": {"type": "AnnotationPage", "items": ONE, "next": {"type": "AnnotationPage", "items": [TWO]}},
            },
            ["一", "二"],
        ),
        ({"@context": CONTEXT, "@graph": [ONE, TWO]}, ["一", "二"]),
        ([{"type": "AnnotationPage", "items": [ONE]}, TWO], ["一", "二"]),
        (
            {
                "@context": [CONTEXT, "http://www.w3.org/ns/ldp.jsonld", {"x": "urn:x:"}],
                "type": ["BasicContainer", "AnnotationCollection"],
                "label": {"zh": "标注", "en": "Annotations"},
                "total": 1,
                "first": {"id": "urn:x:page", "startIndex": 0, "items": [ONE]},
                "last": "urn:x:page",
            },
            ["一"],
        ),
        ({"@type": "oa:Annotation", "@id": "urn:x:3", "target": "urn:x:text", "bodyValue": "三"}, ["三"]),
        ({"type": "http://www.w3.org/ns/oa#Annotation", "target": "urn:x:text", "bodyValue": "四"}, ["四"]),
    ],
)
def test_annotations_are_found_in_whatever_they_are_wrapped(document: Any, notes: list[str]) -> None:
    assert [found.note for found in read(document)] == notes


def test_pages_that_lie_elsewhere_are_told_and_not_fetched() -> None:
    page = {"type": "AnnotationPage", "items": [ONE], "next": "https://a.cn/2"}
    found = read_annotations(json.dumps({"type": "AnnotationCollection", "first": page}).encode())
    assert [entry.note for entry in found.annotations] == ["一"]
    assert found.remarks == ("文件里只有其中一部分标注：其余的在别处（它写着下一页的地址），没有读入。",)


def test_annotations_that_are_told_by_their_addresses_only_are_remarked() -> None:
    found = read_annotations(json.dumps({"type": "AnnotationPage", "items": ["https://a.cn/1", ONE]}).encode())
    assert [entry.note for entry in found.annotations] == ["一"]
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    ("body", "note", "tags"),
    [
        ({"value": {"en": "one", "zh-CN": "甲"}}, "甲", ()),
        ({"value": {"en": ["one"], "fr": "un"}}, "one", ()),
        ([{"value": [{"@value": "甲", "@language": "zh"}], "format": ["text/html; charset=utf-8"]}], "甲", ()),
        ({"type": "Choice", "purpose": "tagging", "items": [{"value": "甲"}, {"value": "乙"}]}, "", ("甲",)),
        ({"type": "TextualBody", "value": "甲", "purpose": ["replying", "tagging"]}, "甲", ()),
        ({"value": "<i>甲</i>&nbsp;乙", "format": "application/xhtml+xml"}, "甲\xa0乙", ()),
        ({"type": "TextualBody", "value": "甲<b>"}, "甲<b>", ()),
        ([{"value": "甲"}, {"value": "乙", "purpose": "commenting"}], "甲\n\n乙", ()),
        ([{"value": "甲", "purpose": "tagging"}, {"value": "乙", "purpose": "oa:tagging"}], "", ("甲", "乙")),
        ([{"value": "甲", "purpose": "tagging"}] * 2, "", ("甲",)),
        ({"type": "Choice", "items": [{"value": "首选"}, {"value": "另一"}]}, "首选", ()),
        ({"type": "List", "items": [{"value": "甲"}, {"value": "乙"}]}, "甲\n\n乙", ()),
        ({"type": "SpecificResource", "purpose": "tagging", "source": {"value": "甲"}}, "", ("甲",)),
        ({"type": "SpecificResource", "purpose": "tagging", "source": "urn:x:tag"}, "", ("urn:x:tag",)),
        ("https://a.cn/note", "https://a.cn/note", ()),
        ({"id": "https://a.cn/v", "type": "Video"}, "https://a.cn/v", ()),
        ({"value": {"@value": "甲", "@language": "zh"}}, "甲", ()),
        ({"value": "<p>甲&amp;乙</p><script>x()</script><p>丙<br>丁", "format": "text/html"}, "甲&乙\n\n丙\n丁", ()),
        ({"value": "**甲**", "format": "text/markdown"}, "**甲**", ()),
        ([], "", ()),
        (None, "", ()),
    ],
)
def test_bodies_are_notes_and_tags(body: Any, note: str, tags: tuple[str, ...]) -> None:
    found = only(body=body)
    assert (found.note, found.tags) == (note, tags)


QUOTE = {"type": "TextQuoteSelector", "exact": "甲乙", "prefix": "前", "suffix": "后"}
POSITION = {"type": "TextPositionSelector", "start": 3, "end": 5}
FRAGMENT = {"type": "FragmentSelector", "value": "p1"}


@pytest.mark.parametrize(
    ("selector", "quote", "position"),
    [
        (QUOTE, Quote("甲乙", "前", "后"), None),
        ([POSITION, QUOTE], Quote("甲乙", "前", "后"), Span(3, 5)),
        ({"type": "TextQuoteSelector", "exact": "甲"}, Quote("甲"), None),
        ([FRAGMENT, {"type": "XPathSelector", "value": "/p"}], None, None),
        (FRAGMENT | {"refinedBy": QUOTE}, Quote("甲乙", "前", "后"), None),
        (FRAGMENT | {"refinedBy": POSITION}, None, None),
        ({"type": "Choice", "items": [QUOTE, POSITION]}, Quote("甲乙", "前", "后"), Span(3, 5)),
        (QUOTE | {"refinedBy": {"type": "TextQuoteSelector", "exact": "乙"}}, Quote("乙"), None),
        (QUOTE | {"refinedBy": POSITION | {"start": 1, "end": 2}}, Quote("乙", "前甲", "后"), None),
        (QUOTE | {"refinedBy": POSITION}, Quote("甲乙", "前", "后"), None),
        (POSITION | {"refinedBy": QUOTE}, Quote("甲乙", "前", "后"), None),
        ({"type": "RangeSelector", "startSelector": FRAGMENT, "endSelector": FRAGMENT}, None, None),
        ({"type": "CssSelector", "value": "p"}, None, None),
        ({"type": "DataPositionSelector", "start": 1, "end": 2}, None, None),
        ({"type": "SvgSelector", "value": "<svg/>"}, None, None),
        ("https://a.cn/selector", None, None),
        ({"type": "TextQuoteSelector", "exact": {"zh": "甲"}}, Quote("甲"), None),
        (None, None, None),
    ],
)
def test_selectors_are_quotes_and_positions(selector: Any, quote: Quote | None, position: Span | None) -> None:
    assert only(target={"source": "urn:x:t", "selector": selector}).targets == (Target("urn:x:t", quote, position),)


@pytest.mark.parametrize(
    ("target", "sources"),
    [
        ("urn:x:t", ["urn:x:t"]),
        ({"id": "urn:x:t", "type": "Text"}, ["urn:x:t"]),
        ({"source": {"id": "urn:x:t"}}, ["urn:x:t"]),
        (["urn:x:a", {"source": "urn:x:b"}], ["urn:x:a", "urn:x:b"]),
        ({"type": "Independents", "items": ["urn:x:a", "urn:x:b"]}, ["urn:x:a", "urn:x:b"]),
    ],
)
def test_targets_name_their_sources(target: Any, sources: list[str]) -> None:
    assert [entry.source for entry in only(target=target).targets] == sources


def test_a_source_may_be_told_by_its_hash() -> None:
    assert only(target=f"urn:sha256:{'AB' * 32}").targets[0].sha256 == "ab" * 32
    assert only(target="https://a.cn").targets[0].sha256 is None


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ({"type": "Person", "name": "王"}, "王"),
        ({"name": {"en": "Wang", "zh": "王"}}, "王"),
        ({"name": ["王", "Wang"], "email": "mailto:w@a.cn"}, "王"),
        ({"id": "urn:x:w", "nickname": "小王"}, "小王"),
        ({"id": "urn:x:w"}, "urn:x:w"),
        ("acct:wang@a.cn", "acct:wang@a.cn"),
        ([{"name": "王"}, {"name": "李"}], "王"),
        (7, ""),
        (None, ""),
    ],
)
def test_creators_have_names(creator: Any, name: str) -> None:
    assert only(creator=creator).creator == name


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-22T03:05:07Z", datetime(2026, 11, 22, 3, 5, 7, tzinfo=UTC)),
        ("2026-11-22T11:05:07.5+08:00", datetime(2026, 11, 22, 3, 5, 7, 500_000, tzinfo=UTC)),
        ("2026-11-22T03:05:07", datetime(2026, 11, 22, 3, 5, 7, tzinfo=UTC)),
        ({"@value": "2026-11-22", "@type": "xsd:date"}, datetime(2026, 11, 22, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (5, None),
    ],
)
def test_times_are_utc_or_unknown(written: Any, moment: datetime | None) -> None:
    assert only(created=written, modified=written).created == moment


def test_properties_of_our_own_are_taken_where_they_make_sense() -> None:
    own = {"yuece:kind": "task", "yuece:style": "wavy", "yuece:pen": 9, "yuece:private": "yes", "yuece:clause": ["一"]}
    assert only(**own).own == OwnProperties(kind=MarkKind.TASK, clause=("一",))
    assert only().own == OwnProperties()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完整的 JSON"),
        (b"{", "不是完整的 JSON"),
        (b"\xff\xfe\x00", "不是完整的 JSON"),
        (b"[" * 100_000, "不是完整的 JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "不是完整的 JSON"),
        (b"1", "没有网页标注"),
        (b'{"type": "Person"}', "没有网页标注"),
        (b'["x"]', "没有网页标注"),
        (b"[" * 60 + b"]" * 60, "层数太多"),
    ],
)
def test_what_holds_no_annotations_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read_annotations(data)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": []}, "没有写明"),
        ({"target": 5}, "没有写明"),
        ({"target": {"source": 5}}, "来源不对"),
        ({"target": {"source": "urn:x:t", "selector": POSITION | {"start": 9}}}, "位置不对"),
        ({"target": {"source": "urn:x:t", "selector": POSITION | {"start": -1}}}, "位置不对"),
        ({"target": {"source": "urn:x:t", "selector": POSITION | {"end": True}}}, "位置不对"),
        ({"target": {"source": "urn:x:t", "selector": POSITION | {"end": 2**60}}}, "位置不对"),
        ({"target": {"source": "urn:x:t", "selector": QUOTE | {"exact": 5}}}, "引文不对"),
        ({"body": 5}, "不是文字"),
        ({"body": {"value": 5}}, "不是文字"),
        ({"body": [{"value": "x"}] * 2001}, "部分太多"),
        ({"target": ["urn:x:t"] * 2001}, "部分太多"),
    ],
)
def test_an_annotation_that_cannot_be_is_told_by_its_number_and_nothing_is_read(
    values: dict[str, Any], said: str
) -> None:
    with pytest.raises(UnreadableFileError, match=f"第 2 条标注.*{said}.*整个文件没有读入"):
        read([ONE, annotation(**values)])


def test_parts_within_parts_without_end_are_refused() -> None:
    nested: Any = {"value": "x"}
    for _ in range(200):
        nested = [nested]
    with pytest.raises(UnreadableFileError, match="层数太多"):
        read(annotation(body=nested))


def test_there_are_limits_of_number_and_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ANNOTATIONS", 2)
    assert len(read([ONE, TWO])) == 2
    with pytest.raises(UnreadableFileError, match="超过 2 条"):
        read([ONE, TWO, ONE])
    with pytest.raises(UnreadableFileError, match="太长"):
        read(annotation(bodyValue="长" * 1_000_001))
    with pytest.raises(UnreadableFileError, match="太长"):
        read(annotation(body=[{"value": f"标{number}", "purpose": "tagging"} for number in range(1001)]))


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2200-01-01"])
def test_a_time_that_not_every_system_can_show_is_taken_for_none(time: str) -> None:
    (found,) = read(annotation(created=time, modified=time))
    assert (found.created, found.modified) == (None, None)


def test_other_encodings_of_json_are_read() -> None:
    text = json.dumps(ONE, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert read_annotations(text.encode(encoding)).annotations[0].note == "一"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4) | st.sampled_from(["Annotation", "Choice"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "id", "body", "target", "items", "selector", "value", "source", "first", "purpose"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(_JSON, _JSON)
def test_no_document_does_anything_but_be_read_or_refused(body: Any, target: Any) -> None:
    for document in (body, annotation(body=body, target=target)):
        with suppress(UnreadableFileError):
            read(document)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("甲 &lt;乙&gt;", "甲 <乙>"),
        ("<div>甲</div><div>乙</div>", "甲\n\n乙"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n\n乙"),
        ("甲\n  乙<br/>丙", "甲 乙\n丙"),
        ("<style>x</style><img src=x onerror=y>甲<!-- 乙 -->", "甲"),
        ("<a href='javascript:x'>甲</a>", "甲"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_words(html: str, words: str) -> None:
    assert plain_text(html) == words


ROW = {
    "id": "abc",
    "created": "2026-11-20T01:02:03.5+00:00",
    "updated": "2026-11-21T01:02:03.5+00:00",
    "user": "acct:wang@hypothes.is",
    "uri": "https://a.cn/plan",
    "text": "**好**",
    "tags": ["甲", "乙"],
    "permissions": {"read": ["group:__world__"]},
    "target": [{"source": "https://a.cn/plan", "selector": [{"type": "RangeSelector"}, POSITION, QUOTE]}],
}


@pytest.mark.parametrize("document", [{"total": 1, "rows": [ROW]}, {"client_version": "1", "annotations": [ROW]}])
def test_what_hypothesis_hands_out_is_read(document: Any) -> None:
    (found,) = read(document)
    assert found == Annotation(
        id="https://hypothes.is/a/abc",
        motivations=(),
        note="**好**",
        tags=("甲", "乙"),
        targets=(Target("https://a.cn/plan", Quote("甲乙", "前", "后"), Span(3, 5)),),
        creator="wang",
        created=datetime(2026, 11, 20, 1, 2, 3, 500_000, tzinfo=UTC),
        modified=datetime(2026, 11, 21, 1, 2, 3, 500_000, tzinfo=UTC),
        own=OwnProperties(),
    )


def test_what_only_its_writer_may_read_on_hypothesis_is_private_and_a_page_note_has_no_place() -> None:
    (found,) = read({"rows": [ROW | {"permissions": {"read": [ROW["user"]]}, "target": [], "tags": None, "text": ""}]})
    assert found.own.private
    assert found.targets == (Target("https://a.cn/plan"),)
    assert (found.note, found.tags) == ("", ())


def test_tags_of_other_programs_are_as_the_user_would_have_written_them() -> None:
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in ("", " a\nb ", "甲／ 乙/", "a b", " ")
    ]
    assert only(body=bodies).tags == ("a b", "甲/乙")
