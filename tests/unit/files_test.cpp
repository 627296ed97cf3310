#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "base/diagnostics.hpp"
#include "base/resource_error.hpp"
#include "files/failure.hpp"
#include "files/folder_lock.hpp"
#include "files/new_file.hpp"
#include "files/roles.hpp"
#include "files/side_files.hpp"
#include "files/sqlite.hpp"

namespace interregnum {
namespace {

namespace fs = std::filesystem;

class FilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("interregnum-test-" + std::to_string(std::random_device()()));
    fs::create_directory(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string path(const std::string& name) const { return (folder / name).string(); }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
  /// Runs something in another process that ends by SIGKILL.
  template <class Work>
  void in_a_killed_process(const Work& work) const {
    const pid_t child = fork();
    if (child == 0) {
      work();
      raise(SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
  }

  fs::path folder;
};

TEST_F(FilesTest, AFileIsThereOnlyOnceItIsWhole) {
  put("x", "old");
  {
    NewFile file(path("x"), true);
    file.write("new");
    EXPECT_EQ(content("x"), "old");
    EXPECT_EQ(files(), 2U);
  }
  EXPECT_EQ(content("x"), "old");
  EXPECT_EQ(files(), 1U);
  write_text_file(path("x"), "new", true);
  EXPECT_EQ(content("x"), "new");
  EXPECT_EQ(files(), 1U);
}

TEST_F(FilesTest, WhatComesIntoBeingMeanwhileIsKept) {
  NewFile file(path("x"), false);
  put("x", "theirs");
  EXPECT_THROW(file.commit(), InputError);
  EXPECT_EQ(content("x"), "theirs");
}

TEST_F(FilesTest, TemporaryFilesOfTwoWritersDiffer) {
  NewFile one(path("x"), true), other(path("x"), true);
  EXPECT_NE(one.temporary_path(), other.temporary_path());
  one.write("one");
  other.write("other");
  one.commit();
  other.commit();
  EXPECT_EQ(content("x"), "other");
  EXPECT_EQ(files(), 1U);
}

TEST_F(FilesTest, AFileThatWasReplacedIsNotRenamed) {
  put("precious", "precious");
  NewFile file(path("x"), true);
  fs::remove(file.temporary_path());
  fs::create_symlink(path("precious"), file.temporary_path());
  EXPECT_THROW(file.commit(), InputError);
  EXPECT_EQ(content("precious"), "precious");
  EXPECT_FALSE(fs::exists(path("x")));
}

TEST_F(FilesTest, FilesOfKilledProcessesAreRemovedAndThoseOfLivingOnesAreNot) {
  NewFile living(path("living"), true);
  in_a_killed_process([&] { new NewFile(path("killed"), true); });
  EXPECT_EQ(files(), 2U);
  const NewFile next(path("next"), true);
  EXPECT_EQ(files(), 2U);
  living.write("whole");
  living.commit();
  EXPECT_EQ(content("living"), "whole");
}

TEST_F(FilesTest, StrangersFilesAreLeftAlone) {
  const std::vector<std::string> names{"interregnum-00000000-0123456789abcdef.tmp",  // fresh, of another system
                                       "interregnum-notes.tmp", "x.tmp.123", "interregnum-0123456789abcdef.tmp"};
  for (const std::string& name : names) put(name, "theirs");
  write_text_file(path("x"), "new", true);
  for (const std::string& name : names) EXPECT_EQ(content(name), "theirs") << name;
}

TEST_F(FilesTest, ASignalRemovesTemporaryFiles) {
  NewFile file(path("x"), true);
  remove_temporary_files();
  EXPECT_EQ(files(), 0U);
}

TEST_F(FilesTest, LongNamesAndLinksAreWritten) {
  const std::string longest(255, 'x');
  write_text_file(path(longest), "long", false);
  EXPECT_EQ(content(longest), "long");
  put("target", "old");
  fs::create_symlink("target", path("link"));
  write_text_file(path("link"), "new", true);
  EXPECT_EQ(content("target"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link")));
}

TEST_F(FilesTest, WhatCannotBeWrittenIsBadInputAndAFullDiskIsNot) {
  fs::create_symlink("loop", path("loop"));
  mkfifo(path("pipe").c_str(), 0600);
  for (const std::string& name : {path("loop"), path("loop/x"), path("pipe"), path("no/x"), path(""), path("x/"),
                                  path(std::string(256, 'x')), std::string("/dev/full"), std::string()})
    EXPECT_THROW(write_text_file(name, "text", true), InputError) << name;
  EXPECT_THROW(fail_to_write("x", ENOSPC), ResourceError);
  EXPECT_THROW(fail_to_write("x", EACCES), InputError);
}

TEST_F(FilesTest, SqlitesNamesForOtherThingsAreFiles) {
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  for (const std::string name : {":memory:", "file:x.db", "file:x.db?mode=memory"}) {
    NewFile file(name, false, Content::sqlite);
    SqliteDatabase database(file);
    database.execute("CREATE TABLE t (x)");
    database.close();
    file.commit();
    SqliteDatabase again(name, SQLITE_OPEN_READONLY);
    SqliteStatement count(again, "SELECT count(*) FROM sqlite_master");
    ASSERT_TRUE(count.next());
    EXPECT_EQ(count.integer(0), 1) << name;
    EXPECT_TRUE(fs::is_regular_file(name));
  }
  fs::current_path(before);
}

/// Another file takes the name of a database beside which a killed program left its journal or its log.
class SideFilesTest : public FilesTest, public ::testing::WithParamInterface<const char*> {
 protected:
  void make_database(const std::string& name, int rows) {
    NewFile file(path(name), true, Content::sqlite);
    SqliteDatabase database(file);
    database.execute("CREATE TABLE t (x)");
    for (int row = 0; row < rows; ++row) database.execute("INSERT INTO t VALUES (zeroblob(3000))");
    database.close();
    file.commit();
  }
  void expect_whole(const std::string& name, int rows) {
    SqliteDatabase database(path(name), SQLITE_OPEN_READWRITE);
    SqliteStatement check(database, "PRAGMA integrity_check");
    ASSERT_TRUE(check.next());
    EXPECT_EQ(check.text(0), "ok");
    SqliteStatement count(database, "SELECT count(*) FROM t");
    ASSERT_TRUE(count.next());
    EXPECT_EQ(count.integer(0), rows);
  }
};

TEST_P(SideFilesTest, AreNotPlayedIntoANewFile) {
  make_database("x.db", 20);
  in_a_killed_process([&] {
    auto* database = new SqliteDatabase(path("x.db"), SQLITE_OPEN_READWRITE);
    database->execute(GetParam());
  });
  ASSERT_TRUE(has_side_files(path("x.db")));
  make_database("x.db", 300);
  EXPECT_FALSE(has_side_files(path("x.db")));
  expect_whole("x.db", 300);
}

TEST_P(SideFilesTest, WithoutTheirDatabaseAreInTheWay) {
  make_database("x.db", 20);
  in_a_killed_process([&] {
    auto* database = new SqliteDatabase(path("x.db"), SQLITE_OPEN_READWRITE);
    database->execute(GetParam());
  });
  fs::remove(path("x.db"));
  EXPECT_THROW(NewFile(path("x.db"), false, Content::sqlite), InputError);
  make_database("x.db", 3);
  expect_whole("x.db", 3);
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, SideFilesTest,
                         ::testing::Values("PRAGMA cache_size=1; BEGIN; UPDATE t SET x = randomblob(3000)",
                                           "PRAGMA journal_mode=WAL; DELETE FROM t; CREATE TABLE u (y)"));

TEST_F(SideFilesTest, OfARunningWriterAreNotTouched) {
  make_database("x.db", 20);
  SqliteDatabase writer(path("x.db"), SQLITE_OPEN_READWRITE);
  writer.execute("PRAGMA cache_size=1; BEGIN IMMEDIATE; UPDATE t SET x = randomblob(3000)");
  // A process does not see its own locks.
  const pid_t child = fork();
  if (child == 0) {
    int code = 1;
    try {
      NewFile(path("x.db"), true, Content::sqlite);
    } catch (const InputError&) {
      code = 0;
    }
    _exit(code);
  }
  int status = 1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  writer.execute("COMMIT");
}

TEST_F(FilesTest, SameFilesAreSeenWhateverTheyAreCalled) {
  put("x", "text");
  fs::create_symlink("x", path("symbolic"));
  fs::create_hard_link(path("x"), path("hard"));
  fs::create_directory(path("folder"));
  for (const std::string& name : {path("x"), path("./x"), path("folder/../x"), path("symbolic"), path("hard")})
    EXPECT_TRUE(is_same_file(name, path("x"))) << name;
  for (const std::string& name : {path("new"), path("./new"), path("folder/../new")})
    EXPECT_TRUE(is_same_file(name, path("new"))) << name;
  EXPECT_FALSE(is_same_file(path("x"), path("new")));
  EXPECT_FALSE(is_same_file(path("x"), path("folder/x")));
}

TEST_F(FilesTest, RolesClash) {
  put("in", "text");
  fs::create_directory(path("data"));
  put("data/table.csv", "text");
  FileRoles files;
  files.reads(path("in"), "the country file");
  files.reads(path("in"), "the same once more");
  files.reads(path("out.db-wal"), "a file of an odd name");
  files.reads_folder(path("data"), "the data");
  files.reads("", "what is not given");
  files.writes(path("out"), "--report");
  files.writes(path("data/new.csv"), "--out");
  files.writes("", "--out");
  EXPECT_THROW(files.writes(path("./in"), "--out"), InputError);
  EXPECT_THROW(files.writes(path("data/../out"), "--out"), InputError);
  EXPECT_THROW(files.writes(path("data/table.csv"), "--out"), InputError);
  EXPECT_THROW(files.writes_database(path("out.db"), "--out"), InputError);
  EXPECT_THROW(files.reads(path("out"), "an input"), InputError);
  // What lies beside a database is its own, also if it leads to one place.
  fs::create_symlink("nowhere", path("other.db-wal"));
  fs::create_symlink("nowhere", path("other.db-shm"));
  files.writes_database(path("other.db"), "--out");
  EXPECT_NO_THROW(files.writes(path("nowhere"), "--report"));  // the links are removed, not what they lead to
}

TEST_F(FilesTest, ALockGoesWithItsProcess) {
  in_a_killed_process([&] { new FolderLock(folder.string()); });
  const FolderLock lock(folder.string());  // would wait for half a minute
}

}  // namespace
}  // namespace interregnum
