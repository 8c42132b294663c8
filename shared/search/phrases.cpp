#include "shared/search/phrases.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace chuncheng {
namespace {

constexpr std::size_t kCuts = 8;     // ways to cut one word of letters into syllables
constexpr std::size_t kLongest = 6;  // zhuang
constexpr std::size_t kFewCuts = 3;  // of the parts before and after a slip
constexpr std::u32string_view kHanDigits = U"零一二三四五六七八九";
constexpr std::size_t kWidestName = 6;  // 第二(附属人民…)医院: characters between the number and 医院

bool IsDigit(char32_t code) { return code >= '0' && code <= '9'; }
bool IsLetter(char32_t code) { return code >= 'a' && code <= 'z'; }
bool IsHanNumeral(char32_t code) { return kHanDigits.find(code) != std::u32string_view::npos || code == U'十'; }

std::string Ascii(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) out += static_cast<char>(token.code);
  return out;
}

// "yang3lao3" → "yanglao"; nothing when a digit is no tone.
std::optional<std::string> WithoutTones(std::string_view typed) {
  std::string out;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i];
    if (IsLetter(static_cast<char32_t>(c))) {
      out += c;
    } else if (c < '1' || c > '5' || i == 0 || !IsLetter(static_cast<char32_t>(typed[i - 1]))) {
      return std::nullopt;
    }
  }
  return out;
}

// Below a hundred, as it is spoken: 12 → 十二, 20 → 二十.
std::u32string Spoken(int number) {
  std::u32string out;
  if (number >= 20) out += kHanDigits[static_cast<std::size_t>(number / 10)];
  if (number >= 10) out += U'十';
  if (number < 10 || number % 10 != 0) out += kHanDigits[static_cast<std::size_t>(number % 10)];
  return out;
}

// A run of Han numerals below a hundred as a number.
std::optional<int> Heard(std::u32string_view numerals) {
  for (int number = 0; number < 100; ++number) {
    if (Spoken(number) == numerals) return number;
  }
  return std::nullopt;
}

std::u32string Decimal(int number) {
  const std::string digits = std::to_string(number);
  return {digits.begin(), digits.end()};
}

// Every way to cut [from, letters.size()) into parts that `part` takes (begin, length); `path` is told to `done`, most of `most` times.
class Cutter {
 public:
  Cutter(std::size_t size, std::size_t most, std::function<bool(std::size_t, std::size_t)> part)
      : most_(most), dead_(size + 1), part_(std::move(part)), size_(size) {}

  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> Cut(std::size_t from) {
    found_.clear();
    path_.clear();
    std::fill(dead_.begin(), dead_.end(), false);
    Try(from);
    return std::move(found_);
  }

 private:
  bool Try(std::size_t from) {
    if (from == size_) {
      found_.push_back(path_);
      return true;
    }
    if (dead_[from]) return false;
    bool reached = false;
    for (std::size_t length = std::min(kLongest, size_ - from); length > 0 && found_.size() < most_; --length) {
      if (!part_(from, length)) continue;
      path_.emplace_back(from, length);
      reached = Try(from + length) || reached;
      path_.pop_back();
    }
    if (!reached && found_.size() < most_) dead_[from] = true;
    return reached;
  }

  std::size_t most_;
  std::vector<bool> dead_;  // from here no cut reaches the end
  std::function<bool(std::size_t, std::size_t)> part_;
  std::size_t size_;
  std::vector<std::pair<std::size_t, std::size_t>> path_;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> found_;
};

}  // namespace

std::string FoldedSound(std::string_view syllable) {
  std::string out;
  std::string_view rest = syllable;
  const char first = rest.empty() ? '\0' : rest.front();
  if ((first == 'z' || first == 'c' || first == 's') && rest.size() > 1 && rest[1] == 'h') {
    out = first;
    rest.remove_prefix(2);
  } else if (first == 'n' || first == 'l') {
    out = 'l';
    rest.remove_prefix(1);
  } else if (first == 'h') {
    // Where f and h meet, f stands for "hu": 飞 fei and 灰 hui, 方 fang and 荒 huang.
    out = 'f';
    rest.remove_prefix(1);
    if (rest == "ui") {
      rest = "ei";
    } else if (rest == "un" || rest == "ong") {
      rest = rest == "un" ? "en" : "eng";
    } else if (rest.size() > 1 && rest.front() == 'u') {
      rest.remove_prefix(1);
    }
  }
  out += rest;
  if (out.ends_with("ing") || out.ends_with("eng")) out.pop_back();
  return out;
}

bool OneSlipApart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  if (a.size() < b.size()) return a.substr(same) == b.substr(same + 1);
  if (same == a.size() || a.substr(same + 1) == b.substr(same + 1)) return true;
  return a.size() - same >= 2 && a[same] == b[same + 1] && a[same + 1] == b[same] && a.substr(same + 2) == b.substr(same + 2);
}

const SignSet* Phrases::Set(const std::vector<Sign>& signs) {
  sets_.push_back(index_.Set(signs));
  return &sets_.back();
}

const SignSet* Phrases::Written(char32_t code) {
  std::string key = "=";
  AppendUtf8(key, code);
  auto& made = made_[key];
  if (made == nullptr) made = Set({index_.SignOf(code)});
  return made;
}

const SignSet* Phrases::Syllable(std::string_view syllable) {
  auto& made = made_[std::string(syllable)];
  if (made != nullptr) return made;
  const auto& all = language_.syllables();
  const auto found = std::lower_bound(all.begin(), all.end(), syllable);
  const bool exists = found != all.end() && *found == syllable;
  const auto signs = exists ? index_.ReadAs(static_cast<std::size_t>(found - all.begin())) : std::span<const Sign>();
  return made = Set({signs.begin(), signs.end()});
}

const SignSet* Phrases::Begun(std::string_view letters) {
  auto& made = made_["^" + std::string(letters)];
  if (made != nullptr) return made;
  std::vector<Sign> signs;
  const auto& all = language_.syllables();
  for (auto at = std::lower_bound(all.begin(), all.end(), letters); at != all.end() && at->starts_with(letters); ++at) {
    const auto more = index_.ReadAs(static_cast<std::size_t>(at - all.begin()));
    signs.insert(signs.end(), more.begin(), more.end());
  }
  return made = Set(signs);
}

const SignSet* Phrases::Longer(std::string_view letters) {
  auto& made = made_[">" + std::string(letters)];
  if (made != nullptr) return made;
  const SignSet* whole = Syllable(letters);
  std::vector<Sign> signs;
  for (const Sign sign : Begun(letters)->list) {
    if (!whole->Has(sign)) signs.push_back(sign);
  }
  return made = Set(signs);
}

const SignSet* Phrases::Near(const std::string& folded, bool begun) {
  auto& made = made_[(begun ? "<" : "~") + folded];
  if (made != nullptr) return made;
  std::vector<Sign> signs;
  for (std::size_t i = 0; i < language_.syllables().size(); ++i) {
    const std::string& other = folded_[i];
    if (begun ? !other.starts_with(folded) : other != folded) continue;
    signs.insert(signs.end(), index_.ReadAs(i).begin(), index_.ReadAs(i).end());
  }
  return made = Set(signs);
}

const SignSet* Phrases::Slip(std::string_view letters) {
  auto& made = made_["!" + std::string(letters)];
  if (made != nullptr) return made;
  std::vector<Sign> signs;
  for (std::size_t i = 0; i < language_.syllables().size(); ++i) {
    if (!OneSlipApart(letters, language_.syllables()[i])) continue;
    signs.insert(signs.end(), index_.ReadAs(i).begin(), index_.ReadAs(i).end());
  }
  return made = Set(signs);
}

Pattern Phrases::AsWritten(const std::vector<Token>& tokens) {
  Pattern out;
  for (const Token& token : tokens) out.push_back(Written(token.code));
  return out;
}

std::vector<Phrase> Phrases::Of(const Piece& piece, int tier) {
  std::vector<Phrase> out;
  if (piece.letters) {
    Letters(piece, tier, out);
  } else {
    Han(piece, tier, out);
  }
  // A pattern with a set that is empty has no place; most guesses end here.
  std::erase_if(out, [](const Phrase& phrase) {
    return std::any_of(phrase.pattern.begin(), phrase.pattern.end(), [](const SignSet* set) { return set != nullptr && set->list.empty(); });
  });
  return out;
}

bool Phrases::IsSyllable(const Piece& piece, bool begun) {
  const auto letters = WithoutTones(Ascii(piece.tokens));
  return letters && !(begun ? Begun(*letters) : Syllable(*letters))->list.empty();
}

void Phrases::Letters(const Piece& piece, int tier, std::vector<Phrase>& out) {
  const std::string typed = Ascii(piece.tokens);
  const auto letters = WithoutTones(typed);
  if (tier == 0) out.push_back({AsWritten(piece.tokens), Way::kHan});
  if (!letters) return;
  if (tier == 1) return Mixed(*letters, out);
  if (tier == 2) return NearLetters(*letters, out);
  if (tier == 3) return WrongLetter(*letters, out);
  std::vector<Phrase> begun;
  for (const auto& syllables : language_.Syllables(*letters, kCuts)) {
    Pattern pattern;
    for (const std::string& syllable : syllables) pattern.push_back(Syllable(syllable));
    if (!pattern.back()->list.empty()) out.push_back({pattern, Way::kPinyin});
    pattern.back() = Longer(syllables.back());
    if (!pattern.back()->list.empty()) begun.push_back({std::move(pattern), Way::kBegun});
  }
  for (Phrase& phrase : begun) out.push_back(std::move(phrase));
  Pattern initials;
  for (const char letter : *letters) {
    const std::string key = "." + std::string(1, letter);
    auto& made = made_[key];
    const auto signs = index_.BeginWith(letter);
    if (made == nullptr) made = Set({signs.begin(), signs.end()});
    initials.push_back(made);
  }
  out.push_back({std::move(initials), Way::kInitials});
}

void Phrases::Mixed(std::string_view letters, std::vector<Phrase>& out) {
  Cutter cutter(letters.size(), kCuts,
                [&](std::size_t from, std::size_t length) { return length == 1 || !Syllable(letters.substr(from, length))->list.empty(); });
  for (const auto& cut : cutter.Cut(0)) {
    Pattern pattern;
    for (const auto& [from, length] : cut) {
      const auto part = letters.substr(from, length);
      pattern.push_back(length == 1 ? Begun(part) : Syllable(part));
    }
    out.push_back({std::move(pattern), Way::kInitials});
  }
}

void Phrases::NearLetters(std::string_view letters, std::vector<Phrase>& out) {
  auto set = [&](std::size_t from, std::size_t length) {
    const std::string folded = FoldedSound(letters.substr(from, length));
    const SignSet* whole = Near(folded, false);
    return whole->list.empty() && from + length == letters.size() ? Near(folded, true) : whole;
  };
  Cutter cutter(letters.size(), kCuts, [&](std::size_t from, std::size_t length) { return !set(from, length)->list.empty(); });
  for (const auto& cut : cutter.Cut(0)) {
    Pattern pattern;
    for (const auto& [from, length] : cut) pattern.push_back(set(from, length));
    out.push_back({std::move(pattern), Way::kNearSound});
  }
}

// One syllable has the slip; what stands before and after it is cut as usual.
void Phrases::WrongLetter(std::string_view letters, std::vector<Phrase>& out) {
  constexpr std::size_t kShortest = 4;
  const std::size_t size = letters.size();
  if (size < kShortest) return;
  auto whole = [&](std::size_t from, std::size_t length) { return !Syllable(letters.substr(from, length))->list.empty(); };
  std::vector<std::vector<Pattern>> after(size + 1);
  for (std::size_t from = 0; from <= size; ++from) {
    Cutter cutter(size, kFewCuts, [&](std::size_t at, std::size_t length) {
      return whole(at, length) || (at + length == size && !Begun(letters.substr(at))->list.empty());
    });
    for (const auto& cut : cutter.Cut(from)) {
      Pattern pattern;
      for (const auto& [at, length] : cut) {
        const auto part = letters.substr(at, length);
        pattern.push_back(at + length == size ? Begun(part) : Syllable(part));
      }
      after[from].push_back(std::move(pattern));
    }
  }
  for (std::size_t to = 0; to <= size; ++to) {
    Cutter cutter(to, kFewCuts, whole);
    for (const auto& cut : cutter.Cut(0)) {
      Pattern before;
      for (const auto& [at, length] : cut) before.push_back(Syllable(letters.substr(at, length)));
      for (std::size_t length = 0; length <= kLongest + 1 && to + length <= size; ++length) {
        if (after[to + length].empty()) continue;
        const SignSet* slip = Slip(letters.substr(to, length));
        for (const Pattern& rest : after[to + length]) {
          if (before.empty() && rest.empty() && length < kShortest) continue;
          Pattern pattern = before;
          pattern.push_back(slip);
          pattern.insert(pattern.end(), rest.begin(), rest.end());
          out.push_back({std::move(pattern), Way::kTypo});
        }
      }
    }
  }
}

void Phrases::Han(const Piece& piece, int tier, std::vector<Phrase>& out) {
  const Pattern written = AsWritten(piece.tokens);
  if (tier == 0) {
    out.push_back({written, Way::kHan});
    std::u32string text;
    for (const Token& token : piece.tokens) text += token.code;
    Numbers(text, out);
  }
  if (tier == 3) WrongCharacter(written, out);
  if (piece.tokens.size() < 2 || (tier != 1 && tier != 2)) return;  // one character has too many with its sound
  Pattern sounds;
  for (std::size_t i = 0; i < piece.tokens.size(); ++i) {
    std::vector<Sign> signs = written[i]->list;
    for (const std::size_t reading : language_.ReadingsOf(piece.tokens[i].code)) {
      const std::string& syllable = language_.syllables()[reading];
      const auto& more = tier == 1 ? Syllable(syllable)->list : Near(FoldedSound(syllable), false)->list;
      signs.insert(signs.end(), more.begin(), more.end());
    }
    sounds.push_back(Set(signs));
  }
  out.push_back({std::move(sounds), tier == 1 ? Way::kPinyin : Way::kNearSound});
}

// 2院 is 二院, 第12 is 第十二; 二院 is short for 第二…医院, and the other way round.
void Phrases::Numbers(const std::u32string& text, std::vector<Phrase>& out) {
  auto add = [&](std::u32string_view other, std::size_t gap_at = 0, std::size_t gap = 0) {
    Pattern pattern;
    for (std::size_t i = 0; i < other.size(); ++i) {
      if (gap > 0 && i == gap_at) pattern.insert(pattern.end(), gap, nullptr);
      pattern.push_back(Written(other[i]));
    }
    out.push_back({std::move(pattern), Way::kNumber});
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool digit = IsDigit(text[at]);
    if (!digit && !IsHanNumeral(text[at])) continue;
    std::size_t end = at + 1;
    while (end < text.size() && (digit ? IsDigit(text[end]) : IsHanNumeral(text[end]))) ++end;
    const std::u32string before = text.substr(0, at);
    const std::u32string number = text.substr(at, end - at);
    const std::u32string after = text.substr(end);
    std::vector<std::u32string> spelled;
    const auto heard = digit ? std::nullopt : Heard(number);
    if (digit) {
      std::u32string each;
      for (const char32_t one : number) each += kHanDigits[one - '0'];
      spelled.push_back(each);
      if (number.size() == 2 && number[0] != '0') spelled.push_back(Spoken(static_cast<int>((number[0] - '0') * 10 + number[1] - '0')));
    } else if (heard) {
      spelled.push_back(Decimal(*heard));
    }
    for (const std::u32string& other : spelled) add(before + other + after);
    spelled.push_back(number);
    for (const std::u32string& other : spelled) {
      const bool ordinal = before.ends_with(U"第");
      if (after == U"院" && !ordinal) {
        const std::u32string head = before + U"第" + other;
        for (std::size_t gap = 0; gap <= kWidestName; ++gap) add(head + U"医院", head.size(), gap);
      }
      if (ordinal && after.ends_with(U"医院")) add(before.substr(0, before.size() - 1) + other + U"院");
    }
    at = end - 1;
  }
}

void Phrases::WrongCharacter(const Pattern& written, std::vector<Phrase>& out) {
  constexpr std::size_t kShortest = 3;
  const std::size_t size = written.size();
  if (size < kShortest) return;
  for (std::size_t i = 0; i < size; ++i) {
    Pattern other = written;
    other[i] = nullptr;
    out.push_back({std::move(other), Way::kTypo});
  }
  for (std::size_t i = 1; i < size; ++i) {
    Pattern missing = written;
    missing.insert(missing.begin() + static_cast<std::ptrdiff_t>(i), nullptr);
    out.push_back({std::move(missing), Way::kTypo});
  }
  for (std::size_t i = 0; size > kShortest && i < size; ++i) {
    Pattern less = written;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    out.push_back({std::move(less), Way::kTypo});
  }
}

}  // namespace chuncheng
