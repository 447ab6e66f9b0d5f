"""Who solves: programs of ours, restated rivals, foreign solvers, whole processes; and what the
machine allows."""
import dataclasses
import hashlib
import json
import math
import pathlib
import re
import shutil
import statistics
import sys
import tempfile
from typing import Callable, Optional

from .measure import STOPPED, Answer, run

ABSENT = 3  # exit code: what was asked for does not exist on this machine


@dataclasses.dataclass(frozen=True)
class Program:
    """One of bench_*.c or rival_*.c: prints a line of JSON."""
    name: str
    program: str
    options: tuple = ()
    timeout: int = 60
    states_max: float = math.inf

    def missing(self, place):
        if "--vectors" not in self.options:
            return None
        command = [place.program(self.program), *self.options, "--n", "3"]
        return self.name if run(command, 10).code == ABSENT else None

    def solve(self, place, instance, timeout):
        command = [place.program(self.program), *instance.arguments(place), *self.options]
        done = run(command, timeout)
        if done.code is None:
            return STOPPED
        found = json.loads(done.text)
        return Answer(found["processor"], found["wall"], found["answer"], found["work"],
                      found["bytes"])


@dataclasses.dataclass(frozen=True)
class Solver:
    """A foreign one: reads an exported program, as a process of its own."""
    name: str
    kind: str
    command: tuple
    count: Callable
    timeout: int = 6
    states_max: float = math.inf

    def missing(self, place):
        return None if shutil.which(self.command[0]) else self.command[0]

    def solve(self, place, instance, timeout):
        exporter = [place.program("export_rivals"), *instance.arguments(place), "--as", self.kind]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / f"instance.{self.kind}"
            path.write_text(run(exporter, timeout).text, encoding="utf-8")
            done = run([*self.command, str(path)], timeout)
        if done.code is None:
            return STOPPED
        return Answer(done.processor, done.wall, str(self.count(done.text)))


@dataclasses.dataclass(frozen=True)
class Process:
    """A whole command of ours, from the start of its process to its end; median of several."""
    name: str
    arguments: tuple
    repeats: int = 9
    timeout: int = 60
    states_max: float = math.inf

    def missing(self, place):
        return None

    def solve(self, place, instance, timeout):
        model = instance.arguments(place)[1]
        command = [place.program("fahrplan"), *self.arguments, model]
        runs = [run(command, timeout) for _ in range(self.repeats)]
        if any(done.code is None for done in runs):
            return STOPPED
        return Answer(statistics.median(done.processor for done in runs),
                      statistics.median(done.wall for done in runs),
                      hashlib.sha256(runs[0].text.encode()).hexdigest()[:12])


def models_of_clingo(text):
    return json.loads(text)["Models"]["Number"]


def solutions_of_minizinc(text):
    if "==========" not in text and "UNSATISFIABLE" not in text:
        sys.exit("minizinc did not finish its search")
    return len(re.findall(r"^-{10}$", text, re.M))


CLINGO = Solver("clingo", "asp", ("clingo", "-q", "--outf=2", "0"), models_of_clingo)
GECODE = Solver("Gecode", "mzn", ("minizinc", "--solver", "gecode", "-a"), solutions_of_minizinc)
SUFFIX = Program("suffix bound", "rival_suffix", timeout=30)
BRUTE = Program("brute force", "rival_brute", states_max=2e8)


# ---- what the machine allows --------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Limit:
    """A program limit_*.c; `seconds` makes of what it prints, and of our answer, the least time.
    One that rests on our own nodes says nothing about rivals."""
    program: str
    seconds: Callable
    options: Optional[Callable] = None
    ours_only: bool = False

    def holds_for(self, contestant):
        return not self.ours_only or getattr(contestant, "program", "").startswith("bench_")

    def of(self, place, task, instance, ours):
        options = self.options(task) if self.options else ()
        done = run([place.program(self.program), *instance.arguments(place), *options], 60)
        return None if done.code is None else self.seconds(json.loads(done.text), ours)


COMPARES = Limit("limit_sweep", lambda said, ours: said["seconds"])
ADDITIONS = Limit("limit_node", lambda said, ours: said["seconds_a_node"] * ours.work,
                  ours_only=True)
READING = Limit("limit_load", lambda said, ours: said["processor"],
                lambda task: ("--as", "yaml" if task.series == "yaml" else "numbers"))


@dataclasses.dataclass(frozen=True)
class EmptyProcess:
    """A process that does nothing."""

    def holds_for(self, contestant):
        return True

    def of(self, place, task, instance, ours):
        return statistics.median(run(["true"], 10).wall for _ in range(9))
