#include "report/posterior_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/diagnostics.hpp"
#include "report/netcdf.hpp"

namespace interregnum {
namespace {

namespace fs = std::filesystem;

class PosteriorFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("interregnum-test-" + std::to_string(std::random_device()()));
    fs::create_directory(folder);
    path = (folder / "posterior.nc").string();
  }
  void TearDown() override { fs::remove_all(folder); }

  static Posterior two_chains(const std::string& first = "theta.onset.recent") {
    Posterior posterior;
    posterior.names = {first, "misclassified"};
    for (const double shift : {0.0, 1.0}) {
      Eigen::MatrixXd draws(3, 2);
      draws << 0.1, 0.01, 1.0 / 3.0, 0.02, -2.5, 0.03;
      posterior.chains.emplace_back(draws.array() + shift);
      posterior.log_likelihoods.push_back(Eigen::VectorXd::Constant(3, -100.0 - shift));
    }
    return posterior;
  }

  std::string refusal() const {
    try {
      read_posterior(path);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder;
  std::string path;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(PosteriorFileTest, ReadsWhatWasWrittenInSinglePrecision) {
  Posterior written = two_chains();
  written.left_out = {41, 432};
  write_posterior(path, written, "a test");
  const Posterior read = read_posterior(path);
  EXPECT_EQ(read.names, written.names);
  EXPECT_EQ(read.left_out, written.left_out);
  ASSERT_EQ(read.chains.size(), 2U);
  for (std::size_t chain = 0; chain < 2; ++chain) {
    ASSERT_EQ(read.chains[chain].rows(), 3);
    EXPECT_EQ(read.chains[chain], written.chains[chain].cast<float>().cast<double>());
  }
  // Nothing lies beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  const std::vector<Theta> thetas = thetas_of(read, default_theta());
  ASSERT_EQ(thetas.size(), 6U);
  EXPECT_NEAR(thetas[1].onset.recent, 1.1, 1e-6);  // the chains in turn
  EXPECT_EQ(thetas[1].onset.junior, default_theta().onset.junior);
}

TEST_F(PosteriorFileTest, HasTheGroupsOfArviZ) {
  write_posterior(path, two_chains(), "a test");
  NetcdfFile file = NetcdfFile::open(path);
  EXPECT_EQ(file.attribute("title"), "a test");
  NetcdfFile posterior = file.group("posterior");
  EXPECT_EQ(posterior.attribute("inference_library"), "interregnum");
  EXPECT_EQ(posterior.tables(), (std::vector<std::string>{"theta.onset.recent", "misclassified"}));
  const Eigen::MatrixXd table = posterior.table("misclassified");
  EXPECT_EQ(table.rows(), 2);  // chains
  EXPECT_EQ(table.cols(), 3);  // draws
  EXPECT_EQ(file.group("sample_stats").table("log_likelihood_sum")(1, 0), -101.0);
}

TEST_F(PosteriorFileTest, RefusesWhatIsNoneAndSaysWhy) {
  EXPECT_TRUE(has(refusal(), path));
  std::ofstream(path) << "a,b\n1,2\n";
  EXPECT_TRUE(has(refusal(), path));
  write_posterior(path, two_chains(), "a test");
  fs::resize_file(path, fs::file_size(path) / 2);
  EXPECT_TRUE(has(refusal(), path)) << refusal();
  {
    NetcdfFile file = NetcdfFile::create(path);
    file.add_attribute("title", "something else");
    std::ofstream(path, std::ios::binary) << file.close();
  }
  EXPECT_TRUE(has(refusal(), "has no group 'posterior'")) << refusal();
  {
    NetcdfFile file = NetcdfFile::create(path);
    file.group("posterior").add_attribute("title", "empty");
    std::ofstream(path, std::ios::binary) << file.close();
  }
  EXPECT_TRUE(has(refusal(), "holds no draws")) << refusal();
}

TEST_F(PosteriorFileTest, NamesAParameterThatIsNotKnownAndMissingDraws) {
  write_posterior(path, two_chains("theta.onset.recemt"), "a test");
  EXPECT_TRUE(has(refusal(), "no parameter 'theta.onset.recemt'")) << refusal();
  EXPECT_TRUE(has(refusal(), "theta.onset.recent")) << refusal();
  Posterior missing = two_chains();
  missing.chains[0](1, 0) = std::numeric_limits<double>::quiet_NaN();
  fs::remove(path);
  write_posterior(path, missing, "a test");
  EXPECT_TRUE(has(refusal(), "'theta.onset.recent' has missing draws")) << refusal();
  missing.chains[0](1, 0) = 1e6;
  fs::remove(path);
  write_posterior(path, missing, "a test");
  EXPECT_TRUE(has(refusal(), "'theta.onset.recent' has draws from")) << refusal();
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
