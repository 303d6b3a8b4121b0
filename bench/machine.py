"""The machine, the versions and the day that a report is from."""

import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("uvicorn", "uvloop", "httptools", "msgspec", "numpy", "starlette", "fastapi", "duckdb")


def about(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Say what a reader must know to judge the figures."""
    programs = {"nginx": _says(["nginx", "-v"], 2), "wrk": _says(["wrk", "-v"], 1)}
    return {
        "processor": f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in packages),
        "programs": ", ".join(f"{name} {said}" for name, said in programs.items()),
    }


def command(module: str) -> str:
    """Give the command line as somebody else would type it."""
    return shlex.join(["python", "-m", module, *sys.argv[1:]])


def today() -> str:
    """Give the date of the report."""
    return datetime.now(UTC).date().isoformat()


def busy() -> float:
    """Give the load average of the last minute: over 2 on two cores, somebody else is at work as well."""
    return os.getloadavg()[0]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _says(command: Sequence[str], word: int) -> str:
    """Give one word of what a program says of its version, without what stands before the slash."""
    path = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin"
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path})
    words = (done.stdout + done.stderr).split()
    return words[word].rpartition("/")[2] if len(words) > word else "of unknown version"
