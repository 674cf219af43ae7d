"""How the rooms are put together: settings, addresses, the WSGI door. Knows every room; none knows it."""
