#pragma once

#include <string>

#include "loopback_port.hpp"

/// A command that is a web server at that port, in few lines; it answers HEAD and POST with 501.
inline std::string web_server(const std::string& port) {
  return "exec python3 -c 'import http.server as h\n"
         "h.HTTPServer((\"127.0.0.1\", " +
         port + "), h.BaseHTTPRequestHandler).serve_forever()'";
}

/// The number in a name as 127.0.0.1:40000.
inline std::string port_of(const std::string& name) { return name.substr(name.find(':') + 1); }
