from __future__ import annotations

import os

import pytest

from extractor.corpus.finding import find_files
from extractor.errors import InputError


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("文", encoding="utf-8")


def stems(listing):
    return [entry.stem for entry in listing.entries]


def only_error(listing):
    assert len(listing.entries) == 1
    assert isinstance(listing.entries[0], InputError)
    return str(listing.entries[0])


def test_a_file_is_named_without_folder_and_suffix(tmp_path):
    make(tmp_path, "gold/article.txt")
    assert stems(find_files([tmp_path / "gold" / "article.txt"])) == ["article"]


def test_a_file_of_a_folder_is_named_from_the_folder(tmp_path):
    make(tmp_path, "region/2021/a.txt", "region/b.html")
    assert stems(find_files([tmp_path / "region"])) == ["b", "2021/a"]
    assert stems(find_files([tmp_path])) == ["region/b", "region/2021/a"]


def test_arguments_keep_their_order_and_folders_are_sorted(tmp_path):
    make(tmp_path, "z.txt", "d/b.txt", "d/a.txt", "d/10.txt", "d/9.txt")
    assert stems(find_files([tmp_path / "z.txt", tmp_path / "d"])) == ["z", "10", "9", "a", "b"]


def test_a_dot_in_a_name_is_no_suffix(tmp_path):
    make(tmp_path, "第1.2节", "v1.0.txt")
    assert stems(find_files([tmp_path / "第1.2节", tmp_path / "v1.0.txt"])) == ["第1.2节", "v1.0"]


def test_hidden_and_unknown_files_of_a_folder_are_passed_over_and_counted(tmp_path):
    make(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", "c.png", "d.PNG", "Makefile", "E.TXT")
    listing = find_files([tmp_path])
    assert stems(listing) == ["E", "a"]
    assert listing.skipped == {".png": 2, "no suffix": 1}


def test_a_file_named_itself_is_read_whatever_its_suffix(tmp_path):
    make(tmp_path, "notes.dat", ".hidden.txt")
    listing = find_files([tmp_path / "notes.dat", tmp_path / ".hidden.txt"])
    assert stems(listing) == ["notes.dat", ".hidden"]
    assert listing.skipped == {}


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    make(tmp_path, "d/a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "d" / "a.txt")
    assert stems(find_files([tmp_path / "d", tmp_path / "d" / "a.txt", tmp_path / "link.txt", "-", "-"])) == [
        "a",
        "stdin",
    ]


def test_the_tables_of_an_earlier_run_are_no_input(tmp_path):
    from extractor.writing import write

    make(tmp_path, "a.txt", "tables/b.csv", "tables/run.json")
    write([], tmp_path / "out", format="csv")
    write([], tmp_path / "sub" / "out", format="parquet")
    assert stems(find_files([tmp_path])) == ["a", "tables/b", "tables/run"]


def test_folders_behind_links_are_not_entered(tmp_path):
    make(tmp_path, "d/a.txt")
    (tmp_path / "d" / "loop").symlink_to(tmp_path / "d")
    listing = find_files([tmp_path / "d"])
    assert stems(listing) == ["a"]
    assert listing.skipped == {"folder link": 1}


def test_links_that_lead_nowhere_are_passed_over_and_counted(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "c.txt")
    listing = find_files([tmp_path])
    assert stems(listing) == ["a"]
    assert listing.skipped == {"broken link": 1}


def test_what_is_not_there_is_an_error_and_the_rest_goes_on(tmp_path):
    make(tmp_path, "a.txt")
    listing = find_files([tmp_path / "无.txt", tmp_path / "a.txt"])
    assert str(listing.entries[0]) == f"{tmp_path}/无.txt: there is no such file or folder; check the name"
    assert listing.entries[1].stem == "a"


def test_an_empty_folder_is_an_error(tmp_path):
    assert "this folder holds no file; it reads .txt " in only_error(find_files([tmp_path]))


def test_a_folder_without_readable_files_says_what_was_there(tmp_path):
    make(tmp_path, "a.png", "b.png", "c.zip")
    assert "no file in this folder can be read (skipped: 2 .png, 1 .zip)" in only_error(
        find_files([tmp_path])
    )


def test_a_folder_that_may_not_be_opened_is_an_error(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    entries = find_files([tmp_path]).entries
    assert len(entries) == 2
    assert str(entries[1]) == f"{tmp_path}/locked: reading it is not permitted; check its permissions"


@pytest.mark.parametrize("name", ["北京 新闻.txt", "a'b\"c.txt", "emoji😀.txt"])
def test_names_of_any_kind(tmp_path, name):
    make(tmp_path, name)
    assert stems(find_files([tmp_path])) == [name[:-4]]


def test_a_name_too_long_for_the_system_is_an_error():
    assert "cannot be read (File name too long)" in only_error(find_files(["长" * 3000]))
