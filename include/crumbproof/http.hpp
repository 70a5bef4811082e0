#pragma once

// All of crumbproof::http.
#include <crumbproof/http/app.hpp>
#include <crumbproof/http/app_process.hpp>
#include <crumbproof/http/http_target.hpp>
