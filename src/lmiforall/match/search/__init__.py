"""Words as somebody types them -> occupations, best first, each with the title that matched.

Rule 1: nothing is better than something irrelevant: a hit has most of what was asked, by weight of its words.
Rule 2: every hit names its title, where that comes from, and in which way it matched.
"""
