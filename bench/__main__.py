"""The benchmarks' command line: `python -m bench [NAME ...] [--json FILE] [--rounds N]`; no name runs all.

Some have other profiles: `python -m bench device --profile gpu`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import pkgutil
from importlib import import_module
from inspect import signature
from pathlib import Path

import structlog

import bench
from bench.report import CannotMeasure, Report

NOT_BENCHMARKS = {"__main__", "report"}


def names() -> list[str]:
    """List the benchmarks: every module of this folder that is not part of the runner."""
    found = (module.name for module in pkgutil.iter_modules(bench.__path__) if not module.ispkg)
    return sorted(name for name in found if name not in NOT_BENCHMARKS)


def measure(name: str, rounds: int | None = None, profile: str | None = None) -> Report:
    """Run one benchmark; without `rounds` it repeats as often as it thinks right.

    Raises `CannotMeasure` where it does not know the profile, or what it measures is not here.
    """
    module = import_module(f"bench.{name}")
    asked = {"rounds": rounds, "profile": profile}
    options = {option: value for option, value in asked.items() if value is not None}
    if unknown := options.keys() - signature(module.measure).parameters.keys():
        raise CannotMeasure(f"{name} takes no {', '.join(unknown)}")
    report: Report = asyncio.run(module.measure(**options))
    return report


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks that were asked for, print their tables, and write their figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often each benchmark repeats")
    parser.add_argument("--profile", metavar="NAME", help="measure otherwise; device knows gpu")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(names()):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    # A table is asked for, not the evening's log.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    figures: dict[str, object] = {}
    for name in chosen.names or names():
        try:
            report = measure(name, chosen.rounds, chosen.profile)
        except CannotMeasure as missing:
            parser.exit(1, f"{name}: {missing}\n")
        print(report.as_text(), end="\n\n", flush=True)
        figures[name] = report.as_json()
    if chosen.json:
        written = next(iter(figures.values())) if len(figures) == 1 else figures
        chosen.json.write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
