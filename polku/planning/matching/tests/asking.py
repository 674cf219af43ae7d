"""The command as `polku` runs it, in this process: words in, exit status out."""

import argparse

from polku.planning.matching import command


def match(*words: str) -> int:
    """Run `polku match` and return its exit status."""
    parser = argparse.ArgumentParser(prog="polku match")
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))
