"""How the National Careers Service names its job profiles: by the last part of their addresses, open at the end."""

from lmiforall.base.code_list import Pattern

PROFILE = Pattern("ncs_profile", "Job profile of the National Careers Service", r"[a-z0-9][a-z0-9'()-]*")
