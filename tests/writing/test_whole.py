"""Outputs appear whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from extractor.errors import OutputError
from extractor.writing.whole import whole_file, whole_folder

OWN = frozenset({"a.csv", "run.json"})


def left(folder):
    """Everything below ``folder``, hidden files too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_file_takes_its_place_when_it_is_whole(tmp_path):
    target = tmp_path / "new" / "数据.txt"
    with whole_file(target, force=False) as part:
        part.write_text("全文", encoding="utf-8")
        assert not target.exists()
        assert part.parent == target.parent
    assert target.read_text(encoding="utf-8") == "全文"
    assert left(tmp_path) == ["new", "new/数据.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_writing_leaves_nothing(tmp_path, error):
    def half():
        with whole_file(tmp_path / "x.txt", force=False) as part:
            part.write_text("半", encoding="utf-8")
            raise error

    with pytest.raises(error):
        half()
    assert left(tmp_path) == []


def test_a_file_that_exists_is_not_replaced_without_force(tmp_path):
    target = tmp_path / "x.txt"
    target.write_text("旧", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"x\.txt: exists already; .* force=True "),
        whole_file(target, force=False),
    ):
        raise AssertionError("the block must not run")
    with whole_file(target, force=True) as part:
        part.write_text("新", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "旧"
    assert target.read_text(encoding="utf-8") == "新"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path):
    target = tmp_path / "x.txt"

    def raced():
        with whole_file(target, force=False) as part:
            part.write_text("ours", encoding="utf-8")
            target.write_text("theirs", encoding="utf-8")

    with pytest.raises(OutputError, match="exists already"):
        raced()
    assert target.read_text(encoding="utf-8") == "theirs"
    assert left(tmp_path) == ["x.txt"]


def test_an_old_file_stands_when_force_fails_halfway(tmp_path):
    target = tmp_path / "x.txt"
    target.write_text("旧", encoding="utf-8")

    def broken():
        with whole_file(target, force=True) as part:
            part.write_text("半", encoding="utf-8")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="cannot be written \\(No space left on device\\)"):
        broken()
    assert target.read_text(encoding="utf-8") == "旧"
    assert left(tmp_path) == ["x.txt"]


def test_behind_a_link_the_file_is_replaced_and_the_link_stays(tmp_path):
    (tmp_path / "real.txt").write_text("旧", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real.txt")
    with whole_file(link, force=True) as part:
        part.write_text("新", encoding="utf-8")
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "新"


def test_folders_and_devices_are_no_files(tmp_path):
    with (
        pytest.raises(OutputError, match="is a folder; give the name of a file"),
        whole_file(tmp_path, force=True),
    ):
        pass
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="is no regular file"), whole_file(pipe, force=True):
        pass
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    target = tmp_path / "file" / "x.txt"
    with pytest.raises(OutputError, match=r"x\.txt: cannot be written"), whole_file(target, force=False):
        pass


def write_folder(target, content, *, force=False):
    with whole_folder(target, force=force, own=OWN) as part:
        (part / "a.csv").write_text(content, encoding="utf-8")


def test_a_folder_takes_its_place_when_it_is_whole(tmp_path):
    write_folder(tmp_path / "out", "1")
    assert left(tmp_path) == ["out", "out/a.csv"]


def test_an_empty_folder_is_taken_without_force(tmp_path):
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", "1")
    assert left(tmp_path) == ["out", "out/a.csv"]


def test_a_folder_of_ours_is_replaced_with_force_only(tmp_path):
    write_folder(tmp_path / "out", "1")
    (tmp_path / "out" / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="exists already"):
        write_folder(tmp_path / "out", "2")
    write_folder(tmp_path / "out", "2", force=True)
    assert left(tmp_path) == ["out", "out/a.csv"]
    assert (tmp_path / "out" / "a.csv").read_text(encoding="utf-8") == "2"


def test_a_folder_with_other_peoples_files_is_never_replaced(tmp_path):
    (tmp_path / "论文.docx").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"holds files that are not ours \(论文\.docx\)"):
        write_folder(tmp_path, "1", force=True)
    assert left(tmp_path) == ["论文.docx"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file; give the name of a folder"):
        write_folder(tmp_path / "out", "1", force=True)


def test_an_interrupt_leaves_the_old_folder_as_it_was(tmp_path):
    write_folder(tmp_path / "out", "1")

    def interrupted():
        with whole_folder(tmp_path / "out", force=True, own=OWN) as part:
            (part / "a.csv").write_text("2", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert left(tmp_path) == ["out", "out/a.csv"]
    assert (tmp_path / "out" / "a.csv").read_text(encoding="utf-8") == "1"


def test_the_old_folder_comes_back_when_the_swap_fails(tmp_path, monkeypatch):
    write_folder(tmp_path / "out", "1")
    rename = type(tmp_path).rename

    def failing(path, target):
        if path.name.endswith(".part") and target.name == "out" and (path / "a.csv").read_text() == "2":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", failing)
    with pytest.raises(OutputError, match="Input/output error"):
        write_folder(tmp_path / "out", "2", force=True)
    assert left(tmp_path) == ["out", "out/a.csv"]
    assert (tmp_path / "out" / "a.csv").read_text(encoding="utf-8") == "1"
