"""The classifications by which figures are told apart: one folder for each, its year in its name."""
