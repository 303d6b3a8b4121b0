"""Writes the generated pages, or with ``--check`` says which of them are stale, missing or orphaned."""

import argparse
import sys
from pathlib import Path

from tools.reference import pages
from tools.reference.currency import faults, put

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Exit with 0 where every page is as it should be (or was written), with 1 where one isn't."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page isn't current")
    check = parser.parse_args(arguments).check
    wanted = pages(ROOT)
    if not check:
        put(wanted, ROOT)
        print(f"{len(wanted)} pages written")
        return 0
    found = faults(wanted, ROOT)
    for fault in found:
        print(fault)
    print(f"{len(found)} of {len(wanted)} generated pages are not current: run `make docs`" if found else
          f"{len(wanted)} generated pages are current")  # fmt: skip
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
