"""What is recorded of the delivery in each case of the hostile app, by group: a pattern for names of
cases, and what the report has to say. What begins with one of Twilio's codes is a delivery without a
reply; anything else is the reply that was got all the same. The first pattern that fits counts.
"""

MALFORMED = "11206: the answer is malformed HTTP: "
BODY = "11750: the body of the answer is over 1048576 bytes"
HEADERS = "11750: the headers of the answer are over 262144 bytes"
EXTRAS = "11750: a chunk of the answer has endless extras"
DOCUMENT = "12100: the document is no well-formed XML: "
ENTITY = DOCUMENT + "a '&' begins no entity that is known"
LOCATION, REDIRECT = "11216: its Location cannot be used: ", "11100: its <Redirect> cannot be used: "
ELSEWHERE = ", which is not the app's host; not followed"
OK = '"ok"'

OUTCOMES = {
    "silence": [
        ("never", "11205: 1 s passed before the answer began"),
        ("a-byte-a-second", "11206: 1 s passed within the headers of the answer"),
        ("headers-then-nothing", "11206: 1 s passed within the body of the answer"),
        ("late-answer", "11205: 1 s passed before the answer began"),
    ],
    "ends": [
        ("(close|reset)-before-headers", "11206: the connection ended before the answer began"),
        ("(close|reset)-in-(status-line|headers)",
         "11206: the connection ended within the headers of the answer"),
        ("(close|reset)-(after-headers|in-body|in-chunk|after-chunk)",
         "11206: the connection ended within the body of the answer"),
        ("(close|reset)-after-answer", OK),
    ],
    "too-much": [
        ("body-(of-gigabytes|until-close)|endless-(small-)?chunks", BODY),
        ("endless-(chunk-.*|trailers)", EXTRAS),
        ("endless-(empty-lines|zeros)", MALFORMED + "bad version"),
        ("endless-.*|.*-flood|headers-100000|cookie-of-1mb", HEADERS),
        ("(cookie-|cookies-[0-9]).*", OK),
    ],
    "bytes": [
        (".*-in-version", MALFORMED + "bad version"),
        ("(nul|escape)-in-reason", MALFORMED + "bad reason"),
        (".*-in-header-name", MALFORMED + "bad field"),
        ("(nul|escape)-in-(header-value|content-type|cookie-.*|location)", MALFORMED + "bad value"),
        (".*-in-(reason|header-value|cookie-.*)", OK),
        (".*-in-content-type", '12300: Twilio reads no "text/'),
        (".*-in-location", LOCATION),
        (".*-in-text", '"hello '),
        ("(c1|bidi)-in-twiml", '"'),
        (".*-in-(twiml|verb)|(nul|latin1|escape)-in-redirect", DOCUMENT),
        ("(c1|bidi)-in-redirect", REDIRECT),
        (".*-in-error-page", "11217: status 500"),
    ],
    "malformed": [
        ("no-status|http-2|no-http|ssh|a-request|body-alone", MALFORMED + "bad version"),
        ("letters-for-status|long-status|negative-status|status-0|status-101",
         MALFORMED + "bad status"),
        ("status-999", "11217: status 999"),
        ("tls-alert", "11206: the answer is TLS, not HTTP: https is expected"),
        ("header-without-(colon|name)|space-before-colon", MALFORMED + "bad field"),
        ("bare-line-feeds", MALFORMED + "bad reason"),
        ("bare-carriage-returns", MALFORMED + "bad line ending"),
        ("chunk-size-large|length-largest", BODY),
        ("chunk-size-.*", MALFORMED + "bad chunk"),
        ("length-(negative|huge|word|plus|empty)", MALFORMED + "bad Content-Length"),
        ("length-(two|list)", MALFORMED + "multiple Content-Length"),
        ("length-and-chunked.*", MALFORMED + "bad "),
        ("length-unknown-coding", OK),
    ],
    "documents": [
        ("xml-(billion-laughs|quadratic-blow-up|external-entity)", ENTITY),
        ("xml-(external-subset|parameter-entity|utf-16)", OK),
        ("xml-depth-100000|text-of-a-megabyte", "11750: the answer has more than 65536 bytes"),
        ("xml-million-.*", BODY),
        ("xml-(depth-9000|16000-nodes|7000-attributes|text-of-60000)", "no reply"),
        ("xml-5000-messages", '"a"'),
        ("xml-(unclosed|utf-7)", DOCUMENT),
        ("error-page-of-wide-characters", "11217: status 500"),
        ("gzip.*", 'its Content-Encoding is "gzip", which was not asked for'),
        ("unknown-content-encoding|padding-that-varies", OK),
    ],
    "redirects": [
        (".*-redirect-(other-host|user-trick|same-scheme-other-host)",
         "11100: it redirects to http://192.0.2.1/.*" + ELSEWHERE),
        (".*-redirect-other-name", "11100: it redirects to http://twilio.example/sms" + ELSEWHERE),
        (".*-redirect-closed-port", "11202: nothing listens at 127.0.0.1:1 .connection refused."),
        ("http-redirect-(file|javascript|data|ftp|no-host|port-0|header-in-url)", LOCATION),
        ("twiml-redirect-(file|javascript|data|ftp|no-host|port-0|header-in-url)", REDIRECT),
        ("http-redirect-to-itself", "11215: more than 10 HTTP redirects in a row"),
        ("http-redirect-that-grows", HEADERS),
        ("twiml-redirect-to-itself|redirects-in-turn",
         "14106: its redirects do not end: more than 50 documents for one message"),
    ],
    "busy": [
        ("busy-429-.*", "11217: status 429"),
        ("busy-503-.*", "11217: status 503"),
    ],
}
