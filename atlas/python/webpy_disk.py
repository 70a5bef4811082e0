#!/usr/bin/python3
"""web.py's session on disk."""

from tempfile import TemporaryDirectory

import web

from dialogue import price, serve, turn, twiml

web.config.debug = False
folder = TemporaryDirectory(prefix="atlas-")


class Sms:
    def POST(self):
        basket = session.basket
        price()
        session.basket, reply = turn(basket, web.input().Body)
        web.header("Content-Type", "text/xml")
        return twiml(reply)


app = web.application(("/sms", "Sms"), globals())
session = web.session.Session(app, web.session.DiskStore(folder.name), {"basket": ""})
serve(app.wsgifunc())
