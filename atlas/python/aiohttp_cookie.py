#!/usr/bin/python3
"""aiohttp-session with EncryptedCookieStorage: the session is in an encrypted cookie."""

import asyncio

from aiohttp import web
from aiohttp_session import get_session, setup
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from dialogue import PORT, PRICE_SECONDS, turn, twiml


async def sms(request):
    session = await get_session(request)
    basket = session.get("basket", "")
    await asyncio.sleep(PRICE_SECONDS)
    session["basket"], reply = turn(basket, (await request.post())["Body"])
    return web.Response(text=twiml(reply), content_type="text/xml")


app = web.Application()
setup(app, EncryptedCookieStorage(b"development-only-and-32-bytes-ok"))
app.router.add_post("/sms", sms)
web.run_app(app, host="127.0.0.1", port=PORT, print=None)
