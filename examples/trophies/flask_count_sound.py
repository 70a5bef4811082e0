#!/usr/bin/python3
"""Counts the messages of a conversation in a database: each MessageSid once, under (From, To).

Its number is how many of its pair were there with it or before, however often it is asked for.
"""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from tempfile import TemporaryDirectory

from flask import Flask, Response, request

app = Flask(__name__)
folder = TemporaryDirectory(prefix="count-")


def connect():
    return sqlite3.connect(os.path.join(folder.name, "heard.sqlite"))


with closing(connect()) as db, db:
    db.execute("CREATE TABLE heard (sid TEXT UNIQUE, sender TEXT, recipient TEXT)")


@app.post("/sms")
def sms():
    heard = {name: request.form[name] for name in ("MessageSid", "From", "To")}
    with closing(connect()) as db, db:
        db.execute("INSERT OR IGNORE INTO heard VALUES (:MessageSid, :From, :To)", heard)
        (number,) = db.execute(
            """SELECT count(*) FROM heard WHERE sender = :From AND recipient = :To
                AND rowid <= (SELECT rowid FROM heard WHERE sid = :MessageSid)""",
            heard,
        ).fetchone()
    reply = f"<Response><Message>Message number {number}</Message></Response>"
    return Response(reply, mimetype="text/xml")


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "3000")))
