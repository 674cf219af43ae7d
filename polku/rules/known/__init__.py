"""The rules, one a file; the file is named after its rule."""
