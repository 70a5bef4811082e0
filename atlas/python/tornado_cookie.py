#!/usr/bin/python3
"""Tornado's signed cookie."""

import asyncio

from tornado.web import Application, RequestHandler

from dialogue import PORT, PRICE_SECONDS, turn, twiml


class Sms(RequestHandler):
    async def post(self):
        basket = (self.get_secure_cookie("basket") or b"").decode()
        await asyncio.sleep(PRICE_SECONDS)
        basket, reply = turn(basket, self.get_body_argument("Body"))
        self.set_secure_cookie("basket", basket)
        self.set_header("Content-Type", "text/xml")
        self.write(twiml(reply))


async def main():
    Application([("/sms", Sms)], cookie_secret="development-only").listen(PORT, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
