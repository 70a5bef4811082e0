#include <string>

#include "../http/certificate.hpp"
#include "../http/scripted_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

const std::string kOverTls = webhook_bytes("+14155550101", "hi", "a=1; b=2");

std::string https_url(const ScriptedServer& app, const std::string& host) {
  return "https://" + host + ":" + std::to_string(app.port());
}

}  // namespace

TEST_CASE("an app behind https is reached over TLS, to the byte") {
  const TestCertificate certificate;
  const std::string host = GENERATE("localhost", "127.0.0.1");
  std::string name;
  std::string got;
  ScriptedServer app({[&](ServedConnection& connection) {
                       name = connection.server_name();
                       got = connection.request();
                       connection.send(ok("1"));
                       got += connection.request();
                       connection.send(ok("2"));
                     }},
                     certificate.server());
  proxy::Settings settings;
  settings.ca_file = certificate.ca_file();
  RunningProxy proxy(https_url(app, host), settings);
  RawSender sender(proxy.port());
  sender.send(kOverTls);
  CHECK(sender.answer() == ok("1"));
  sender.send(kOverTls);
  CHECK(sender.answer() == ok("2"));
  app.finish();
  CHECK(got == kOverTls + kOverTls);
  CHECK(name == (host == "localhost" ? host : ""));
}

TEST_CASE("a certificate that no one vouches for is refused, unless any will do") {
  const TestCertificate certificate;
  const TestCertificate other;
  ScriptedServer app({answering(ok("1")), answering(ok("1"))}, certificate.server());
  proxy::Settings settings;
  settings.ca_file = other.ca_file();
  {
    RunningProxy proxy(https_url(app, "localhost"), settings);
    RawSender sender(proxy.port());
    sender.send(kOverTls);
    CHECK_THAT(sender.answer(),
               Catch::StartsWith("HTTP/1.1 502 ") &&
                   Catch::Contains("cannot be reached: its certificate is refused: "));
  }
  settings.verify = false;
  RunningProxy proxy(https_url(app, "localhost"), settings);
  RawSender sender(proxy.port());
  sender.send(kOverTls);
  CHECK(sender.answer() == ok("1"));
}
