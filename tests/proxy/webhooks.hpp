#pragma once

#include <crumbproof/proxy/rates.hpp>
#include <crumbproof/proxy/stage.hpp>
#include <crumbproof/twilio/http.hpp>

#include <string>
#include <vector>

/// A request as a sender makes it: a form from that number, with these cookies.
inline std::string webhook_bytes(const std::string& from, const std::string& text,
                                 const std::string& cookies, const std::string& more = {}) {
  const std::string form = crumbproof::twilio::form_encode(
      {{"MessageSid", "SM" + text}, {"From", from}, {"To", "+15005550006"}, {"Body", text}});
  return "POST /sms HTTP/1.1\r\nHost: app\r\n" +
         (cookies.empty() ? std::string() : "Cookie: " + cookies + "\r\n") + more +
         "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
         std::to_string(form.size()) + "\r\n\r\n" + form;
}

/// Rates as they are given on the command line.
inline crumbproof::proxy::StageSettings stage_settings(const std::vector<std::string>& faults) {
  crumbproof::proxy::StageSettings settings;
  settings.rates = crumbproof::proxy::Rates::parse(faults);
  return settings;
}
