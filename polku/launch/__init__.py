"""How Polku is set up and started on a machine. Knows no room and no Django.

Words: a *checkout* is a copy of this repository; its *home* is the folder where its data live
(`.polku/`, or under /var/tmp for root); a *cluster* is one PostgreSQL server and its data folder;
a *stamp* says that a piece of work was done for exactly this input, so that it is not done again.

Doors: `bootstrap` runs on the machine's own Python before anything is installed and makes the
environment; `postgres` starts and stops a cluster from any PostgreSQL `bin` folder; `demo`,
`serve`, `setup`, `status`, `manage` and `database` are commands of `polku`; `for_tests` gives each
test run a database of its own. Whatever goes wrong is a `LaunchError`: one sentence for a person.
"""


class LaunchError(Exception):
    """One sentence that says what happened and what to do. Ends the command with status 1."""
