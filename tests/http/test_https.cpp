#include <crumbproof/http/http_target.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <vector>

#include "certificate.hpp"
#include "scripted_server.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace std::string_literals;
using http::HttpOptions;
using http::HttpTarget;
using target::Ending;
using target::Exchange;

namespace {

twilio::Request post_to(std::string url) { return {"POST", std::move(url), {{"Body", "hi"}}, {}}; }

std::string https(const ScriptedServer& server, const std::string& host = "localhost") {
  return "https://" + host + ":" + std::to_string(server.port()) + "/sms";
}

HttpOptions trusting(const TestCertificate& certificate) {
  HttpOptions options;
  options.tls.ca_file = certificate.ca_file();
  return options;
}

/// Plays a server that gets as far as the handshake, and says why the client goes no further.
std::string refusal(const CertificateWishes& wishes, const std::string& host) {
  const TestCertificate certificate(wishes);
  ScriptedServer server({[](ServedConnection&) {}}, certificate.server());
  HttpTarget target(trusting(certificate));
  const Exchange exchange = target.send(post_to(https(server, host)));
  CHECK(exchange.ending == Ending::unreachable);
  const std::string start =
      "the certificate of " + host + ":" + std::to_string(server.port()) + " ";
  const std::string end = " (--cacert FILE names CAs to trust, --insecure skips this check)";
  REQUIRE(exchange.detail.starts_with(start));
  REQUIRE(exchange.detail.ends_with(end));
  return exchange.detail.substr(start.size(), exchange.detail.size() - start.size() - end.size());
}

}  // namespace

TEST_CASE("A request goes over TLS to an app whose CA is trusted, and names its host") {
  const TestCertificate certificate;
  const std::string host = GENERATE("localhost"s, "127.0.0.1"s);
  std::string name;
  std::string seen;
  ScriptedServer server({[&](ServedConnection& connection) {
                          name = connection.server_name();
                          connection.request();
                          connection.send(ok("1"));
                          seen = connection.request();
                          connection.send(ok("2"));
                        }},
                        certificate.server());
  HttpTarget target(trusting(certificate));
  const Exchange exchange = target.send(post_to(https(server, host)));
  CHECK(exchange.detail.empty());
  CHECK(exchange.response.body == "1");
  CHECK(target.send(post_to(https(server, host))).response.body == "2");
  CHECK(server.finish() == 1);
  CHECK(name == (host == "localhost" ? host : ""));
  CHECK(seen == "POST /sms HTTP/1.1\r\nHost: " + host + ":" + std::to_string(server.port()) +
                    "\r\nContent-Length: 7\r\n\r\nBody=hi");
}

TEST_CASE("A certificate that is not right is refused, in words") {
  CHECK(refusal({"CA", "DNS:app.example"}, "localhost") == "is for another host");
  CHECK(refusal({"CA", "DNS:127.0.0.1"}, "127.0.0.1") == "is for another host");
  CHECK(refusal({"CA", "DNS:localhost", -7200, -3600}, "localhost") == "has expired");
  CHECK(refusal({"CA", "DNS:localhost", 3600, 7200}, "localhost") == "is not valid yet");
}

TEST_CASE("What is wrong with a certificate, or with TLS as a whole, has a reason of its own") {
  using target::Unreachable;
  const auto why = [](const TestCertificate& certificate) {
    ScriptedServer server({[](ServedConnection&) {}}, certificate.server());
    return HttpTarget(trusting(certificate)).send(post_to(https(server))).why;
  };
  CHECK(why(TestCertificate({"CA", "DNS:app.example"})) == Unreachable::tls_name);
  CHECK(why(TestCertificate({"CA", "DNS:localhost", -7200, -3600})) == Unreachable::tls_expired);
  ScriptedServer plain(
      {[](ServedConnection& connection) { connection.send("no TLS at all\r\n"); }});
  CHECK(HttpTarget().send(post_to(https(plain))).why == Unreachable::tls_failed);
}

TEST_CASE("A CA that is not trusted is refused, and so is one that only has the name of one") {
  const TestCertificate certificate;
  const TestCertificate another({"Another CA"});
  const TestCertificate namesake;
  const auto detail = [&](const HttpOptions& options) {
    ScriptedServer server({[](ServedConnection&) {}}, certificate.server());
    const Exchange exchange = HttpTarget(options).send(post_to(https(server)));
    CHECK(exchange.ending == Ending::unreachable);
    CHECK(exchange.why == target::Unreachable::tls_untrusted);
    const std::size_t verb = exchange.detail.find(" is ");
    return exchange.detail.substr(verb, exchange.detail.find(" (--cacert ") - verb);
  };
  CHECK(detail(HttpOptions()) == " is signed by a CA that is not trusted here");
  CHECK(detail(trusting(another)) == " is signed by a CA that is not trusted here");
  CHECK(detail(trusting(namesake)) == " is refused (certificate signature failure)");
}

TEST_CASE("Without verification any certificate will do") {
  const TestCertificate certificate({"CA", "DNS:app.example", -7200, -3600});
  ScriptedServer server({answering(ok("1"))}, certificate.server());
  HttpOptions options;
  options.tls.verify = false;
  HttpTarget target(options);
  CHECK(target.send(post_to(https(server))).response.body == "1");
}

TEST_CASE("A new connection takes up the TLS session of the one before") {
  const TestCertificate certificate;
  SSL_CTX_set_max_proto_version(certificate.server(), GENERATE(TLS1_2_VERSION, TLS1_3_VERSION));
  std::vector<bool> resumed;
  const auto closing = [&](ServedConnection& connection) {
    resumed.push_back(connection.is_resumed());
    connection.request();
    connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
  };
  ScriptedServer server({closing, closing, closing}, certificate.server());
  HttpTarget target(trusting(certificate));
  for (int n = 0; n < 3; ++n) CHECK(target.send(post_to(https(server))).response.body == "x");
  server.finish();
  CHECK(resumed == std::vector<bool>{false, true, true});
}

TEST_CASE("A TLS connection that closed while idle is replaced") {
  const TestCertificate certificate;
  const bool in_order = GENERATE(true, false);
  ScriptedServer server({[&](ServedConnection& connection) {
                           connection.request();
                           connection.send(ok("1"));
                           connection.request();
                           if (in_order) connection.close_notify();
                         },
                         answering(ok("2"))},
                        certificate.server());
  HttpTarget target(trusting(certificate));
  target.send(post_to(https(server)));
  CHECK(target.send(post_to(https(server))).response.body == "2");
}

TEST_CASE("Bytes that TLS holds back when an answer is whole are not taken for the next answer") {
  const TestCertificate certificate;
  ScriptedServer server({[&](ServedConnection& connection) {
                           connection.request();
                           connection.send_together(ok("1"), ok("nobody asked"));
                           connection.wait_until_closed();
                         },
                         answering(ok("2"))},
                        certificate.server());
  HttpTarget target(trusting(certificate));
  CHECK(target.send(post_to(https(server))).response.body == "1");
  CHECK(target.send(post_to(https(server))).response.body == "2");
}

TEST_CASE("A body that goes on to the end of the connection has to end in order") {
  const TestCertificate certificate;
  const bool in_order = GENERATE(true, false);
  ScriptedServer server({[&](ServedConnection& connection) {
                          connection.request();
                          connection.send("HTTP/1.1 200 OK\r\n\r\nbody");
                          if (in_order) connection.close_notify();
                        }},
                        certificate.server());
  HttpTarget target(trusting(certificate));
  const Exchange exchange = target.send(post_to(https(server)));
  CHECK(exchange.ending == (in_order ? Ending::answered : Ending::cut));
  CHECK(exchange.response.body == (in_order ? "body" : ""));
}

TEST_CASE("An app that speaks no TLS is unreachable over https") {
  HttpOptions options;
  options.limits.timeout = std::chrono::seconds(5);
  HttpTarget target(options);
  ScriptedServer closing({[](ServedConnection&) {}});
  const Exchange ended = target.send(post_to(https(closing)));
  CHECK(ended.ending == Ending::unreachable);
  CHECK(ended.detail.starts_with("the TLS handshake with localhost:"));

  ScriptedServer plain({[](ServedConnection& connection) {
    connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_until_closed();
  }});
  const Exchange exchange = target.send(post_to(https(plain)));
  CHECK(exchange.ending == Ending::unreachable);
  CHECK(exchange.detail.find(" failed: wrong version number") != std::string::npos);
}

TEST_CASE("A TLS handshake that goes nowhere is unreachable") {
  ScriptedServer server({[](ServedConnection& connection) { connection.wait_until_closed(); }});
  HttpOptions options;
  options.limits.timeout = std::chrono::milliseconds(100);
  HttpTarget target(options);
  const Exchange exchange = target.send(post_to(https(server)));
  CHECK(exchange.ending == Ending::unreachable);
  CHECK(exchange.detail ==
        "localhost:" + std::to_string(server.port()) + " did not finish the TLS handshake in time");
}

TEST_CASE("A route can lead to an app on https") {
  const TestCertificate certificate;
  std::string name;
  ScriptedServer server({[&](ServedConnection& connection) {
                          name = connection.server_name();
                          connection.request();
                          connection.send(ok("1"));
                        }},
                        certificate.server());
  HttpOptions options = trusting(certificate);
  options.route =
      http::Route{twilio::Url::parse("http://app.example/sms"), twilio::Url::parse(https(server))};
  HttpTarget target(options);
  CHECK(target.send(post_to("http://app.example/sms")).response.body == "1");
  server.finish();
  CHECK(name == "localhost");
}

TEST_CASE("A CA file that holds no certificate is bad input") {
  HttpOptions options;
  options.tls.ca_file = GENERATE("/no/such/file"s, "/dev/null"s);
  CHECK_THROWS_AS(HttpTarget(options), BadInput);
  CHECK_THROWS_WITH(HttpTarget(options),
                    "\"" + options.tls.ca_file +
                        "\" holds no certificate that can be read; a file of CA certificates in "
                        "PEM is expected");
}
