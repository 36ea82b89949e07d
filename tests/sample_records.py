"""Records of two short documents of our own, for the tests of tables and writing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from extractor.records import DocumentInfo, DocumentRecords, Entity, Mention, Role, Statistic

TEXT = "江岸社区办起夜校\n江岸社区下辖12个小区、近3200户居民，书记王强说，党员占1/3。\n（完）"
SENTENCE = "江岸社区下辖12个小区、近3200户居民，书记王强说，党员占1/3。"


def _span(part: str, after: int = 0) -> dict[str, object]:
    start = TEXT.index(part, after)
    return {"start": start, "end": start + len(part), "text": part}


def _statistic(part: str, **fields: object) -> Statistic:
    common = {"doc_id": "news/a", "subject": "江岸社区", "subject_id": "LOC:江岸社区", "sentence": SENTENCE}
    return Statistic(**{**common, **_span(part), **fields})


def _first() -> DocumentRecords:
    info = DocumentInfo(
        doc_id="news/a",
        path="news/a.txt",
        title="江岸社区办起夜校",
        published="2023-05-08",
        authors=("李晓梅", "陈静"),
        script="simplified",
        characters=len(TEXT),
        body_start=9,
        body_end=len(TEXT) - 4,
        mentions=2,
        statistics=3,
        extra={"栏目": "社会", "得票": Decimal("1.5")},
        text=TEXT,
    )
    loc = {"doc_id": "news/a", "label": "LOC", "entity_id": "LOC:江岸社区", "rule": "place.head"}
    mentions = (
        Mention(**loc, **_span("江岸社区", 9), confidence=0.97, sentence=SENTENCE),
        Mention(**{**loc, "label": "PERSON", "entity_id": "PERSON:王强"}, **_span("王强"), nested=False),
    )
    entities = (
        Entity(
            entity_id="LOC:江岸社区",
            label="LOC",
            kind="village",
            name="江岸社区",
            aliases=("该社区", "社区"),
            code="420102001001",
            code_scheme="NBS",
            parents=("湖北省", "武汉市"),
            mentions=2,
            first_doc_id="news/a",
            first_start=9,
        ),
        Entity(entity_id="PERSON:王强", label="PERSON", name="王强", mentions=1, first_doc_id="news/a"),
    )
    role = Role(doc_id="news/a", **_span("书记王强"), person="王强", role="书记", person_id="PERSON:王强")
    statistics = (
        _statistic(
            "12个", value=12, low=12, high=12, modifier="exact", unit="个", category="places", item="小区"
        ),
        _statistic(
            "近3200户",
            value=3200,
            low=None,
            high=3200,
            modifier="less",
            unit="户",
            category="households",
            item="居民",
            time_period="2023/2024",
            status="estimated",
        ),
        _statistic(
            "1/3",
            value=Fraction(1, 3),
            low=Fraction(1, 3),
            high=Fraction(1, 3),
            modifier="exact",
            unit="",
            category="ratio",
        ),
    )
    return DocumentRecords(
        document=info, mentions=mentions, entities=entities, roles=(role,), statistics=statistics
    )


def _second() -> DocumentRecords:
    text = '=HYPERLINK("x")\t社区有9007199254740993元、12656.8万人'
    info = DocumentInfo(doc_id="-b", title="@标题", characters=len(text), body_end=len(text), text=text)
    entity = Entity(
        entity_id="LOC:江岸社区",
        label="LOC",
        name="江岸社区",
        aliases=("+社区",),
        mentions=1,
        first_doc_id="-b",
    )
    big = Statistic(
        doc_id="-b",
        start=19,
        end=36,
        text="9007199254740993元",
        value=9007199254740993,
        low=9007199254740993,
        high=9007199254740993,
        modifier="exact",
        unit="元",
        category="money",
        direction="down",
        status="target",
    )
    people = Statistic(
        doc_id="-b",
        start=37,
        end=47,
        text="12656.8万人",
        value=None,
        low=Decimal("-0.5"),
        high=Decimal("12656.80"),
        modifier="range",
        unit="人",
    )
    return DocumentRecords(document=info, entities=(entity,), statistics=(big, people))


def _failed() -> DocumentRecords:
    error = "news/c.txt: is empty"
    return DocumentRecords(
        document=DocumentInfo(doc_id="news/c", path="news/c.txt", status="failed", error=error)
    )


DOCUMENTS = (_first(), _second(), _failed())
COUNTS = {"documents": 3, "mentions": 2, "entities": 2, "roles": 1, "statistics": 5}
ABOUT = {"package": "extractor 0.1.0", "model": {"name": "zh_news", "version": "0.1.0"}, "date": "2024-01-02"}
