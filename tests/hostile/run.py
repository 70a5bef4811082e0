#!/usr/bin/python3
"""Points the command at a hostile app, and holds what comes of it: run.py CRUMBPROOF GROUP.

Each case of a group (outcomes.py) is met twice: by every message, and by messages without a cookie.
Each run has to end by itself with the right exit code, name what has become of the delivery, stay
within its memory, write no byte that a terminal obeys, and go on to the last of its schedules.
"""

import functools
import json
import os
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import cases
import documents  # noqa: F401: it adds to the cases
from command import Failed, Run, Server, expect, harmless
from others import OTHERS
from outcomes import OUTCOMES
from special import CONNECTIONS, MID_RUN, check

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "../../docs/explanation/hostile-apps.md")


def page(*_):
    """Each group has its row there, with each code that its cases have."""
    with open(PAGE, encoding="utf-8") as file:
        rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*)$", file.read(), re.M))
    for group in [*OUTCOMES, *SPECIAL]:
        expect(group in rows or group == "page", f"no row for {group}")
    for group, outcomes in OUTCOMES.items():
        for _, says in outcomes:
            code = re.match(r"\d{5}", says)
            expect(not code or code.group() in rows[group], f"{group}: no {says}")


SPECIAL = {"connections": CONNECTIONS, "mid-run": MID_RUN, "others": OTHERS,
           "page": {"page": page}}


def always(says, crumbproof, url, folder):
    """A broken app is said to be broken; one that is odd but sound passes."""
    run = check(crumbproof, url, folder, "--request-timeout", patience(url))
    broken = re.match(r"\d{5}: |its Content-Encoding", says)
    run.hold(3 if broken else 0)
    if broken:
        reason = run.report()["reason"]
        expect(re.search(says, reason), f"it does not say {says!r}: {reason}")


def lost(says, crumbproof, url, folder):
    """A finding that tells the case, a search that has gone on to its end, and a replay."""
    run = check(crumbproof, url, folder, "--request-timeout", patience(url), "--keep-going", "--html",
                "report.html", "--save", "failure.json")
    run.hold(1)
    report = run.report()
    actual = [example["actual"] for example in report["counterexamples"]]
    expect(any(re.search(says, text) for text in actual),
           f"no counterexample says {says!r}: {actual}")
    expect(report["bounds"]["exhausted"], f"the run did not go on to its end: {report['bounds']}")
    with open(folder + "/report.html", "rb") as file:
        harmless(file.read())
    Run([crumbproof, "replay", "failure.json", "--request-timeout", patience(url)], folder).hold(1)


def patience(url):
    """In seconds; short only where it is used up."""
    return "1" if outcome_of(url.rsplit("/")[-1])[0] == "silence" else "10"


def outcome_of(name):
    """The group of a case, and what is said of it."""
    for group, rows in OUTCOMES.items():
        for pattern, says in rows:
            if re.fullmatch(pattern, name):
                return group, says
    return "connections", None  # which have runs of their own


def tasks_of(group):
    """Each run of the group: what to call with the command, the app's URL and a folder."""
    if group in SPECIAL:
        return SPECIAL[group]
    tasks = {}
    for name in cases.CASES:
        where, says = outcome_of(name)
        if where == group:
            for way in always, lost:
                tasks[f"{way.__name__}/{name}"] = functools.partial(way, says)
    return tasks


def attempt(task, path, crumbproof, url):
    """Nothing, or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            task(crumbproof, f"{url}/{path}", folder)
        except Failed as failure:
            return f"{path}: {failure}"
    return None


def main(crumbproof, group, only=""):
    tasks = {path: task for path, task in tasks_of(group).items() if re.search(only, path)}
    with Server() as server, ThreadPoolExecutor(4) as pool:
        wrong = [problem for problem in pool.map(
            lambda item: attempt(item[1], item[0], os.path.abspath(crumbproof), server.url),
            tasks.items()) if problem]
    print(*wrong, f"{len(tasks)} runs, {len(wrong)} wrong", sep="\n")
    return 1 if wrong or not tasks else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
