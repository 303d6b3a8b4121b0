"""Tables of a release -> the parts of a coder: what its indexes say, and what was learnt from all titles."""

from lmiforall.match import asked, learn, meant
from lmiforall.match.kept import Parts
from lmiforall.match.lessons import Tables, entries, lessons, shares


def make(tables: Tables) -> Parts:
    """Learn from the tables that ``lessons.NEEDED`` names; the same tables give the same parts."""
    known = meant.weighed(entries(tables), tables)
    todo = lessons(tables, known)
    older = sorted({soc for lesson in todo for soc in lesson.soc2010})
    newer = sorted({soc for lesson in todo for soc in lesson.soc2020})
    names = [*(f"10:{soc}" for soc in older), *(f"20:{soc}" for soc in newer)]
    features = learn.vocabulary([lesson.text for lesson in todo])
    net = learn.learn(todo, {name: column for column, name in enumerate(names)}, len(older), features)
    people = asked.people(tables, older, newer, shares(tables["soc2010_soc2020_weights"], "to_soc2010"))
    return Parts(net, list(features), older, newer, known, people)
