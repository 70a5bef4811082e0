#include <crumbproof/report/hash_tree.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::report::HashTree;

namespace {

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace

TEST_CASE("A hash tree is that of RFC 6962, by the test data of Certificate Transparency") {
  // https://github.com/google/certificate-transparency, merkletree tests
  const std::vector<std::string> entries{"",
                                         "00",
                                         "10",
                                         "2021",
                                         "3031",
                                         "40414243",
                                         "5051525354555657",
                                         "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots{
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  HashTree tree;
  CHECK(tree.root() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    tree.add(from_hex(entries[i]));
    CAPTURE(i);
    CHECK(tree.size() == i + 1);
    CHECK(tree.root() == roots[i]);
  }
}

TEST_CASE("A hash tree tells entries that were moved, left out or cut elsewhere") {
  const auto root = [](const std::vector<std::string>& entries) {
    HashTree tree;
    for (const std::string& entry : entries) tree.add(entry);
    return tree.root();
  };
  const std::string whole = root({"a", "b", "c"});
  CHECK(root({"a", "b", "c"}) == whole);
  CHECK(root({"b", "a", "c"}) != whole);
  CHECK(root({"a", "b"}) != whole);
  CHECK(root({"a", "bc"}) != whole);
  CHECK(root({"a", "b", "c", ""}) != whole);
}
