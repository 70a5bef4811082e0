#!/usr/bin/python3
"""Bottle's signed cookie."""

from bottle import Bottle, request, response

from dialogue import price, serve, turn, twiml

SECRET = "development-only"
app = Bottle()


@app.post("/sms")
def sms():
    basket = request.get_cookie("basket", default="", secret=SECRET)
    price()
    basket, reply = turn(basket, request.forms.Body)
    response.set_cookie("basket", basket, secret=SECRET)
    response.content_type = "text/xml"
    return twiml(reply)


serve(app)
