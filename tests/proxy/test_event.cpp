#include <crumbproof/proxy/event.hpp>

#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::proxy;

namespace {

Event delivery() {
  Event event;
  event.at = std::chrono::milliseconds(12'345);
  event.took = std::chrono::milliseconds(7);
  event.request = "POST /sms";
  event.status = 200;
  event.course.emplace();
  event.course->pair = {"+14155550101", "whatsapp:+15005550006"};
  event.course->number = 3;
  return event;
}

}  // namespace

TEST_CASE("numbers are shown by their last four digits") {
  CHECK(short_number("+14155550101") == "..0101");
  CHECK(short_number("whatsapp:+14155550101") == "..0101");
  CHECK(short_number("123") == "..123");
  CHECK(short_number("client:ann") == "..");
}

TEST_CASE("a log line says who, what and how it ended") {
  Event event = delivery();
  CHECK(!event.is_touched());
  CHECK(log_line(event) == "    12.345 s  ..0101 to ..0006  delivery 3  answered 200 in 7 ms\n");
  event.course->deeds = {{Kind::missing, "the Cookie header was withheld"}};
  event.notes = {"the signature is wrong\x1b[1m"};
  event.status = 0;
  CHECK(event.is_touched());
  CHECK(log_line(event) ==
        "    12.345 s  ..0101 to ..0006  delivery 3  missing: the Cookie header was withheld; the "
        "signature is wrong?[1m; no answer\n");
  Event other;
  other.request = "GET /health";
  other.status = 204;
  CHECK(log_line(other) == "     0.000 s  GET /health  answered 204 in 0 ms\n");
}

TEST_CASE("the log for machines is a line of JSON") {
  Event event = delivery();
  event.course->deeds = {{Kind::late_write, "held back"}};
  CHECK(log_json(event) ==
        "{\"t_s\":12.345,\"request\":\"POST /sms\",\"from\":\"..0101\",\"to\":\"..0006\","
        "\"delivery\":3,\"faults\":[{\"kind\":\"late-write\",\"what\":\"held back\"}],"
        "\"notes\":[],\"status\":200,\"ms\":7}\n");
}
