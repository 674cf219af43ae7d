"""The command as `polku` runs it, in this process: words in, exit status out."""

from polku.planning.matching import command
from polku.planning.tests.commanding import runner

match = runner(command, "match")
