"""The table, for people: dated Markdown and lines on the terminal."""
import datetime

from . import machine


def time_text(seconds):
    if seconds >= 1:
        return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:,.0f} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} us"


def ratio_text(ratio):
    return f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"


def rate_text(rate):
    for unit, name in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if rate >= unit:
            return f"{rate / unit:.3g} {name}"
    return f"{rate:.3g}"


def bytes_text(size):
    return f"{size / 1e6:.3g} MB" if size < 1e9 else f"{size / 1e9:.3g} GB"


def time_cell(row):
    if row.seconds is None:
        return "gave up before" if row.gave_up else "not tried"
    return ("≥ " if row.at_least else "") + time_text(row.seconds)


def columns(benchmark):
    """Heading, and the text of a row. (What a row has not got stays empty.)"""
    def text(value, show, bound):
        return "" if value is None else bound + show(value)

    def column(field, show, bounded=True):
        return lambda row: text(getattr(row, field), show,
                                "≥ " if bounded and row.at_least else "")

    return [
        ("instances", lambda row: row.task),
        ("who", lambda row: row.who),
        ("median time", time_cell),
        ("spread", column("spread", lambda share: f"{100 * share:.0f} %", False)),
        (benchmark.work or "work", column("work", lambda n: f"{n:,.0f}", False)),
        (f"{benchmark.work or 'work'} a second", column("rate", rate_text, False)),
        ("memory", column("bytes", bytes_text, False)),
        ("times the first", lambda row: text(row.ratio, ratio_text, row.ratio_bound)),
        ("times the limit", column("times_limit", ratio_text)),
        ("finished", lambda row: row.finished),
    ]


LEFT = ("instances", "who")


def section(benchmark, rows, loads):
    shown = [(head, show) for head, show in columns(benchmark) if any(show(row) for row in rows)]
    lines = [f"## {benchmark.title}", "", benchmark.about, ""]
    clock = "processor seconds" if benchmark.clock == "processor" else "seconds of the wall"
    lines += [f"- time: {clock}; load of the machine {loads[0]:.1f} to {loads[1]:.1f}"]
    if benchmark.limit_about:
        lines += [f"- limit: {benchmark.limit_about}"]
    lines += ["", f"| {' | '.join(head for head, _ in shown)} |",
              "|" + "|".join("---" if head in LEFT else "--:" for head, _ in shown) + "|"]
    lines += [f"| {' | '.join(show(row) for _, show in shown)} |" for row in rows]
    return lines + [""]


# ---- what is due --------------------------------------------------------------------------------

SHOW = {"seconds": time_text, "ratio": ratio_text, "times_limit": ratio_text, "bytes": bytes_text}


def verdict(bar, row):
    """Measured, and whether it is as due; a bound may leave that open."""
    value = getattr(row, bar.column)
    if value is None:
        return time_cell(row), "**no**" if row.gave_up and not bar.at_least else "?"
    bound = row.ratio_bound if bar.column == "ratio" else "≥ " if row.at_least else ""
    met = value >= bar.value if bar.at_least else value <= bar.value
    decided = {"≥ ": met == bar.at_least, "≤ ": met != bar.at_least, "": True}[bound]
    return bound + SHOW[bar.column](value), "?" if not decided else "yes" if met else "**no**"


def bars(results):
    lines = ["| due | measured | met |", "|---|--:|---|"]
    for benchmark, rows, _ in results:
        for bar in benchmark.bars:
            for row in rows:
                if (row.task, row.who) == (bar.task, bar.who):
                    lines.append(f"| {benchmark.key}: {bar.text} | "
                                 f"{' | '.join(verdict(bar, row))} |")
    return lines + [""] if len(lines) > 2 else []


# ---- the whole ----------------------------------------------------------------------------------

INTRODUCTION = """\
Medians: of at least three rounds for what takes less than four seconds, each round a median of up
to 25 solves, then over seeds. In a round everybody solves the same instance one after the other;
every second round runs the other way round. All who finish must agree in their answers. A ratio is
the median of the ratios seed by seed. What was stopped counts as its time limit, and a row that
rests on it says ≥ (≤, where the first one was); who was stopped at one size of a series gave up
before the larger ones. Spread: longest less shortest round, as a share of the median. The limit is
measured on this machine in the same minutes, undisturbed: the best of many runs."""


def document(results, build, measured, missing, pictures):
    text = [f"# Measured, {datetime.date.today()}", "", INTRODUCTION, "",
            f"- machine: {machine.processor()}, shared with other work",
            f"- compiler: {machine.compiler(build)}", f"- commit: {measured}"]
    if machine.solvers():
        text.append(f"- solvers: {machine.solvers()}")
    if missing:
        text.append(f"- not here: {', '.join(missing)}")
    text += ["", "## What is due", "", *bars(results)]
    for benchmark, rows, loads in results:
        text += section(benchmark, rows, loads)
        if benchmark.key in pictures:
            text += [f"![{benchmark.title}: time against size]({pictures[benchmark.key].name})", ""]
    return "\n".join(text).rstrip() + "\n"


def line(row):
    """One row on the terminal."""
    ratio = "" if row.ratio is None else row.ratio_bound + ratio_text(row.ratio)
    limit = "" if row.times_limit is None else f"{ratio_text(row.times_limit)} x limit"
    return f"  {row.task:<36}  {row.who:<21}  {time_cell(row):>14}  {ratio:>9}  {limit}".rstrip()
