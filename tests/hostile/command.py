"""The command under test, and the hostile app beside it, each a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

MOST_MIB = 64
MOST_SECONDS = 60  # of a run, on a machine that has other things to do

# What a terminal, or whoever reads a line, could take for something else than text.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Failed(Exception):
    pass


def harmless(data):
    """The text that was written, which must not move a cursor or turn a line."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Failed(f"what it wrote is no UTF-8: {error}") from error
    found = HARMFUL.search(text)
    expect(not found, f"it wrote {found and found.group()!r}: {text!r}")
    return text


def expect(holds, what):
    if not holds:
        raise Failed(what)


def read(url, form=None, **headers):
    """Status and body of the final answer; no status if there is none. What is longer is cut."""
    parts = urllib.parse.urlsplit(url)
    head = [f"{'POST' if form else 'GET'} {parts.path or '/'} HTTP/1.1", f"Host: {parts.netloc}",
            "Connection: close", f"Content-Length: {len(form or b'')}"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    data = b""
    end = time.monotonic() + MOST_SECONDS
    with socket.create_connection((parts.hostname, parts.port), timeout=MOST_SECONDS) as connection:
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + (form or b""))
        try:
            while len(data) < 4_000_000:
                expect(time.monotonic() < end, f"no end of the answer within {MOST_SECONDS} s")
                part = connection.recv(65536)
                if not part:
                    break
                data += part
        except (ConnectionError, TimeoutError):
            pass
    final = re.search(rb"(?:HTTP/1.1 1\d\d .*?\r\n\r\n)*HTTP/1.1 (\d+) .*?\r\n\r\n", data, re.S)
    return (int(final.group(1)), data[final.end():]) if final else (None, data)


class Run:
    """One run of the command, in a folder of its own, to its end."""

    def __init__(self, command, folder):
        self.command, self.folder = command, folder
        with open(folder + "/output", "wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=subprocess.STDOUT)
        self.code, self.mib = wait(process)
        with open(folder + "/output", "rb") as output:
            self.output = harmless(output.read())

    def report(self):
        with open(self.folder + "/report.json", encoding="utf-8") as file:
            return json.load(file)

    def hold(self, code, mib=MOST_MIB):
        expect(self.code == code, f"exit code {self.code}, not {code}:\n{self.output}")
        expect(self.mib <= mib, f"{self.mib} MiB of memory, not {mib}")


def wait(process):
    """Its exit code and the most memory that it had, in MiB; it is killed if it does not end."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_maxrss // 1024
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise Failed(f"it did not end within {MOST_SECONDS} s")


class Server:
    """The hostile app on a free port, for as long as this is open."""

    def __init__(self, *more):
        app = os.path.join(os.path.dirname(os.path.abspath(__file__)), "app.py")
        self.process = subprocess.Popen([sys.executable, app, *more], stdout=subprocess.PIPE)
        self.url = self.process.stdout.readline().decode().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Serving:
    """A command that serves until it is told to end."""

    def __init__(self, command, folder):
        self.output = open(folder + "/output", "w+b")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.output,
                                        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            self.url = self.find_url()
        except Failed:
            self.__exit__()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        self.output.close()

    def find_url(self):
        for _ in range(600):
            found = re.search(rb" at (http://)?(127\.0\.0\.1:\d+)\b", self.text())
            if found:
                return "http://" + found.group(2).decode()
            time.sleep(0.05)
        raise Failed(f"it does not serve: {self.text()}")

    def text(self):
        self.output.seek(0)
        return self.output.read()

    def end(self):
        """Its exit code has to be 0."""
        self.process.send_signal(signal.SIGTERM)
        code, mib = wait(self.process)
        text = harmless(self.text())
        expect(code == 0, f"exit code {code}: {text}")
        expect(mib <= MOST_MIB, f"{mib} MiB of memory, not {MOST_MIB}")
