"""The occupation coder and `lmi code`: what is coded, how surely, and what bad files do."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from lmiforall.__main__ import app
from lmiforall.base.problem import Stop
from lmiforall.match import asked, coder, index, kept, learn, meant, parquet, rows, sheet, words
from lmiforall.match.lessons import Entry, Lesson
from lmiforall.release import taught as taught_by
from lmiforall.release.folder import parquet as parquet_of
from lmiforall.release.folder import read_catalogue, recorded_sums, sha256, tampered

TITLES = {
    "primary school teacher": ("2315", "2314"), "secondary school teacher": ("2314", "2313"),
    "lorry driver": ("8211", "8211"), "bus driver": ("8213", "8212"), "paediatric nurse": ("2231", "2236"),
    "mental health nurse": ("2231", "2235"), "head chef": ("5434", "5434"), "pastry chef": ("5434", "5434"),
    "civil engineer": ("2121", "2121"), "structural engineer": ("2121", "2121"), "solicitor": ("2413", "2412"),
}  # fmt: skip


@pytest.fixture(scope="module")
def taught() -> coder.Coder:
    """A coder that has learnt eleven titles, by the code that learns all of them."""
    return coder.Coder(_parts())


def _parts() -> kept.Parts:
    lessons = [Lesson(text, {older: 1.0}, {newer: 1.0}, 1.0, sure=True) for text, (older, newer) in TITLES.items()]
    older, newer = sorted({o for o, _ in TITLES.values()}), sorted({n for _, n in TITLES.values()})
    names = [*(f"10:{soc}" for soc in older), *(f"20:{soc}" for soc in newer)]
    features = learn.vocabulary([lesson.text for lesson in lessons])
    net = learn.learn(lessons, {name: at for at, name in enumerate(names)}, len(older), features)
    entries = [Entry(text.capitalize(), text, "", older, newer) for text, (older, newer) in TITLES.items()]
    return kept.Parts(net, list(features), older, newer, entries, _people(older, newer))


def _people(older: Sequence[str], newer: Sequence[str]) -> asked.People:
    """People of whom nothing is known, but that solicitors earn 80,000 with a degree, lorry drivers 35,000 without."""
    pay, levels = np.full((len(newer), 2), np.nan, np.float32), np.full((len(newer), 9), 1 / 9, np.float32)
    for soc, yearly, level in (("2412", 80_000, 6), ("8211", 35_000, 2)):
        if soc in newer:
            pay[newer.index(soc)] = np.log(yearly), 0.3
            levels[newer.index(soc)] = np.eye(9)[level]
    shares = np.zeros((len(older), len(newer)), np.float32)
    for one, other in TITLES.values():
        shares[older.index(one), newer.index(other)] = 1
    return asked.People(pay, levels, shares / shares.sum(axis=1, keepdims=True))


def test_a_title_of_the_index_has_its_code_and_says_which_title_it_was(taught: coder.Coder) -> None:
    (found,) = taught.code([coder.Job("Lorry driver")])
    assert (found.soc2020.code, found.soc2010.code, found.evidence) == ("8211", "8211", "Lorry driver")
    assert found.soc2020.probability > 0.9


@pytest.mark.parametrize(
    "title", ["Nurse, paediatric", "PAEDIATRIC  NURSES", "paediatric nurse (nights)", "Pædiatric nurse?"]
)
def test_word_order_case_plural_and_brackets_do_not_change_the_code(taught: coder.Coder, title: str) -> None:
    assert taught.code([coder.Job(title)])[0].soc2020.code in {"2236", "2235"}


@pytest.mark.parametrize(
    ("title", "codes", "exactly"),
    [("Teaching assistant (SEN)", {"6113"}, False), ("Assistant (teaching)", {"6112", "3231"}, False),
     ("SEN (teaching assistant)", {"6113"}, True), ("Teaching assistant (nights)", {"6112", "3231"}, True),
     ("Assistant (nights)", set(), False), ("Trainee teaching assistant", {"6112", "3231"}, False),
     ("Teaching Assistant Level 3", {"6112", "3231"}, False), ("Trainee", set(), False),
     ("999 operator", {"7213"}, False), ("Operator", set(), False), ("Trainee 999 operator", {"7213"}, False),
     ("the", set(), False)],
)  # fmt: skip
def test_a_title_is_looked_up_with_its_brackets_and_without_without_a_rank_and_as_titles_say_it(
    title: str, codes: set[str], exactly: bool
) -> None:
    known = index.Index([
        Entry("Teaching assistant", "teaching assistant", "", "6125", "6112"),
        Entry("Teaching assistant", "teaching assistant", "qualified", "6125", "3231"),
        Entry("SEN teaching assistant", "sen teaching assistant", "", "6126", "6113"),
        Entry("A", "a", "Cabinet Office", "1111", "1111"),
        Entry("Emergency call handler", "emergency call handler", "", "7214", "7213"),
    ])  # fmt: skip
    found = known.find(title)
    assert {entry.soc2020 for entry in found.entries} == codes if found else not codes
    assert (found.exactly if found else False) is exactly


@pytest.mark.parametrize("title", ["", "   ", "🚒🚒", "消防士", "\u202e", "\x00\x01\x02"])
def test_a_title_without_a_readable_word_has_no_code_and_a_reason(taught: coder.Coder, title: str) -> None:
    (found,) = taught.code([coder.Job(title)], 0.5)
    assert found.soc2020 == found.soc2010 == coder.NOTHING
    assert "title" in found.reason


def test_marks_and_emoji_around_a_title_do_not_matter(taught: coder.Coder) -> None:
    assert taught.code([coder.Job("\u202e🚛 Lorry\u200b driver\u202c")])[0].soc2020.code == "8211"


def test_a_title_of_ten_megabytes_is_read_at_its_beginning_only(taught: coder.Coder) -> None:
    (found,) = taught.code([coder.Job("lorry driver " + "x" * 10_000_000)])
    assert found.soc2020.code


def test_below_the_threshold_the_answer_is_a_wider_group_that_reaches_it_or_none(taught: coder.Coder) -> None:
    for title in ("nurse", "school teacher", "driver", "zzz qqq"):
        (sure,) = taught.code([coder.Job(title)], 0.99)
        assert sure.soc2020 == coder.NOTHING or sure.soc2020.probability >= 0.99
        assert sure.soc2020.code in {"", *(sure.alternatives[0].code[:digits] for digits in (1, 2, 3, 4))}


def test_the_index_is_trusted_the_more_the_more_others_say_the_same() -> None:
    def trust(*titles: str, plain: str = "cutter") -> float:
        tables = _tables() | {"esco_occupations": pl.DataFrame({"title": titles, "isco08": ["7"] * len(titles)})}
        (entry,) = meant.weighed([Entry("Cutter", plain, "", "1", "2", "7")], tables)
        return entry.trust

    assert trust("cutter") > trust("tailor") > 0.9


def test_a_title_in_another_order_is_trusted_less(taught: coder.Coder) -> None:
    same, turned = taught.code([coder.Job("lorry driver"), coder.Job("driver lorry")])
    assert same.soc2020.code == turned.soc2020.code == "8211"
    assert same.soc2020.probability > turned.soc2020.probability


def test_probabilities_of_all_unit_groups_add_up_to_one(taught: coder.Coder) -> None:
    chances = taught._chances([coder.Job("bus teacher")], ["bus teacher"])
    edge = taught._net.edge
    assert chances[0, :edge].sum() == pytest.approx(1, abs=1e-5)
    assert chances[0, edge:].sum() == pytest.approx(1, abs=1e-5)


def _chance(found: coder.Coded, soc2020: str) -> float:
    return next((choice.probability for choice in found.alternatives if choice.code == soc2020), 0.0)


@pytest.mark.parametrize(
    ("more", "likelier"),
    [({"pay": "£80,000 a year"}, True), ({"pay": "32-38k"}, False), ({"qualification": "LLB (Hons)"}, True),
     ({"qualification": "GCSEs"}, False)],
)  # fmt: skip
def test_pay_and_qualification_move_the_probabilities_towards_who_earns_and_has_that(
    taught: coder.Coder, more: dict[str, str], likelier: bool
) -> None:
    plain, told = taught.code([coder.Job("solicitor driver"), coder.Job("solicitor driver", **more)])
    assert (_chance(told, "2412") > _chance(plain, "2412")) is likelier
    assert (_chance(told, "8211") < _chance(plain, "8211")) is likelier


def test_pay_that_cannot_be_read_changes_nothing_and_a_title_of_the_index_is_not_overruled(taught: coder.Coder) -> None:
    plain, odd, low = taught.code(
        [coder.Job("solicitor"), coder.Job("solicitor", pay="competitive", qualification="-"),
         coder.Job("solicitor", pay="£20,000 a year", qualification="level 2")]
    )  # fmt: skip
    assert odd == plain
    assert low.soc2020.code == "2412"
    assert low.soc2020.probability < plain.soc2020.probability


@pytest.mark.parametrize(
    ("told", "yearly"),
    [("£25,000 a year", 25_000), ("30-40k", 34_641), ("£10 an hour", 19_500), ("", None), ("competitive", None)],
)
def test_pay_is_read_as_a_year_of_full_time_work(told: str, yearly: float | None) -> None:
    assert asked.a_year(told) == (pytest.approx(yearly, rel=1e-3) if yearly else None)


@pytest.mark.parametrize(
    ("told", "level"),
    [("degree or equivalent", 6), ("Foundation degree", 5), ("PhD", 8), ("NVQ Level 3", 3), ("4", 4), ("3 A-levels", 3),
     ("5 GCSEs", 2), ("No formal qualifications", 0), ("MSc", 7), ("a driving licence", None), ("", None)],
)  # fmt: skip
def test_a_qualification_is_read_as_a_level(told: str, level: int | None) -> None:
    assert asked.level_of(told) == level


ENGINEERS = (
    Entry("Automotive engineer", "automotive engineer", "", "5231", "5231"),
    Entry("Automotive engineer", "automotive engineer", "professional", "2122", "2122"),
    Entry("Cutter", "cutter", "clothing mfr", "5413", "5413"),
    Entry("Cutter", "cutter", "metal trades and mfr", "5223", "5223"),
)


def _tables(**titles: list[tuple[str, str]]) -> dict[str, pl.DataFrame]:
    """The tables of those who gave titles a group; empty but for the ones that are given."""
    onet = {"onet": pl.String, "title": pl.String, "short_title": pl.String}
    shares = {"onet": pl.String, "direction": pl.String, "measure": pl.String, "value": pl.Float64}
    return {
        "ssc_sub_unit_groups": pl.DataFrame(
            titles.get("parts", []), {"title": pl.String, "sub_unit_group": pl.String}, orient="row"
        ),
        "soc2020_groups": pl.DataFrame(
            schema={"level": pl.String, "soc": pl.String, "related_titles": pl.List(pl.String)}
        ),
        "esco_occupations": pl.DataFrame(schema={"title": pl.String, "isco08": pl.String}),
        "onet_titles": pl.DataFrame(schema=onet),
        "onet_occupations": pl.DataFrame(schema=onet),
        "onet_at_soc2010": pl.DataFrame(schema={**shares, "soc2010": pl.String}),
        "onet_at_soc2020": pl.DataFrame(schema={**shares, "soc": pl.String}),
    }


def test_a_bare_title_means_the_professional_and_what_others_say_it_means() -> None:
    plain, professional, *_ = meant.weighed(ENGINEERS, _tables())
    assert professional.weight > plain.weight == 1
    told = meant.weighed(ENGINEERS, _tables(parts=[("Cutters (excludes metal)", "5413/02")]))
    assert told[2].weight > told[3].weight


@pytest.mark.parametrize(
    ("industry", "soc2020"),
    [("clothing", "5413"), ("metal", "5223"), ("clothing and textile", "5413")],
)
def test_the_industry_that_is_most_alike_decides_and_small_words_do_not(industry: str, soc2020: str) -> None:
    found = index.Index(meant.weighed(ENGINEERS, _tables())).find("cutter", industry)
    assert found is not None
    assert max(zip(found.weights, found.entries, strict=True), key=lambda pair: pair[0])[1].soc2020 == soc2020


def test_equal_lessons_give_equal_bytes_and_what_is_kept_codes_alike(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        kept.save(_parts(), tmp_path / name)
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / name / "coder").iterdir()} for name in ("one", "other"))
    assert one == other
    again = coder.Coder(kept.load(tmp_path / "one"))
    assert [again.code([coder.Job(title)])[0].soc2020.code for title in TITLES] == [new for _, new in TITLES.values()]


def test_a_coder_of_an_earlier_program_is_no_coder_and_says_what_to_do(tmp_path: Path) -> None:
    kept.save(_parts(), tmp_path)
    (tmp_path / "coder" / "entries.tsv").unlink()
    assert not kept.is_there(tmp_path)
    with pytest.raises(Stop, match=r"an earlier program.*lmi build"):
        kept.load(tmp_path)


def test_a_release_without_a_coder_says_so(starter_release: Path) -> None:
    with pytest.raises(Stop, match="has no coder"):
        kept.load(starter_release)


def _run(taught: coder.Coder, file: Path, out: Path, columns: rows.Columns | None = None) -> rows.Done:
    return sheet.code_file(rows.alone(taught), file, out, columns or rows.Columns("job"), 0.0, release="r")


def test_a_broken_row_in_the_middle_is_reported_with_its_line_and_the_rest_is_coded(
    taught: coder.Coder, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(
        b'id,job,more\n1,lorry driver,x\n2,"bus driver,never closed\n3,head chef,"two\nlines"\n4,solicitor\n'
        b"5,civil \xff\xfe engineer,\x00\n6,,\n7," + b"y" * 10_000_000 + b",z\n8,pastry chef,w\n"
    )
    done = _run(taught, file, out)
    given = {row["id"]: row for row in csv.DictReader(out.read_text("utf-8").splitlines(keepends=True))}
    assert [given[key]["soc2010"] for key in ("1", "3", "5", "8")] == ["8211", "5434", "2121", "5434"]
    assert given["6"]["reason"] == "the title is empty"
    assert done.rows == 8
    assert done.faults == ["line 3: a quote is opened and never closed", "line 6: the row has 2 cells, the heading 3"]


def test_a_stopped_run_goes_on_and_writes_what_one_run_would_have_written(
    taught: coder.Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "BATCH", 7)
    file, whole, out = tmp_path / "in.csv", tmp_path / "whole.csv", tmp_path / "out.csv"
    file.write_text("job\n" + "".join(f"{title}\n" for title in list(TITLES) * 5), "utf-8")
    _run(taught, file, whole)
    seen: list[int] = []

    def stop(count: int) -> None:
        seen.append(count)
        if count == 21:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sheet.code_file(rows.alone(taught), file, out, rows.Columns("job"), 0.0, release="r", progress=stop)
    with out.with_name("out.csv.part").open("ab") as part:
        part.write(b"half a li")
    done = sheet.code_file(rows.alone(taught), file, out, rows.Columns("job"), 0.0, release="r", progress=seen.append)
    assert seen[:4] == [7, 14, 21, 28]
    assert done.rows == 55
    assert out.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_parquet_is_coded_as_csv_is_and_keeps_its_columns(taught: coder.Coder, tmp_path: Path) -> None:
    frame = pl.DataFrame({"n": [1, 2, 3], "job": ["lorry driver", None, "bus driver"]})
    frame.write_parquet(tmp_path / "in.parquet")
    _run(taught, tmp_path / "in.parquet", tmp_path / "out.parquet")
    coded = pl.read_parquet(tmp_path / "out.parquet")
    assert coded.columns == ["n", "job", *rows.ADDED]
    assert coded["soc2010"].to_list() == ["8211", "", "8213"]
    assert coded.select("n", "job").equals(frame)


def test_a_stopped_run_over_a_parquet_goes_on_and_writes_what_one_run_would_have_written(
    taught: coder.Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "BATCH", 7)
    monkeypatch.setattr(parquet, "BATCHES", 2)
    file, whole, out = tmp_path / "in.parquet", tmp_path / "whole.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"job": list(TITLES) * 5}).write_parquet(file)
    _run(taught, file, whole)
    seen = []

    def stop(count: int) -> None:
        seen.append(count)
        if count == 28:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sheet.code_file(rows.alone(taught), file, out, rows.Columns("job"), 0.0, release="r", progress=stop)
    assert not out.exists()
    done = sheet.code_file(rows.alone(taught), file, out, rows.Columns("job"), 0.0, release="r", progress=seen.append)
    assert seen == [14, 28, 42, 55]
    assert (done.rows, done.coded, done.broken) == (55, 55, 0)
    assert out.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet", "whole.parquet"]


def test_rows_of_a_parquet_that_cannot_be_read_are_named_and_the_others_coded(
    taught: coder.Coder, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    titles = list(TITLES) * 30
    pl.DataFrame({"job": titles}).write_parquet(file, row_group_size=110, compression="zstd")
    content = bytearray(file.read_bytes())
    column = pq.ParquetFile(file).metadata.row_group(1).column(0)
    # The page's own bytes, not its head: what is packed can't be unpacked any more.
    end = (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size
    content[end - 24 : end] = bytes(24)
    file.write_bytes(content)
    done = _run(taught, file, out)
    assert (done.rows, done.broken) == (330, 110)
    assert [fault.partition(":")[0] for fault in done.faults] == ["rows 111 to 220"]
    assert pl.read_parquet(out)["job"].to_list() == titles[:110] + titles[220:]


def test_a_column_of_bytes_numbers_or_nothing_is_read_as_text(taught: coder.Coder, tmp_path: Path) -> None:
    for number, cells in enumerate(([b"lorry driver", b"\xff"], [7, None])):
        pl.DataFrame({"job": cells}).write_parquet(tmp_path / f"{number}.parquet")
        _run(taught, tmp_path / f"{number}.parquet", tmp_path / f"out{number}.parquet")
    assert pl.read_parquet(tmp_path / "out0.parquet")["soc2010"].to_list() == ["8211", ""]
    assert pl.read_parquet(tmp_path / "out1.parquet")["reason"][1] == "the title is empty"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"", "the file is empty"), (b"a,b\n1,2\n", "no column 'job'"), (b"job,reason\nx,y\n", "already")],
)
def test_a_file_that_cannot_be_coded_is_refused_with_a_reason(
    taught: coder.Coder, tmp_path: Path, content: bytes, complaint: str
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    with pytest.raises(Stop, match=complaint):
        _run(taught, tmp_path / "in.csv", tmp_path / "out.csv")


def test_a_file_that_is_no_parquet_or_that_exists_is_refused(taught: coder.Coder, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(bytes(range(256)))
    with pytest.raises(Stop, match="can't be read"):
        _run(taught, tmp_path / "in.parquet", tmp_path / "out.parquet")
    with pytest.raises(Stop, match="there already"):
        _run(taught, tmp_path / "in.parquet", tmp_path / "in.parquet")


def test_plain_words_undo_indexing_order_plurals_and_accents() -> None:
    assert words.plain(words.natural_order("Assistants, cutter's, papér")) == "paper cutter assistant"


def test_the_coder_is_a_part_of_a_release_and_its_sums(full_release: Path) -> None:
    assert set(read_catalogue(full_release)["coder"]["content"]) < {
        path.removeprefix("coder/") for path in recorded_sums(full_release)
    }
    assert tampered(full_release) == []


@pytest.mark.parametrize(
    ("title", "soc2020"),
    [("Head chef", "5434"), ("Nurse, paediatric", "2236"), ("RN", "2237"), ("HGV driver", "8211"), ("coder", "2134")],
)
def test_everyday_words_are_coded_with_the_full_release(full_coder: coder.Coder, title: str, soc2020: str) -> None:
    assert full_coder.code([coder.Job(title)])[0].soc2020.code == soc2020


@pytest.fixture(scope="module")
def full_coder(full_release: Path) -> coder.Coder:
    return coder.Coder(kept.load(full_release))


def test_the_command_codes_a_file_and_exits_with_1_where_a_row_was_broken(full_release: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("job,pay,asked\nHead chef,£32000,level 3\na,b\n", "utf-8")
    command = ["code", str(tmp_path / "in.csv"), "--title=job", f"--out={tmp_path / 'out.csv'}"]
    more = ["--pay=pay", "--qualification=asked"]
    result = CliRunner().invoke(app, [*command, *more, f"--release={full_release}"])
    assert result.exit_code == 1
    assert "2 rows, 1 coded, 1 could not be read" in result.stdout
    assert next(csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines()))["soc2020"] == "5434"


def test_a_part_whose_tables_have_not_changed_is_carried_over(full_release: Path, tmp_path: Path) -> None:
    shutil.copytree(full_release / "data", tmp_path / "data")
    earlier = read_catalogue(full_release)
    assert taught_by.parts_of(earlier["datasets"]) == ["coder", "search"]
    for name in ("coder", "search"):
        made = {part: earlier[part] for part in taught_by.PARTS[name].parts}
        assert taught_by.carried_over(name, tmp_path, made, full_release, earlier) == earlier[name]
        content = {path.name: sha256(path) for path in (tmp_path / name).iterdir()}
        assert content == earlier[name]["content"]


def test_a_part_is_made_anew_where_a_table_has_changed_or_there_was_none(full_release: Path, tmp_path: Path) -> None:
    shutil.copytree(full_release / "data", tmp_path / "data")
    assert taught_by.carried_over("coder", tmp_path, {}, full_release, {}) is None
    shutil.copy(parquet_of(tmp_path, "soc2010_index"), parquet_of(tmp_path, "soc2020_index"))
    assert taught_by.carried_over("coder", tmp_path, {}, full_release, read_catalogue(full_release)) is None
    assert not (tmp_path / "coder").exists()


def test_a_release_that_lacks_what_the_coder_learns_from_has_none() -> None:
    assert taught_by.parts_of(["pay", "soc2020_index"]) == []
