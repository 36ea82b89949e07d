"""Outputs appear whole or not at all: written beside their place, flushed to disk, then renamed.

An output that exists is replaced only with ``force``, and a folder only when it holds nothing but what
extractor wrote.  Whatever ends the writing early, an interrupt too, leaves nothing behind.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from extractor.errors import OutputError, OutputExistsError


@contextmanager
def whole_file(target: Path, *, force: bool) -> Iterator[Path]:
    """A path beside ``target`` to write to; the file takes its place when the block ends well.

    Raises OutputError when ``target`` exists (unless ``force``), is no regular file, or cannot be written.
    """
    target = _resolved(target)
    check_file(target, force=force)
    part = _beside(target)
    try:
        with _told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield part
            _flush(part)
            check_file(target, force=force)
            part.replace(target)
            _flush_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def whole_folder(target: Path, *, force: bool, own: Set[str]) -> Iterator[Path]:
    """A folder beside ``target`` to write into; it takes the place of ``target`` when the block ends well.

    ``own`` names the files that such a folder may hold: a folder with anything else in it is never
    replaced.  Raises OutputError as ``whole_file`` does.
    """
    target = _resolved(target)
    check_folder(target, force=force, own=own)
    part = _beside(target)
    try:
        with _told(target):
            part.mkdir(parents=True)
            yield part
            for file in part.iterdir():
                _flush(file)
            _flush_folder(part)
            check_folder(target, force=force, own=own)
            _swap(part, target)
            _flush_folder(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def check_file(target: Path, *, force: bool) -> None:
    """Raise OutputError unless a file may be written to ``target``."""
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; give the name of a file")
    if not target.exists():
        return
    if not target.is_file():
        raise OutputError(f"{target}: is no regular file; give the name of a file")
    if not force:
        raise OutputExistsError(target)


def check_folder(target: Path, *, force: bool, own: Set[str]) -> None:
    """Raise OutputError unless a folder of the files ``own`` may be written to ``target``."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target}: is a file; give the name of a folder")
    held = sorted(path.name for path in target.iterdir())
    foreign = [name for name in held if name not in own]
    if foreign:
        raise OutputError(f"{target}: holds files that are not ours ({foreign[0]}); choose another folder")
    if held and not force:
        raise OutputExistsError(target)


def _resolved(target: Path) -> Path:
    """Where a link points: the file behind it is replaced, not the link."""
    return target.resolve() if target.is_symlink() else target.absolute()


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")


def _swap(part: Path, target: Path) -> None:
    """Put ``part`` in the place of ``target``; when that fails, ``target`` is as it was."""
    if not target.exists():
        part.rename(target)
        return
    old = _beside(target)
    target.rename(old)
    try:
        part.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make a rename last; systems that cannot open folders do so by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{target}: cannot be written ({reason}); check the place and its free space"
        ) from error
