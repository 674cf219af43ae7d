"""Settings, addresses and the WSGI door: knows every room; none knows it."""
