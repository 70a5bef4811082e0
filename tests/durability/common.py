"""What the tests of this folder share: a run of the command, what is left of it, what it wrote."""

import functools
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
import xml.etree.ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
APP = HERE / "app.py"
TIME_LIMIT = 60  # seconds for one command; a hang is a failure
END_LIMIT = 20  # seconds until all that a run has started is gone
MARK = "CRUMBPROOF_TEST_MARK"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
SAID = ["--say", "a", "--say", "b", "--max-faults", "1", "--seed", "1"]
COMMAND = sys.argv[1]
# Of the app, which also has to start for a user that may not read this one's home.
PYTHON = "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else sys.executable
CASES = []
VERDICTS = {"pass": 0, "fail": 1, "inconclusive": 4}


class Failed(Exception):
    pass


def check(holds, why):
    if not holds:
        raise Failed(why)


def free_port():
    """None of those that the system gives to connections: it may be needed much later."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


def start_option(port, *kind):
    return ["--start", f"exec {PYTHON} -S -E {APP} {port} {' '.join(kind)}"]


def url(port):
    return f"http://127.0.0.1:{port}/sms"


class Run:
    """The command in a folder, with its process id in the file `pid`."""

    def __init__(self, command, folder, args, environment=None, before=None, **streams):
        self.mark = uuid.uuid4().hex
        self.folder = folder

        def in_child():
            (folder / "pid").write_text(str(os.getpid()), encoding="ascii")
            if before:
                before()

        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [command, *args],
            cwd=folder,
            env={**os.environ, MARK: self.mark, **(environment or {})},
            preexec_fn=in_child,
            stdin=subprocess.DEVNULL,
            **{"stdout": pipe, "stderr": pipe, **streams},
        )

    def finish(self):
        """Waits for the end; returns the exit code."""
        try:
            out, err = self.process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired as hang:
            self.process.kill()
            raise Failed("the command has not ended") from hang
        self.out = (out or b"").decode()
        self.err = (err or b"").decode()
        return self.process.returncode

    def processes(self):
        """What it has started and is there still, zombies of ours too."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                pass  # gone meanwhile, or not ours
        return found

    def check_gone(self, port=None):
        deadline = time.monotonic() + END_LIMIT
        while left := self.processes():
            check(time.monotonic() < deadline, f"processes are left: {names(left)}")
            time.sleep(0.02)
        if port:
            with socket.socket() as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", port))


def names(processes):
    shown = []
    for process in processes:
        try:
            line = Path(f"/proc/{process}/cmdline").read_bytes()
            shown.append(line.replace(b"\0", b" ").decode()[:80])
        except OSError:
            shown.append(str(process))
    return shown


def wait_for(condition, what):
    deadline = time.monotonic() + TIME_LIMIT
    while not condition():
        check(time.monotonic() < deadline, f"waited in vain for {what}")
        time.sleep(0.01)


def temporaries(folder):
    return [path for path in folder.rglob("*.tmp")]


def complaints(err):
    """The lines that say what went wrong: no progress, no note of what was found."""
    return [line for line in err.splitlines() if line.startswith("crumbproof: ")]


def check_report(text):
    report = json.loads(text)
    check(report["schema"] == "crumbproof.report/1", "the report's schema is another")
    check(report["verdict"] in (*VERDICTS, "error"), f"verdict {report['verdict']}")
    for key in ("properties", "counterexamples", "bounds", "warnings", "stats", "trace_hash"):
        check(key in report, f"the report has no {key}")


def check_replay_file(text):
    check(json.loads(text)["schema"].startswith("crumbproof.replay/"), "no replay file")


def check_html(text):
    check(text.rstrip().endswith("</html>"), "the page is cut short")


def check_kept(text):
    check(re.search(r"^schema: crumbproof\.failure/1$", text, re.M), "no kept failure")
    check(re.search(r"^version: .*\n\Z", text, re.M), "the kept failure is cut short")


def check_file(path):
    """That a file is whole, by what it is."""
    text = path.read_text(encoding="utf-8")
    if path.name.startswith("crumbproof-failure"):
        check_replay_file(text)
    elif path.suffix == ".json":
        check_report(text)
    elif path.suffix == ".html":
        check_html(text)
    elif path.suffix == ".xml":
        xml.etree.ElementTree.fromstring(text)
    elif path.suffix == ".yaml":
        check_kept(text)


def not_written(name, why):
    return f"crumbproof: {name}: cannot be written: {why}"


def check_args(port, kind, *more):
    return ["check", url(port), *start_option(port, *kind.split()), *SAID, *more]


def finish(folder, args, **options):
    """The exit code of a run that has left no process, and the run."""
    run = Run(COMMAND, folder, args, **options)
    code = run.finish()
    run.check_gone()
    return code, run


def expect(what, code, run, wanted):
    check(code == wanted, f"{what}: exit code {code}, not {wanted}: {run.err}")


def case(function):
    """For a function of a folder: it returns nothing, or why it could not be tried here."""

    @functools.wraps(function)
    def in_folder():
        with tempfile.TemporaryDirectory() as name:
            return function(Path(name))

    CASES.append(in_folder)
    return in_folder


def run_case(one):
    """Whether it was tried, and has not failed."""
    try:
        why_not = one()
    except Exception as error:  # whatever it is, the others go on
        print(f"FAILED: {one.__name__}: {type(error).__name__}: {error}", flush=True)
        return False
    print(f"skipped: {one.__name__}: {why_not}" if why_not else f"ok: {one.__name__}", flush=True)
    return True


def run_cases():
    """Runs those that the command line names, or all; returns the exit code."""
    wanted = sys.argv[2:]
    failed = [
        one
        for one in CASES
        if (not wanted or one.__name__ in wanted) and not run_case(one)
    ]
    return 1 if failed else 0
