// libFuzzer target: any bytes must end in a message or in a table, in the rows of a dataset and in attempts that can be
// said.
#include <cstdint>

#include "files/table_file.hpp"
#include "record/attempt_table.hpp"
#include "record/datasets.hpp"
#include "refused.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  const std::string text(reinterpret_cast<const char*>(data), size);
  done_or_refused([&] {
    const TableFile table = read_table(text, "fuzz");
    for (const TableFile::Row& row : table.rows) {
      for (const std::string& field : row.fields) {
        if (one_line(field) != field) std::abort();
      }
    }
    read_rows(recognise(table), table);
  });
  done_or_refused([&] { read_attempts(TableColumns(read_table(text, "fuzz"))); });
  return 0;
}
