"""An app that says every secret it knows, in every way that an app could.

    python3 leaky_app.py PORT fragile|sound

It answers in TwiML and echoes the auth token, the API key's secret, the user's password and its
own cookies into messages, error pages, headers and redirects.
"""
import base64
import html
import http.server
import json
import os
import sys
import urllib.parse

TOKEN = os.environ['TWILIO_AUTH_TOKEN']
API_SECRET = os.environ['TWILIO_API_KEY_SECRET']
PASSWORD = os.environ['PLANTED_PASSWORD']
CALLBACK_PASSWORD = os.environ['PLANTED_CALLBACK_PASSWORD']
COOKIE = os.environ['PLANTED_COOKIE']
KIND = sys.argv[2]
seen = {}


def forms(secret):
    """The secret as a debug page may show it."""
    return [secret, urllib.parse.quote(secret, safe=''), urllib.parse.quote_plus(secret),
            json.dumps(secret), html.escape(secret),
            base64.b64encode(secret.encode()).decode(),
            base64.b64encode(('user:' + secret).encode()).decode(),
            base64.b64encode(('u:' + secret + '\n').encode()).decode()]


def debug_text():
    """All but the cookie, which is no secret before it is set."""
    return ' '.join(form for secret in (TOKEN, API_SECRET, PASSWORD) for form in forms(secret))


class App(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        print(debug_text(), flush=True)

    def answer(self, status, text, *headers):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if 'Authorization' not in self.headers and self.path.startswith('/sms'):
            self.answer(401, debug_text(), ('WWW-Authenticate', 'Basic realm="app"'))
            return
        self.answer(200, 'probe %s %s' % (debug_text(), ' '.join(forms(COOKIE))))

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers['Content-Length'])).decode())
        if self.path.startswith('/status'):
            self.answer(200, debug_text())
            return
        if 'Authorization' not in self.headers:
            self.answer(401, debug_text(), ('WWW-Authenticate', 'Basic realm="app"'))
            return
        sender = form['From'][0]
        if KIND == 'fragile':
            known = 'step=1' in self.headers.get('Cookie', '')
        else:
            known = seen.get(sender, False)
        if self.path == '/sms' and form['Body'][0] == 'go':
            self.answer(307, debug_text(), ('Location', '/sms?key=' + urllib.parse.quote(TOKEN)))
            return
        seen[sender] = True
        said = debug_text() + ' ' + ' '.join(forms(COOKIE))
        session = ('Set-Cookie', 'sid=%s; Path=/' % COOKIE)
        callback = html.escape('http://user:%s@127.0.0.1:%s/status'
                               % (urllib.parse.quote(CALLBACK_PASSWORD, safe=''), sys.argv[1]))
        text = html.escape('%s %s' % ('again' if known else 'hello', said))
        document = ('<?xml version="1.0" encoding="UTF-8"?><Response><Message statusCallback="%s">%s'
                    '</Message></Response>' % (callback, text))
        if KIND == 'fragile' and not known and form['Body'][0] == 'last':
            self.answer(500, said, ('X-Debug', TOKEN), session)
            return
        self.answer(200, document, ('Content-Type', 'text/xml'), ('X-Debug', TOKEN),
                    ('Set-Cookie', 'step=1; Path=/'), session)


http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), App).serve_forever()
