#!/usr/bin/python3
"""Orders a pizza over SMS. The database has what was said, and nothing else.

Where a conversation stands is worked out from that. The cookie says where it stood
after some message, so that only what came later has to be gone through: an old one
costs time, a missing one a little more, and the answer is the same.
"""

import os
import signal
import sys

from flask import Flask, request, session

from dialogue import START, turn
from store import transaction, twiml

app = Flask(__name__)
app.secret_key = "development-only-not-a-secret"

with transaction() as db:
    db.execute(
        """CREATE TABLE IF NOT EXISTS said (
            number INTEGER PRIMARY KEY AUTOINCREMENT, message_sid TEXT NOT NULL UNIQUE,
            sender TEXT NOT NULL, recipient TEXT NOT NULL, body TEXT NOT NULL)"""
    )


@app.route("/sms", methods=["GET", "POST"])
def sms():
    pair = [request.values["From"], request.values["To"]]
    message = [request.values["MessageSid"], *pair, request.values["Body"]]

    with transaction() as db:
        db.execute(
            "INSERT OR IGNORE INTO said (message_sid, sender, recipient, body) VALUES (?, ?, ?, ?)",
            message,
        )
        [number] = db.execute("SELECT number FROM said WHERE message_sid = ?", message[:1]).fetchone()

        # A copy is of use if it is this pair's, and of before this message.
        heard, step, order = 0, *START
        if session.get("pair") == pair and session["heard"] < number:
            heard, step, order = session["heard"], session["step"], session["order"]
        for [body] in db.execute(
            "SELECT body FROM said WHERE sender = ? AND recipient = ? AND number > ? AND number <= ?"
            " ORDER BY number",
            (*pair, heard, number),
        ):
            step, order, reply = turn(step, order, body)

    session.update(pair=pair, heard=number, step=step, order=order)
    return twiml(reply)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
