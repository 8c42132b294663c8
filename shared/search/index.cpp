#include "shared/search/index.h"

#include <algorithm>
#include <limits>

namespace chuncheng {
namespace {

constexpr std::size_t kLetters = 26;

}  // namespace

std::size_t FindIn(const Pattern& pattern, std::span<const Sign> signs) {
  for (std::size_t at = 0; at + pattern.size() <= signs.size(); ++at) {
    if (Fits(pattern, signs.data() + at)) return at;
  }
  return kNowhere;
}

Sign Index::Enter(char32_t code) {
  const auto [entry, fresh] = sign_of_.emplace(code, static_cast<Sign>(codes_.size()));
  if (!fresh) return entry->second;
  if (codes_.size() > std::numeric_limits<Sign>::max()) {
    entry->second = 0;  // more characters than any script in use has: the rest cannot be searched
    return 0;
  }
  codes_.push_back(code);
  return entry->second;
}

std::uint32_t Index::Append(const Language& language, Field field, std::string_view text) {
  Text one;
  one.field = field;
  one.begin = static_cast<std::uint32_t>(signs_.size());
  for (const Token& token : language.Tokens(text)) signs_.push_back(Enter(token.code));
  one.end = static_cast<std::uint32_t>(signs_.size());
  signs_.push_back(0);
  texts_.push_back(one);
  return static_cast<std::uint32_t>(texts_.size() - 1);
}

void Index::Add(const Language& language, Field field, std::string_view text, std::uint32_t row) {
  if (text.empty()) return;
  std::uint32_t number = 0;
  if (field == Field::kName) {
    number = Append(language, field, text);  // hardly ever twice
  } else {
    std::string key(1, static_cast<char>(field));
    key += text;
    const auto [entry, fresh] = known_.emplace(std::move(key), 0);
    if (fresh) entry->second = Append(language, field, text);
    number = entry->second;
  }
  pairs_.emplace_back(number, row);
}

std::uint32_t Index::AddGroup(std::vector<std::uint32_t> rows) {
  groups_.push_back(std::move(rows));
  return static_cast<std::uint32_t>(groups_.size() - 1);
}

std::uint32_t Index::AddFor(const Language& language, Field field, std::string_view text, std::uint32_t group) {
  const std::uint32_t number = Append(language, field, text);
  texts_[number].group = group;
  return number;
}

void Index::Finish(const Language& language) {
  known_.clear();
  std::vector<std::uint32_t> count(texts_.size() + 1);
  for (const auto& [text, row] : pairs_) ++count[text + 1];
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    count[i + 1] += count[i];
    texts_[i].first_row = count[i];
    texts_[i].last_row = count[i];
  }
  rows_.resize(pairs_.size());
  for (const auto& [text, row] : pairs_) rows_[texts_[text].last_row++] = row;
  pairs_ = {};
  starts_.assign(codes_.size() + 1, 0);
  owner_.resize(signs_.size());
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    for (std::uint32_t at = texts_[i].begin; at <= texts_[i].end; ++at) owner_[at] = static_cast<std::uint32_t>(i);
  }
  for (const Sign sign : signs_) ++starts_[sign + 1U];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  places_.resize(signs_.size());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t at = 0; at < signs_.size(); ++at) places_[next[signs_[at]]++] = static_cast<std::uint32_t>(at);
  by_syllable_.resize(language.syllables().size());
  by_letter_.resize(kLetters);
  for (std::size_t i = 1; i < codes_.size(); ++i) {
    const char32_t code = codes_[i];
    const auto sign = static_cast<Sign>(i);
    if (code >= 'a' && code <= 'z') by_letter_[code - 'a'].push_back(sign);
    for (const std::size_t syllable : language.ReadingsOf(code)) {
      by_syllable_[syllable].push_back(sign);
      const char first = language.syllables()[syllable][0];
      if (first < 'a' || first > 'z') continue;
      auto& letter = by_letter_[static_cast<std::size_t>(first - 'a')];
      if (letter.empty() || letter.back() != sign) letter.push_back(sign);
    }
  }
}

Sign Index::SignOf(char32_t code) const {
  const auto found = sign_of_.find(code);
  return found == sign_of_.end() ? Sign{0} : found->second;
}

std::vector<Sign> Index::SignsOf(const std::vector<Token>& tokens) const {
  std::vector<Sign> out;
  out.reserve(tokens.size());
  for (const Token& token : tokens) out.push_back(SignOf(token.code));
  return out;
}

std::span<const Sign> Index::BeginWith(char letter) const {
  if (letter < 'a' || letter > 'z') return {};
  return by_letter_[static_cast<std::size_t>(letter - 'a')];
}

SignSet Index::Set(std::span<const Sign> signs) const {
  SignSet out{{}, std::vector<std::uint64_t>((codes_.size() + 63) / 64)};
  for (const Sign sign : signs) {
    if (sign == 0 || out.Has(sign)) continue;
    out.list.push_back(sign);
    out.bits[sign >> 6U] |= std::uint64_t{1} << (sign & 63U);
  }
  return out;
}

std::size_t Index::Rarest(const Pattern& pattern) const {
  std::size_t rarest = pattern.size();
  std::size_t fewest = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == nullptr) continue;
    std::size_t places = 0;
    for (const Sign sign : pattern[i]->list) places += starts_[sign + 1U] - starts_[sign];
    if (rarest == pattern.size() || places < fewest) {
      rarest = i;
      fewest = places;
    }
  }
  return fewest == 0 ? pattern.size() : rarest;
}

}  // namespace chuncheng
