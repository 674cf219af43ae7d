"""The command as `polku` runs it, in this process: words in, exit status out."""

from polku.planning.tests.commanding import runner
from polku.planning.week import command

ask = runner(command, "week")
