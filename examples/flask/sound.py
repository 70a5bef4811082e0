#!/usr/bin/python3
"""Orders a pizza over SMS, and keeps the conversation in a database.

It is kept under (From, To), which every webhook carries. The cookie holds a
copy, used only when it is known to be the latest: without it the app is slower,
never wrong.
"""

import os
import secrets
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing

from flask import Flask, Response, request, session
from twilio.twiml.messaging_response import MessagingResponse

from dialogue import START, turn

app = Flask(__name__)
app.secret_key = "development-only-not-a-secret"

if not (database := os.environ.get("DATABASE")):
    scratch = tempfile.TemporaryDirectory(prefix="pizza-")  # gone when the app ends
    database = os.path.join(scratch.name, "pizza.sqlite")


def connect():
    # No implicit transactions: sms() says itself where one begins.
    return sqlite3.connect(database, isolation_level=None)


with closing(connect()) as db:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        """CREATE TABLE IF NOT EXISTS conversations (
            sender TEXT, recipient TEXT,
            step TEXT NOT NULL, "order" TEXT NOT NULL, version TEXT NOT NULL,
            PRIMARY KEY (sender, recipient))"""
    )


def load(db, pair, copy):
    """The version is asked for each time; the rest only if the copy is not of it.

    (The rest is small here. Think of a long history, or another host.)
    """
    where = "FROM conversations WHERE sender = ? AND recipient = ?"
    latest = db.execute(f"SELECT version {where}", pair).fetchone()
    if not latest:
        return (*START, None)
    if copy.get("version") == latest[0]:
        return copy["step"], copy["order"], copy["version"]
    return db.execute(f'SELECT step, "order", version {where}', pair).fetchone()


def save(db, pair, step, order):
    """A version is random, not counted, so that no two states ever share one:

    not those of two senders, nor those before and after the database was replaced.
    """
    version = secrets.token_hex(16)
    db.execute(
        "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?)",
        (*pair, step, order, version),
    )
    return version


@app.route("/sms", methods=["GET", "POST"])
def sms():
    params = request.values
    pair = (params.get("From", ""), params.get("To", ""))

    with closing(connect()) as db, db:  # the inner one commits, or rolls back
        # Webhooks are served by threads, and may arrive together: take turns.
        db.execute("BEGIN IMMEDIATE")
        was_step, was_order, version = load(db, pair, session)
        step, order, reply = turn(was_step, was_order, params.get("Body", ""))
        if (step, order) != (was_step, was_order):
            version = save(db, pair, step, order)

    if version:
        session.update(step=step, order=order, version=version)

    response = MessagingResponse()
    response.message(reply)
    return Response(str(response), mimetype="text/xml")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
