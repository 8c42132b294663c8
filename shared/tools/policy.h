// A policy opened by the command line: the engine's pack, and its texts for sentences.
#pragma once
#include <optional>
#include <string>

#include "shared/benefits/pack.h"

namespace chuncheng {

/// `key` of an object as its Chinese text, "" when there is none.
std::string Zh(const json::value& owner, std::string_view key);
/// An amount of a result, with the benefit's document for what is given in kind or not published.
std::string AmountText(const json::object& amount, const json::value& benefit);

class Policy {
 public:
  /// A pack folder or a published policy.json. Everything wrong goes to standard error; nothing then.
  static std::optional<Policy> Open(const std::string& path);
  /// A profile or other JSON document ("-" = standard input), with its `as_of` replaced when one is given. Problems as above.
  static std::optional<json::value> Document(const std::string& path, const std::string& as_of = "");

  const PackFiles& files() const { return files_; }
  const Pack& pack() const { return pack_; }

  /// The benefit's document, null when unknown.
  const json::value& Benefit(std::string_view id) const;
  std::string Title(std::string_view id) const;
  /// What a criterion says; in_force included.
  std::string CriterionText(std::string_view benefit, std::string_view criterion) const;
  /// The fact's document, null when unknown.
  const json::value& Fact(std::string_view name) const;
  /// The question of a fact, or its name when it is derived.
  std::string Question(std::string_view fact) const;
  /// "《title》：what the clause says".
  std::string CiteText(std::string_view cite) const;
  /// Lines "依据 …" for a list of cites.
  void PrintCites(const json::value& cites, const std::string& indent) const;
  /// A verdict with its amount: {"verdict","amount"?,"from"?,"until"?}.
  std::string ResultText(const json::object& said, std::string_view benefit) const;

 private:
  PackFiles files_;
  Pack pack_;
};

}  // namespace chuncheng
