#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/document.hpp"
#include "scenario/format.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// A source key that some value cites, to be looked up once all of the file is read.
struct Citation {
  std::string source;
  SourceLocation location;
  std::string key;
};

struct ReadingNotes {
  std::vector<Citation> citations;
  std::vector<const DocumentNode*> unsourced;  ///< nodes of numbers with neither source nor assumption
  std::vector<std::string> unsourced_keys;     ///< parallel
};

/// The visitor that fills an entity from a YAML mapping. It reports what is wrong and goes on, so that all problems of
/// a file come at once.
class ObjectReader {
 public:
  ObjectReader(const DocumentNode& node, std::string path, Provenance inherited, Diagnostics& diagnostics,
               ReadingNotes& notes)
      : node_(node),
        path_(std::move(path)),
        inherited_(std::move(inherited)),
        diagnostics_(diagnostics),
        notes_(notes) {}

  void text(std::string_view key, std::string& field, Need need, std::string_view meaning);
  void partial_date(std::string_view key, std::string& field, Need need, std::string_view meaning);
  void date(std::string_view key, std::string& field, Need need, std::string_view meaning);
  void date_time(std::string_view key, std::string& field, Need need, std::string_view meaning);
  void country_code(std::string_view key, std::string& field, std::string_view meaning);
  void format_version(std::string_view key, int& field, std::string_view meaning);
  void flag(std::string_view key, bool& field, std::string_view meaning);
  void coordinates(std::string_view key, std::array<double, 2>& field, bool& given, std::string_view meaning);
  void reference(std::string_view key, Reference& field, Target target, Need need, std::string_view meaning);
  void references(std::string_view key, std::vector<Reference>& field, Target target, Need need,
                  std::string_view meaning);
  void category(std::string_view key, Listed& field, std::span<const std::string_view> names, Need need,
                std::string_view meaning);
  void category(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names, Need need,
                std::string_view meaning);
  void categories(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names,
                  std::string_view meaning);
  void number(std::string_view key, UncertainNumber& field, const NumberRule& rule, Need need,
              std::string_view meaning);
  void uncertain_category(std::string_view key, UncertainNumber& field, std::span<const std::string_view> names,
                          Need need, std::string_view meaning);

  template <class T>
  void object(std::string_view key, T& field, Need need, std::string_view) {
    field.key = path_of(key);
    field.location = node_.location;
    if (const DocumentNode* child = take(key, need, DocumentNode::Kind::mapping))
      read_entity(*child, path_of(key), field);
  }

  template <class T>
  void table(std::string_view key, std::vector<T>& field, Need need, std::string_view) {
    const DocumentNode* child = take(key, need, DocumentNode::Kind::mapping);
    if (child == nullptr) return;
    for (std::size_t index = 0; index < child->keys.size() && index < child->items.size(); ++index) {
      const DocumentNode::Key& id = child->keys[index];
      const std::string path = path_of(key) + "." + id.text;
      if (!check_id(id, path) || !check_entry_exists(*child, index, path)) continue;
      field.emplace_back();
      field.back().id = id.text;
      if (expect(child->items[index], DocumentNode::Kind::mapping, path)) {
        read_entity(child->items[index], path, field.back());
      }
      field.back().location = id.location;
    }
  }

  template <class T>
  void list(std::string_view key, std::vector<T>& field, Need need, std::string_view) {
    const DocumentNode* child = take(key, need, DocumentNode::Kind::sequence);
    if (child == nullptr) return;
    for (std::size_t index = 0; index < child->items.size(); ++index) {
      const std::string path = path_of(key) + "." + std::to_string(index);
      field.emplace_back();
      if (expect(child->items[index], DocumentNode::Kind::mapping, path)) {
        read_entity(child->items[index], path, field.back());
      }
    }
  }

  template <class T>
  void read_entity(const DocumentNode& node, const std::string& path, T& entity) const {
    ObjectReader reader(node, path, inherited_, diagnostics_, notes_);
    entity.key = path;
    entity.location = node.location;
    if constexpr (T::carries_provenance) entity.provenance = reader.read_own_provenance();
    describe(reader, entity);
    reader.report_unknown_keys();
  }

 private:
  Provenance read_own_provenance();
  void report_unknown_keys() const;

  std::string path_of(std::string_view key) const;
  /// The node of a key; marks the key as known and reports it if it is required and missing.
  const DocumentNode* take(std::string_view key, Need need);
  const DocumentNode* take(std::string_view key, Need need, DocumentNode::Kind kind);
  const DocumentNode* take_scalar(std::string_view key, Need need);
  bool expect(const DocumentNode& node, DocumentNode::Kind kind, const std::string& path) const;
  bool check_id(const DocumentNode::Key& id, const std::string& path) const;
  void check_length(const DocumentNode& node, std::string_view key, const std::string& path) const;
  /// `--set units.gard.strength=5` is a slip of the pen and no new unit; a new entry is given whole.
  bool check_entry_exists(const DocumentNode& table, std::size_t index, const std::string& path) const;
  void problem(const DocumentNode& node, std::string_view key, std::string text, std::string suggestion = "") const;

  /// Reads the provenance keys of a mapping on top of what is inherited.
  Provenance provenance_of(const DocumentNode& node, const std::string& path) const;
  /// For `{value: …, source: …}`: the node of `value`, and the provenance; for a bare scalar: itself.
  const DocumentNode* unwrap(const DocumentNode& node, const std::string& path, Provenance& provenance) const;
  void report_unknown_keys_of_value(const DocumentNode& node, const std::string& path,
                                    const std::vector<std::string>& allowed) const;
  void note_if_unsourced(const DocumentNode& node, const UncertainNumber& field) const;
  bool read_listed(const DocumentNode& node, const std::string& path, std::span<const std::string_view> names,
                   Listed& listed) const;
  std::optional<ParsedQuantity> read_quantity(const DocumentNode& node, const std::string& path, const NumberRule& rule,
                                              QuantityRole role) const;
  /// `beside` are the keys that the mapping may have besides those of the value.
  bool read_number(const DocumentNode& node, const std::string& path, const NumberRule& rule, UncertainNumber& field,
                   const std::vector<std::string>& beside) const;
  bool read_weights(const DocumentNode& node, const std::string& path, std::span<const std::string_view> names,
                    UncertainNumber& field, const std::vector<std::string>& beside) const;

  const DocumentNode& node_;
  std::string path_;
  Provenance inherited_;
  Diagnostics& diagnostics_;
  ReadingNotes& notes_;
  std::vector<std::string> known_;
};

}  // namespace interregnum
