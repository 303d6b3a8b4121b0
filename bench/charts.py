"""Rows of figures -> a chart as SVG: a row for each name, its figures as dots on a line."""

from collections.abc import Sequence
from html import escape

LEFT, RIGHT, TOP, ROW = 340, 40, 56, 20
WIDTH = 900
COLOURS = ("#1d70b8", "#b1b4b6", "#505a5f")


def chart(
    title: str,
    rows: Sequence[tuple[str, Sequence[float]]],
    *,
    span: tuple[float, float],
    names: Sequence[str],
    marks: Sequence[float] = (),
) -> str:
    """Draw per cents between the ends of ``span``, one colour for each of ``names``, dashed lines at ``marks``."""
    height = TOP + ROW * len(rows) + 30
    low, high = span

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low)

    parts = [f'<text x="10" y="20" font-size="15" font-weight="bold">{escape(title)}</text>']
    for place, name in enumerate(names):
        at = 10 + 150 * place
        parts.append(f'<circle cx="{at + 5}" cy="38" r="4" fill="{COLOURS[place]}"/>')
        parts.append(f'<text x="{at + 14}" y="42">{escape(name)}</text>')
    for mark in (*marks, low, high):
        dash = "" if mark in span else ' stroke-dasharray="4 3"'
        parts.append(
            f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="{TOP}" y2="{height - 24}" stroke="#b1b4b6"{dash}/>'
        )
        parts.append(f'<text x="{x(mark):.1f}" y="{height - 8}" text-anchor="middle">{mark:.0f}%</text>')
    for row, (name, values) in enumerate(rows):
        y = TOP + ROW * row + ROW / 2
        parts.append(f'<text x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>')
        dots = reversed(list(zip(values, COLOURS, strict=False)))
        parts += [f'<circle cx="{x(value):.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for value, colour in dots]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(title)}">\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f"{body}\n</svg>\n"
    )
