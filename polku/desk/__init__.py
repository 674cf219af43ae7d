"""Staff pages that join rooms: my day, clients, client page, team, search. Thin: asks and calls."""
