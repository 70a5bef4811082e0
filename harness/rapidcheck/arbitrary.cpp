#include <crumbproof/rapidcheck/arbitrary.hpp>

namespace crumbproof::rapidcheck {

Alphabet default_alphabet() { return {{{"hello"}, {"yes"}, {"2"}}}; }

}  // namespace crumbproof::rapidcheck
