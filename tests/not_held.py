"""The datasets of which nobody has a file, and the files that were made up to try their readers."""

from pathlib import Path

from lmiforall import datasets

MADE_UP = Path(__file__).with_name("made_up")
NAMES = tuple(name for name, dataset in datasets.every().items() if dataset.not_held)
