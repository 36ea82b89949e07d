from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sample_records import ABOUT, COUNTS, DOCUMENTS

from extractor.columns import TABLES, columns
from extractor.errors import OutputError
from extractor.writing import write


@pytest.fixture
def ask(tmp_path):
    write(DOCUMENTS, tmp_path / "out.sqlite", about=ABOUT)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        yield lambda query: database.execute(query).fetchall()


def test_a_table_a_table(ask):
    names = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {*TABLES, "about"}
    for table in TABLES:
        assert ask(f"SELECT count(*) FROM {table}") == [(COUNTS[table],)]
        assert [row[1] for row in ask(f"PRAGMA table_info({table})")] == [
            column.name for column in columns(table)
        ]


def test_numbers_keep_their_type_and_are_exact(ask):
    assert ask("SELECT value, typeof(value) FROM statistics") == [
        (12, "integer"),
        (3200, "integer"),
        (1 / 3, "real"),
        (9007199254740993, "integer"),
        (None, "null"),
    ]


def test_lists_are_json_that_sqlite_understands(ask):
    found = ask("SELECT json_each.value FROM entities, json_each(aliases) WHERE name = '江岸社区'")
    assert [value for (value,) in found] == ["该社区", "社区", "+社区"]
    assert ask("SELECT json_extract(extra, '$.栏目') FROM documents WHERE doc_id = 'news/a'") == [("社会",)]


def test_tables_join_by_indexed_ids(ask):
    query = "SELECT s.text FROM statistics s JOIN entities e ON e.entity_id = s.subject_id WHERE e.code LIKE '42%'"
    assert len(ask(query)) == 3
    indexes = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"documents_doc_id", "entities_entity_id", "statistics_subject_id"} <= indexes
    assert any(
        "USING INDEX" in row[3] for row in ask("EXPLAIN QUERY PLAN SELECT * FROM mentions WHERE doc_id = 'x'")
    )


def test_what_made_it_is_a_table(ask):
    assert dict(ask("SELECT key, value FROM about"))["model.name"] == "zh_news"
    assert ask("SELECT text FROM documents WHERE doc_id = '-b'") == [(DOCUMENTS[1].document.text,)]


def test_chinese_headers(tmp_path):
    write(DOCUMENTS, tmp_path / "out.db", headers="zh", about={"设置": {"全部": False}})
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        assert database.execute('SELECT "人物", "职务" FROM roles').fetchall() == [("王强", "书记")]
        assert database.execute('SELECT "项目", "内容" FROM about').fetchall() == [("设置.全部", "false")]


def test_a_number_too_large_for_the_database_becomes_a_real(tmp_path):
    statistic = replace(DOCUMENTS[0].statistics[0], value=2**63, low=-(2**63), high=10**400)
    write([replace(DOCUMENTS[0], statistics=(statistic,))], tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        found = database.execute("SELECT value, typeof(value), low, high FROM statistics").fetchall()
    assert found == [(float(2**63), "real", -(2**63), None)]


def test_documents_with_the_same_id_are_both_kept(tmp_path):
    write([DOCUMENTS[0], DOCUMENTS[0]], tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        assert database.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def test_a_database_that_cannot_be_made_is_an_error_of_ours(tmp_path, monkeypatch):
    def refuse(path):
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(OutputError, match=r"out\.db: cannot be written \(unable to open database file\)"):
        write(DOCUMENTS, tmp_path / "out.db")
    assert list(tmp_path.iterdir()) == []
