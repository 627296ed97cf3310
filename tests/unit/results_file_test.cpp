#include "report/results_file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/diagnostics.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

namespace fs = std::filesystem;

class ResultsFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("interregnum-test-" + std::to_string(std::random_device()()));
    fs::create_directory(folder);
    path = (folder / "run.db").string();
  }
  void TearDown() override { fs::remove_all(folder); }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  fs::path folder;
  std::string path;
};

TEST_F(ResultsFileTest, LeavesNothingBehindUnlessFinished) {
  {
    ResultsFile file(path, false);
    EXPECT_EQ(files(), 1U);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(ResultsFileTest, RefusesToOverwriteUnlessTold) {
  std::ofstream(path) << "precious";
  EXPECT_THROW(ResultsFile(path, false), InputError);
  {
    ResultsFile file(path, true);  // not finished: the old file stays
  }
  std::string content;
  std::ifstream(path) >> content;
  EXPECT_EQ(content, "precious");
}

TEST_F(ResultsFileTest, NeverOverwritesWhatCameIntoBeingMeanwhile) {
  ResultsFile file(path, false);
  std::ofstream(path) << "precious";
  EXPECT_THROW(file.finish(), InputError);
  EXPECT_EQ(files(), 1U);
}

TEST_F(ResultsFileTest, HoldsOneRowAReplicate) {
  const Scenario scenario = test::scenario_of(test::small_country());
  const World world = compile(scenario);
  const auto records = test::records_of(world, default_theta(), 50);
  ResultsFile file(path, false);
  file.add_run(scenario, default_theta(), {{"seed", "1"}});
  file.add_records(records);
  file.finish();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  double rows = 0;
  const auto read = [](void* target, int, char** values, char**) {
    *static_cast<double*>(target) = std::stod(values[0]);
    return 0;
  };
  ASSERT_EQ(sqlite3_exec(database, "SELECT count(*) FROM replicates", read, &rows, nullptr), SQLITE_OK);
  sqlite3_close(database);
  EXPECT_EQ(rows, 50.0);
}

}  // namespace
}  // namespace interregnum
