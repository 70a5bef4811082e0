#!/usr/bin/python3
"""An app that is deterministic by pair, whatever its interpreter, its clock and its port are.

    tests/soak/app.py       prints its URL, serves until its input ends

What differs from one start to another, Python's hash seed and the date, goes into cookie values
and into Expires, of which a report must show nothing. Its session is found by a cookie alone, so
checks have something to find.
"""

import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

sessions = {}
orders = {}
lock = threading.Lock()


def cookies_of(header):
    return dict(part.strip().split("=", 1) for part in header.split(";") if "=" in part)


def reply(step, said):
    """The next step and what is said."""
    if said == "order":
        return "size", "Which size?"
    if step == "size":
        return said, f"{said}. Reply yes to confirm"
    if said == "yes" and step:
        return "", f"Confirmed: {step}"
    return step, "Text order to begin."


class Webhook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        pair = (form.get("From", ""), form.get("To", ""))
        cookies = cookies_of(self.headers.get("Cookie", ""))
        with lock:
            sid = cookies.get("sid")
            if sid not in sessions:
                sid = f"{hash((pair, len(sessions))) & (1 << 64) - 1:016x}"
            step, text = reply(sessions.get(sid, ""), form.get("Body", ""))
            sessions[sid] = step
            orders[pair] = orders.get(pair, 0) + (form.get("Body") == "yes")
        self.answer(f"<Response><Message>{text}</Message></Response>", sid,
                    min(orders[pair], 9))

    def answer(self, twiml, sid, confirmed):
        now = time.time()
        self.send_response_only(200)
        self.send_header("Date", formatdate(now, usegmt=True))
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(twiml)))
        expires = formatdate(int(now) + 3600, usegmt=True)
        for name, value in (("sid", sid), ("confirmed", confirmed)):
            self.send_header("Set-Cookie", f"{name}={value}; Path=/; Expires={expires}")
        self.end_headers()
        self.wfile.write(twiml.encode())

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


with Server(("127.0.0.1", 0), Webhook) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/sms", flush=True)
    sys.stdin.read()
