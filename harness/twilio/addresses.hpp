#pragma once

#include <string_view>

namespace crumbproof::twilio {

/// Whether a message can be addressed to it by form: E.164, a short code of 3 to 8 digits, or
/// either after a channel's prefix, as in `whatsapp:+14155550100`.
bool is_address(std::string_view text);
/// A phone number in E.164: a plus and 8 to 15 digits, the first of them not 0.
bool is_e164(std::string_view text);
/// `whatsapp:` of an address that has it; empty for a plain number.
std::string_view channel_prefix(std::string_view address);

}  // namespace crumbproof::twilio
