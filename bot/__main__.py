"""The command line: says what there is at once, and imports what a command needs only when it is chosen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path

from bot.words import say

EXIT_WRONG_SETTINGS = 2
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong settings or arguments."""
    arguments = _parser().parse_args(argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _run(arguments: argparse.Namespace) -> int:
    import asyncio

    from bot.errors import SalonError
    from bot.setting_sentences import WrongSettings
    from bot.settings import load_settings
    from models.errors import EngineError

    try:
        settings = load_settings()
        command = import_module(f"bot.commands.{arguments.command}")
        return int(asyncio.run(command.main(arguments, settings)))
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return EXIT_WRONG_SETTINGS
    except (SalonError, EngineError) as failure:
        print(failure, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="salon", description=say("cli.salon"))
    parser.add_argument("--version", action="version", version=f"salon {metadata.version('salon-bot')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("cli.command"))
    play = _add(commands, "play")
    play.add_argument("--port", type=_port, default=8100, help=say("cli.play_port"))
    play.add_argument("--no-open", dest="open", action="store_false", help=say("cli.play_no_open"))
    _add(commands, "run")
    check = _add(commands, "check")
    check.add_argument("--offline", action="store_true", help=say("cli.check_offline"))
    sync = _add(commands, "sync")
    sync.add_argument("--server", type=int, metavar="ID", help=say("cli.sync_server"))
    backup = _add(commands, "backup")
    backup.add_argument("file", type=Path, help=say("cli.backup_file"))
    backup.add_argument("--force", action="store_true", help=say("cli.backup_force"))
    _add(commands, "health")
    return parser


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> argparse.ArgumentParser:
    words = say(f"cli.{name}")
    return commands.add_parser(name, help=words, description=words)


def _port(typed: str) -> int:
    port = int(typed)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError(say("cli.bad_port", port=port))
    return port


if __name__ == "__main__":
    sys.exit(main())
