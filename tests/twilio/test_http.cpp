#include <crumbproof/twilio/http.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::twilio;

TEST_CASE("Fields are found by their exact name, the first one of it") {
  const std::vector<Field> fields{{"To", "1"}, {"to", "2"}, {"To", "3"}};
  CHECK(find(fields, "To") == "1");
  CHECK(find(fields, "to") == "2");
  CHECK(find(fields, "TO") == std::nullopt);
  CHECK(find({{"ToCity", ""}}, "ToCity") == "");
}

TEST_CASE("Header fields are found whatever the case of their name") {
  const std::vector<Field> headers{{"X-A", "1"}, {"cOOKIE", "2"}, {"Cookie", "3"}};
  CHECK(find_header(headers, "Cookie") == "2");
  CHECK(find_header(headers, "x-a") == "1");
  CHECK(find_header(headers, "Cookie2") == std::nullopt);
}

TEST_CASE("A request's parameter is empty if it is missing") {
  Request request;
  request.parameters = {{"Body", "yes"}};
  CHECK(request.parameter("Body") == "yes");
  CHECK(request.parameter("body").empty());
}

TEST_CASE("A request's cookies are found by name") {
  Request request;
  CHECK(request.cookie("a") == std::nullopt);
  request.headers = {{"cookie", "a=1; bb=x=y=; flag; c=; a=2"}};
  CHECK(request.cookie("a") == "1");
  CHECK(request.cookie("bb") == "x=y=");
  CHECK(request.cookie("c") == "");
  CHECK(request.cookie("b") == std::nullopt);
  CHECK(request.cookie("flag") == std::nullopt);
  CHECK(request.cookie("A") == std::nullopt);
}

TEST_CASE("The parameters are a POST's body; a GET has none") {
  Request request;
  request.parameters = {{"Body", "hi & bye"}, {"ToCity", ""}};
  request.method = "POST";
  CHECK(request.body() == "Body=hi+%26+bye&ToCity=");
  request.method = "GET";
  CHECK(request.body().empty());
}

TEST_CASE("A form leaves letters, digits and *-._ as they are and encodes all else") {
  CHECK(form_encode({}).empty());
  CHECK(form_encode({{"azAZ09*-._", "azAZ09*-._"}}) == "azAZ09*-._=azAZ09*-._");
  CHECK(form_encode({{"a b", "+"}}) == "a+b=%2B");
  CHECK(form_encode({{"x", "!\"#$%&'()/:;<=>?@[\\]^`{|}~\n"}}) ==
        "x=%21%22%23%24%25%26%27%28%29%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%7E%0A");
  CHECK(form_encode({{"x", "ñ€"}, {"y", "\xff"}}) == "x=%C3%B1%E2%82%AC&y=%FF");
}

TEST_CASE("A TwiML answer is XML with status 200, and cookies are added to it in order") {
  Response response = Response::twiml("<Response/>");
  CHECK(response.status == 200);
  CHECK(response.body == "<Response/>");
  CHECK(find_header(response.headers, "Content-Type") == "text/xml; charset=utf-8");

  Response& same = response.set_cookie("a=1; Path=/").set_cookie("b=2");
  CHECK(&same == &response);
  REQUIRE(response.headers.size() == 3);
  CHECK(response.headers[1] == Field{"Set-Cookie", "a=1; Path=/"});
  CHECK(response.headers[2] == Field{"Set-Cookie", "b=2"});
}
