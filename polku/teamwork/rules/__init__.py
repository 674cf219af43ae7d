"""Rules of division: which clients each coach of a team takes, as the lead has said."""
