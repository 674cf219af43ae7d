"""Places in words, ready for the templates."""
