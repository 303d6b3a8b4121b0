"""Wires -> the three endpoints of the old API that list what a group of its endpoints can be filtered by."""

from dataclasses import replace

from lmiforall.base.endpoint import Filters, Parameter, Wire

NAME = Parameter("name", "The name of a filter", required=True, in_path=True)


def filters(root: str, one: str, wires: tuple[Wire, ...], uncoded: tuple[str, ...] = ()) -> tuple[Filters, ...]:
    """Declare names, all codes, and one filter; ``one`` is the path of the last, before the name."""
    names = Filters(
        path=f"{root}/filters",
        summary="The names of filters",
        example=f"{root}/filters",
        give="names",
        wires=wires,
        as_ashe=root == "ashe",
        uncoded=uncoded,
    )
    every = replace(
        names,
        path=f"{root}/filters/all",
        summary="All filters with their codes",
        example=f"{root}/filters/all",
        give="all",
    )
    single = replace(
        names,
        path=f"{root}/{one}/{{name}}",
        summary="One filter with its codes",
        example=f"{root}/{one}/{wires[0].name}",
        give="one",
        parameters=(NAME,),
    )
    return names, every, single
