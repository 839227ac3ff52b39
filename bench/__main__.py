"""The benchmarks' command line: `python -m bench [NAME ...] [--json FILE] [--rounds N]`; no name runs all."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import pkgutil
from importlib import import_module
from pathlib import Path

import structlog

import bench
from bench.report import Report

NOT_BENCHMARKS = {"__main__", "report"}


def names() -> list[str]:
    """List the benchmarks: every module of this folder that is not part of the runner."""
    found = (module.name for module in pkgutil.iter_modules(bench.__path__) if not module.ispkg)
    return sorted(name for name in found if name not in NOT_BENCHMARKS)


def measure(name: str, rounds: int | None) -> Report:
    """Run one benchmark; without `rounds` it repeats as often as it thinks right."""
    module = import_module(f"bench.{name}")
    options = {} if rounds is None else {"rounds": rounds}
    report: Report = asyncio.run(module.measure(**options))
    return report


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks that were asked for, print their tables, and write their figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often each benchmark repeats")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(names()):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    # A table is asked for, not the evening's log.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    figures: dict[str, object] = {}
    for name in chosen.names or names():
        report = measure(name, chosen.rounds)
        print(report.as_text(), end="\n\n", flush=True)
        figures[name] = report.as_json()
    if chosen.json:
        written = next(iter(figures.values())) if len(figures) == 1 else figures
        chosen.json.write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
