#include "fit/posterior_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <random>
#include <sstream>

#include "base/diagnostics.hpp"
#include "files/netcdf.hpp"
#include "fit/bank.hpp"
#include "fit/fit_folder.hpp"
#include "fit/likelihoods.hpp"

namespace interregnum {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// Three draws in each of two chains of all that a fit finds, near the defaults.
Posterior two_chains() {
  Posterior posterior;
  const FreeParameters free = all_parameters_free();
  for (Eigen::Index position = 0; position < free.size(); ++position)
    posterior.names.push_back(free.entry(position).key);
  for (const FitQuantity& quantity : fit_quantities) posterior.names.emplace_back(quantity.name);
  for (const std::string_view part : {seizure_part, onset_part}) {
    for (const int year : {1950, 1951}) posterior.names.push_back(year_level_name(part, year));
  }
  for (const double part : {0.3, 0.4}) {
    Eigen::MatrixXd draws(3, static_cast<Eigen::Index>(posterior.names.size()));
    for (Eigen::Index position = 0; position < free.size(); ++position) {
      for (Eigen::Index draw = 0; draw < 3; ++draw)
        draws(draw, position) = prior_quantile(free.entry(position), part + 0.1 * static_cast<double>(draw));
    }
    draws.col(free.size()) << 0.01, 0.02, 0.03;
    draws.col(free.size() + 1) << 0.5, 0.6, 0.7;
    for (Eigen::Index of_years = free.size() + 2; of_years < draws.cols(); ++of_years)
      draws.col(of_years) << 0.1, 0.2, 0.3;
    posterior.chains.push_back(std::move(draws));
    posterior.log_likelihoods.push_back(Eigen::VectorXd::Constant(3, -100.0 - part));
  }
  return posterior;
}

/// The same posterior as another program would write it: what differs is given by name.
struct Foreign {
  std::string left_out, renamed, transposed, over_other_dimensions;
  std::string attribute;
  bool single = false;

  std::string bytes(const Posterior& posterior) const {
    NetcdfWriter file;
    const std::size_t draw = file.add_dimension("draw", static_cast<std::size_t>(posterior.draws()));
    const std::size_t chain = file.add_dimension("chain", posterior.chains.size());
    const std::size_t other = file.add_dimension("sample", posterior.chains.size());
    if (!attribute.empty()) file.add_attribute("countries_left_out", attribute);
    for (std::size_t name = 0; name < posterior.names.size(); ++name) {
      const std::string& key = posterior.names[name];
      const Eigen::MatrixXd draws = posterior.of(name);
      if (key == left_out) continue;
      if (key == transposed) {
        file.add_table(key, draw, chain, draws, single);
      } else {
        file.add_table(key == renamed ? key + "x" : key, key == over_other_dimensions ? other : chain, draw,
                       draws.transpose(), single);
      }
    }
    return file.bytes();
  }
};

class PosteriorFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("interregnum-test-" + std::to_string(std::random_device()()));
    fs::create_directory(folder);
    path = (folder / "posterior.nc").string();
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string refusal() const {
    return refusal_of([this] { read_posterior(path); });
  }
  std::string written() const {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path folder;
  std::string path;
};

std::string refusal_of_bytes(const std::string& bytes) {
  return refusal_of([&] { parse_posterior("foreign.nc", bytes); });
}

TEST_F(PosteriorFileTest, ReadsWhatWasWrittenInSinglePrecision) {
  Posterior written = two_chains();
  written.left_out = {41, 432};
  write_posterior(path, written, "a test");
  const Posterior read = read_posterior(path, DrawsNeeded::fit);
  EXPECT_EQ(read.names, written.names);
  EXPECT_EQ(read.left_out, written.left_out);
  ASSERT_EQ(read.chains.size(), 2U);
  for (std::size_t chain = 0; chain < 2; ++chain) {
    EXPECT_EQ(read.chains[chain], written.chains[chain].cast<float>().cast<double>());
    EXPECT_EQ(read.log_likelihoods[chain], written.log_likelihoods[chain].cast<float>().cast<double>());
  }
  // Nothing lies beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  const std::vector<Theta> thetas = thetas_of(read, default_theta());
  ASSERT_EQ(thetas.size(), 6U);
  const auto recent = static_cast<Eigen::Index>(read.find("theta.onset.recent"));
  EXPECT_EQ(thetas[1].onset.recent, read.chains[1](0, recent));  // the chains in turn
}

TEST_F(PosteriorFileTest, IsNetcdfClassicOverChainAndDraw) {
  write_posterior(path, two_chains(), "a test");
  EXPECT_EQ(written().substr(0, 4), std::string("CDF\x02", 4));
  const NetcdfFile file = NetcdfFile::open(path);
  EXPECT_EQ(file.attribute("title"), "a test");
  EXPECT_EQ(file.attribute("inference_library"), "interregnum");
  const Eigen::MatrixXd table = file.table(file.variable("misclassified"), "chain", "draw");
  EXPECT_EQ(table.rows(), 2);
  EXPECT_EQ(table.cols(), 3);
  EXPECT_TRUE(file.is_coordinate(file.variable("draw")));
  EXPECT_EQ(file.table(file.variable("log_likelihood_sum"), "chain", "draw")(1, 0), static_cast<float>(-100.4));
}

TEST_F(PosteriorFileTest, RefusesWhatIsNoneAndSaysWhy) {
  EXPECT_TRUE(has(refusal(), path));
  std::ofstream(path) << "a,b\n1,2\n";
  EXPECT_TRUE(has(refusal(), "is not a netCDF classic file")) << refusal();
  std::ofstream(path) << "\x89HDF\r\n\x1a\n";
  EXPECT_TRUE(has(refusal(), "is netCDF-4 (HDF5)")) << refusal();
  write_posterior(path, two_chains(), "a test");
  fs::resize_file(path, fs::file_size(path) / 8 * 7);
  EXPECT_TRUE(has(refusal(), "is cut off")) << refusal();
  fs::resize_file(path, 100);
  EXPECT_TRUE(has(refusal(), "is damaged or cut off")) << refusal();
  EXPECT_TRUE(has(refusal_of_bytes(NetcdfWriter().bytes()), "holds no draws"));
}

TEST_F(PosteriorFileTest, MatchesDimensionsByName) {
  // As many chains as draws: only the names tell which is which.
  Posterior square = two_chains();
  for (Eigen::MatrixXd& chain : square.chains) chain.conservativeResize(2, Eigen::NoChange);
  const Posterior straight = parse_posterior("foreign.nc", Foreign{}.bytes(square));
  for (const std::string& name : {square.names.front(), square.names.back()}) {
    Foreign foreign;
    foreign.transposed = name;
    const Posterior turned = parse_posterior("foreign.nc", foreign.bytes(square));
    EXPECT_EQ(turned.chains, straight.chains);
  }
  Foreign other;
  other.over_other_dimensions = square.names.front();
  EXPECT_TRUE(has(refusal_of_bytes(other.bytes(square)),
                  "is not a table over the dimensions chain and draw (it has "
                  "sample, draw)"));
}

TEST_F(PosteriorFileTest, NamesWhatIsMissingAndWhatIsNotKnown) {
  const Posterior whole = two_chains();
  for (const Eigen::Index position : {Eigen::Index{0}, all_parameters_free().size() - 1}) {
    const std::string& name = whole.names[static_cast<std::size_t>(position)];
    Foreign foreign;
    foreign.left_out = name;
    EXPECT_TRUE(has(refusal_of_bytes(foreign.bytes(whole)), "has no draws of " + name));
    foreign = {};
    foreign.renamed = name;
    const std::string refused = refusal_of_bytes(foreign.bytes(whole));
    EXPECT_TRUE(has(refused, "no parameter '" + name + "x' (did you mean '" + name + "'?)")) << refused;
  }
  // What only scores need.
  Foreign foreign;
  foreign.left_out = "misclassified";
  const std::string bytes = foreign.bytes(whole);
  EXPECT_EQ(parse_posterior("foreign.nc", bytes).names.size(), whole.names.size() - 1);
  EXPECT_TRUE(has(refusal_of([&] { parse_posterior("foreign.nc", bytes, DrawsNeeded::fit); }),
                  "has no draws of misclassified"));
}

TEST_F(PosteriorFileTest, EveryQuantityHasBoundsAndIsFinite) {
  const Posterior whole = two_chains();
  for (std::size_t name = 0; name < whole.names.size(); ++name) {
    const auto column = static_cast<Eigen::Index>(name);
    for (const double value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      Posterior bad = whole;
      bad.chains[1](2, column) = value;
      EXPECT_TRUE(has(refusal_of_bytes(Foreign{}.bytes(bad)), "'" + whole.names[name] + "' is not finite"));
    }
    for (const double value : {-1e9, 1e9}) {
      Posterior bad = whole;
      bad.chains[1](2, column) = value;
      EXPECT_TRUE(has(refusal_of_bytes(Foreign{}.bytes(bad)), "'" + whole.names[name] + "' has draws from"));
    }
  }
  Posterior bad = whole;
  bad.chains[0](0, static_cast<Eigen::Index>(whole.find("misclassified"))) = 0.6;
  EXPECT_TRUE(has(refusal_of_bytes(Foreign{}.bytes(bad)), "'misclassified' has draws from"));
  Foreign foreign;
  for (const char* codes : {"41 zz", "0", "41 -2", "99999999999999999999", "4321"}) {
    foreign.attribute = codes;
    EXPECT_TRUE(has(refusal_of_bytes(foreign.bytes(whole)), "countries_left_out")) << codes;
  }
}

/// A header written by hand: one dimension of a declared size, and a table over it twice.
std::string declared(char version, std::uint64_t size, const std::string& values) {
  std::string bytes = std::string("CDF") + version;
  const auto four = [&bytes](std::uint64_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(static_cast<unsigned char>(value >> shift));
  };
  const auto eight = [&four](std::uint64_t value) {
    four(value >> 32U);
    four(value & 0xffffffffU);
  };
  const auto count = [&](std::uint64_t value) { version == 5 ? eight(value) : four(value); };
  const auto name = [&](const std::string& text) {
    count(text.size());
    bytes += text + std::string((4 - text.size() % 4) % 4, '\0');
  };
  count(0);
  four(10);
  count(2);
  name("a");
  count(size);
  name("b");
  count(2);
  four(0);
  count(0);
  four(11);
  count(1);
  name("t");
  count(2);
  count(0);
  count(1);
  four(0);
  count(0);
  four(3);  // short
  count(8);
  const std::size_t begin = bytes.size() + (version == 1 ? 4 : 8);
  version == 1 ? four(begin) : eight(begin);
  return bytes + values;
}

TEST(NetcdfTest, ReadsEveryVersionAndBelievesNoSize) {
  const std::string four_shorts("\x00\x01\xff\xfe\x7f\xff\x80\x00", 8);
  for (const char version : {char{1}, char{2}, char{5}}) {
    const NetcdfFile file("by hand", declared(version, 2, four_shorts));
    Eigen::MatrixXd expected(2, 2);
    expected << 1, -2, 32767, -32768;
    EXPECT_EQ(file.table(file.variable("t"), "a", "b"), expected);
    EXPECT_EQ(file.table(file.variable("t"), "b", "a"), expected.transpose());
    std::vector<std::uint64_t> sizes{3, 100000000, 0x7fffffff, 0xffffffff};
    if (version == 5) sizes.insert(sizes.end(), {1ULL << 32U, 1ULL << 62U, 1ULL << 63U, ~0ULL});
    for (const std::uint64_t size : sizes) {
      const NetcdfFile larger("by hand", declared(version, size, four_shorts));
      EXPECT_TRUE(has(refusal_of([&] { larger.table(larger.variable("t"), "a", "b"); }), "is cut off")) << size;
    }
    const NetcdfFile unlimited("by hand", declared(version, 0, four_shorts));
    EXPECT_TRUE(has(refusal_of([&] { unlimited.table(unlimited.variable("t"), "a", "b"); }), "unlimited"));
    const std::string whole = declared(version, 2, "");
    for (std::size_t length = 0; length < whole.size(); ++length)
      EXPECT_NE(refusal_of([&] { NetcdfFile("cut", whole.substr(0, length)); }), "") << length;
  }
}

/// Bytes changed as files are damaged and attacked: bits, words of the extremes, pieces cut out, doubled, cut off.
std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&random](std::size_t size) { return size == 0 ? 0 : random() % size; };
  for (std::size_t left = 1 + below(3); left > 0; --left) {
    const std::size_t at = below(bytes.size()), length = std::min<std::size_t>(below(64), bytes.size() - at);
    switch (below(6)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << below(8)));
        break;
      case 1: {
        constexpr std::array<std::uint32_t, 8> words{0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 10, 12, 0x7ff00000};
        const std::uint32_t word = words[below(words.size())];
        for (std::size_t byte = 0; byte < 4 && (at & ~std::size_t{3}) + byte < bytes.size(); ++byte)
          bytes[(at & ~std::size_t{3}) + byte] = static_cast<char>(static_cast<unsigned char>(word >> (24 - 8 * byte)));
        break;
      }
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 4:
        bytes.resize(at);
        break;
      default:
        for (std::size_t byte = at; byte < at + length; ++byte) bytes[byte] = static_cast<char>(random() & 0xffU);
    }
  }
  return bytes;
}

TEST(NetcdfTest, DamagedDrawsAreRefusedOrAreDraws) {
  // A fixed seed, so that the same 6,000 files are tried everywhere.
  std::mt19937 random(30);
  Foreign foreign;
  foreign.attribute = "41 432";
  const std::string whole = foreign.bytes(two_chains());
  int refused = 0;
  for (int attempt = 0; attempt < 6000; ++attempt) {
    try {
      const Posterior read = parse_posterior("damaged.nc", mutated(whole, random));
      for (const Eigen::MatrixXd& chain : read.chains) EXPECT_TRUE(chain.allFinite());
      EXPECT_EQ(thetas_of(read, default_theta()).size(), read.chains.size() * static_cast<std::size_t>(read.draws()));
    } catch (const InputError& error) {
      EXPECT_EQ(std::string(error.what()).rfind("damaged.nc: ", 0), 0U) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(refused, 3000);
  EXPECT_LT(refused, 6000);
}

TEST(PieceTest, OnlyItsOwnFormIsRead) {
  const PieceForm form{2, 3, [](double value, Eigen::Index column) { return column < 2 || value >= 0.0; }};
  const auto refused = [&](const Eigen::MatrixXd& content) {
    return refusal_of([&] { check_piece("bank-seizure-0000", content, form); });
  };
  const Eigen::MatrixXd good = Eigen::MatrixXd::Constant(2, 3, 1.0);
  EXPECT_EQ(refused(good), "");
  for (const auto& [rows, columns] : {std::pair{1, 1}, {3, 2}, {2, 2}, {2, 4}, {1, 3}, {459, 256}})
    EXPECT_TRUE(has(refused(Eigen::MatrixXd::Constant(rows, columns, 1.0)), "this fit has 2 by 3"));
  for (const double value : {-1.0, std::nan(""), HUGE_VAL}) {
    Eigen::MatrixXd bad = good;
    bad(1, 2) = value;
    EXPECT_TRUE(has(refused(bad), "bank-seizure-0000.nc: ")) << refused(bad);
  }
  // Answers: so many questions, a yes only to what was asked.
  const double all = std::exp2(static_cast<double>(question_count)) - 1.0;
  for (const double packed : {0.0, 1.0, 65537.0, all, all + 65536.0 * all}) EXPECT_TRUE(is_packed(packed)) << packed;
  for (const double packed : {-1.0, 0.5, 65536.0, 65537.0 + 131072.0, 0x1p32, 1e300, HUGE_VAL, std::nan("")})
    EXPECT_FALSE(is_packed(packed)) << packed;
  for (const double set : {-1.0, 0.5, all + 1.0, HUGE_VAL, std::nan("")}) EXPECT_FALSE(is_question_set(set)) << set;
}

TEST_F(PosteriorFileTest, FolderKeepsPiecesOfItsOwnFitOnly) {
  const std::string fit = (folder / "fit").string();
  const auto refused = [&](const std::string& what, const std::string& where, bool overwrite) -> std::string {
    try {
      open_fit_folder(where, what, overwrite);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  const Eigen::MatrixXd piece = Eigen::MatrixXd::Constant(2, 3, 1.0 / 3.0);
  {
    const FitStore store = open_fit_folder(fit, "interregnum one", false);
    EXPECT_FALSE(store.load("bank-a").has_value());
    store.save("bank-a", piece);
    EXPECT_EQ(*store.load("bank-a"), piece);  // to the bit
  }
  EXPECT_EQ(*open_fit_folder(fit, "interregnum one", false).load("bank-a"), piece);
  EXPECT_EQ(*open_fit_folder(fit, "interregnum one", true).load("bank-a"), piece);  // nothing to begin anew
  EXPECT_TRUE(has(refused("interregnum two", fit, false), "another record, version or settings"));
  EXPECT_TRUE(fs::exists(fs::path(fit) / "bank-a.nc"));
  std::ofstream(fs::path(fit) / "notes.txt") << "years of work";
  EXPECT_FALSE(open_fit_folder(fit, "interregnum two", true).load("bank-a").has_value());
  EXPECT_TRUE(fs::exists(fs::path(fit) / "notes.txt"));
  // A folder of something else is never touched, whatever its files are called.
  std::ofstream(folder / "fit.txt") << "fit of a coat";
  std::ofstream(folder / "thesis.txt") << "years of work";
  for (const bool overwrite : {false, true})
    EXPECT_TRUE(has(refused("interregnum one", folder.string(), overwrite), "not a folder of a fit"));
  EXPECT_TRUE(fs::exists(folder / "thesis.txt"));
}

}  // namespace
}  // namespace interregnum
