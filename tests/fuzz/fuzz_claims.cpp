// libFuzzer target: any bytes must end in a message or in a claim file.
#include <cstdint>

#include "refused.hpp"
#include "scenario/claim_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  const std::string text(reinterpret_cast<const char*>(data), size);
  // Every file that it names is there, and empty.
  done_or_refused([&] { read_claims(text, "fuzz.yaml", [](const std::string&, Diagnostics&) { return ""; }); });
  return 0;
}
