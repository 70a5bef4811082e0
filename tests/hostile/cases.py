"""What the hostile app does: one function for each case, called with the Exchange to answer."""

import time

SOUND = b"<Response><Message>ok</Message></Response>"
XML = b"Content-Type: text/xml\r\n"
HEAD = b"HTTP/1.1 200 OK\r\n" + XML
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n" % len(SOUND)
KIB = b"a" * 1024

CASES = {}


def case(function):
    CASES[function.__name__.replace("_", "-")] = function
    return function


def raw(name, data, keep=False):
    """Answers with these bytes, and closes unless the connection is kept."""
    def send(exchange):
        exchange.send(data)
        if not keep:
            exchange.close()
    CASES[name] = send


def then(name, data, end):
    """Sends these bytes and ends the connection in that way."""
    def send(exchange):
        exchange.send(data)
        time.sleep(0.01)  # so that they have been read when a reset overtakes them
        getattr(exchange, end)()
    CASES[name] = send


def endless(name, start, part):
    def send(exchange):
        exchange.send(start)
        exchange.send_for_ever(part)
    CASES[name] = send


def twiml(name, document, *headers, **more):
    """Answers soundly as far as HTTP goes, with a document or what makes one."""
    def send(exchange):
        exchange.answer(document() if callable(document) else document, *headers, **more)
    CASES[name] = send


# --- slow, and gone

@case
def never(exchange):
    exchange.wait_for_end()


@case
def a_byte_a_second(exchange):
    for byte in HEAD + LENGTH + SOUND:
        exchange.send(bytes([byte]))
        time.sleep(1)


@case
def headers_then_nothing(exchange):
    exchange.send(HEAD + LENGTH)
    exchange.wait_for_end()


PLACES = {
    "before-headers": b"",
    "in-status-line": b"HTTP/1.1 20",
    "in-headers": HEAD + b"Set-Coo",
    "after-headers": HEAD + LENGTH,
    "in-body": HEAD + LENGTH + SOUND[:10],
    "in-chunk": CHUNKED + b"20\r\n<Response>",
    "after-chunk": CHUNKED + b"a\r\n<Response>\r\n",
}
for place, data in PLACES.items():
    then("close-" + place, data, "close")
    then("reset-" + place, data, "reset")
then("close-after-answer", HEAD + LENGTH + SOUND, "close")
then("reset-after-answer", HEAD + LENGTH + SOUND, "reset")

# --- too much

endless("body-of-gigabytes", HEAD + b"Content-Length: 8000000000\r\n\r\n", KIB * 64)
endless("body-until-close", HEAD + b"\r\n", KIB * 64)
endless("endless-chunks", CHUNKED, b"400\r\n" + KIB + b"\r\n")
endless("endless-small-chunks", CHUNKED, b"1\r\na\r\n" * 1000)
endless("endless-chunk-extension", CHUNKED + b"a;", KIB)
endless("endless-chunk-size", CHUNKED, b"0" * 1024)
endless("endless-trailers", CHUNKED + b"0\r\n", b"X-T: 1\r\n" * 100)
endless("endless-status-line", b"HTTP/1.1 200 ", KIB)
endless("endless-header-name", HEAD, KIB)
endless("endless-header-value", HEAD + b"X-A: ", KIB)
endless("endless-headers", HEAD, b"X-A: 1\r\n" * 100)
endless("endless-folded-header", HEAD + b"X-A: 1\r\n", b" a\r\n" * 100)
endless("endless-empty-lines", b"", b"\r\n" * 100)
endless("endless-zeros", b"", b"\0" * 1024)
endless("interim-flood", b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
endless("early-hints-flood", b"", b"HTTP/1.1 103 \r\nLink: </a>\r\n\r\n" * 100)
raw("headers-100000", HEAD + b"X-A: 1\r\n" * 100_000 + LENGTH + SOUND)
raw("cookies-10000", HEAD + b"".join(b"Set-Cookie: c%d=1\r\n" % n for n in range(10_000))
    + LENGTH + SOUND, keep=True)
raw("cookies-5000-of-odd-domains", HEAD
    + b"".join(b"Set-Cookie: c%d=1; Domain=x%d\r\n" % (n, n) for n in range(5000))
    + LENGTH + SOUND, keep=True)
raw("cookie-of-1mb", HEAD + b"Set-Cookie: big=" + KIB * 1024 + b"\r\n" + LENGTH + SOUND)
raw("cookie-of-200kb", HEAD + b"Set-Cookie: big=" + KIB * 200 + b"\r\n" + LENGTH + SOUND, keep=True)
raw("cookie-name-of-200kb", HEAD + b"Set-Cookie: " + KIB * 200 + b"=1\r\n" + LENGTH + SOUND,
    keep=True)

# --- bytes that do not belong there: NUL, no UTF-8, and what a terminal obeys

BAD = {"nul": b"\0", "latin1": b"\xff\xe9", "escape": b"\x1b[2J\x1b]0;owned\x07",
       "c1": "\x9b2J\x85".encode(), "bidi": "\u202e\u2066".encode()}
for name, bad in BAD.items():
    raw(name + "-in-version", b"HTTP/1." + bad + b"1 200 OK\r\n" + XML + LENGTH + SOUND)
    raw(name + "-in-reason", b"HTTP/1.1 200 O" + bad + b"K\r\n" + XML + LENGTH + SOUND)
    raw(name + "-in-header-name", HEAD + b"X-" + bad + b"A: 1\r\n" + LENGTH + SOUND)
    raw(name + "-in-header-value", HEAD + b"X-A: " + bad + b"\r\n" + LENGTH + SOUND)
    raw(name + "-in-content-type", b"HTTP/1.1 200 OK\r\nContent-Type: text/" + bad + b"\r\n" + LENGTH
        + SOUND)
    raw(name + "-in-cookie-name", HEAD + b"Set-Cookie: a" + bad + b"=1\r\n" + LENGTH + SOUND)
    raw(name + "-in-cookie-value", HEAD + b"Set-Cookie: a=" + bad + b"\r\n" + LENGTH + SOUND)
    raw(name + "-in-cookie-domain", HEAD + b"Set-Cookie: a=1; Domain=" + bad + b"\r\n" + LENGTH
        + SOUND)
    raw(name + "-in-location", b"HTTP/1.1 302 Found\r\nLocation: /" + bad
        + b"\r\nContent-Length: 0\r\n\r\n")
    twiml(name + "-in-text", b"hello " + bad + b" there", kind="text/plain")
    twiml(name + "-in-twiml", b"<Response><Message>" + bad + b"</Message></Response>")
    twiml(name + "-in-verb", b"<Response><Me" + bad + b"ssage>ok</Message></Response>")
    twiml(name + "-in-redirect", b"<Response><Redirect>/" + bad + b"</Redirect></Response>")
    twiml(name + "-in-error-page", b"Traceback " + bad + b" in app", status="500 Oops",
          kind="text/plain")

# --- malformed

STATUS_LINES = {
    "no-status": b"HTTP/1.1\r\n", "letters-for-status": b"HTTP/1.1 abc OK\r\n",
    "long-status": b"HTTP/1.1 99999 OK\r\n", "negative-status": b"HTTP/1.1 -200 OK\r\n",
    "status-0": b"HTTP/1.1 000 Zero\r\n", "status-999": b"HTTP/1.1 999 Much\r\n",
    "status-101": b"HTTP/1.1 101 Switching Protocols\r\n", "http-2": b"HTTP/2.0 200 OK\r\n",
    "no-http": b"HTP/1.1 200 OK\r\n", "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a-request": b"POST /sms HTTP/1.1\r\n", "tls-alert": b"\x15\x03\x01\x00\x02\x02\x16",
}
for name, line in STATUS_LINES.items():
    raw(name, line + XML + LENGTH + SOUND)
raw("body-alone", SOUND)
raw("header-without-colon", HEAD + b"nonsense\r\n" + LENGTH + SOUND)
raw("header-without-name", HEAD + b": 1\r\n" + LENGTH + SOUND)
raw("space-before-colon", HEAD + b"X-A : 1\r\n" + LENGTH + SOUND)
raw("bare-line-feeds", (HEAD + LENGTH + SOUND).replace(b"\r\n", b"\n"))
raw("bare-carriage-returns", (HEAD + LENGTH + SOUND).replace(b"\r\n", b"\r"))

CHUNKS = {
    "negative": b"-1\r\n<", "huge": b"ffffffffffffffffff\r\n<", "large": b"7fffffffffffffff\r\n<",
    "no-hex": b"zz\r\n<", "empty": b"\r\n<", "prefixed": b"0x2a\r\n" + SOUND + b"\r\n0\r\n\r\n",
    "too-small": b"5\r\n" + SOUND + b"\r\n0\r\n\r\n",
}
for name, chunk in CHUNKS.items():
    raw("chunk-size-" + name, CHUNKED + chunk)

LENGTHS = {
    "negative": b"Content-Length: -1\r\n", "huge": b"Content-Length: 99999999999999999999\r\n",
    "largest": b"Content-Length: 18446744073709551615\r\n", "word": b"Content-Length: many\r\n",
    "plus": b"Content-Length: +42\r\n", "empty": b"Content-Length:\r\n",
    "two": b"Content-Length: 42\r\nContent-Length: 5\r\n", "list": b"Content-Length: 42, 42\r\n",
    "and-chunked": b"Content-Length: 42\r\nTransfer-Encoding: chunked\r\n",
    "and-chunked-reversed": b"Transfer-Encoding: chunked\r\nContent-Length: 42\r\n",
    "unknown-coding": b"Transfer-Encoding: cow\r\n",
}
for name, lines in LENGTHS.items():
    raw("length-" + name, HEAD + lines + b"\r\n" + SOUND)
