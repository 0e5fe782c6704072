"""Setting and placing: fonts, text, figures, pieces, cards and whole documents."""
