"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nap_monitor.sheets.saving import save


def test_it_replaces_what_was_there_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    save(path, b"one")
    save(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    left = tmp_path / "~$a.xlsx.tmp"
    left.write_bytes(b"half of somethi")
    save(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert not left.exists()


@pytest.mark.parametrize("step", ["nap_monitor.sheets.saving.os.fsync", "pathlib.Path.replace"])
def test_a_failure_at_any_step_leaves_the_old_content(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    save(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        with pytest.raises(OSError, match="No space left"):
            save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save(tmp_path / "none" / "a.xlsx", b"x")
