#include "report/results_file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/diagnostics.hpp"
#include "files/sqlite.hpp"
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

// A future in which nobody moves has no leaders, no deaths and nothing undecided: it belongs to no group of those.
TEST_F(ResultsFileTest, KeepsNothingOfAnAttemptWhereThereWasNone) {
  ResultsFile file(path, false);
  std::vector<RunRecord> records(2);
  records[1].replicate = 1;
  records[1].outcome = Outcome::failed;
  records[1].tier = Rank::junior;
  records[1].deaths = 3;
  file.add_records(records);
  file.finish();
  SqliteDatabase database(path, SQLITE_OPEN_READONLY);
  SqliteStatement query(database, "SELECT tier, deaths, undecided_at_day_seven FROM replicates ORDER BY replicate");
  ASSERT_TRUE(query.next());
  for (int column = 0; column < 3; ++column) EXPECT_EQ(query.text(column), "");
  ASSERT_TRUE(query.next());
  EXPECT_EQ(query.text(0), "junior");
  EXPECT_EQ(query.integer(1), 3);
  EXPECT_EQ(query.text(2), "0");
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
