"""The front door: an environment is made once, whatever interrupts it, and the command gets its words and signals."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent
PROGRAM = """
import sys, time
print("told", *sys.argv[1:], flush=True)
import tiny
if "sleep" in sys.argv:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(130)
sys.exit(int(sys.argv[-1]))
"""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["serve"]),
        (["--port", "9000"], ["serve", "--port", "9000"]),
        (["--port=9000"], ["serve", "--port=9000"]),
        (["--no-browser"], ["serve", "--no-browser"]),
        (["--help"], ["--help"]),
        (["--language", "en", "check"], ["--language", "en", "check"]),
        (["--language", "en"], ["--language", "en", "serve"]),
        (["--language=en", "--port", "9000"], ["--language=en", "serve", "--port", "9000"]),
        (["--language"], ["--language"]),
        (["sheet", "validate", "x.xlsx"], ["sheet", "validate", "x.xlsx"]),
        (["test", "--quick"], ["test", "--quick"]),
    ],
)
def test_no_word_at_all_is_serve(typed: list[str], meant: list[str]) -> None:
    assert run.words(typed) == meant


def test_one_package_is_taken_from_the_lock_with_all_its_hashes(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "a==1 \\\n    --hash=sha256:00\nuv==2 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\n    # via x\nz==3\n"
    )
    assert run.locked_alone("uv", lock) == "uv==2 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\n"


def test_our_own_lock_names_uv_with_hashes() -> None:
    text = run.locked_alone("uv", ROOT / "requirements-dev.txt")
    assert text.startswith("uv==")
    assert text.count("--hash=sha256:") > 5


def test_everything_is_run_and_what_is_quick_is_less() -> None:
    python = Path("bin/python")
    every = [" ".join(c) for c in run.checks(python, [])]
    assert [c.split()[2] for c in every if " -m " in c] == ["ruff", "ruff", "mypy", "pytest", "coverage"]
    assert any("lint-imports" in c for c in every)
    quick = [" ".join(c) for c in run.checks(python, ["--quick"])]
    assert not any("coverage" in c for c in quick)
    assert any("not slow and not browser" in c for c in quick)
    assert run.checks(python, ["tests/x.py", "-x"]) == [["bin/python", "-m", "pytest", "tests/x.py", "-x"]]


def test_the_tests_never_meet_the_database_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAP_DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("NAP_TEST_PG_URL", "postgresql://throw-away")
    kept = run.without_ours(dict(os.environ))
    assert "NAP_DATABASE_URL" not in kept
    assert kept["NAP_TEST_PG_URL"] == "postgresql://throw-away"


def test_what_cannot_be_done_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise run.CannotStart("Do this, then start again.")

    assert run.start(fail) == 2
    assert capsys.readouterr().err == "Do this, then start again.\n"


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_importable", lambda name: name != "ensurepip")
    (tmp_path / "requirements.txt").touch()
    with pytest.raises(run.CannotStart, match=r"ensurepip.*apt install python3\.\d+-venv"):
        run.Environment(tmp_path).prepare(tmp_path / "requirements.txt")


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A fresh folder with the real run.py, and a lock of one tiny package that needs no network."""
    folder = tmp_path / "fresh clone"
    folder.mkdir()
    shutil.copy(ROOT / "run.py", folder)
    (folder / "nap_monitor").mkdir()
    (folder / "nap_monitor" / "__init__.py").touch()
    (folder / "nap_monitor" / "__main__.py").write_text(PROGRAM)
    wheel = _wheel(tmp_path)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"tiny @ {wheel.as_uri()} \\\n    --hash=sha256:{digest}\n")
    (folder / "requirements-dev.txt").write_text(run.locked_alone("uv", ROOT / "requirements-dev.txt"))
    return folder


def _wheel(folder: Path) -> Path:
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "HERE = True\n")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(
            "tiny-1.0.dist-info/RECORD", "tiny.py,,\ntiny-1.0.dist-info/METADATA,,\ntiny-1.0.dist-info/WHEEL,,\n"
        )
    return path


def _start(folder: Path, *words: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, folder / "run.py", *words],
        cwd=folder.parent,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


# Without an index uv cannot be had: this is the way of a machine that lets pip alone through, and it needs no network.
ALONE = {"PIP_NO_INDEX": "1"}


@pytest.mark.slow
def test_a_fresh_clone_makes_its_environment_once_and_passes_the_exit_code(installation: Path) -> None:
    first = _start(installation, "hello", "7", **ALONE)
    out, err = first.communicate(timeout=120)
    assert (first.returncode, out) == (7, "told hello 7\n"), err
    assert err.startswith("Preparing the environment")
    assert len(err.splitlines()) == 1
    began = time.monotonic()
    second = _start(installation, "hello", "0", **ALONE)
    assert second.communicate(timeout=60) == ("told hello 0\n", "")
    assert second.returncode == 0
    assert time.monotonic() - began < 3


@pytest.mark.slow
def test_an_environment_killed_in_the_making_is_made_anew(installation: Path) -> None:
    first = _start(installation, "hello", "0", **ALONE)
    deadline = time.monotonic() + 60
    while not (installation / ".venv" / ".unfinished").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.5)
    first.kill()
    first.communicate(timeout=10)
    assert (installation / ".venv" / ".unfinished").exists()
    second = _start(installation, "hello", "3", **ALONE)
    out, err = second.communicate(timeout=120)
    assert (second.returncode, out) == (3, "told hello 3\n"), err


@pytest.mark.slow
def test_two_starts_at_once_make_one_environment(installation: Path) -> None:
    both = [_start(installation, "hello", "0", **ALONE) for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out) == (0, "told hello 0\n"), err


@pytest.mark.slow
def test_ctrl_c_reaches_the_command(installation: Path) -> None:
    process = _start(installation, "sleep", "0", **ALONE)
    assert process.stdout is not None
    assert process.stdout.readline() == "told sleep 0\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130


@pytest.mark.slow
def test_a_lock_that_cannot_be_had_is_said_with_the_installers_last_words(installation: Path) -> None:
    (installation / "requirements.txt").write_text("no-such-package-at-all==1 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    process = _start(installation, "hello", "0", **ALONE)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "no-such-package-at-all" in err
    assert err.splitlines()[-1].startswith("The packages could not be installed")
