"""What a release has recorded of the zoo, and how an app of the zoo is started."""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

PUBLIC_URL = "http://app.example/sms"
TOKEN = "12345"  # by which apps of the zoo check signatures
TIME_LIMIT = 60  # seconds for one command
PIZZA = ("order", "2 large", "yes")


@dataclass(frozen=True)
class Case:
    """A counterexample, saved as a replay file and kept as a failing schedule."""
    name: str
    app: str
    options: tuple
    say: tuple = PIZZA
    public_url: str = PUBLIC_URL

    @property
    def needs_http(self):
        """A handler in one process takes one request at a time."""
        return self.name == "overlap"

    @property
    def varies(self):
        """Its words are another in each execution."""
        return self.name == "masked"


def fault(kind, app, say=PIZZA):
    return Case(kind, app, ("--faults", kind, "--max-faults", "1"), say)


def attack(name, app, prop, kind, say=PIZZA, url=PUBLIC_URL):
    return Case(name, app, ("--properties", prop, "--faults", kind), say, url)


# Each kind of fault and each property, each kind of parameter, and what else a trace can hold.
CASES = [
    *(fault(kind, "keeps_in_session")
      for kind in ("missing", "outage", "lost-write", "late-write", "expire", "lost-response",
                   "overlap")),
    fault("stale", "survives_one_version_back", ("a", "b", "c", "d")),
    fault("partial", "needs_both_cookies"),
    fault("duplicate", "trusts_old_copy"),
    fault("reorder", "trusts_old_copy"),
    Case("drop", "keeps_in_cookie", ("--scenario", "drop.yaml"), ()),
    Case("two-faults", "recovers_from_any_cookie", ("--faults", "missing,lost-write")),
    Case("no-fault", "short_lived_cookie", ()),
    Case("no-crash", "crashes_without_cookie", ()),
    Case("no-twiml", "says_no_twiml_without_cookie", ()),
    Case("loop-free", "loops_without_cookie", ()),
    Case("race", "writes_the_whole_record", ("--properties", "race", "--faults", "late-write"),
         ("ann", "in rome", "eve", "who")),
    Case("masked", "words_at_random_in_session", ()),
    Case("whatsapp", "keeps_in_session", ("--channel", "whatsapp", "--country", "GB")),
    Case("order", "keeps_by_pair", ("--properties", "order", "--faults", "reorder")),
    Case("duplicate-safe", "counts_orders",
         ("--properties", "duplicate-safe", "--faults", "duplicate"), ("order", "status")),
    Case("repeat", "counts_each_sid_once",
         ("--properties", "duplicate-safe", "--faults", "repeat"), ("order", "status")),
    attack("foreign", "dies_of_old_deletion", "cookie-authority", "foreign",
           ("order", "bye", "order")),
    attack("forged-cut", "greets_by_unsigned_name", "cookie-authority", "forged",
           ("plan", "plan")),
    attack("forged-revive", "remembers_who_logged_out", "cookie-authority", "forged",
           ("login", "logout", "secret")),
    attack("unsigned", "keeps_by_pair", "signature", "unsigned", ("order", "status")),
    attack("plain-http", "dies_of_old_deletion", "cookie-transport", "plain-http,foreign",
           ("order", "bye", "order"), "https://app.example/sms"),
]

# The app of passes, shards and reports of checks that were stopped.
SOUND = "caches_with_version"


def words(say):
    return [word for body in say for word in ("--say", body)]


# Small, so that whole reports of it are.
SEARCH = (*words(PIZZA), "--max-faults", "1", "--seed", "1")


def without_port(text):
    """The port of an app is another in each run; nothing is made of it."""
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:3000", text)


@contextmanager
def served(zoo, app):
    """The app's URL, for as long as it is served."""
    with subprocess.Popen([zoo, "serve", app], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as server:
        yield server.stdout.readline().strip()
        server.stdin.close()


def surroundings():
    """The environment of a command."""
    mine = {**os.environ, "TWILIO_AUTH_TOKEN": TOKEN, "NO_COLOR": "1"}
    mine.pop("GITHUB_ACTIONS", None)
    return mine


def run(folder, *command):
    """The command in that folder, done."""
    return subprocess.run([str(part) for part in command], cwd=folder, env=surroundings(),
                          text=True, capture_output=True, timeout=TIME_LIMIT, check=False)


def fail(why):
    print(f"FAILED: {why}")
    sys.exit(1)


def expect(what, done, codes, begins=""):
    """Fails unless a command has ended with such a code and begins its output so."""
    if done.returncode in codes and done.stdout.lstrip().startswith(begins):
        return done.stdout
    return fail(f"{what}: exit code {done.returncode}, and {codes} was expected"
                f"{' with ' + begins if begins else ''}\n{done.stdout}{done.stderr}")


def replayed(zoo, case, path):
    """What comes of a replay file in one process: status, and both traces with their hashes."""
    done = run(path.parent, zoo, "replay", case.app, path)
    return json.loads(expect(f"{case.name} in one process", done, [0]))
