#!/usr/bin/python3
"""Flask's own session: signed, in a cookie."""

from flask import Flask, Response, request, session

from dialogue import price, serve, turn, twiml

app = Flask(__name__)
app.secret_key = "development-only"


@app.post("/sms")
def sms():
    basket = session.get("basket", "")
    price()
    session["basket"], reply = turn(basket, request.form["Body"])
    return Response(twiml(reply), mimetype="text/xml")


serve(app)
