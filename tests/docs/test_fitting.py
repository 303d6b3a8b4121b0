"""The example of docs/developers/fitting.md, run as it stands."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "developers" / "fitting.md"


def test_the_example_gives_the_nearest_table_within_its_margins(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(example, str(PAGE), "exec"), {})
    found = [float(value) for value in re.findall(r"[\d.]+", capsys.readouterr().out)]
    # Of the 30 in Wales 9 are men, as many as may be; the rest of each sex is in London.
    assert found == pytest.approx([39.0, 21.0, 31.0, 9.0])
