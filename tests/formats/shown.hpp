#pragma once

#include "../report/sample.hpp"

namespace crumbproof::formats::sample {

/// The sample's counterexample, with its run as it went over the wire.
inline search::CheckResult shown_fail() {
  search::CheckResult result = report::sample::fail();
  search::Counterexample& found = result.counterexamples.front();
  search::ShownRun shown;
  shown.trace = found.actual;
  shown.alike = true;
  const auto request = [](std::string body, std::string from) {
    return twilio::Request{"POST",
                           "http://127.0.0.1:3000/sms",
                           {{"Body", std::move(body)}, {"From", std::move(from)}},
                           {{"User-Agent", "TwilioProxy/1.1"}, {"X-Twilio-Signature", "c2ln"}}};
  };
  target::Exchange answer;
  answer.response = twilio::Response::twiml("<Response/>");
  answer.response.set_cookie("sid=7; Path=/");
  answer.took = std::chrono::milliseconds(3);
  shown.log = {{DeliveryNumber(1), Instant(Duration(50)), request("order", "+1"), answer},
               {DeliveryNumber(2), Instant(Duration(10'050)), request("2 large", "+1"), answer}};
  shown.log[1].request.headers.push_back({"Cookie", "sid=7; other=8"});
  shown.log[1].request.headers.push_back({"Authorization", "Basic secret"});
  shown.afresh = {{DeliveryNumber(1), request("order", "+2")},
                  {DeliveryNumber(2), request("2 large", "+2")}};
  found.shown = std::move(shown);
  return result;
}

}  // namespace crumbproof::formats::sample
