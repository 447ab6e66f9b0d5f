"""What is solved: seeded families, files, and a published model made anew from its seed."""
import dataclasses
import pathlib
import random
import subprocess
from typing import Callable, Optional

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGSHIP = ROOT / "examples/russia-dprk-2024/russia-dprk-2024.fahrplan.yaml"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where programs are built and files are made."""
    build: pathlib.Path
    scratch: pathlib.Path

    def program(self, name):
        return str(self.build / name if name == "fahrplan" else self.build / "bench" / name)


@dataclasses.dataclass(frozen=True)
class Instance:
    """Options of a benchmark program; `make` gives a file to load instead."""
    options: tuple = ()
    make: Optional[Callable] = None

    def arguments(self, place):
        made = [] if self.make is None else ["--model", str(self.make(place))]
        return [*made, *self.options]


@dataclasses.dataclass(frozen=True)
class Task:
    """Instances of one shape. Tasks of one series grow in `size` and make a line of the plot."""
    name: str
    size: float
    instances: list
    series: str = ""


def flagship():
    return Task("flagship, 16 descriptors", 102036672.0, [Instance(make=lambda place: FLAGSHIP)])


def randoms(n, density, seeds=1, k=3):
    options = ("--family", "random", "--n", str(n), "--k", str(k), "--density", str(density))
    return Task(f"{n}x{k}, density {density}", float(k) ** n,
                [Instance((*options, "--seed", str(seed))) for seed in range(1, seeds + 1)],
                f"density {density}")


def modular(n, cross, seeds=1):
    options = ("--family", "modular", "--n", str(n), "--k", "3", "--module", "8",
               "--density", "0.45", "--cross", str(cross))
    return Task(f"{n}x3, {cross} across", 3.0 ** n,
                [Instance((*options, "--seed", str(seed))) for seed in range(1, seeds + 1)],
                f"{cross} across modules")


def files(n, suffix):
    """A full matrix of n descriptors with five variants each, as a file."""
    def make(place):
        path = place.scratch / f"full-{n}{suffix}"
        if not path.exists():
            subprocess.run([place.program("fahrplan"), "generate", "--descriptors", str(n),
                            "--variants", "5", "--density", "1", "--quiet", "--output", str(path)],
                           check=True)
        return path
    name = suffix.rsplit(".", 1)[1]
    return Task(f"{n} descriptors, {5 * n} variants, {name}", (5.0 * n) ** 2,
                [Instance(make=make)], name)


def ladders(n, drivers):
    """A model whose first descriptors are drivers and whose last one is the level."""
    def make(place):
        path = place.scratch / f"ladder-{n}-{drivers}.fahrplan.yaml"
        if not path.exists():
            subprocess.run([place.program("fahrplan"), "generate", "--descriptors", str(n),
                            "--variants", "3", "--density", "0.5", "--drivers", str(drivers),
                            "--quiet", "--output", str(path)], check=True)
        return path
    return Task(f"{n}x3, {3 ** drivers:,} rows", 3.0 ** drivers,
                [Instance(options=("--drivers", str(drivers)), make=make)], f"{n} descriptors")


# ---- the published benchmark --------------------------------------------------------------------


def mersenne_twister(seed):
    """The generator as numpy's RandomState(seed) starts it; Python seeds its own otherwise."""
    state = [seed]
    for i in range(1, 624):
        state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + i) & 0xFFFFFFFF)
    generator = random.Random()
    generator.setstate((3, (*state, 624), None))
    return generator


def fifty_by_fifty(place):
    """bench_50x50 of CrossImpactBalances.jl: RandomState(0).randint(-2, 3, (50, 50)), diagonal
    blocks zero; 5 descriptors with 4 variants, 10 with 3."""
    path = place.scratch / "bench_50x50.csv"
    if path.exists():
        return path
    draws = mersenne_twister(0)
    labels = [(d, v) for d in range(15) for v in range(4 if d < 5 else 3)]

    def draw():
        while (value := draws.getrandbits(32) & 7) > 4:
            pass
        return value - 2

    lines = ["," + ",".join(f"D{d + 1}:v{v + 1}" for d, v in labels)]
    for d, v in labels:
        row = [draw() for _ in labels]
        cells = ["0" if d == to else str(score) for (to, _), score in zip(labels, row)]
        lines.append(f"D{d + 1}:v{v + 1}," + ",".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def published():
    return Task("published, 60 million states", 60466176.0,
                [Instance(make=fifty_by_fifty)])
