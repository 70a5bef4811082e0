#include "program.hpp"

int main() { return run(std::make_shared<Shop>()); }
