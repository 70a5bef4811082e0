#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/signature.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::twilio::Field;
using crumbproof::twilio::form_encode;
using crumbproof::twilio::signature;

namespace {

constexpr const char* kToken = "12345";
const std::string kUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";
// SHA-256 of {"property": "value", "boolean": true}
const std::string kBodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

std::vector<Field> call(const std::string& from) {
  return {{"CallSid", "CA1234567890ABCDE"},
          {"Caller", from},
          {"Digits", "1234"},
          {"From", from},
          {"To", "+18005551212"}};
}
const std::vector<Field> kCall = call("+14158675309");

}  // namespace

// From the test suites of Twilio's SDKs, V20 from its security page.
TEST_CASE("Signatures are those of Twilio's published examples") {
  struct Row {
    std::string id;
    std::string url;
    std::vector<Field> parameters;
    std::string expected;
  };
  const Row row = GENERATE(values<Row>({
      {"V1", kUrl, kCall, "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
      {"V2", "http://mycompany.com:1234/myapp.php?foo=1&bar=2", kCall,
       "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="},
      {"V3", "https://mycompany.com:443/myapp.php?foo=1&bar=2", kCall,
       "kvajT1Ptam85bY51eRf/AJRuM3w="},
      {"V4", "http://mycompany.com:80/myapp.php?foo=1&bar=2", kCall,
       "0ZXoZLH/DfblKGATFgpif+LLRf4="},
      {"V4 without the port", "http://mycompany.com/myapp.php?foo=1&bar=2", kCall,
       "OyGYPqTF6ztdbRNCvuQO/oPvqQ4="},
      {"V5", "https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", kCall,
       "CukzLTc1tT5dXEDIHm/tKBanW10="},
      {"V6", "https://user@mycompany.com/myapp.php?foo=1&bar=2", kCall,
       "2YRLlVAflCqxaNicjMpJcSTgzSs="},
      {"V7", "https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2", kCall,
       "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="},
      {"V8", "https://user@mycompany.com:443/myapp.php?foo=1&bar=2", kCall,
       "aZfj4hyX1MLZhSS6QIL18Vn2/RA="},
      {"V9",
       kUrl,
       {{"Sid", "CA123"},
        {"SidAccount", "AC123"},
        {"Digits", "5678"},
        {"Digits", "1234"},
        {"Digits", "1234"}},
       "IK+Dwps556ElfBT0I3Rgjkr1wJU="},
      {"V10",
       kUrl,
       {{"MessagingBinding.Address", "+1325xxxxxxx"}, {"MessagingBinding.Address", "+1415xxxxxxx"}},
       "83O6e2vORAoJHUNzJjDWN1jz+BA="},
      {"V11", kUrl + "&bodySHA256=" + kBodyHash, {}, "a9nBmqA0ju/hNViExpshrM61xv4="},
      {"V12",
       "https://mycompany.com/myapp.php?bodySHA256=" + kBodyHash,
       {},
       "y77kIzt2vzLz71DgmJGsen2scGs="},
      {"V13",
       "https://mycompany.com:443/myapp.php?foo=1&bar=2&bodySHA256="
       "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
       {},
       "Ldidvp12m26NI7eqEvxnEpkd9Hc="},
      {"V14", kUrl, {}, "zYQTYrRWXE7LtzbG4PfP7/bkkGo="},
      {"V15", "https://mycompany.com/myapp.php", kCall, "1xaxFBvyzXYvWplzNOSs28HWO94="},
      {"V16", "https://mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue", kCall,
       "er2tvAP1Wx+iuTTE2BPgvEaN1cs="},
      {"V17",
       kUrl,
       {{"From", "+1 (415) 867-5309"},
        {"Message", "Hello & goodbye! @#$%^*()"},
        {"Special", "unicode: ñáéíóú"}},
       "dCPiR4WtQ6QFN6pJh81CtlCcWLQ="},
      {"V18",
       kUrl,
       {{"CallSid", "CA1234567890ABCDE"}, {"Digits", ""}, {"EmptyParam", ""}},
       "9HHp/OqQMEwdrVebHDdA/+tqjX8="},
      {"V19",
       kUrl,
       {{"callSid", "lowercase"}, {"CallSid", "uppercase"}, {"CALLSID", "allcaps"}},
       "jDK7WKT8wiNrwggd4ceTv4e1MJ4="},
      {"V20", "https://example.com/myapp.php?foo=1&bar=2", call("+14158675310"),
       "L/OH5YylLD5NRKLltdqwSvS0BnU="},
      {"V21", kUrl, call("+12349013030"), "0/KCTR6DLpKmkAf8muzZqo1nDgQ="},
      {"an apostrophe in the query is encoded",
       kUrl + "&" + form_encode({{"Body", "It's amazing"}}), kCall, "TfZzewPq8wqrGlMfyAud8+/IvJ0="},
  }));
  CAPTURE(row.id);
  CHECK(signature(kToken, row.url, row.parameters) == row.expected);
}

TEST_CASE("The port counts: V13's signature is not that of the URL without it") {
  CHECK(signature(kToken,
                  kUrl + "&bodySHA256="
                         "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                  {}) != "Ldidvp12m26NI7eqEvxnEpkd9Hc=");
}

TEST_CASE("Names are in byte order, which takes bytes above 127 as the greater ones") {
  CHECK(signature(kToken, kUrl, {{"\xc3\xb1", "2"}, {"z", "1"}}) ==
        signature(kToken, kUrl + "z1\xc3\xb1", {{"2", ""}}));
}

TEST_CASE("The order of the parameters on the wire does not change a signature") {
  CHECK(rc::check([](std::vector<std::pair<std::string, std::string>> pairs) {
    std::vector<Field> fields;
    for (const auto& [name, value] : pairs) fields.push_back({name, value});
    const std::string expected = signature(kToken, kUrl, fields);
    std::ranges::reverse(fields);
    RC_ASSERT(signature(kToken, kUrl, fields) == expected);
    RC_ASSERT(expected.size() == 28U);
  }));
}

TEST_CASE("A value that is repeated counts once, wherever it stands") {
  CHECK(signature(kToken, kUrl, {{"z", "1"}, {"a", "2"}, {"z", "1"}}) ==
        signature(kToken, kUrl, {{"a", "2"}, {"z", "1"}}));
  CHECK(signature(kToken, kUrl, {{"z", "1"}, {"z", "2"}}) != signature(kToken, kUrl, {{"z", "1"}}));
}

TEST_CASE("Another token gives another signature") {
  CHECK(signature("12346", kUrl, kCall) != signature(kToken, kUrl, kCall));
  CHECK(signature("", kUrl, kCall).size() == 28);
}
