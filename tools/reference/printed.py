"""A page with a program in Python -> the same page with what the program prints today, asked of a real server.

The mark ``<!-- printed -->`` stands before the block of code that is the tool's. The programs in other languages
print the same, which the tests hold.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from tools.reference.asked import BASE, service

_PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PRINTED = re.compile(r"^(<!-- printed -->\n```text\n).*?^(```)$", re.MULTILINE | re.DOTALL)


def filled(text: str) -> str:
    """Run the program and put what it prints behind the mark; a page without the mark is left as it is."""
    program = _PROGRAM.search(text)
    if program is None or not _PRINTED.search(text):
        return text
    with _served() as address:
        said = _run(program[1].replace(BASE, address))
    return _PRINTED.sub(lambda found: f"{found[1]}{said}\n{found[2]}", text)


def _run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise RuntimeError(f"the program on the page failed: {done.stderr}")
    return done.stdout.strip()


@contextmanager
def _served() -> Iterator[str]:
    """Serve the starter release on a free port, in a thread of this process."""
    server = uvicorn.Server(uvicorn.Config(service(), port=0, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
