#!/usr/bin/python3
"""Orders a pizza over SMS, and each message counts once, however often it arrives.

What a message was answered is kept with what it has changed, in one transaction.
If TWILIO_AUTH_TOKEN is set, requests that Twilio has not signed are refused.
"""

import os
import signal
import sys

from flask import Flask, abort, request
from twilio.request_validator import RequestValidator
from werkzeug.middleware.proxy_fix import ProxyFix

from dialogue import START, turn
from store import transaction, twiml

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app)  # request.url is then the one that Twilio has signed

with transaction() as db:
    db.execute(
        """CREATE TABLE IF NOT EXISTS conversations (
            sender TEXT, recipient TEXT, step TEXT NOT NULL, "order" TEXT NOT NULL,
            PRIMARY KEY (sender, recipient))"""
    )
    db.execute("CREATE TABLE IF NOT EXISTS answers (message_sid TEXT PRIMARY KEY, reply TEXT NOT NULL)")


def answer(db, pair, body):
    known = db.execute(
        'SELECT step, "order" FROM conversations WHERE sender = ? AND recipient = ?', pair
    ).fetchone()
    step, order, reply = turn(*(known or START), body)
    db.execute("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?)", (*pair, step, order))
    return reply


@app.before_request
def refuse_what_is_not_signed():
    if token := os.environ.get("TWILIO_AUTH_TOKEN"):
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(token).validate(request.url, request.form, signature):
            abort(403)


@app.route("/sms", methods=["GET", "POST"])
def sms():
    sid = request.values["MessageSid"]

    with transaction() as db:
        known = db.execute("SELECT reply FROM answers WHERE message_sid = ?", (sid,)).fetchone()
        if known:
            [reply] = known
        else:
            pair = request.values["From"], request.values["To"]
            reply = answer(db, pair, request.values["Body"])
            db.execute("INSERT INTO answers VALUES (?, ?)", (sid, reply))

    return twiml(reply)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
