#!/usr/bin/env python3
"""The front door: makes the environment when it is not there, then serves, tests, or runs any other command.

    python3 run.py [--port N] [--host H] [--no-browser]     the dashboard
    python3 run.py test [--quick] [pytest arguments]        every check
    python3 run.py COMMAND …                                python -m nap_monitor COMMAND …

Standard library only, for it runs before anything is installed. What it says is English: the catalogues need Babel.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
COVERED_WHOLE = [f"nap_monitor/{part}" for part in ("programme/*", "progress/*", "sheets/parse*")]  # every branch
SHOWN_ON_FAILURE = 25  # last lines of an installer that failed


class CannotStart(Exception):
    """The environment cannot be made; the text is one sentence that says what to do."""


class Environment:
    """The folder `.venv` beside this file, and whether what is in it is what a lock asks for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.unfinished = self.folder / ".unfinished"  # there while something is being made
        self.log = self.folder / "install.log"

    def digest(self, lock: Path) -> str:
        return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()

    def stamp(self, lock: Path) -> Path:
        return self.folder / f".installed-{lock.stem}"

    def is_ready(self, lock: Path) -> bool:
        stamp = self.stamp(lock)
        if self.unfinished.exists() or not self.python.exists() or not stamp.exists():
            return False
        return stamp.read_text("utf-8") == self.digest(lock)

    def prepare(self, lock: Path) -> None:
        """Make the environment hold what the lock says. Whoever comes second waits, and finds it done."""
        if self.is_ready(lock):
            return
        with locked(self.root / ".venv.lock"), progress("Preparing the environment (once, a minute or two)"):
            if self.is_ready(lock):
                return
            self._make()
            self.unfinished.touch()
            self._install(lock)
            self.stamp(lock).write_text(self.digest(lock), "utf-8")
            self.unfinished.unlink()

    def _make(self) -> None:
        if self.folder.exists() and (self.unfinished.exists() or not self._has_this_python()):
            shutil.rmtree(self.folder)  # killed in the middle, or of another Python
        if self.folder.exists():
            return
        missing = [name for name in ("venv", "ensurepip") if not _importable(name)]
        if missing:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            raise CannotStart(
                f"This Python lacks its module {missing[0]}, which makes environments: install it (Debian, Ubuntu: "
                f"sudo apt install python{version}-venv; elsewhere Python from python.org), then start again."
            )
        import venv  # absent from some systems' Python, see above

        self.folder.mkdir()
        self.unfinished.touch()
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(self.folder)

    def _has_this_python(self) -> bool:
        try:
            found = subprocess.run(
                [self.python, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
            )
        except OSError:
            return False
        return found.returncode == 0 and found.stdout.strip() == sys.version.strip()

    def _install(self, lock: Path) -> None:
        pip = ["-m", "pip", "--disable-pip-version-check", "--no-input"]
        with_uv = ["-m", "uv", "pip", "install", "--compile-bytecode", "--python", str(self.python)]
        self.log.write_bytes(b"")
        with tempfile.TemporaryDirectory() as folder:
            tool = Path(folder, "uv.txt")
            tool.write_text(locked_alone("uv", self.root / "requirements-dev.txt"), "utf-8")
            if (
                self._run([*pip, "install", "--require-hashes", "-r", str(tool)])
                and self._run([*with_uv, "--require-hashes", "-r", str(lock)])
            ) or self._run([*pip, "install", "--require-hashes", "-r", str(lock)]):
                return
        tail = "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-SHOWN_ON_FAILURE:])
        raise CannotStart(
            f"{tail}\n\nThe packages could not be installed: see above, look at the network, then start again."
        )

    def _run(self, arguments: Sequence[str]) -> bool:
        with self.log.open("ab") as log:
            return subprocess.run([self.python, *arguments], stdout=log, stderr=log, check=False).returncode == 0


def _importable(name: str) -> bool:
    from importlib.util import find_spec  # half of the second start's time otherwise

    return find_spec(name) is not None


def locked_alone(package: str, lock: Path) -> str:
    """One package of a lock with its hashes: `name==1.0 \\` and the indented lines below it."""
    lines: list[str] = []
    for line in lock.read_text("utf-8").splitlines():
        if line.startswith(f"{package}=="):
            lines = [line]
        elif lines and line.startswith("    --hash"):
            lines.append(line)
        elif lines:
            break
    return "\n".join(lines).removesuffix("\\") + "\n"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system frees when this process ends, however it ends."""
    with path.open("a+b") as file:
        _lock(file.fileno())
        yield


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt  # Windows alone has it

        while True:
            with contextlib.suppress(OSError):  # it gives up after ten seconds, we do not
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

else:

    def _lock(descriptor: int) -> None:
        import fcntl  # Windows has none

        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def progress(what: str) -> Iterator[None]:
    """One line on the terminal, ended by the seconds that it took."""
    start = time.monotonic()
    sys.stderr.write(f"{what} … ")
    sys.stderr.flush()
    try:
        yield
    except BaseException:
        sys.stderr.write("\n")
        raise
    sys.stderr.write(f"{time.monotonic() - start:.0f} s\n")


def words(arguments: Sequence[str]) -> list[str]:
    """The command that the arguments mean: no word at all, or an option of the server, is `serve`."""
    first = arguments[0] if arguments else ""
    before = 2 if first == "--language" else int(first.startswith("--language="))  # any command may follow it
    language, rest = arguments[:before], arguments[before:]
    if len(language) == before and (not rest or rest[0].split("=")[0] in {"--port", "--host", "--no-browser"}):
        rest = ["serve", *rest]
    return [*language, *rest]


def surroundings(root: Path) -> dict[str, str]:
    """The environment of our own processes: the project importable from any folder, and UTF-8 on Windows too."""
    path = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONUTF8": "1"}


def become(command: Sequence[str], env: dict[str, str]) -> int:
    """Run a command in this process's place, so that signals and exit codes are its own."""
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], list(command), env)
    import signal  # Windows has no exec: wait, and leave Ctrl-C to the child

    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    return subprocess.run(command, env=env, check=False).returncode


def checks(python: Path, arguments: Sequence[str]) -> list[list[str]]:
    """What `test` runs, in order. `--quick` leaves out slow and browser tests; other arguments run pytest alone."""
    run = [str(python), "-m"]
    lint_imports = str(python.parent / "lint-imports")
    quick = "--quick" in arguments
    rest = [a for a in arguments if a != "--quick"]
    pytest = [*run, "pytest"] + (["-m", "not slow and not browser"] if quick else [])
    if rest:
        return [[*pytest, *rest]]
    every = [
        [*run, "ruff", "check"],
        [*run, "ruff", "format", "--check"],
        [*run, "mypy"],
        [lint_imports, "--no-logo"],
        [*pytest, "-n", "auto", *([] if quick else ["--cov", "--cov-report="])],
    ]
    gate = [*run, "coverage", "report", "--fail-under=100", "--skip-covered", f"--include={','.join(COVERED_WHOLE)}"]
    return every if quick else [*every, gate]


def without_ours(env: dict[str, str]) -> dict[str, str]:
    """The environment without our settings: a test must never meet the database that this machine works with."""
    return {k: v for k, v in env.items() if not k.startswith("NAP_") or k.startswith("NAP_TEST_")}


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """Run every check, all of them even when one fails; 0 when all pass."""
    env = without_ours(surroundings(environment.root))
    failed = []
    for command in checks(environment.python, arguments):
        name = " ".join(command).removeprefix(f"{environment.python} -m ")
        print(f"$ {name}", flush=True)
        if subprocess.run(command, cwd=environment.root, env=env, check=False).returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks pass.")
    return 1 if failed else 0


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Prepare the environment and do what the arguments say; the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        raise CannotStart(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: install it from python.org."
        )
    environment = Environment(root)
    command = words(arguments)
    is_test = command[0] == "test"
    environment.prepare(root / ("requirements-dev.txt" if is_test else "requirements.txt"))
    if is_test:
        return test(environment, command[1:])
    # -P: a folder called nap_monitor where the command is typed must not be taken for ours.
    return become([str(environment.python), "-P", "-m", "nap_monitor", *command], surroundings(root))


def start(run: Callable[[], int]) -> int:
    """The exit code of `run`; what cannot be done, and Ctrl-C, without a traceback."""
    try:
        return run()
    except CannotStart as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except OSError as trouble:
        print(
            f"The environment could not be made ({trouble}): look at this folder's rights and free space.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(start(lambda: main(sys.argv[1:])))
