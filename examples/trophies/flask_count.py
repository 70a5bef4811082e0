#!/usr/bin/python3
"""Counts the messages of a conversation in Flask's session, as a tutorial would."""

import os

from flask import Flask, Response, session

app = Flask(__name__)
app.secret_key = "development-only"


@app.post("/sms")
def sms():
    session["count"] = session.get("count", 0) + 1
    reply = f"<Response><Message>Message number {session['count']}</Message></Response>"
    return Response(reply, mimetype="text/xml")


app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "3000")))
