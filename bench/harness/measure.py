"""Processes, clocks, rounds, medians."""
import collections
import dataclasses
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Optional

LONG = 4  # seconds; what takes longer is not repeated


@dataclasses.dataclass(frozen=True)
class Answer:
    """One solve: seconds of processor and wall; None: stopped at the time limit."""
    processor: Optional[float]
    wall: Optional[float]
    answer: Optional[str] = None
    work: Optional[int] = None
    bytes: Optional[int] = None


STOPPED = Answer(None, None)
Done = collections.namedtuple("Done", "code text processor wall")


def run(command, timeout):
    """Run to the end; code None: it used up its processor seconds. Those count, so that a busy
    machine stops nobody early."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (timeout, timeout + 1))

    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as complaints:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, stderr=complaints, text=True,
                                   preexec_fn=limit)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        complaints.seek(0)
        text, complaint = output.read(), complaints.read()
    seconds = usage.ru_utime + usage.ru_stime
    succeeded = process.returncode in (0, 3, 10, 20, 30)  # clingo's say whether there are models
    # MiniZinc does not always wait for a solver that was stopped: its time is not in `usage` then
    if max(seconds, 0 if succeeded else wall) >= 0.98 * timeout:
        return Done(None, text, seconds, wall)
    if not succeeded:
        sys.exit(f"{' '.join(command)}: {complaint.strip()}")
    return Done(process.returncode, text, seconds, wall)


# ---- one task -----------------------------------------------------------------------------------


@dataclasses.dataclass
class Row:
    """One line of the table. A stopped run counts as its time limit, the figures are then at least
    so much."""
    task: str
    who: str
    series: str = ""
    size: float = 0
    seconds: Optional[float] = None  # None: not tried
    at_least: bool = False
    work: Optional[float] = None
    spread: Optional[float] = None  # between rounds, as a share of the median
    bytes: Optional[int] = None
    ratio: Optional[float] = None  # to the first
    limit: Optional[float] = None  # seconds that the machine needs at least
    finished: str = ""

    @property
    def times_limit(self):
        return self.seconds / self.limit if self.limit and self.seconds else None

    @property
    def rate(self):
        return self.work / self.seconds if self.work and self.seconds else None


def rounds_of(task, instance, contestants, place, rounds, timeout_max):
    """By contestant: the answers of each round. Every second round runs the other way round, so
    that nobody always follows the same neighbour."""
    found = {c.name: [] for c in contestants}
    slow = set()
    for number in range(rounds):
        for c in contestants[::-1] if number % 2 else contestants:
            if task.size > c.states_max or c.name in slow:
                continue
            start = time.monotonic()
            found[c.name].append(c.solve(place, instance, min(c.timeout, timeout_max)))
            if time.monotonic() - start > LONG:
                slow.add(c.name)
    return found


def median_of(answers, clock, timeout):
    times = [timeout if (t := getattr(a, clock)) is None else t for a in answers]
    middle = statistics.median(times)
    spread = (max(times) - min(times)) / middle if len(times) > 1 and middle > 0 else None
    return middle, spread


def median_or_none(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def row_of(task, contestant, solved, ours, limits, clock, timeout):
    """solved, ours: by instance, the answers of the rounds."""
    row = Row(task.name, contestant.name, task.series, task.size)
    if not solved[0]:
        return row
    pairs = [median_of(answers, clock, timeout) for answers in solved]
    done = [answers[0].processor is not None for answers in solved]
    row.seconds = statistics.median(seconds for seconds, _ in pairs)
    row.spread = median_or_none([spread for _, spread in pairs])
    row.at_least = sum(done) <= len(done) // 2
    row.finished = f"{sum(done)}/{len(done)}"
    row.limit = median_or_none(limits)
    if not row.at_least:
        row.work = median_or_none([answers[0].work for answers in solved])
    row.bytes = max((a.bytes for answers in solved for a in answers if a.bytes), default=None)
    ratios = [seconds / median_of(first, clock, math.inf)[0]
              for (seconds, _), first in zip(pairs, ours) if first and first[0].processor]
    row.ratio = median_or_none(ratios)
    return row


def contest(benchmark, task, contestants, place, smoke, complain):
    """The rows of a task."""
    rounds, timeout_max = (1, 10) if smoke else (3, 3600)
    solved, limits = {c.name: [] for c in contestants}, []
    for instance in task.instances:
        found = rounds_of(task, instance, contestants, place, rounds, timeout_max)
        for name, answers in found.items():
            solved[name].append(answers)
        ours = (found[contestants[0].name] or [STOPPED])[0]
        if benchmark.limit is not None and ours.processor is not None:
            limits.append(benchmark.limit.of(place, task, instance, ours))
        said = {name: {a.answer for a in answers if a.answer is not None}
                for name, answers in found.items()}
        if len(set().union(*said.values())) > 1:
            complain(f"{task.name} ({' '.join(instance.arguments(place))}): {said}")
    return [row_of(task, c, solved[c.name], solved[contestants[0].name],
                   limits if limits and benchmark.limit.holds_for(c) else [],
                   benchmark.clock, min(c.timeout, timeout_max)) for c in contestants]


def measure(benchmark, place, smoke, complain):
    """Rows, task by task. Who was stopped at one size of a series does not try the larger ones."""
    tasks = benchmark.smoke if smoke else benchmark.tasks
    given_up = set()
    absent = [c for c in benchmark.contestants if c.missing(place)]
    for task in tasks:
        here = [c for c in benchmark.contestants
                if c not in absent and (c.name, task.series) not in given_up]
        rows = {row.who: row for row in contest(benchmark, task, here, place, smoke, complain)}
        for c in benchmark.contestants:
            if c in absent:
                continue
            row = rows.get(c.name, Row(task.name, c.name, task.series, task.size))
            if row.at_least and task.series:
                given_up.add((c.name, task.series))
            yield row
