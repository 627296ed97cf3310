// libFuzzer target: any bytes must end in a message or in an article file, whose statements are then held against the
// two Malis and their claims, as `interregnum article` does.
#include <cstdint>
#include <cstdlib>

#include "refused.hpp"
#include "scenario/article_file.hpp"
#include "scenario/claim_file.hpp"
#include "scenario/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  const std::string folder = SCENARIOS;
  static const Scenario first = load_scenario(folder + "/mali-2012.yaml");
  static const Scenario second = load_scenario(folder + "/mali-2020.yaml");
  static const ClaimFile claims = load_claims(folder + "/claims/mali.yaml");
  const std::string text(reinterpret_cast<const char*>(data), size);
  done_or_refused([&] {
    // As if it stood beside the articles, so that the files which it names are found.
    const ArticleFile article = read_article(text, folder + "/articles/fuzz.yaml", read_document_file);
    if (article.title.empty() || article.statements.empty()) std::abort();
    for (const Statement& statement : article.statements) {
      const bool explains = statement.modelled.index == 0 || !statement.remark.empty();
      if (statement.text.empty() || !explains) std::abort();
    }
    check_article(article, claims, first, second);
  });
  return 0;
}
