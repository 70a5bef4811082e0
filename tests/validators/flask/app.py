#!/usr/bin/python3
"""Refuses whatever Twilio's own validator refuses, and counts what it lets in.

A reply depends on the text of its message only; the cookie is for show.
"""

import os
import signal
import sys
import threading
from collections import Counter

from flask import Flask, Response, abort, request, session
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

# Where a redirect leads: relative, with a query that decoding and encoding again would change.
QUERY = "note=a%20b%2Bc%26d%3De&caf%C3%A9=%7e%2f"

app = Flask(__name__)
app.secret_key = "development-only-not-a-secret"
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
counts = {"accepted": Counter(), "refused": Counter()}
failed_once = set()
lock = threading.Lock()  # webhooks are served by threads


def params():
    return request.form if request.method == "POST" else request.args


def kinds():
    """Whatever the request is an example of; each is counted."""
    yield f"{request.method} {request.path}"
    if "Body" in params():
        yield f"says {params()['Body']}"
    if params().get("ErrorCode") and params().get("ErrorUrl"):
        yield f"after error {params()['ErrorCode']}"
    if params().get("MessageSid") in failed_once:
        yield "again after it failed once"
    for name in ("MediaUrl0", "WaId", "MessagingServiceSid", "OptOutType", "ButtonText"):
        if params().get(name):
            yield f"has {name}"
    if params().get("FromCountry"):
        yield f"from {params()['FromCountry']}"
    if params().get("MessageStatus"):
        yield f"news: {params()['MessageStatus']}"


def signed_url():
    """The URL as it was requested: request.url would decode a part of it.

    Behind a proxy the URL that was signed is the public one.
    """
    origin = os.environ.get("PUBLIC_URL") or request.host_url.rstrip("/")
    return origin + request.environ["REQUEST_URI"]


@app.before_request
def validate_and_count():
    if request.path == "/counts" or request.url_rule is None:
        return
    accepted = validator.validate(
        signed_url(), request.form, request.headers.get("X-Twilio-Signature", "")
    )
    with lock:
        counts["accepted" if accepted else "refused"].update(kinds())
    if not accepted:
        abort(403)
    session["count"] = session.get("count", 0) + 1


@app.get("/counts")
def show_counts():
    with lock:
        return counts


def answer(fill):
    response = MessagingResponse()
    fill(response)
    return Response(str(response), mimetype="text/xml")


def leads_to(status, url):
    return Response(status=status, headers={"Location": url})


@app.route("/sms", methods=["GET", "POST"])
def sms():
    text = params().get("Body")
    if text == "redirect":
        return answer(lambda response: response.redirect(f"redirected?{QUERY}", method="POST"))
    if text == "redirect-get":
        return answer(lambda response: response.redirect(f"redirected?{QUERY}", method="GET"))
    if text == "moved":
        return leads_to(307, f"/moved?{QUERY}")
    if text == "found":
        return leads_to(302, f"/found?{QUERY}")
    if text == "news":
        return answer(lambda response: response.message("hi", status_callback=f"status?{QUERY}"))
    if text == "fail":
        return Response(status=500)
    if text == "retry":
        sid = params()["MessageSid"]
        with lock:
            fails = sid not in failed_once
            failed_once.add(sid)
        if fails:
            return Response(status=500)
    return reply()


@app.post("/status")
def status():
    return Response(status=204)


@app.route("/redirected", methods=["GET", "POST"])
@app.route("/moved", methods=["GET", "POST"])
@app.route("/found", methods=["GET", "POST"])
@app.route("/fallback", methods=["GET", "POST"])
def reply():
    text = params().get("Body", "nothing")
    return answer(lambda response: response.message(f"{request.path} heard: {text}"))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    certificate = os.environ.get("TLS_CERT")
    app.run(
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        ssl_context=(certificate, os.environ["TLS_KEY"]) if certificate else None,
    )
