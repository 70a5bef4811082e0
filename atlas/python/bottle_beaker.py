#!/usr/bin/python3
"""Beaker's session middleware under Bottle, in the store that is named: memory, file or cookie."""

import sys
from tempfile import TemporaryDirectory

from beaker.middleware import SessionMiddleware
from bottle import Bottle, request, response

from dialogue import price, serve, turn, twiml

app = Bottle()
folder = TemporaryDirectory(prefix="atlas-")


@app.post("/sms")
def sms():
    session = request.environ["beaker.session"]
    basket = session.get("basket", "")
    price()
    session["basket"], reply = turn(basket, request.forms.Body)
    session.save()
    response.content_type = "text/xml"
    return twiml(reply)


options = {
    "session.type": sys.argv[1],
    "session.data_dir": folder.name,
    "session.validate_key": "development-only",
}
serve(SessionMiddleware(app, options))
