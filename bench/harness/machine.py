"""Where it was measured: machine, load, compiler, commit."""
import os
import pathlib
import platform
import re
import shutil
import subprocess

from .instances import ROOT


def processor():
    name = platform.processor() or platform.machine()
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
        name = re.search(r"^model name\s*: (.*)$", text, re.M).group(1)
        flags = re.search(r"^flags\s*: (.*)$", text, re.M).group(1).split()
        vectors = [flag for flag in ("avx2", "avx512bw") if flag in flags]
        name += f" ({', '.join(vectors) or 'no vectors'})"
    except (OSError, AttributeError):
        pass
    return f"{name}, {os.cpu_count()} processors, {platform.system()}"


def load():
    return os.getloadavg()[0]


def from_cache(build, key):
    text = (build / "CMakeCache.txt").read_text(encoding="utf-8")
    match = re.search(rf"^{key}:\w+=(.*)$", text, re.M)
    return match.group(1) if match else ""


def compiler(build):
    path = from_cache(build, "CMAKE_C_COMPILER")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    kind = from_cache(build, "CMAKE_BUILD_TYPE") or "RelWithDebInfo"
    flags = (build / "compile_commands.json").read_text(encoding="utf-8")
    used = sorted(set(re.findall(r" (-O\w|-DNDEBUG|-march=\S+)(?=[ \"])", flags)))
    return f"{version.stdout.splitlines()[0]}; {kind}: {' '.join(used)}"


def commit():
    """Of what is measured; ours may have changes that are not committed."""
    def git(*arguments):
        return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True,
                              check=False).stdout.strip()
    changed = git("status", "--porcelain", "--", "src", "include", "bench/*.c", "CMakeLists.txt")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" and changes" if changed else "")


def solvers():
    """Versions of the foreign ones that are here."""
    found = []
    for name in ("clingo", "minizinc"):
        if shutil.which(name):
            said = subprocess.run([name, "--version"], capture_output=True, text=True, check=False)
            numbers = re.search(r"\d+\.\d+\.\d+", said.stdout)
            found.append(f"{name} {numbers.group() if numbers else ''}".strip())
    return ", ".join(found)
