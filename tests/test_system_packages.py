"""What `make test` does about programs of the system, with stand-ins for apt and dpkg: no test installs anything."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "system-packages"
LINES = [
    line for line in (ROOT / "requirements" / "system.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")
]
PACKAGES = [line.split()[0] for line in LINES]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine on which nothing of the list is there: only the shell's own tools are found."""
    for name in ("sh", "sed", "dirname", "mktemp", "tail", "rm", "chmod", "cat"):
        found = next(place for place in ("/bin", "/usr/bin") if (Path(place) / name).exists())
        (tmp_path / name).symlink_to(Path(found) / name)
    program(tmp_path, "id", "echo 1000")
    program(tmp_path, "dpkg-query", f'for word; do last="$word"; done; cat "{tmp_path}/installed.$last" 2>/dev/null')
    return tmp_path


def program(machine: Path, name: str, script: str) -> None:
    (machine / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (machine / name).chmod(0o755)


def run(machine: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(machine), "POLICY_RC_D": str(machine / "policy"), "TMPDIR": str(machine)}
    # The tool also looks where an ordinary user's PATH ends; nothing of the list is to be found there either.
    script = TOOL.read_text("utf-8").replace('PATH="$PATH:/usr/sbin:/sbin"', "")
    place = machine / "tools" / "system-packages"
    place.parent.mkdir(exist_ok=True)
    place.write_text(script, "utf-8")
    (machine / "requirements").mkdir(exist_ok=True)
    (machine / "requirements" / "system.txt").write_text("\n".join(LINES) + "\n", "utf-8")
    return subprocess.run(["/bin/sh", str(place)], env=environment, capture_output=True, text=True, check=False)


def test_every_package_says_what_it_is_for() -> None:
    assert len(set(PACKAGES)) == len(PACKAGES)
    for line in LINES:
        assert re.fullmatch(r"[a-z0-9.+-]+ +# \S.{8,}", line), line


def test_the_tool_is_a_program_that_a_shell_can_run() -> None:
    assert os.access(TOOL, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    for script in (TOOL, ROOT / ".ci" / "run"):
        assert subprocess.run(["/bin/sh", "-n", str(script)], check=False).returncode == 0


def test_where_nothing_is_missing_nothing_is_said(machine: Path) -> None:
    for package in PACKAGES:
        (machine / f"installed.{package}").write_text("ii ", "utf-8")
    done = run(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_program_counts_wherever_it_comes_from(machine: Path) -> None:
    program(machine, "node", "")
    assert "nodejs" not in run(machine).stderr


def test_who_may_not_install_is_told_what_will_be_skipped(machine: Path) -> None:
    program(machine, "apt-get", "exit 1")
    done = run(machine)
    assert (done.returncode, done.stdout) == (0, "")
    for package in PACKAGES:
        assert f"Missing: {package} - " in done.stderr
    assert "Tests that need these are skipped and say so." in done.stderr


def test_root_installs_what_is_missing_and_starts_no_service(machine: Path) -> None:
    program(machine, "id", "echo 0")
    install = f'for word; do echo "$word" >>"{machine}/asked"; echo ii >"{machine}/installed.$word"; done 2>/dev/null'
    program(machine, "apt-get", f'{install}; cat "{machine}/policy" >>"{machine}/policy_seen"')
    done = run(machine)
    assert done.returncode == 0
    assert done.stderr == ""
    assert set(PACKAGES) <= set((machine / "asked").read_text("utf-8").split())
    assert "exit 101" in (machine / "policy_seen").read_text("utf-8")
    assert not (machine / "policy").exists()


def test_where_installing_fails_it_is_said_and_the_tests_go_on(machine: Path) -> None:
    program(machine, "id", "echo 0")
    program(machine, "apt-get", "echo no network; exit 100")
    done = run(machine)
    assert done.returncode == 0
    assert "no network" in done.stderr
    assert "Missing: chromium - " in done.stderr


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("1", "1 failed")])
def test_a_test_without_its_program_is_skipped_and_in_ci_it_fails(tmp_path: Path, ci: str, outcome: str) -> None:
    shutil.copy2(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text('def test_it(program):\n    assert program("no-such-program")\n', "utf-8")
    environment = os.environ | {"LMI_CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert outcome in done.stdout, done.stdout + done.stderr
    assert "no-such-program isn't installed" in done.stdout
