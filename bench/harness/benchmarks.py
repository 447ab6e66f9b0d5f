"""What is measured: one entry a benchmark. To add one, write its programs in C (bench_*.c, and a
rival that solves the same), then an entry at the end of BENCHMARKS."""
import dataclasses
from typing import Optional

from .instances import files, flagship, ladders, modular, published, randoms
from .rivals import (ADDITIONS, BRUTE, CLINGO, COMPARES, GECODE, READING, SUFFIX, EmptyProcess,
                     Process, Program)


@dataclasses.dataclass(frozen=True)
class Bar:
    """What is due: `column` of the row of `task` and `who` is at most (or least) `value`."""
    text: str
    task: str
    who: str
    column: str  # a field of measure.Row
    value: float
    at_least: bool = False


@dataclasses.dataclass(frozen=True)
class Benchmark:
    key: str
    title: str
    about: str
    contestants: list  # the first one is ours; ratios are to it
    tasks: list
    smoke: list  # seconds in all: does everything run and agree?
    clock: str = "processor"  # or "wall", for several threads and whole processes
    work: str = ""  # what the programs count as work: "nodes", "states"
    limit: Optional[object] = None
    limit_about: str = ""
    bars: tuple = ()


def at_once(name, program, threads):
    return Program(name, program, ("--threads", str(threads)))


NODE = "one addition to every lane for each node, from the nearest cache"
COMPARE = ("one compare of byte lanes for each state and each pair of variants that its block leaves "
           "open, from the nearest cache")

WALL = ("Timed by the clock on the wall: other work on the machine takes more from two threads than "
        "from one, so the figures only count while the load without them is low.")

BENCHMARKS = [
    Benchmark(
        "enumeration", "All consistent scenarios",
        "From the model in memory, one thread. clingo and Gecode are whole processes, because their "
        "grounding and flattening cannot be told apart from outside. Suffix bound: our restatement "
        "of the published search in the order of the file. Published for the model of 60 million "
        "states, on other machines: CrossImpactBalances.jl 13 ms on 10 threads, ScenarioWizard 5 "
        "2 to 6 s.",
        [Program("Fahrplan", "bench_enumeration"), SUFFIX, BRUTE, CLINGO, GECODE],
        tasks=[flagship(), published(), randoms(20, 0.45, 3), randoms(25, 0.45, 3),
               randoms(30, 0.45, 2), randoms(35, 0.45), randoms(24, 0.5, 3), randoms(28, 0.5, 2),
               randoms(20, 1, 2)],
        smoke=[randoms(8, 0.45), randoms(10, 0.45), randoms(8, 1)],
        work="nodes", limit=ADDITIONS, limit_about=NODE,
        bars=(Bar("flagship, all scenarios: 1 ms", "flagship, 16 descriptors", "Fahrplan",
                  "seconds", 1e-3),
              Bar("30x3: 16 times faster than the suffix bound", "30x3, density 0.45",
                  "suffix bound", "ratio", 16, True),
              Bar("24x3: 100 times faster than clingo", "24x3, density 0.5", "clingo", "ratio",
                  100, True),
              Bar("28x3: 500 times faster than clingo", "28x3, density 0.5", "clingo", "ratio",
                  500, True))),
    Benchmark(
        "threads", "All consistent scenarios, two threads against one",
        WALL,
        [at_once("two threads", "bench_enumeration", 2),
         at_once("one thread", "bench_enumeration", 1)],
        tasks=[randoms(30, 0.45), randoms(33, 0.45), randoms(20, 1)],
        smoke=[randoms(12, 0.45)],
        clock="wall", work="nodes",
        bars=(Bar("two threads against one, over 1 s: 1.8", "33x3, density 0.45", "one thread",
                  "ratio", 1.8, True),)),
    Benchmark(
        "vectors", "All consistent scenarios, by level of vectors",
        "The same search with the inner loops of each kind of processor; the bar compares portable "
        "builds with the best.",
        [Program("AVX-512", "bench_enumeration", ("--vectors", "avx512")),
         Program("AVX2", "bench_enumeration", ("--vectors", "avx2")),
         Program("scalar", "bench_enumeration", ("--vectors", "scalar"))],
        tasks=[randoms(25, 0.45, 2), randoms(30, 0.45), randoms(20, 1)],
        smoke=[randoms(12, 0.45)],
        work="nodes", limit=ADDITIONS, limit_about=NODE,
        bars=(Bar("scalar within 12 times of the best vectors", "30x3, density 0.45", "scalar",
                  "ratio", 12),)),
    Benchmark(
        "counting", "Exact counts on modular models",
        "Modules of 8 descriptors, density .45 inside, a few links across. Rivals have to list "
        "what they count.",
        [Program("Fahrplan", "bench_count", timeout=20),
         Program("suffix bound", "rival_suffix", timeout=6), CLINGO],
        tasks=[modular(24, 0.005, 2), modular(40, 0.005, 2), modular(60, 0.005, 2),
               modular(80, 0.005, 2), modular(100, 0.005, 2),
               modular(24, 0.02, 2), modular(40, 0.02, 2), modular(60, 0.02, 2),
               modular(80, 0.02, 2), modular(100, 0.02, 2)],
        smoke=[modular(16, 0.02), modular(20, 0.02)],
        work="nodes",
        bars=(Bar("100 descriptors, .005 across: 5 s", "100x3, 0.005 across", "Fahrplan",
                  "seconds", 5),
              Bar("100 descriptors, .02 across: 5 s", "100x3, 0.02 across", "Fahrplan",
                  "seconds", 5))),
    Benchmark(
        "basins", "All basins under the global rule",
        "One thread. 18x3 has the size of the largest published model (408 million states). Plain "
        "sweep: the successor of every state in plain C, into a table of four bytes a state, "
        "resolved in place. Published, on other machines: CrossImpactBalances.jl 3.0 s on 8 threads "
        "with 3.2 GB for 408 million states, 0.47 s on 8 threads for the 60 million.",
        [at_once("Fahrplan", "bench_basins", 1),
         Program("plain sweep", "rival_sweep", ("--task", "basins"), timeout=200)],
        tasks=[flagship(), published(), randoms(12, 0.45), randoms(14, 0.45), randoms(16, 0.45),
               randoms(18, 0.45)],
        smoke=[randoms(8, 0.45), randoms(10, 0.45)],
        work="states", limit=COMPARES,
        limit_about="the successor of every state once: " + COMPARE,
        bars=(Bar("18x3 on one core: 2 s", "18x3, density 0.45", "Fahrplan", "seconds", 2),
              Bar("18x3: under 64 MB", "18x3, density 0.45", "Fahrplan", "bytes", 64e6))),
    Benchmark(
        "basins-threads", "All basins, two threads against one",
        WALL,
        [at_once("two threads", "bench_basins", 2), at_once("one thread", "bench_basins", 1)],
        tasks=[flagship(), published(), randoms(18, 0.45)],
        smoke=[randoms(10, 0.45)],
        clock="wall", work="states",
        bars=(Bar("60 million states, most in cycles, two cores: 0.7 s",
                  "published, 60 million states", "two threads",
                  "seconds", 0.7),
              Bar("18x3, two threads against one: 1.8", "18x3, density 0.45", "one thread",
                  "ratio", 1.8, True))),
    Benchmark(
        "sweep", "The successor of every state",
        "One thread, nothing kept but the number of states that are their own successors.",
        [Program("Fahrplan", "bench_sweep"),
         Program("plain sweep", "rival_sweep", ("--task", "successors"), states_max=2e8)],
        tasks=[flagship(), randoms(12, 0.45), randoms(14, 0.45), randoms(16, 0.45),
               randoms(18, 0.45)],
        smoke=[randoms(8, 0.45), randoms(10, 0.45)],
        work="states", limit=COMPARES, limit_about=COMPARE,
        bars=(Bar("18x3: within twice the limit", "18x3, density 0.45", "Fahrplan",
                  "times_limit", 2),)),
    Benchmark(
        "tension", "The distribution of total tension",
        "What a rank is read from: every state once, one thread.",
        [at_once("Fahrplan", "bench_tension", 1),
         Program("plain sweep", "rival_sweep", ("--task", "tension"), states_max=2e8)],
        tasks=[flagship(), randoms(12, 0.45), randoms(14, 0.45), randoms(16, 0.45)],
        smoke=[randoms(8, 0.45), randoms(10, 0.45)],
        work="states"),
    Benchmark(
        "run", "`fahrplan run`, the whole process",
        "From the start of a new process to its end, the file read anew each time.",
        [Process("one thread", ("run", "--no-provenance", "--threads", "1")),
         Process("two threads", ("run", "--no-provenance", "--threads", "2"))],
        tasks=[flagship()],
        smoke=[flagship()],
        clock="wall", limit=EmptyProcess(), limit_about="a process that does nothing",
        bars=(Bar("flagship, whole process: 0.3 s", "flagship, 16 descriptors", "one thread",
                  "seconds", 0.3),)),
    Benchmark(
        "load", "Loading a file",
        "Full matrices, five variants a descriptor, read and checked.",
        [Program("Fahrplan", "bench_load")],
        tasks=[files(n, suffix) for suffix in (".fahrplan.yaml", ".scw") for n in (25, 50, 100)],
        smoke=[files(6, ".fahrplan.yaml"), files(6, ".scw")],
        work="judgements", limit=READING,
        limit_about="YAML: the events of libyaml, on which our reader stands; scw: strtol from "
                    "number to number",
        bars=(Bar("100 descriptors, 500 variants, YAML: 0.3 s",
                  "100 descriptors, 500 variants, yaml", "Fahrplan", "seconds", 0.3),
              Bar("100 descriptors, 500 variants, scw: 0.1 s",
                  "100 descriptors, 500 variants, scw", "Fahrplan", "seconds", 0.1))),
    *(Benchmark(
        f"changed-{way}", f"Changed models: {title}",
        "A hundred solves from one model in memory, one thread. Anew: a model is built and laid out "
        "for each.",
        [Program("Fahrplan", "bench_resolver", ("--way", way)),
         Program("anew", "bench_resolver", ("--way", way, "--anew", "yes"))],
        tasks=[randoms(10, 0.45), randoms(15, 0.45), randoms(20, 0.45, 3)],
        smoke=[randoms(8, 0.45)],
        work="solves", bars=bars)
      for way, title, bars in (
          ("redrawn", "every judgement drawn anew",
           (Bar("20x3: 2,000 solves a second", "20x3, density 0.45", "Fahrplan", "seconds",
                0.05),)),
          ("one", "one judgement", ()),
          ("warm", "one judgement, the scenarios it cannot touch known", ()),
          ("row", "three descriptors held", ()))),
    Benchmark(
        "roadmap", "All rows of a roadmap",
        "Defaults, completions, tension. Row by row: a search and a settling for each row by "
        "itself; it leaves the tension and the nearest scenarios out.",
        [Program("Fahrplan", "bench_roadmap"),
         Program("row by row", "bench_roadmap", ("--plain", "yes"))],
        tasks=[ladders(24, 5), ladders(24, 7), ladders(24, 9), ladders(24, 11)],
        smoke=[ladders(8, 3)],
        work="rows",
        bars=(Bar("177,147 rows of 24x3, for 100,000 in 10 s: 17.7 s", "24x3, 177,147 rows",
                  "Fahrplan", "seconds", 17.7),)),
    # Due next: necessary levers up to size 4 (bench_levers prints a line of its own so far).
]
