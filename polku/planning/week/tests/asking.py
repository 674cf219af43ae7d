"""The command as `polku` runs it, in this process: words in, exit status out."""

import argparse

from polku.planning.week import command


def ask(*words: str) -> int:
    """Run `polku week` and return its exit status."""
    parser = argparse.ArgumentParser(prog="polku week")
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))
