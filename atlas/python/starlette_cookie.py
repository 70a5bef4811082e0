#!/usr/bin/python3
"""Starlette's SessionMiddleware: the session is in a signed cookie. (FastAPI's is the same.)"""

import asyncio

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import Response
from starlette.routing import Route

from dialogue import PORT, PRICE_SECONDS, turn, twiml


async def sms(request):
    basket = request.session.get("basket", "")
    await asyncio.sleep(PRICE_SECONDS)
    request.session["basket"], reply = turn(basket, (await request.form())["Body"])
    return Response(twiml(reply), media_type="text/xml")


app = Starlette(
    routes=[Route("/sms", sms, methods=["POST"])],
    middleware=[Middleware(SessionMiddleware, secret_key="development-only")],
)
uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning")
