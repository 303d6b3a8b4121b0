"""From a publisher's site or a folder to cells: the only room that opens source files or speaks HTTP outward."""
