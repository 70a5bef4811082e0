#pragma once

#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof {

/// Schedules and traces as JSON, by the keys of the report (docs/reference.md). Reading throws
/// BadInput that names the key which is missing or has the wrong type.
nlohmann::ordered_json to_json(const Message& message);
nlohmann::ordered_json to_json(const Fault& fault);
nlohmann::ordered_json to_json(const Schedule& schedule);
nlohmann::ordered_json to_json(const Trace& trace);
nlohmann::ordered_json to_json(const Answer& answer);
nlohmann::ordered_json to_json(const std::vector<ReplyMessage>& messages);
Message message_from_json(const nlohmann::ordered_json& json);
Fault fault_from_json(const nlohmann::ordered_json& json);
Schedule schedule_from_json(const nlohmann::ordered_json& json);
Trace trace_from_json(const nlohmann::ordered_json& json);
Answer answer_from_json(const nlohmann::ordered_json& json);
std::vector<ReplyMessage> reply_messages_from_json(const nlohmann::ordered_json& list);

}  // namespace crumbproof
