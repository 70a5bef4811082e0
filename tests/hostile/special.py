"""Runs that need more than a case for every message: what answers another request, and what dies."""

import os
import re
import socket
import sys

from command import Failed, Run, Server, expect, read

APP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "app.py")


def check(crumbproof, url, folder, *more, faults="outage"):
    return Run([crumbproof, "check", url, "--say", "a", "--say", "b", "--faults", faults,
                "--max-faults", "1", "--json", "report.json", "--failures", "none", "--no-progress",
                *more], folder)


# --- answers for another request, on a connection that several share

def unasked(crumbproof, url, folder):
    """What came unasked is told. If it comes just when the next request has gone out, it is read as
    its answer, so what the app is blamed for depends on when it comes."""
    run = check(crumbproof, url, folder)
    expect(run.code in (0, 1, 3, 4), f"exit code {run.code}:\n{run.output}")
    says(run, run.code, "bytes that no request had asked for|11206: the answer is malformed")


def late_at_first(crumbproof, url, folder):
    """The late answer to an attempt is never taken for that to the retry."""
    run = check(crumbproof, url + "#rt=1000&rc=1&rp=rt", folder)
    run.hold(0)
    server = url.split("/always/")[0]
    expect(read(server + "/wrong") == (200, b"0"), "a connection with a late answer was used again")


def cookies_that_vary(crumbproof, url, folder):
    """A hundred warnings are enough."""
    run = check(crumbproof, url, folder)
    run.hold(0)
    warnings = run.report()["warnings"]
    expect("there are more warnings, which are left out" in warnings and len(warnings) < 110,
           f"{len(warnings)} warnings")


# --- an app that dies, or is started again, in the middle of a run

def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def says(run, code, pattern):
    run.hold(code)
    text = " ".join(run.output.split())  # lines break anywhere
    expect(re.search(pattern, text), f"it does not say {pattern!r}:\n{run.output}")


GONE = "the app cannot be reached any more; it has 5 s to come back"
SOME = "drop,duplicate,lost-response,missing"  # they make deliveries enough


def dies(crumbproof, _, folder):
    """What was answered until then stands in a report, which says what is wrong."""
    with Server("--requests", "7") as server:
        run = check(crumbproof, server.url + "/sound", folder)
    says(run, 3, f"{GONE}.*nothing listens at 127.0.0.1")
    expect(run.report()["verdict"] == "error", "the report has another verdict")


def started(crumbproof, folder, script, *how):
    port = free_port()
    app = f"{sys.executable} {APP} --port {port} {' '.join(how)}"
    return check(crumbproof, f"http://127.0.0.1:{port}/sound", folder, "--start",
                 script.replace("APP", app), "--keep-going", faults=SOME)


def started_and_dies(crumbproof, _, folder):
    says(started(crumbproof, folder, "exec APP", "--requests", "7"), 3,
         f"{GONE}.*nothing listens at 127.0.0.1")


def started_again(crumbproof, _, folder):
    """Each time that it ends, by a supervisor; in between there is no one to answer."""
    run = started(crumbproof, folder, "while :; do APP; done", "--requests", "10")
    says(run, 1, GONE)
    expect(run.report()["bounds"]["exhausted"], "it did not go on to the last schedule")


def started_again_after_a_crash(crumbproof, _, folder):
    """A request is lost in each crash, which is the app's own doing."""
    run = started(crumbproof, folder, "while :; do APP; done", "--requests", "10", "--die")
    expect(run.code in (0, 1, 4), f"exit code {run.code}")
    says(run, run.code, GONE)


CONNECTIONS = {f"always/{name}": unasked
               for name in ("second-answer", "second-answer-later", "bytes-after-the-answer")}
CONNECTIONS["always/late-at-first"] = late_at_first
CONNECTIONS["always/cookies-that-vary"] = cookies_that_vary
MID_RUN = {run.__name__: run for run in (dies, started_and_dies, started_again,
                                         started_again_after_a_crash)}
