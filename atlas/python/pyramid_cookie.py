#!/usr/bin/python3
"""Pyramid's SignedCookieSessionFactory: the session is in a signed cookie."""

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.session import SignedCookieSessionFactory

from dialogue import price, serve, turn, twiml


def sms(request):
    basket = request.session.get("basket", "")
    price()
    request.session["basket"], reply = turn(basket, request.POST["Body"])
    return Response(twiml(reply), content_type="text/xml")


with Configurator(session_factory=SignedCookieSessionFactory("development-only")) as config:
    config.add_route("sms", "/sms")
    config.add_view(sms, route_name="sms")
    serve(config.make_wsgi_app())
