#!/usr/bin/python3
"""An app that answers as badly as an app can: app.py [--port N] [--requests N [--die]]. The path says how, and when:

  /always/CASE  every webhook
  /lost/CASE    a later message that comes without the cookie which the one before it set; what
                comes with its cookie is answered soundly

CASE is one of CASES (cases.py).
"""

import argparse
import os
import re
import socket
import socketserver
import struct
import sys
import threading
import time
from urllib.parse import parse_qs

import cases
import documents  # adds to CASES


class Gone(Exception):
    """The other side has closed, or the case has."""


class Exchange:
    """One request, and the connection to answer it on."""

    def __init__(self, app, connection, head, body):
        self.app, self.connection, self.head = app, connection, head
        self.path, _, self.query = head.split(b" ")[1].decode().partition("?")
        self.form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.is_head = head.startswith(b"HEAD ")

    def header(self, name):
        found = re.search(rb"(?im)^" + name.encode() + rb": *(.*?)\r?$", self.head)
        return found.group(1).decode() if found else ""

    def send(self, data):
        try:
            self.connection.sendall(data if isinstance(data, bytes) else data.encode())
        except OSError as error:
            raise Gone from error

    def send_for_ever(self, data):
        while True:
            self.send(data)

    def wait_for_end(self):
        """Until the other side has closed."""
        self.connection.settimeout(60)
        try:
            while self.connection.recv(65536):
                pass
        except OSError:
            pass
        raise Gone

    def close(self):
        raise Gone

    def reset(self):
        """Closes with a reset (RST) in place of an end (FIN)."""
        linger_for_nothing = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_nothing)
        raise Gone

    def answer(self, body, *headers, status="200 OK", kind="text/xml"):
        body = body if isinstance(body, bytes) else body.encode()
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        head = "\r\n".join(lines).encode()
        if self.app.is_over():
            headers = *headers, "Connection: close"
        for header in headers:
            head += b"\r\n" + (header if isinstance(header, bytes) else header.encode())
        self.send(head + b"\r\n\r\n" + (b"" if self.is_head else body))

    def answer_late(self, text, seconds):
        with self.app.lock:
            self.app.late.add(self.connection)
        time.sleep(seconds)
        self.answer(f"<Response><Message>{text}</Message></Response>")

    def answer_soundly(self):
        """Counts in a cookie, and says how far it has come."""
        found = re.search(r"count=(\d+)", self.header("Cookie"))
        count = int(found.group(1)) + 1 if found else 1
        self.answer(f"<Response><Message>message {count}</Message></Response>",
                    f"Set-Cookie: count={count}")


class App:
    """What is remembered of all requests."""

    def __init__(self, listener):
        self.listener = listener
        self.lock = threading.Lock()
        self.messages = {}  # of each pair, in order of arrival
        self.count = 0
        self.life = 0  # requests that it takes before it is gone; 0: all
        self.dies = False  # at the one after those, in place of ending after the last answer
        self.late = set()  # connections on which an answer was late
        self.attempts = {}  # by MessageSid
        self.wrong = 0  # requests that came on such a connection

    def age(self, exchange):
        """Another request has come."""
        with self.lock:
            self.count += 1
            if exchange.connection in self.late:
                self.wrong += 1
            sid = exchange.form.get("MessageSid")
            self.attempts[sid] = exchange.attempt = self.attempts.get(sid, 0) + 1
            if self.dies and self.count > self.life:
                os._exit(1)
            if self.is_over():  # whoever comes now is refused, and not taken and lost
                self.listener.shutdown(socket.SHUT_RDWR)

    def is_over(self):
        return self.life and not self.dies and self.count >= self.life

    def rest(self):
        """A request has been answered."""
        with self.lock:
            if self.is_over():
                os._exit(0)

    def is_due(self, exchange):
        """Whether the case is for this request."""
        when, case = exchange.path.split("/")[1], exchange.path.split("/")[-1]
        pair = when, case, exchange.form.get("From")
        sid = exchange.form.get("MessageSid")
        with self.lock:
            messages = self.messages.setdefault(pair, [])
            if sid not in messages:
                messages.append(sid)
            number = messages.index(sid)
        return when == "always" or number > 0 and not exchange.header("Cookie")


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        app = self.server.app
        try:
            while True:
                exchange = self.read(app)
                case = exchange.path.split("/")[-1]
                app.age(exchange)
                if case == "wrong":
                    exchange.answer(str(app.wrong), kind="text/plain")
                    exchange.close()
                elif case in cases.CASES and app.is_due(exchange):
                    cases.CASES[case](exchange)
                else:
                    exchange.answer_soundly()
                app.rest()
        except (Gone, ConnectionError):
            pass

    def read(self, app):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.receive()
        head, body = data.split(b"\r\n\r\n", 1)
        length = re.search(rb"(?im)^content-length: (\d+)", head)
        while length and len(body) < int(length.group(1)):
            body += self.receive()
        return Exchange(app, self.request, head, body)

    def receive(self):
        data = self.request.recv(65536)
        if not data:
            raise Gone
        return data


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.app = App(self.socket)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0, help="a free one by default")
    options.add_argument("--requests", type=int, default=0, help="end after so many")
    options.add_argument("--die", action="store_true", help="at the one after those")
    chosen = options.parse_args()
    server = Server(chosen.port)
    server.app.life, server.app.dies = chosen.requests, chosen.die
    print(server.url, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
