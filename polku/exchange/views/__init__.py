"""The import pages: a file in, its columns, a dry run, the import, and the report of each."""
