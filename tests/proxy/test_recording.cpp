#include <crumbproof/proxy/recording.hpp>

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::proxy;
using namespace std::chrono_literals;

namespace {

Incoming text_message(const std::string& from, const std::string& text, const std::string& sid) {
  Incoming incoming;
  incoming.pair = {from, "+15005550006"};
  incoming.message_sid = sid;
  incoming.is_message = true;
  incoming.text = text;
  return incoming;
}

const std::string kRecordedOne = "+14155550101";
const std::string kRecordedTwo = "whatsapp:+14155550102";

}  // namespace

TEST_CASE("a recording has a conversation for each pair, with the times between its messages") {
  Recording recording(std::nullopt);
  recording.add(text_message(kRecordedOne, "order", "SM1"), 5s);
  recording.add(text_message(kRecordedTwo, "hi", "SM2"), 6s);
  recording.add(text_message(kRecordedOne, "2 \"large\"\n", "SM3"), 7s);
  recording.add(text_message(kRecordedOne, "yes", "SM4"), 7s);
  recording.add(text_message(kRecordedOne, "no", "SM5"), 7s + 26h + 3min + 20ms);
  CHECK(recording.scenario() ==
        "# Recorded by crumbproof proxy.\n"
        "conversations:\n"
        "  - name: \"sender 1 (..0101)\"\n"
        "    say:\n"
        "      - {text: \"order\"}\n"
        "      - {text: \"2 \\\"large\\\"\\n\", after: 2s}\n"
        "      - {text: \"yes\", after: 0s}\n"
        "      - {text: \"no\", after: 1d2h3m20ms}\n"
        "  - name: \"sender 2 (..0102)\"\n"
        "    channel: whatsapp\n"
        "    say:\n"
        "      - {text: \"hi\"}\n");
  CHECK(recording.messages() == 5);
  CHECK(recording.conversations() == 2);
}

TEST_CASE("what is sent again, and what no one has written, is not recorded") {
  Recording recording(std::nullopt);
  recording.add(text_message(kRecordedOne, "order", "SM1"), 1s);
  recording.add(text_message(kRecordedOne, "order", "SM1"), 2s);
  Incoming callback = text_message(kRecordedOne, "", "SM2");
  callback.is_message = false;
  recording.add(callback, 3s);
  recording.add(text_message(kRecordedOne, "order", ""), 4s);
  recording.add(text_message(kRecordedOne, "order", ""), 5s);
  CHECK(recording.messages() == 3);
}

TEST_CASE("media are recorded by their types") {
  Recording recording(std::nullopt);
  Incoming picture = text_message(kRecordedOne, "", "MM1");
  picture.media = {"image/jpeg", "no type"};
  recording.add(picture, 1s);
  CHECK_THAT(recording.scenario(), Catch::Contains("{text: \"\", media: [\"image/jpeg\"]}"));
}

TEST_CASE("a recording is bounded, and so are the texts in it") {
  Recording recording(std::nullopt);
  for (std::size_t n = 0; n < kMostRecorded + 2; ++n) {
    recording.add(text_message(std::to_string(n), "hi", ""), 1s);
  }
  CHECK(recording.messages() == kMostRecorded);
  CHECK(recording.left_out() == 2);
  Recording other(std::nullopt);
  std::string text;
  for (int n = 0; n < 1601; ++n) text += "é";
  other.add(text_message(kRecordedOne, text, ""), 1s);
  CHECK_THAT(other.scenario(), Catch::Contains(text.substr(2)) && !Catch::Contains(text));
}

TEST_CASE("an anonymized recording holds no word and no number of what came") {
  Recording recording(Anonymizer(7, {}));
  recording.add(text_message(kRecordedOne, "My name is Ann", "SM1"), 1s);
  const std::string text = recording.scenario();
  CHECK_THAT(text, Catch::Contains("name: \"sender 1\"\n") && !Catch::Contains("Ann") &&
                       !Catch::Contains("0101"));
}

TEST_CASE("words get words of their shape, the same each time, whatever their case") {
  const Anonymizer anonymizer(7, {"Large"});
  const std::string ann = anonymizer.replace("Ann");
  CHECK(ann != "Ann");
  CHECK(ann.size() == 3);
  CHECK((ann[0] >= 'A' && ann[0] <= 'Z' && ann[1] >= 'a' && ann[1] <= 'z'));
  CHECK(anonymizer.replace("Ann, Ann!") == ann + ", " + ann + "!");
  CHECK(anonymizer.replace("call 415-555-0101").find("555") == std::string::npos);
  const std::string small = anonymizer.replace("ann");
  CHECK(small.substr(1) == ann.substr(1));
  CHECK(Anonymizer(8, {}).replace("Ann") != ann);
}

TEST_CASE("keywords, short numbers and the words to keep stay") {
  const Anonymizer anonymizer(7, {"Large"});
  for (const std::string text : {"STOP", "help", "yes", "No", "2 large", "42", "", " ?! "}) {
    CHECK(anonymizer.replace(text) == text);
  }
  CHECK(anonymizer.replace("123") != "123");
}

TEST_CASE("characters beyond ASCII become others of their kind") {
  const Anonymizer anonymizer(7, {});
  CHECK(anonymizer.replace("\u00fc") == "\u00e9");
  CHECK(anonymizer.replace("\U0001f600\U0001f601") == "\u2605\u2605");
  CHECK(anonymizer.replace("\xff") == "\u2605");
}
