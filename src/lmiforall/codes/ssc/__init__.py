"""How the UK Standard Skills Classification numbers finer occupations and tasks, open at the end."""

from lmiforall.base.code_list import Pattern

SUB_UNIT_GROUP = Pattern("sub_unit_group", "Sub-unit group of SOC2020's extension", r"[1-9]\d{3}/\d\d")
TASK = Pattern("ssc_task", "Task", r"T\.\d{5}")
