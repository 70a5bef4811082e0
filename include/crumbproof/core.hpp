#pragma once

// All of crumbproof::core.
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/suite/check.hpp>
#include <crumbproof/suite/examiner.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/target/thrown.hpp>
