#!/usr/bin/python3
"""Flask-Session: the session is in a file, found by the id in the cookie."""

from tempfile import TemporaryDirectory

from flask import Flask, Response, request, session
from flask_session import Session

from dialogue import price, serve, turn, twiml

app = Flask(__name__)
folder = TemporaryDirectory(prefix="atlas-")
app.config.update(SESSION_TYPE="filesystem", SESSION_FILE_DIR=folder.name)
Session(app)


@app.post("/sms")
def sms():
    basket = session.get("basket", "")
    price()
    session["basket"], reply = turn(basket, request.form["Body"])
    return Response(twiml(reply), mimetype="text/xml")


serve(app)
