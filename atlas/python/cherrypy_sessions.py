#!/usr/bin/python3
"""CherryPy's sessions in memory: a request holds the lock of its session until it is answered."""

import cherrypy

from dialogue import PORT, price, turn, twiml


class App:
    @cherrypy.expose
    def sms(self, **params):
        basket = cherrypy.session.get("basket", "")
        price()
        cherrypy.session["basket"], reply = turn(basket, params["Body"])
        cherrypy.response.headers["Content-Type"] = "text/xml"
        return twiml(reply)


cherrypy.config.update(
    {
        "server.socket_host": "127.0.0.1",
        "server.socket_port": PORT,
        "log.screen": False,
        "engine.autoreload.on": False,
    }
)
cherrypy.quickstart(App(), "/", {"/": {"tools.sessions.on": True}})
