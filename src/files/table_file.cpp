#include "files/table_file.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "files/read_file.hpp"

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

bool same_name(std::string_view left, std::string_view right) {
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char one, char other) { return lower(one) == lower(other); });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Files that are often given where a table of text is wanted, by how they begin (the formats' specifications).
struct Kind {
  std::string_view begins;
  const char* problem;
  const char* suggestion;
};
constexpr const char* save_as_csv = "save the sheet as CSV in UTF-8";
constexpr const char* unpack_first = "unpack it first";
constexpr const char* export_as_csv = "export it as CSV in UTF-8";
constexpr const char* to_utf8 = "convert it, e.g. iconv -f utf-16 -t utf-8";
constexpr std::array<Kind, 23> other_kinds{{
    {"PK\x03\x04", "is a workbook (.xlsx, .ods) or another zip archive, not a table of text", save_as_csv},
    {"\xd0\xcf\x11\xe0", "is a workbook (.xls), not a table of text", save_as_csv},
    {"BZh", "is compressed by bzip2", unpack_first},
    {"\xfd"
     "7zXZ",
     "is compressed by xz", unpack_first},
    {"\x28\xb5\x2f\xfd", "is compressed by zstd", unpack_first},
    {"7z\xbc\xaf", "is a 7z archive", unpack_first},
    {"Rar!", "is a RAR archive", unpack_first},
    {"\xff\xfe", "is text in UTF-16", to_utf8},
    {"\xfe\xff", "is text in UTF-16", to_utf8},
    {"<stata_dta>", "is a file of Stata (.dta)", export_as_csv},
    {"$FL2", "is a file of SPSS (.sav)", export_as_csv},
    {"RDX3\n", "is a file of R (.RData)", export_as_csv},
    {"RDX2\n", "is a file of R (.RData)", export_as_csv},
    {"X\n", "is a file of R (.rds)", export_as_csv},
    {"PAR1", "is a Parquet file", export_as_csv},
    {"SQLite format 3", "is an SQLite database", export_as_csv},
    {"\x89HDF", "is an HDF5 file", export_as_csv},
    {"CDF\x01", "is a netCDF file", export_as_csv},
    {"CDF\x02", "is a netCDF file", export_as_csv},
    {"%PDF", "is a PDF document", "a table is wanted"},
    {"<", "is a web page or XML, not a table of text", "download the data file itself"},
    {"{", "is JSON, not a table of text", export_as_csv},
    {"[", "is JSON, not a table of text", export_as_csv},
}};

void refuse_other_kinds(const std::string& text, const std::shared_ptr<const std::string>& name) {
  const SourceLocation beginning{name, 1, 1};
  const std::string_view visible =
      std::string_view(text).substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  for (const Kind& kind : other_kinds) {
    if (text.starts_with(kind.begins) || (kind.begins.size() == 1 && visible.starts_with(kind.begins)))
      refuse(beginning, kind.problem, kind.suggestion);
  }
  // Text of the western alphabets in UTF-16 without its mark has a NUL in every other byte.
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos)
    refuse(beginning, nul <= 1 ? "is text in UTF-16, or a binary file" : "holds NUL bytes: it is no table of text",
           nul <= 1 ? to_utf8 : save_as_csv);
}

void refuse_other_characters(const std::string& text, const std::shared_ptr<const std::string>& name) {
  const auto line_of = [&](std::size_t byte) {
    return static_cast<int>(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n'));
  };
  if (const auto byte = first_byte_not_utf8(text))
    refuse({name, line_of(*byte), 1}, "not valid UTF-8", "it may be Latin-1: convert it, e.g. iconv -f latin1 -t utf8");
  if (const auto byte = first_control_character(text))
    refuse({name, line_of(*byte), 1}, "a control character, which a terminal would obey", "remove it");
}

/// The separator that is most often in the line that names the columns.
char delimiter_of(std::string_view line) {
  char best = ',';
  for (const char candidate : {'\t', ';'}) {
    if (std::count(line.begin(), line.end(), candidate) > std::count(line.begin(), line.end(), best)) best = candidate;
  }
  return best;
}

constexpr std::size_t largest_unpacked = std::size_t{1} << 30U;

std::string unpacked(const std::string& packed, const std::string& name) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::bad_alloc();  // 16: of gzip
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16U);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    text.append(buffer.data(), buffer.size() - stream.avail_out);
    // A file may be several, one after another.
    if (status == Z_STREAM_END && stream.avail_in > 0) status = inflateReset(&stream);
  } while (status == Z_OK && text.size() <= largest_unpacked);
  inflateEnd(&stream);
  if (text.size() > largest_unpacked)
    throw InputError(fmt::format("{}: is larger than 1 GB when it is unpacked", name));
  if (status != Z_STREAM_END)
    throw InputError(fmt::format("{}: is compressed by gzip, but damaged or cut off (download it again)", name));
  return text;
}

}  // namespace

int TableFile::column(std::string_view wanted) const {
  const auto found =
      std::find_if(header.begin(), header.end(), [&](const std::string& own) { return same_name(own, wanted); });
  return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

std::size_t TableFile::count(std::string_view wanted) const {
  return static_cast<std::size_t>(
      std::count_if(header.begin(), header.end(), [&](const std::string& own) { return same_name(own, wanted); }));
}

std::optional<double> parse_number(const std::string& text) {
  const std::string_view digits = without_blanks(text);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

TableFile read_table(const std::string& text, const std::string& name) {
  TableFile table;
  table.name = std::make_shared<const std::string>(name);
  refuse_other_kinds(text, table.name);
  refuse_other_characters(text, table.name);
  // Spreadsheets put a byte order mark before UTF-8, and some a line that says what separates the values.
  std::size_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  int first_line = 1;
  const auto line_at = [&](std::size_t from) {
    std::string_view line = std::string_view(text).substr(from, text.find('\n', from) - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  };
  const std::string_view first = line_at(begin);
  if (first.size() == 5 && same_name(first.substr(0, 4), "sep=") && text.find('\n', begin) != std::string::npos) {
    table.delimiter = first.back();
    begin = text.find('\n', begin) + 1;
    first_line = 2;
  } else {
    table.delimiter = delimiter_of(first);
  }
  Parser parser(table.delimiter);
  Parsing parsing{&table, {}};
  parsing.line = first_line;
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
  table.header_line = first_line;
  for (std::string& column : table.header) column = std::string(without_blanks(column));
  check_rows(table);
  return table;
}

TableFile read_table_file(const std::string& path) {
  std::string bytes = read_file(path);
  if (bytes.starts_with("\x1f\x8b")) bytes = unpacked(bytes, path);
  return read_table(bytes, path);
}

}  // namespace interregnum
