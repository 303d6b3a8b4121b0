"""Words -> codes: job titles are coded to unit groups of SOC2020 and SOC2010, each with its probability.

Rule 1: a title is never coded silently: every answer has a probability, the runners-up and what it rests on.
Rule 2: what is learnt is learnt when a release is built, from its own tables; coding needs numpy and no network.
"""
