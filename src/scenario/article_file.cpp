#include "scenario/article_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/suggestions.hpp"
#include "files/paths.hpp"
#include "scenario/checks.hpp"
#include "scenario/fields.hpp"
#include "scenario/format.hpp"

namespace interregnum {

template <class Visitor>
void describe(Visitor& visit, Statement& statement) {
  visit.text("number", statement.number, Need::required, "as the article's statements are counted");
  visit.text("text", statement.text, Need::required, "what it says, in our words");
  visit.text("cited", statement.cited, Need::optional, "the source that the article gives");
  visit.references("claims", statement.claims, Target::claim, Need::optional, "claims that test it");
  visit.references("keys", statement.keys, Target::setting, Need::optional, "what stands for it in the country files");
  visit.references("parameters", statement.parameters, Target::parameter, Need::optional, "and in the model");
  visit.category("modelled", statement.modelled, modelled_names, Need::required, "fully, partly or not");
  visit.text("remark", statement.remark, Need::optional, "what is left out, contested or wrong");
}

template <class Visitor>
void describe(Visitor& visit, ArticleFile& article) {
  visit.format_version("interregnum_article", article.format, "version of the format: 1");
  visit.text("title", article.title, Need::required, "title of the article");
  visit.text("publisher", article.publisher, Need::required, "who published it");
  visit.partial_date("date", article.date, Need::required, "when");
  visit.reference("first", article.first, Target::country_file, Need::required, "country file of the earlier coup");
  visit.reference("second", article.second, Target::country_file, Need::required, "country file of the later coup");
  visit.reference("claims", article.claims, Target::claim, Need::required, "claim file");
  visit.reference("outcome", article.outcome, Target::event, Need::optional,
                  "what the two are compared in; default in_power");
  visit.table("statements", article.statements, Need::required, "statement by statement");
}

namespace {

bool is_a_key(const Fields& fields, const std::string& key) {
  const auto leads_to = [&key](const std::string& known) { return known == key || known.starts_with(key + "."); };
  return std::any_of(fields.values.begin(), fields.values.end(),
                     [&](const Field& field) { return leads_to(field.key); }) ||
         std::any_of(fields.entry_keys.begin(), fields.entry_keys.end(), leads_to);
}

}  // namespace

ArticleFile read_article(const std::string& text, const std::string& path, const TextOf& text_of) {
  Diagnostics diagnostics;
  ArticleFile article;
  const DocumentNode document = headed_document(text, path, "interregnum_article", "an article file");
  ReadingNotes notes;
  ObjectReader(document, "", {}, diagnostics, notes).read_entity(document, "", article);
  for (const Statement& statement : article.statements) {
    if (statement.modelled.index != 0 && statement.remark.empty())
      diagnostics.error(statement.location, statement.key + ".remark", "is missing", "say what the model leaves out");
  }
  for (Reference* file : {&article.first, &article.second, &article.claims}) {
    if (!file->given()) continue;
    file->id = path_beside(path, file->id);
    Diagnostics of_file;
    text_of(file->id, of_file);
    for (const Diagnostic& found : of_file.list())
      diagnostics.error(file->location, file->key, fmt::format("{}: {}", file->id, found.problem), found.suggestion);
  }
  diagnostics.sort_by_location();
  throw_if_errors(diagnostics);
  if (!article.outcome.given()) article.outcome = {"in_power", article.location, "outcome"};
  return article;
}

void check_article(const ArticleFile& article, const ClaimFile& claims, Scenario first, Scenario second) {
  const Fields in_first = fields_of(first), in_second = fields_of(second);
  std::vector<std::string> ids;
  for (const Claim& claim : claims.claims) ids.push_back(claim.id);
  Diagnostics diagnostics;
  for (const Statement& statement : article.statements) {
    for (const Reference& claim : statement.claims) {
      if (!find_entry(claims.claims, claim.id))
        diagnostics.error(claim.location, claim.key, fmt::format("there is no claim '{}'", claim.id),
                          did_you_mean(claim.id, ids));
    }
    for (const Reference& key : statement.keys) {
      if (!is_a_key(in_first, key.id) && !is_a_key(in_second, key.id))
        diagnostics.error(key.location, key.key, fmt::format("neither country file has '{}'", key.id));
    }
  }
  throw_if_errors(diagnostics);
}

}  // namespace interregnum
