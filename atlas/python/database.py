#!/usr/bin/python3
"""The row to compare with: the basket is in SQLite, under (From, To), and with each MessageSid
what it was answered. The cookie holds a copy, which is believed only if it is the latest version.
"""

import os
import secrets
import sqlite3
from contextlib import closing
from tempfile import TemporaryDirectory

from flask import Flask, Response, request, session

from dialogue import price, serve, turn, twiml

app = Flask(__name__)
app.secret_key = "development-only"
folder = TemporaryDirectory(prefix="atlas-")


def connect():
    # No implicit transactions: sms() says itself where one begins.
    return sqlite3.connect(os.path.join(folder.name, "baskets.sqlite"), isolation_level=None)


with closing(connect()) as db:
    db.execute("CREATE TABLE baskets (pair TEXT PRIMARY KEY, basket TEXT, version TEXT)")
    db.execute("CREATE TABLE answers (sid TEXT PRIMARY KEY, reply TEXT)")


def load(db, pair):
    latest = db.execute("SELECT version FROM baskets WHERE pair = ?", (pair,)).fetchone()
    if not latest:
        return ""
    if session.get("version") == latest[0]:
        return session["basket"]
    return db.execute("SELECT basket FROM baskets WHERE pair = ?", (pair,)).fetchone()[0]


@app.post("/sms")
def sms():
    pair = f"{request.form['From']} {request.form['To']}"
    sid = request.form["MessageSid"]
    with closing(connect()) as db, db:
        db.execute("BEGIN IMMEDIATE")  # whoever comes meanwhile waits
        answered = db.execute("SELECT reply FROM answers WHERE sid = ?", (sid,)).fetchone()
        if answered:
            return Response(twiml(answered[0]), mimetype="text/xml")
        basket = load(db, pair)
        price()
        basket, reply = turn(basket, request.form["Body"])
        version = secrets.token_hex(16)
        db.execute("INSERT OR REPLACE INTO baskets VALUES (?, ?, ?)", (pair, basket, version))
        db.execute("INSERT INTO answers VALUES (?, ?)", (sid, reply))
    session.update(basket=basket, version=version)
    return Response(twiml(reply), mimetype="text/xml")


serve(app)
