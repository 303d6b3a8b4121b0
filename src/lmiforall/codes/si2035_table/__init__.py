"""The tables of the Skills Imperative 2035 workbooks: one figure stands in several of them, each a cell of its own.

The publisher's numbers, with a word where one table has parts that print the same figure.
"""

from pathlib import Path

from lmiforall.base.code_list import from_csv

# SOURCE: the titles on the workbooks' sheets, in our words.
SI2035_TABLE = from_csv(
    Path(__file__).with_name("codes.csv"), "si2035_table", "Tables of the Skills Imperative 2035", ("table",)
)
