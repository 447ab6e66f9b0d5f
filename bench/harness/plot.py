"""Time against size, one picture a benchmark, by gnuplot."""
import shutil
import subprocess

SIZES_LEAST = 2  # of a series, to make a line

COLOURS = ["#0b5394", "#c0392b", "#2e7d32", "#8e44ad", "#b9770e", "#16808a"]
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


def lines_of(rows):
    """By (who, series): points (size, seconds, stopped). Only series that grow."""
    sizes = {}
    for row in rows:
        if row.series:
            sizes.setdefault(row.series, set()).add(row.size)
    longest = max(map(len, sizes.values()), default=0)
    lines, limits = {}, {}
    for row in rows:
        if longest < SIZES_LEAST or len(sizes.get(row.series, ())) < longest:
            continue
        if row.seconds is not None:
            points = lines.setdefault((row.who, row.series), [])
            points.append((row.size, row.seconds, row.at_least))
        if row.limit is not None:
            limits.setdefault(row.series, {})[row.size] = row.limit
    for series, points in limits.items():
        lines[("limit", series)] = [(size, limit, False) for size, limit in points.items()]
    return lines


def script(benchmark, lines, path):
    many = len({series for _, series in lines}) > 1
    whos = list(dict.fromkeys(who for who, _ in lines))
    serieses = list(dict.fromkeys(series for _, series in lines))
    blocks, plots = [], []
    for number, ((who, series), points) in enumerate(lines.items()):
        done = [p for p in points if not p[2]]
        name = f"{who}, {series}" if many else who
        colour = "#777777" if who == "limit" else COLOURS[whos.index(who) % len(COLOURS)]
        dash = "dt 3" if who == "limit" else f"dt {1 + serieses.index(series)}"
        blocks.append(f"$all{number} << END\n" +
                      "".join(f"{size} {seconds}\n" for size, seconds, _ in points) + "END")
        plots.append(f'$all{number} with lines lc rgb "{colour}" lw 2 {dash} notitle')
        if done:
            blocks.append(f"$done{number} << END\n" +
                          "".join(f"{size} {seconds}\n" for size, seconds, _ in done) + "END")
            mark = 1 if who == "limit" else (7, 9, 5)[serieses.index(series) % 3]
            plots.append(f'$done{number} with linespoints lc rgb "{colour}" lw 2 {dash} pt {mark} '
                         f'ps 0.7 title {quoted(name)}')
        if len(done) < len(points):
            blocks.append(f"$stopped{number} << END\n" +
                          "".join(f"{size} {seconds}\n" for size, seconds, s in points if s) + "END")
            plots.append(f'$stopped{number} with points lc rgb "{colour}" lw 2 pt 8 ps 1.1 '
                         f'title {quoted(name + ": stopped")}')
    clock = "processor" if benchmark.clock == "processor" else "wall"
    unit = "judgements in the file" if benchmark.work == "judgements" else "scenarios in the space"
    return (HEAD + f"set output {quoted(str(path))}\nset title {quoted(benchmark.title)}\n"
            f"set xlabel {quoted(unit)}\nset ylabel {quoted(f'seconds ({clock})')}\n" +
            "\n".join(blocks) + "\nplot " + ", \\\n  ".join(plots) + "\n")


def draw(benchmark, rows, path):
    """Whether there was something to draw, and somebody to draw it."""
    lines = lines_of(rows)
    if not lines or shutil.which("gnuplot") is None:
        return False
    subprocess.run(["gnuplot"], input=script(benchmark, lines, path), text=True, check=True)
    return True
