"""Processes, clocks, rounds, medians."""
import collections
import dataclasses
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
    ratio_bound: str = ""  # "≥ ": this one was stopped; "≤ ": the first one was
    limit: Optional[float] = None  # seconds that the machine needs at least
    finished: str = ""
    gave_up: bool = False  # it was stopped at a smaller size

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


def time_of(answers, clock, timeout):
    """Of one instance: median seconds, whether a round was stopped, spread of the rounds."""
    times = [timeout if (t := getattr(a, clock)) is None else t for a in answers]
    middle = statistics.median(times)
    spread = (max(times) - min(times)) / middle if len(times) > 1 and middle > 0 else None
    return middle, any(a.processor is None for a in answers), spread


def median_or_none(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def set_ratio(row, times, firsts):
    """times, firsts: by instance, seconds and whether it was stopped. Two that were stopped cannot
    be compared."""
    pairs = [(t, f) for t, f in zip(times, firsts) if not (t[1] and f[1])]
    if not pairs:
        return
    row.ratio = statistics.median(t[0] / f[0] for t, f in pairs)
    if 2 * sum(t[1] for t, _ in pairs) >= len(pairs):
        row.ratio_bound = "≥ "
    elif 2 * sum(f[1] for _, f in pairs) >= len(pairs):
        row.ratio_bound = "≤ "


def row_of(task, contestant, times, solved, limits):
    """times: by instance, seconds, whether it was stopped, spread. solved: the answers."""
    row = Row(task.name, contestant.name, task.series, task.size)
    stopped = [t[1] for t in times]
    row.seconds = statistics.median(t[0] for t in times)
    row.spread = median_or_none([t[2] for t in times])
    row.at_least = 2 * sum(stopped) >= len(stopped)
    row.finished = f"{len(stopped) - sum(stopped)}/{len(stopped)}"
    row.limit = median_or_none(limits)
    if not row.at_least:
        row.work = median_or_none([answers[0].work for answers in solved])
    row.bytes = max((a.bytes for answers in solved for a in answers if a.bytes), default=None)
    return row


def contest(benchmark, task, contestants, place, smoke, complain):
    """The rows of a task; who has not tried has none. contestants: without those who gave up."""
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
    times, rows = {}, {}
    for c in contestants:
        if not solved[c.name][0]:
            continue
        times[c.name] = [time_of(answers, benchmark.clock, min(c.timeout, timeout_max))
                         for answers in solved[c.name]]
        holds = limits and benchmark.limit.holds_for(c)
        rows[c.name] = row_of(task, c, times[c.name], solved[c.name], limits if holds else [])
    return times, rows


def measure(benchmark, place, smoke, complain):
    """Rows, task by task. Who was stopped at one size of a series does not try the larger ones."""
    present = [c for c in benchmark.contestants if not c.missing(place)]
    given_up = set()
    for task in benchmark.smoke if smoke else benchmark.tasks:
        here = [c for c in present if (c.name, task.series) not in given_up]
        if not here:
            continue
        times, rows = contest(benchmark, task, here, place, smoke, complain)
        for c in present:
            row = rows.get(c.name, Row(task.name, c.name, task.series, task.size))
            if c.name in rows and present[0].name in rows:
                set_ratio(row, times[c.name], times[present[0].name])
            row.gave_up = (c.name, task.series) in given_up
            if row.at_least and task.series:
                given_up.add((c.name, task.series))
            yield row
