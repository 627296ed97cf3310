#include "analysis/record/table_file.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "files/read_file.hpp"
#include "scenario/document.hpp"

namespace interregnum {

namespace {

constexpr int most_problems = 20;

struct Parsing {
  TableFile* table;
  TableFile::Row row;
  int line = 1;
  bool in_row = false;  ///< a quoted value goes on in the next line
};

void end_of_field(void* field, std::size_t size, void* data) {
  // No name or id brings into the record what a terminal would act on.
  static_cast<Parsing*>(data)->row.fields.push_back(one_line({static_cast<const char*>(field), size}));
}

void end_of_row(int, void* data) {
  auto& parsing = *static_cast<Parsing*>(data);
  if (parsing.table->header.empty()) {
    parsing.table->header = parsing.row.fields;
  } else {
    parsing.table->rows.push_back(parsing.row);
  }
  parsing.row.fields.clear();
  parsing.in_row = false;
}

[[noreturn]] void refuse(const SourceLocation& where, const std::string& problem, const std::string& suggestion) {
  Diagnostics diagnostics;
  diagnostics.error(where, "", problem, suggestion);
  throw InputError(diagnostics);
}

class Parser {
 public:
  explicit Parser(char delimiter) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_{};
};

void check_rows(const TableFile& table) {
  Diagnostics diagnostics;
  for (const TableFile::Row& row : table.rows) {
    if (row.fields.size() == table.header.size() || diagnostics.errors() >= most_problems) continue;
    const bool last = &row == &table.rows.back();
    diagnostics.error(
        table.at(row), "",
        fmt::format("{} values where the first line names {} columns", row.fields.size(), table.header.size()),
        last ? "the file may be cut off; download it again" : "");
  }
  if (diagnostics.has_errors()) throw InputError(diagnostics);
}

}  // namespace

int TableFile::column(std::string_view wanted) const {
  const auto found = std::find(header.begin(), header.end(), wanted);
  return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

std::optional<double> parse_number(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

TableFile read_table(const std::string& text, const std::string& name) {
  TableFile table;
  table.name = std::make_shared<const std::string>(name);
  // Spreadsheets put a byte order mark before UTF-8.
  const std::size_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  if (const auto byte = first_byte_not_utf8(text)) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*byte), '\n');
    refuse({table.name, static_cast<int>(line), 1}, "not valid UTF-8",
           "it may be Latin-1: convert it, e.g. iconv -f latin1 -t utf8");
  }
  const std::string first = text.substr(0, text.find('\n'));
  table.delimiter =
      std::count(first.begin(), first.end(), '\t') > std::count(first.begin(), first.end(), ',') ? '\t' : ',';
  Parser parser(table.delimiter);
  Parsing parsing{&table, {}};
  // Line by line, so that a row knows the line where it begins.
  for (std::size_t from = begin; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size() - 1) + 1;
    if (!parsing.in_row) parsing.row.line = parsing.line;
    parsing.in_row = true;
    if (csv_parse(parser.get(), text.data() + from, end - from, end_of_field, end_of_row, &parsing) != end - from)
      refuse({table.name, parsing.line, 1}, csv_strerror(csv_error(parser.get())),
             "a quote within a value is written twice");
    // libcsv passes over empty lines.
    if (parsing.row.fields.empty() && text.find_first_not_of("\r\n", from) >= end) parsing.in_row = false;
    ++parsing.line;
    from = end;
  }
  if (csv_fini(parser.get(), end_of_field, end_of_row, &parsing) != 0)
    refuse({table.name, parsing.row.line, 1}, "a quote that is never closed",
           "the file may be cut off; download it again");
  if (table.header.empty()) refuse({table.name, 1, 1}, "is empty", "");
  check_rows(table);
  return table;
}

TableFile read_table_file(const std::string& path) {
  return read_table(read_file(path), path);
}

}  // namespace interregnum
