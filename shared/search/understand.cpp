#include "shared/search/understand.h"

#include <algorithm>
#include <functional>

namespace chuncheng {
namespace {

constexpr std::int64_t kHighestPrice = 1000000;  // yuan; above that a number is no price

bool IsLetter(char32_t code) { return code >= 'a' && code <= 'z'; }
bool IsDigit(char32_t code) { return code >= '0' && code <= '9'; }

// What kind of chip a word of the vocabulary makes, "" when none by itself.
std::string_view ChipOf(std::string_view kind) {
  for (const std::string_view same : {"district", "type", "need", "near", "beds"}) {
    if (kind == same) return same;
  }
  return kind == "public" || kind == "private" ? "owner" : "";
}

class Reader {
 public:
  Reader(std::string_view query, const std::vector<std::string>& literal, const std::vector<Word>& words, const Language& language,
         const Index& index, Phrases& phrases)
      : codes_(DecodeUtf8(query)), tokens_(language.Tokens(query)), words_(words), index_(index), phrases_(phrases) {
    for (const std::string& text : literal) literal_.push_back(language.Tokens(text));
  }

  Understood Read() {
    while (at_ < tokens_.size()) {
      if (Price() || FromVocabulary()) continue;
      if (IsLetter(tokens_[at_].code)) {
        Letters();
      } else {
        Plain();
      }
    }
    DropFillers();
    std::erase_if(out_.runs, [](const Run& run) { return run.empty(); });
    return std::move(out_);
  }

 private:
  // The longest word of the kinds that begins at `from`, without a gap in it.
  const Word* WordAt(std::size_t from, const std::function<bool(std::string_view)>& kind) const {
    const Word* best = nullptr;
    for (const Word& word : words_) {
      if (!kind(word.kind) || word.tokens.empty() || (best != nullptr && word.tokens.size() <= best->tokens.size())) continue;
      if (Stands(word.tokens, from)) best = &word;
    }
    return best;
  }
  bool Stands(const std::vector<Token>& word, std::size_t from) const {
    if (from + word.size() > tokens_.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (tokens_[from + i].code != word[i].code || (i > 0 && tokens_[from + i].after_gap)) return false;
    }
    return true;
  }
  bool IsLiteral(std::size_t from, std::size_t to) const {
    return std::any_of(literal_.begin(), literal_.end(), [&](const auto& text) { return text.size() == to - from && Stands(text, from); });
  }

  void AddChip(std::string_view kind, std::string value, std::size_t from, std::size_t to) {
    Chip chip{kind, std::move(value), "", tokens_[from].source, tokens_[to - 1].source + 1};
    for (std::size_t i = chip.begin; i < chip.end; ++i) AppendUtf8(chip.text, codes_[i]);
    out_.chips.push_back(std::move(chip));
  }
  void AddTerm(std::size_t from, std::size_t to, bool letters, std::optional<std::size_t> chip, bool literal) {
    if (out_.runs.empty() || broken_ || tokens_[from].after_gap) out_.runs.emplace_back();
    broken_ = false;
    out_.runs.back().push_back(
        {{{tokens_.begin() + static_cast<std::ptrdiff_t>(from), tokens_.begin() + static_cast<std::ptrdiff_t>(to)}, letters}, chip, literal});
    at_ = to;
  }

  // Digits with 千 or 万, or Han numerals with them: [from, end) and the number.
  std::optional<std::pair<std::size_t, std::int64_t>> Amount(std::size_t from) const {
    constexpr std::u32string_view kHan = U"零一二三四五六七八九";
    std::int64_t total = 0;
    std::int64_t now = 0;
    std::size_t at = from;
    for (; at < tokens_.size() && now < kHighestPrice && total < kHighestPrice; ++at) {
      const char32_t code = tokens_[at].code;
      if (at > from && tokens_[at].after_gap) break;
      const std::size_t han = code == U'两' ? 2 : kHan.find(code);
      if (IsDigit(code)) {
        now = now * 10 + (code - '0');
      } else if (han != std::u32string_view::npos) {
        now = static_cast<std::int64_t>(han);
      } else if (at > from && (code == U'万' || code == U'千' || code == U'百')) {
        total += now * (code == U'万' ? 10000 : code == U'千' ? 1000 : 100);
        now = 0;
      } else {
        break;
      }
    }
    total += now;
    if (at == from || total < 1 || total > kHighestPrice) return std::nullopt;
    return std::pair(at, total);
  }

  // "3000以下", "3000元以内", "不超过3000".
  bool Price() {
    auto skip = [&](std::size_t from, std::string_view kind) {
      const Word* word = WordAt(from, [&](std::string_view other) { return other == kind; });
      return word == nullptr ? from : from + word->tokens.size();
    };
    const std::size_t number = skip(at_, "at_most");
    const auto amount = Amount(number);
    if (!amount) return false;
    const std::size_t unit = skip(amount->first, "money");
    const std::size_t end = skip(unit, "below");
    if ((number == at_ && end == unit) || IsLiteral(at_, end)) return false;
    AddChip("price", std::to_string(amount->second), at_, end);
    at_ = end;
    broken_ = true;
    return true;
  }

  bool FromVocabulary() {
    // A word in the middle of letters is no word.
    if (IsLetter(tokens_[at_].code)) return false;
    const Word* word = WordAt(at_, [](std::string_view kind) { return !ChipOf(kind).empty(); });
    if (word == nullptr) return false;
    Take(*word, at_, at_ + word->tokens.size(), false);
    return true;
  }

  void Take(const Word& word, std::size_t from, std::size_t to, bool letters) {
    const std::string_view kind = ChipOf(word.kind);
    const bool literal = IsLiteral(from, to);
    if (!literal) AddChip(kind, kind == "owner" ? word.kind : kind == "beds" ? "1" : kind == "near" ? "" : word.code, from, to);
    if (!literal && (kind == "near" || kind == "beds")) {
      at_ = to;
      broken_ = true;
      return;
    }
    AddTerm(from, to, letters, literal ? std::nullopt : std::optional(out_.chips.size() - 1), literal);
  }

  void Letters() {
    std::size_t to = at_ + 1;
    while (to < tokens_.size() && IsAsciiToken(tokens_[to].code) && !tokens_[to].after_gap) ++to;
    const Piece piece{{tokens_.begin() + static_cast<std::ptrdiff_t>(at_), tokens_.begin() + static_cast<std::ptrdiff_t>(to)}, true};
    for (const Phrase& phrase : phrases_.Of(piece, 0)) {
      if (phrase.way != Way::kPinyin || phrase.pattern.size() < 2) continue;
      for (const Word& word : words_) {
        if (word.kind != "district" && word.kind != "type" && word.kind != "need") continue;
        if (word.tokens.size() == phrase.pattern.size() && FindIn(phrase.pattern, index_.SignsOf(word.tokens)) == 0) {
          return Take(word, at_, to, true);
        }
      }
    }
    AddTerm(at_, to, true, std::nullopt, false);
  }

  // Characters and digits up to the next gap, letter or word.
  void Plain() {
    std::size_t to = at_ + 1;
    while (to < tokens_.size() && !tokens_[to].after_gap && !IsLetter(tokens_[to].code) &&
           WordAt(to, [](std::string_view kind) { return !ChipOf(kind).empty(); }) == nullptr) {
      ++to;
    }
    AddTerm(at_, to, false, std::nullopt, false);
  }

  // "的" between two things that say something says nothing.
  void DropFillers() {
    auto filler = [&](const Term& term) {
      return !term.chip && !term.literal && std::any_of(words_.begin(), words_.end(), [&](const Word& word) {
        return word.kind == "filler" && std::equal(word.tokens.begin(), word.tokens.end(), term.piece.tokens.begin(), term.piece.tokens.end(),
                                                   [](const Token& a, const Token& b) { return a.code == b.code; });
      });
    };
    bool says = !out_.chips.empty();
    for (const Run& run : out_.runs) says = says || !std::all_of(run.begin(), run.end(), filler);
    if (!says) return;
    for (Run& run : out_.runs) std::erase_if(run, filler);
  }

  std::u32string codes_;
  std::vector<Token> tokens_;
  const std::vector<Word>& words_;
  const Index& index_;
  Phrases& phrases_;
  std::vector<std::vector<Token>> literal_;
  Understood out_;
  std::size_t at_ = 0;
  bool broken_ = false;  // a word that leaves no term stood here
};

}  // namespace

Understood Understand(std::string_view query, const std::vector<std::string>& literal, const std::vector<Word>& words, const Language& language,
                      const Index& index, Phrases& phrases) {
  return Reader(query, literal, words, language, index, phrases).Read();
}

}  // namespace chuncheng
