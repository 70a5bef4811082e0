#!/usr/bin/python3
"""Orders a pizza over SMS. The truth is in the database, under (From, To); no cookie is set."""

import os
import signal
import sys

from flask import Flask, request

from dialogue import START, turn
from store import transaction, twiml

app = Flask(__name__)

with transaction() as db:
    db.execute(
        """CREATE TABLE IF NOT EXISTS conversations (
            sender TEXT, recipient TEXT, step TEXT NOT NULL, "order" TEXT NOT NULL,
            PRIMARY KEY (sender, recipient))"""
    )


@app.route("/sms", methods=["GET", "POST"])
def sms():
    pair = request.values["From"], request.values["To"]

    with transaction() as db:
        known = db.execute(
            'SELECT step, "order" FROM conversations WHERE sender = ? AND recipient = ?', pair
        ).fetchone()
        step, order, reply = turn(*(known or START), request.values["Body"])
        db.execute("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?)", (*pair, step, order))

    return twiml(reply)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
