// libFuzzer target: any bytes must end in a message or in a claim file.
#include <cstdint>

#include "refused.hpp"
#include "scenario/claim_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  const std::string text(reinterpret_cast<const char*>(data), size);
  // The files that it names are looked for in a folder that is not there.
  done_or_refused([&] { read_claims(text, "/nowhere/fuzz.yaml"); });
  return 0;
}
