"""The other commands against the worst of the cases."""

import json
import re

from command import Failed, Run, Serving, expect, read

# Those that are the worst for whoever reads what the app answers.
WORST = ["never", "close-in-headers", "reset-in-body", "body-of-gigabytes", "endless-chunks",
         "endless-headers", "interim-flood", "escape-in-error-page", "length-and-chunked",
         "chunk-size-huge", "xml-depth-9000", "twiml-redirect-to-itself"]

FORM = b"From=%2B12015550100&To=%2B15005550006&MessageSid=SM0123456789abcdef0123456789abcdef&Body=a"
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def init(crumbproof, url, folder):
    """No scenario file, or one that is whole; never a crash."""
    run = Run([crumbproof, "init", url, "--request-timeout", "1"], folder)
    expect(run.code in (0, 3), f"exit code {run.code}:\n{run.output}")
    run.hold(run.code)


def proxy(crumbproof, url, folder):
    """Each case is passed on, or answered with a 5xx; what is sound still comes through after all."""
    app, _, case = url.partition("/always/")
    command = [crumbproof, "proxy", "--listen", "127.0.0.1:0", "--to", app, "--verbose",
               "--request-timeout", "1", "--log", "log"]
    with Serving(command, folder) as serving:
        for _ in range(2):
            status, _ = read(f"{serving.url}/always/{case}", FORM, **FORM_TYPE)
            expect(status in (None, 200, 500, 502, 504), f"status {status}")
            status, body = read(serving.url + "/sound", FORM, **FORM_TYPE)
            expect(status == 200 and b"message 1" in body, f"a sound answer: {status} {body}")
        serving.end()
    with open(folder + "/log", encoding="utf-8") as log:
        lines = [json.loads(line) for line in log]
    expect(len(lines) == 4, f"the log: {lines}")


def serve(crumbproof, url, folder):
    """The page tells what has become of each message, and can send another."""
    with Serving([crumbproof, "serve", url, "--request-timeout", "1"], folder) as serving:
        token = re.search(rb"[0-9a-f]{32,}", read(serving.url + "/")[1])
        expect(token, "the page has no token")
        headers = {"X-Crumbproof-Token": token.group().decode(), "Content-Type": "application/json"}
        for _ in range(2):
            said = json.dumps({"said": [{"pair": 0, "body": "a"}], "wishes": []}).encode()
            status, body = read(serving.url + "/send", said, **headers)
            expect(status == 200, f"status {status}: {body}")
            json.loads(body)
        serving.end()


OTHERS = {f"always/{case}?{command.__name__}": command
          for command in (init, proxy, serve) for case in WORST}
