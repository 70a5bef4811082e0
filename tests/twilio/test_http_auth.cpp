#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/http_auth.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::twilio;

namespace {

std::vector<Field> challenge(std::string value) {
  return {{"Content-Type", "text/plain"}, {"WWW-Authenticate", std::move(value)}};
}

std::optional<std::string> answer(std::string value,
                                  const Credentials& credentials = {"Mufasa", "Circle of Life"},
                                  const DigestRequest& request = {
                                      "GET", "/dir/index.html",
                                      "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"}) {
  return authorization(challenge(std::move(value)), credentials, request);
}

bool has(const std::optional<std::string>& header, std::string_view part) {
  return header && header->find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("base64, by the vectors of RFC 4648") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64(std::string("\0\xff\xfe", 3)) == "AP/+");
}

TEST_CASE("User and password come from the URL, decoded") {
  const auto of = [](std::string_view url) { return credentials_of(Url::parse(url)); };
  CHECK_FALSE(of("https://app.test/sms"));
  CHECK(of("https://ann:secret@app.test/sms")->user == "ann");
  CHECK(of("https://ann:secret@app.test/sms")->password == "secret");
  CHECK(of("https://ann@app.test/sms")->password.empty());
  CHECK(of("https://a%40b:c%3Ad@app.test/")->user == "a@b");
  CHECK(of("https://a%40b:c%3Ad@app.test/")->password == "c:d");
}

TEST_CASE("Basic, by the example of RFC 7617") {
  CHECK(answer(R"(Basic realm="WallyWorld")", {"Aladdin", "open sesame"}) ==
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  CHECK(answer(R"(basic realm=x)", {"Aladdin", "open sesame"}) ==
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST_CASE("Digest, by the example of RFC 7616 section 3.9.1") {
  const std::string parameters =
      R"(realm="http-auth@example.org", qop="auth, auth-int", algorithm=)";
  const std::string rest = R"(, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",)"
                           R"( opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")";
  const auto md5 = answer("Digest " + parameters + "MD5" + rest);
  CHECK(has(md5, R"(response="8ca523f5e9506fed4657c9700eebdbec")"));
  CHECK(has(md5, R"(username="Mufasa")"));
  CHECK(has(md5, R"(realm="http-auth@example.org")"));
  CHECK(has(md5, R"(uri="/dir/index.html")"));
  CHECK(has(md5, "qop=auth, nc=00000001"));
  CHECK(has(md5, R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")"));
  CHECK(has(md5, "algorithm=MD5"));
  const auto sha = answer("Digest " + parameters + "SHA-256" + rest);
  CHECK(has(sha, R"(response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")"));
}

TEST_CASE("Digest without qop, by the example of RFC 2069 as corrected") {
  const auto header =
      answer(R"(Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")",
             {"Mufasa", "CircleOfLife"}, {"GET", "/dir/index.html", "unused"});
  CHECK(has(header, R"(response="1949323746fe6a43ef61f9606e7febea")"));
  CHECK_FALSE(has(header, "qop"));
}

TEST_CASE("Digest goes before Basic, in one header or in two") {
  const std::string digest = R"(Digest realm="r", nonce="n")";
  CHECK(has(answer(R"(Basic realm="r", )" + digest), "Digest "));
  const std::vector<Field> two{{"WWW-Authenticate", R"(Basic realm="r")"},
                               {"www-authenticate", digest}};
  CHECK(has(authorization(two, {"a", "b"}, {"GET", "/", "c"}), "Digest "));
}

TEST_CASE("What cannot be answered is not") {
  CHECK_FALSE(authorization({}, {"a", "b"}, {"GET", "/", "c"}));
  CHECK_FALSE(answer("Basic"));                // no realm
  CHECK_FALSE(answer(R"(Bearer realm="r")"));  // another scheme
  CHECK_FALSE(answer(R"(Digest realm="r", nonce="n", qop="auth-int")"));
  CHECK_FALSE(answer(R"(Digest realm="r", nonce="n", algorithm=SHA-512)"));
  CHECK_FALSE(answer(R"(=, "realm)"));
  CHECK(answer(R"(Digest realm="r", algorithm=SHA-512, Basic realm="r")"));  // falls back
}

TEST_CASE("Quotes and backslashes in a realm come back as they were") {
  CHECK(has(answer(R"(Digest realm="a \"b\" \\c", nonce="n")"), R"(realm="a \"b\" \\c")"));
}

TEST_CASE("A challenge that is broken off is read as far as it goes") {
  CHECK_FALSE(answer(R"(realm="r", Basic realm="r")"));  // a parameter of no scheme
  CHECK(has(answer(R"(Digest nonce="n", realm="a b)"), R"(realm="a b")"));
  CHECK(has(answer(R"(Digest nonce="n", realm="a\)"), R"(realm="a\\")"));
}

TEST_CASE("A list of qop may have spaces around its words, and auth anywhere") {
  const auto with = [](const std::string& qop) {
    return answer(R"(Digest realm="r", nonce="n", qop=")" + qop + '"');
  };
  CHECK(has(with("auth-int , auth "), "qop=auth"));
  CHECK(has(with(" Auth,x"), "qop=auth"));
  CHECK_FALSE(with("auth-int, authentic"));
  CHECK_FALSE(with(" ,"));
}

TEST_CASE("Percent signs that encode nothing stay in user and password") {
  const auto of = [](std::string userinfo) {
    Url url = Url::parse("http://app.test/");
    url.userinfo = std::move(userinfo);
    return credentials_of(url);
  };
  CHECK(of("100%:5%zz")->user == "100%");
  CHECK(of("100%:5%zz")->password == "5%zz");
}
