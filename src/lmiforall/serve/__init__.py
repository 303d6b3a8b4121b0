"""A query -> an answer: the API over an open release.

Rule 1: no arithmetic in here beyond rounding; a figure that is not in the release is not served.
Rule 2: a shape of answer knows nothing of HTTP; `web` carries what it gives.
Rule 3: whatever is asked, the answer says what was wrong; bad input never ends in a 5xx.
"""
