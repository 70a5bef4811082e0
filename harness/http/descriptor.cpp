#include <crumbproof/http/descriptor.hpp>

#include <unistd.h>

namespace crumbproof::http {

Descriptor::~Descriptor() { reset(); }

void Descriptor::reset(int number) {
  if (number_ >= 0) ::close(number_);
  number_ = number;
}

}  // namespace crumbproof::http
