"""Wires -> the three endpoints of the old API that list what a group of its endpoints can be filtered by."""

from dataclasses import replace

from lmiforall.base.endpoint import Filters, Parameter, Wire

NAME = Parameter("name", "The name of a filter", required=True, in_path=True)

# What is filtered at each root.
OF = {"ashe": "pay and hours (ashe)", "lfs": "the survey of people (lfs)", "wf": "employment (wf)"}


def filters(root: str, one: str, wires: tuple[Wire, ...], uncoded: tuple[str, ...] = ()) -> tuple[Filters, ...]:
    """Declare names, all codes, and one filter; ``one`` is the path of the last, before the name."""
    of = OF[root]
    names = Filters(
        path=f"{root}/filters",
        summary=f"The names of the filters of {of}",
        example=f"{root}/filters",
        give="names",
        wires=wires,
        as_ashe=root == "ashe",
        uncoded=uncoded,
    )
    every = replace(
        names,
        path=f"{root}/filters/all",
        summary=f"All filters of {of} with their codes",
        example=f"{root}/filters/all",
        give="all",
    )
    single = replace(
        names,
        path=f"{root}/{one}/{{name}}",
        summary=f"One filter of {of} with its codes",
        example=f"{root}/{one}/{wires[0].name}",
        give="one",
        parameters=(NAME,),
    )
    return names, every, single
