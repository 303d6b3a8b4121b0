"""Whether a figure of the Labour Force Survey's summaries is a level or a change."""

from lmiforall.base.code_list import listed

LFS_CHANGE = listed(
    "lfs_change",
    "Level, or change",
    (("level", "Level"), ("quarter", "Change on the quarter before"), ("year", "Change on the year before")),
)
