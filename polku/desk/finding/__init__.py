"""Search: as you type on the top bar, and as a page of its own that works without script."""
