#include "scenario/document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string_view>

#include "base/text.hpp"

namespace interregnum {

namespace {

/// The first control character of a text known to be UTF-8, if any.
std::optional<char32_t> find_control(std::string_view text) {
  char32_t character = 0;
  for (std::size_t byte = 0; byte < text.size(); byte += character_length(text, byte, character)) {
    if (character_length(text, byte, character) == 0) return std::nullopt;
    if (is_control(character)) return character;
  }
  return std::nullopt;
}

/// Ends the parse at a construct that is refused.
struct Refused {
  SourceLocation location;
  std::string problem;
  std::string suggestion;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::shared_ptr<const std::string> file, Diagnostics& diagnostics)
      : file_(std::move(file)), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override { start_ = location_of(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(make_node(DocumentNode::Kind::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{location_of(mark), "aliases (*name) are not allowed in country files", "write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (const auto control = find_control(value)) {  // written as an escape, e.g. "\e[31m"
      diagnostics_.error(location_of(mark), "",
                         fmt::format("control character 0x{:02x}", static_cast<unsigned>(*control)), "remove it");
    }
    DocumentNode node = make_node(DocumentNode::Kind::scalar, mark);
    node.scalar = value;
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(DocumentNode::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(DocumentNode::Kind::mapping, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  bool has_root() const { return has_root_; }
  const SourceLocation& start() const { return start_; }
  DocumentNode take_root() { return std::move(root_); }

 private:
  struct Open {
    DocumentNode node;
    bool key_is_next = true;
    bool skip_value = false;  // the value of a duplicate or unusable key
    std::set<std::string> seen;
  };

  SourceLocation location_of(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  DocumentNode make_node(DocumentNode::Kind kind, const YAML::Mark& mark) const {
    DocumentNode node;
    node.kind = kind;
    node.location = location_of(mark);
    return node;
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != 0)
      throw Refused{location_of(mark), "anchors (&name) are not allowed in country files", "write the value out"};
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused{location_of(mark), fmt::format("tag '{}' is not allowed in country files", tag), "leave it out"};
    }
  }

  void open(DocumentNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (static_cast<int>(open_.size()) >= deepest_document_nesting) {
      throw Refused{location_of(mark), fmt::format("nested more than {} levels deep", deepest_document_nesting), ""};
    }
    open_.push_back({make_node(kind, mark), true, false, {}});
  }

  void close() {
    DocumentNode node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(DocumentNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      has_root_ = true;
      return;
    }
    Open& parent = open_.back();
    if (std::max(parent.node.items.size(), parent.node.keys.size()) >= most_document_entries && parent.key_is_next) {
      throw Refused{node.location, fmt::format("more than {} entries in one list or mapping", most_document_entries),
                    ""};
    }
    if (parent.node.kind == DocumentNode::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.key_is_next) {
      add_key(parent, node);
      parent.key_is_next = false;
    } else {
      if (!parent.skip_value) parent.node.items.push_back(std::move(node));
      parent.key_is_next = true;
    }
  }

  void add_key(Open& parent, const DocumentNode& node) {
    parent.skip_value = false;
    if (node.kind != DocumentNode::Kind::scalar) {
      diagnostics_.error(node.location, "", "a key must be a word", "");
      parent.skip_value = true;
    } else if (!parent.seen.insert(node.scalar).second) {
      diagnostics_.error(node.location, node.scalar, "key stands twice in the same mapping", "keep one of them");
      parent.skip_value = true;
    } else {
      parent.node.keys.push_back({node.scalar, node.location});
    }
  }

  std::shared_ptr<const std::string> file_;
  Diagnostics& diagnostics_;
  std::vector<Open> open_;
  SourceLocation start_;
  DocumentNode root_;
  bool has_root_ = false;
};

/// Position of a byte, counting lines and columns from 1.
SourceLocation location_of_byte(const std::string& text, std::size_t byte, std::shared_ptr<const std::string> file) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  const auto line = 1 + std::count(text.begin(), end, '\n');
  const std::size_t start = text.rfind('\n', byte == 0 ? 0 : byte - 1);
  const std::size_t column = start == std::string::npos || start >= byte ? byte + 1 : byte - start;
  return {std::move(file), static_cast<int>(line), static_cast<int>(column)};
}

/// Refuses what no country file needs and what would be dangerous to carry on: bytes that are not UTF-8, control
/// characters.
bool check_characters(const std::string& text, const std::shared_ptr<const std::string>& file,
                      Diagnostics& diagnostics) {
  char32_t character = 0;
  for (std::size_t byte = 0, length = 0; byte < text.size(); byte += length) {
    length = character_length(text, byte, character);
    if (length == 0) {
      diagnostics.error(location_of_byte(text, byte, file), "", "not valid UTF-8", "save the file as UTF-8");
      return false;
    }
    const bool ends_line = character == '\r' && text.compare(byte, 2, "\r\n") == 0;  // as Windows writes it
    if (is_control(character) && !ends_line) {
      diagnostics.error(location_of_byte(text, byte, file), "",
                        fmt::format("control character 0x{:02x}", static_cast<unsigned>(character)), "remove it");
      return false;
    }
  }
  return true;
}

}  // namespace

const DocumentNode* DocumentNode::find(std::string_view key) const {
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (keys[index].text == key) return &items[index];
  }
  return nullptr;
}

DocumentNode* DocumentNode::find(std::string_view key) {
  return const_cast<DocumentNode*>(static_cast<const DocumentNode*>(this)->find(key));
}

std::optional<DocumentNode> parse_document(const std::string& text, const std::string& file_name,
                                           Diagnostics& diagnostics) {
  const auto file = std::make_shared<const std::string>(file_name);
  if (text.size() > largest_document_bytes) {
    diagnostics.error({file, 0, 0}, "", fmt::format("larger than 1 MB ({} bytes)", text.size()),
                      "a country file is some 20 kB");
    return std::nullopt;
  }
  if (!check_characters(text, file, diagnostics)) return std::nullopt;
  TreeBuilder builder(file, diagnostics);
  // yaml-cpp 0.7 notices a quote that is never closed only if the file does not end in a line break; else it swallows
  // all that follows it.
  std::istringstream stream(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || !builder.has_root()) {
      diagnostics.error({file, 1, 1}, "", "the file is empty", "see docs/scenario-guide.md");
      return std::nullopt;
    }
    DocumentNode root = builder.take_root();
    TreeBuilder second(file, diagnostics);
    if (parser.HandleNextDocument(second)) {
      diagnostics.error(second.start(), "", "more than one YAML document in the file", "keep one country a file");
      return std::nullopt;
    }
    return root;
  } catch (const Refused& refused) {
    diagnostics.error(refused.location, "", refused.problem, refused.suggestion);
  } catch (const YAML::Exception& exception) {
    diagnostics.error({file, exception.mark.line + 1, exception.mark.column + 1}, "",
                      "not valid YAML: " + exception.msg, "");
  }
  return std::nullopt;
}

}  // namespace interregnum
