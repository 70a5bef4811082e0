#!/usr/bin/python3
"""An app that does one thing wrong, for the page on troubleshooting: misbehaving.py WHAT.

It listens on 127.0.0.1 and the port in PORT, and counts messages by (From, To) unless it says
otherwise.
"""

import base64
import hashlib
import hmac
import os
import random
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

WHAT = sys.argv[1]
counts, visits = {}, 0
lock = threading.Lock()
vague = random.Random(7)


def is_signed(handler, form):
    token = os.environ["TWILIO_AUTH_TOKEN"]
    text = "https://sms.example.com/sms" + "".join(name + value for name, value in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return handler.headers.get("X-Twilio-Signature") == base64.b64encode(digest).decode()


def reply_to(form):
    """What is said, and a Set-Cookie or nothing."""
    global visits
    pair = form.get("From"), form.get("To")
    with lock:
        counts[pair] = count = counts.get(pair, 0) + 1
        visits += 1
    said = f"Message {count}"
    if WHAT == "the-same":
        return "Thank you.", "seen=1"
    if WHAT == "vague":
        return " ".join(vague.choice(["yes", "no", "well", "ah"]) for _ in range(vague.randint(1, 9))), None
    if WHAT == "ticket":
        return f"{said}, ticket #{visits}", "seen=1"
    cookies = {
        "secure": "seen=1; Secure",
        "domain": "seen=1; Domain=shop.example.com",
        "path": "seen=1; Path=/app",
        "long": "seen=1; Max-Age=1209600",
    }
    return said, cookies.get(WHAT)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one write for head and body, or Nagle and late ACKs take 40 ms each

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True)
        if WHAT == "signed" and not is_signed(self, form):
            return self.answer(403, "signature does not match", "text/plain")
        if WHAT == "broken":
            return self.answer(500, "KeyError: 'step'", "text/plain")
        if WHAT == "html":
            return self.answer(200, "<br>Notice: undefined index<Response/>", "text/html")
        if WHAT == "slow":
            time.sleep(3)
        text, cookie = reply_to(dict(form))
        return self.answer(200, f"<Response><Message>{text}</Message></Response>", "text/xml", cookie)

    def do_GET(self):
        self.answer(405, "POST, please", "text/plain")

    do_HEAD = do_GET

    def answer(self, status, body, kind, cookie=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
