// Claim and article files read from texts that are given, without a disk.
#include <gtest/gtest.h>

#include <map>

#include "scenario/article_file.hpp"
#include "scenario/claim_file.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

const std::string claims_text = R"(interregnum_claims: 1
name: Claims
files:
  land: {path: ../land.yaml}
claims:
  rank:
    text: Generals succeed more often than captains.
    file: land
    outcome: seized
    from: [plot.tier=junior]
    to: [plot.tier=senior]
    expected: more
)";

const std::string article_text = R"(interregnum_article: 1
title: An article
publisher: A paper
date: 1975-05-01
first: ../land.yaml
second: ../other.yaml
claims: ../claims/list.yaml
statements:
  s1: {number: "1", text: It happened., claims: [rank], keys: [horizon], modelled: fully}
)";

/// Files that stand in memory, and which of them were asked for.
struct Shelf {
  std::map<std::string, std::string> texts;
  std::vector<std::string> asked;

  TextOf reader() {
    return [this](const std::string& path, Diagnostics& diagnostics) -> std::string {
      asked.push_back(path);
      const auto found = texts.find(path);
      if (found != texts.end()) return found->second;
      diagnostics.error({}, "", "is not on the shelf", "put it there");
      return "";
    };
  }
};

template <class Function>
std::string complaint(const Function& function) {
  try {
    function();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(GivenTexts, AClaimFileTakesItsCountriesFromThem) {
  Shelf shelf{{{"shelf/land.yaml", test::small_country()}}, {}};
  const ClaimFile file = read_claims(claims_text, "shelf/claims/list.yaml", shelf.reader());
  ASSERT_EQ(file.files.size(), 1U);
  EXPECT_EQ(file.files[0].path, "shelf/land.yaml");
  EXPECT_EQ(file.files[0].text, test::small_country());
  EXPECT_EQ(shelf.asked, std::vector<std::string>{"shelf/land.yaml"});
}

TEST(GivenTexts, AClaimFileSaysWhichIsMissing) {
  Shelf shelf;
  const std::string said = complaint([&] { read_claims(claims_text, "shelf/claims/list.yaml", shelf.reader()); });
  EXPECT_NE(said.find("shelf/claims/list.yaml:4:"), std::string::npos) << said;
  EXPECT_NE(said.find("files.land.path: shelf/land.yaml: is not on the shelf (put it there)"), std::string::npos)
      << said;
}

TEST(GivenTexts, AnArticleIsReadAndHeldAgainstThem) {
  Shelf shelf{{{"shelf/land.yaml", test::small_country()},
               {"shelf/other.yaml", test::small_country()},
               {"shelf/claims/list.yaml", claims_text}},
              {}};
  const ArticleFile article = read_article(article_text, "shelf/articles/news.yaml", shelf.reader());
  EXPECT_EQ(article.second.id, "shelf/other.yaml");
  const ClaimFile claims = read_claims(shelf.texts.at(article.claims.id), article.claims.id, shelf.reader());
  EXPECT_EQ(complaint([&] {
              check_article(article, claims, test::scenario_of(shelf.texts.at(article.first.id)),
                            test::scenario_of(shelf.texts.at(article.second.id)));
            }),
            "");
}

TEST(GivenTexts, AnArticleSaysWhichIsMissing) {
  Shelf shelf{{{"shelf/land.yaml", test::small_country()}}, {}};
  const std::string said = complaint([&] { read_article(article_text, "shelf/articles/news.yaml", shelf.reader()); });
  EXPECT_NE(said.find("second: shelf/other.yaml: is not on the shelf (put it there)"), std::string::npos) << said;
  EXPECT_NE(said.find("claims: shelf/claims/list.yaml: is not on the shelf"), std::string::npos) << said;
  EXPECT_EQ(said.find("shelf/land.yaml: is not"), std::string::npos) << said;
}

}  // namespace
}  // namespace interregnum
