"""What the comparisons share: running both sides in turns, medians, and the table at the end."""

import argparse
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KNACK = ROOT / "scripts" / "knack"


def arguments(description: str, **defaults) -> argparse.Namespace:
    """Parses `--name value` for each default, of the default's type, and `--json`."""
    parser = argparse.ArgumentParser(description=description)
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"default: {default}")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser.parse_args()


def python_with(name: str, *packages: str) -> str:
    """A Python that has the given packages, in a virtual environment of that name."""
    script = ROOT / "scripts" / "compare" / "environment"
    result = subprocess.run([script, name, *packages], stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(result.returncode)
    return result.stdout.strip()


def run(command: list, environment: dict | None = None) -> str:
    """Standard output of a command that must succeed; what it says on standard error is shown only if it does not."""
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=environment)
    if result.returncode != 0:
        sys.stderr.write(result.stdout + result.stderr)
        sys.exit(f"This command failed with exit code {result.returncode}: {' '.join(map(str, command))}")
    return result.stdout


def last_object(text: str) -> dict:
    """The JSON object on the last line."""
    return json.loads(text.strip().splitlines()[-1])


def knack(*parts) -> dict:
    """The JSON object that a `knack` command prints last."""
    return last_object(run([KNACK, *parts, "--json"]))


def peer(python: str, script: str, *parts, threads: int = 1) -> dict:
    """The JSON object that a peer's script prints last.

    The peers choose their own kernels: what may be set for the OpenBLAS that Knack links does not concern them.
    """
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"}
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[variable] = str(threads)
    environment["PYTHONWARNINGS"] = "ignore"
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    path = ROOT / "scripts" / "compare" / "peers" / script
    return last_object(run([python, path, *parts], environment))


def progress(sentence: str) -> None:
    """Says on standard error what is being done."""
    print(sentence, file=sys.stderr, flush=True)


def in_turns(rounds: int, sides: dict) -> dict:
    """Runs each side once a round, so that a drift of the machine meets all; returns each side's results."""
    results = {name: [] for name in sides}
    for turn in range(rounds):
        for name, measure in sides.items():
            progress(f"round {turn + 1} of {rounds}: {name}")
            results[name].append(measure())
    return results


def median_of(results: list, key: str) -> float:
    return statistics.median(result[key] for result in results)


def interquartile_mean(values: list) -> float:
    """The mean of the middle half, border values counted by the part that lies inside (Agarwal et al. 2021)."""
    values = sorted(values)
    quarter = len(values) / 4
    weights = [max(0.0, min(i + 1, len(values) - quarter) - max(i, quarter)) for i in range(len(values))]
    return sum(weight * value for weight, value in zip(weights, values)) / sum(weights)


def interquartile_interval(values: list, resamples: int = 2000) -> tuple:
    """The 95 % percentile bootstrap interval of the interquartile mean; the same for the same values."""
    generator = random.Random(0)
    means = sorted(interquartile_mean(generator.choices(values, k=len(values))) for _ in range(resamples))
    return means[round(0.025 * (resamples - 1))], means[round(0.975 * (resamples - 1))]


def machine() -> str:
    """One line: processor, cores, system."""
    processor = platform.processor() or platform.machine()
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                processor = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{processor}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.release()}"


def number(value) -> str:
    """Three digits that matter, with separators."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(rows: list) -> str:
    """Columns as wide as they need to be; the first is text, the others are numbers."""
    cells = [[number(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths)))
        for row in cells)


def report(options: argparse.Namespace, rows: list, values: dict) -> None:
    """Prints the table and the machine, or all values as one JSON object."""
    if options.json:
        print(json.dumps({**values, "machine": machine()}))
    else:
        print(table(rows))
        print(f"\nMeasured on: {machine()}")
