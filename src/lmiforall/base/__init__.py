"""The words in which everything else is declared; no file is opened and no figure is computed here."""
