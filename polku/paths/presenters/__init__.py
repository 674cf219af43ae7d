"""The plan as ready words for the pages. Nothing here asks the database."""
