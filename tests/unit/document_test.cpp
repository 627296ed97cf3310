#include <gtest/gtest.h>

#include "scenario/document.hpp"
#include "scenario/overrides.hpp"

namespace interregnum {
namespace {

std::string problem_of(const std::string& text) {
  Diagnostics diagnostics;
  parse_document(text, "t", diagnostics);
  return diagnostics.list().empty() ? "" : to_text(diagnostics.list()[0]);
}

TEST(Document, KeepsThePositionOfEveryKeyAndValue) {
  Diagnostics diagnostics;
  const auto root = parse_document("a: 1\nb:\n  c: [x, y]\n", "t", diagnostics);
  ASSERT_TRUE(root);
  const DocumentNode* list = root->find("b")->find("c");
  EXPECT_EQ(list->items[1].scalar, "y");
  EXPECT_EQ(list->items[1].location.line, 3);
  EXPECT_EQ(list->items[1].location.column, 10);
  EXPECT_EQ(root->keys[1].location.line, 2);
}

TEST(Document, RefusesWhatNoCountryFileNeeds) {
  EXPECT_EQ(problem_of("a: 1\na: 2\n"), "t:2:1: error: a: key stands twice in the same mapping (keep one of them)");
  EXPECT_NE(problem_of("a: &x 1\n").find("anchors"), std::string::npos);
  EXPECT_NE(problem_of("a: *x\n").find("t:1:4: error"), std::string::npos);
  EXPECT_NE(problem_of("a: !!binary x\n").find("tag"), std::string::npos);
  EXPECT_NE(problem_of("a: 1\n---\nb: 2\n").find("more than one"), std::string::npos);
  EXPECT_NE(problem_of("").find("empty"), std::string::npos);
  EXPECT_NE(problem_of("[a]: 1\n").find("a key must be a word"), std::string::npos);
  EXPECT_NE(problem_of("a: [1, 2\n").find("not valid YAML"), std::string::npos);
  EXPECT_NE(problem_of("a: \"\xff\"\n").find("UTF-8"), std::string::npos);
  EXPECT_NE(problem_of("a: 1\nb: \x01\n").find("t:2:4: error: control character 0x01"), std::string::npos);
  EXPECT_NE(problem_of(std::string(10000, '[')).find("nested"), std::string::npos);
  EXPECT_NE(problem_of(std::string(largest_document_bytes + 1, ' ')).find("larger than 1 MB"), std::string::npos);
}

TEST(Overrides, ReachMappingsListsAndWhatIsNotThereYet) {
  Diagnostics diagnostics;
  auto root = parse_document("plot: {tier: {value: junior, source: a}}\nroads: [{distance: 1 km}]\n", "t", diagnostics);
  apply_override(*root, parse_override("plot.tier=senior"), diagnostics);
  apply_override(*root, parse_override("roads.0.distance=2 km"), diagnostics);
  apply_override(*root, parse_override("units.new.strength=5"), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(root->find("plot")->find("tier")->find("value")->scalar, "senior");
  EXPECT_EQ(root->find("roads")->items[0].find("distance")->scalar, "2 km");
  EXPECT_EQ(root->find("units")->find("new")->find("strength")->scalar, "5");
  apply_override(*root, parse_override("roads.7.distance=2 km"), diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_THROW(parse_override("plot.tier"), InputError);
}

}  // namespace
}  // namespace interregnum
