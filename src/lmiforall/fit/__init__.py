"""Tables -> modelled tables, by the kind of model that a dataset declares. No files, no clock, no globals."""
