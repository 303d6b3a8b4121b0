"""Whether a file is whole, of its kind and safe: the official ones, what is left of them when cut, and traps."""

import time
import zipfile
from pathlib import Path

import pytest

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.extract import dialect
from lmiforall.extract.archive import unpack
from lmiforall.extract.folder import files_of, look
from lmiforall.extract.whole import MOST_BYTES_UNPACKED, fault
from tests.extract.publisher import zipped

WORKBOOKS = ("*.xls", "*.xlsx", "*.xlsm")


def test_every_official_workbook_is_whole(sources: Path) -> None:
    found = [path for pattern in WORKBOOKS for path in sources.rglob(pattern)]
    assert len(found) > 100
    assert {path.name: fault(path, "workbook") for path in found if fault(path, "workbook")} == {}


def test_every_old_workbook_that_lost_a_byte_or_half_is_found_out(sources: Path, tmp_path: Path) -> None:
    found = list(sources.rglob("*.xls"))
    assert len(found) > 20
    cut = tmp_path / "cut.xls"
    for path in found:
        content = path.read_bytes()
        for length in (100, len(content) // 2, len(content) - 1000, len(content) - 1):
            cut.write_bytes(content[:length])
            assert fault(cut, "workbook") == "it is cut short", f"{path.name}, {length} bytes"


def test_the_build_stops_at_an_old_workbook_that_was_cut_short_and_names_it(sources: Path, tmp_path: Path) -> None:
    emp04 = datasets.every()["employment_emp04"]
    (path,) = (file.path for file in files_of(look(sources), emp04))
    cut = tmp_path / Path(path).name
    cut.write_bytes((sources / path).read_bytes()[:-1000])
    files = files_of(look(tmp_path), emp04)
    with pytest.raises(Stop, match=f"dataset employment_emp04, file {cut.name}: it can't be read: it is cut short"):
        list(dialect.books(tmp_path, emp04, files))


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:\\evil", "\\\\host\\evil"])
def test_an_archive_that_wants_to_write_elsewhere_is_refused_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.xlsx", b"good")
        archive.writestr(name, b"evil")
    into = tmp_path / "in"
    into.mkdir()
    with pytest.raises(Stop, match="outside of its folder"):
        unpack(path, into, lambda member: f"here/{member}")
    assert list(into.iterdir()) == []


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("good.xlsx")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    with pytest.raises(Stop, match="link"):
        unpack(path, tmp_path, lambda member: member)


def test_what_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.xlsx", "w") as member:
        for _ in range(MOST_BYTES_UNPACKED // 10_000_000 + 1):
            member.write(bytes(10_000_000))
    assert path.stat().st_size < MOST_BYTES_UNPACKED / 500
    for kind in ("zip", "workbook"):
        start = time.monotonic()
        assert "which no source does" in fault(path, kind)
        assert time.monotonic() - start < 0.5


def test_an_archive_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    content = bytearray(zipped({"good.xlsx": b"good"}))
    for flags_at in (6, content.index(b"PK\x01\x02") + 8):
        content[flags_at] |= 1
    path.write_bytes(content)
    assert "password" in fault(path, "zip")


def test_what_can_be_read_can_be_told_whole(tmp_path: Path) -> None:
    """A new dialect of the build is one that a fetch looks at, too."""
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    assert {name: fault(empty, name) for name in dialect.DIALECTS} == dict.fromkeys(dialect.DIALECTS, "it is empty")
    page = tmp_path / "page"
    page.write_text("<!doctype html><html>not found</html>", "utf-8")
    assert all("web page" in fault(page, name) for name in dialect.DIALECTS)
