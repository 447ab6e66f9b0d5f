"""Time against size, one picture a benchmark, by gnuplot."""
import shutil
import subprocess

COLOURS = ["#0b5394", "#c0392b", "#2e7d32", "#8e44ad", "#b9770e", "#16808a"]
GREY = "#777777"
HEAD = """\
set terminal svg size 860,520 font "Helvetica,14" background "white"
set logscale xy
set format x "10^{%T}"
set format y "10^{%T}"
set grid xtics ytics lc rgb "#dddddd" lw 1
set border 3 lc rgb "#555555"
set tics nomirror
set key outside right top Left reverse samplen 2 spacing 1.3
set offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04
"""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lines_of(rows, sizes_least):
    """By (who, series): points (size, seconds, stopped). Only series that grow, the longest."""
    sizes = {}
    for row in rows:
        if row.series:
            sizes.setdefault(row.series, set()).add(row.size)
    longest = max(map(len, sizes.values()), default=0)
    lines, limits = {}, {}
    for row in rows:
        if longest < sizes_least or len(sizes.get(row.series, ())) < longest:
            continue
        if row.seconds is not None:
            points = lines.setdefault((row.who, row.series), [])
            points.append((row.size, row.seconds, row.at_least))
        if row.limit is not None:
            limits.setdefault(row.series, {})[row.size] = row.limit
    for series, points in limits.items():
        lines[("limit", series)] = [(size, limit, False) for size, limit in points.items()]
    return lines


def block(name, points):
    return f"${name} << END\n" + "".join(f"{x} {y}\n" for x, y, _ in points) + "END"


def script(benchmark, lines, path):
    whos = list(dict.fromkeys(who for who, _ in lines))
    every = list(dict.fromkeys(series for _, series in lines))
    blocks, plots = [], []
    for number, ((who, series), points) in enumerate(lines.items()):
        name = f"{who}, {series}" if len(every) > 1 else who
        colour = GREY if who == "limit" else COLOURS[whos.index(who) % len(COLOURS)]
        mark = (6, 8, 4)[every.index(series) % 3] + (who != "limit")  # open for the limit
        dash = (1, 2, 4)[every.index(series) % 3] if who != "limit" else 3
        blocks.append(block(f"all{number}", points))
        plots.append(f'$all{number} with linespoints lc rgb "{colour}" lw 2 dt {dash} pt {mark} '
                     f'ps 0.7 title {quoted(name)}')
    stopped = [point for points in lines.values() for point in points if point[2]]
    if stopped:
        blocks.append(block("stopped", stopped))
        plots.append('$stopped with points lc rgb "#000000" lw 1.5 pt 12 ps 1.6 '
                     'title "stopped at its time limit"')
    sizes = [size for points in lines.values() for size, _, _ in points]
    wide = max(sizes) / min(sizes) > 1e20
    what = "judgements in the file" if benchmark.work == "judgements" else "scenarios in the space"
    return (HEAD + ("set xtics 1e10\nunset mxtics\n" if wide else "") +
            f"set output {quoted(str(path))}\nset title {quoted(benchmark.title)}\n"
            f"set xlabel {quoted(what)}\n"
            f"set ylabel {quoted(f'seconds ({benchmark.clock})')}\n" +
            "\n".join(blocks) + "\nplot " + ", \\\n  ".join(plots) + "\n")


def draw(benchmark, rows, path, sizes_least=3):
    """Whether there was something to draw, and somebody to draw it."""
    lines = lines_of(rows, sizes_least)
    if not lines or shutil.which("gnuplot") is None:
        return False
    subprocess.run(["gnuplot"], input=script(benchmark, lines, path), text=True, check=True)
    return True
