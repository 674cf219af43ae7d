"""Commands that make the small facts, and where those come from (SOURCES.md). Never installed."""
