#include "tests/search/queries.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <map>
#include <optional>
#include <random>
#include <set>

namespace chuncheng {
namespace {

std::string Utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) AppendUtf8(out, code);
  return out;
}

using Syllables = std::vector<std::string>;
std::string Letters(const Syllables& syllables) {
  std::string out;
  for (const std::string& syllable : syllables) out += syllable;
  return out;
}

// What makes a name right.
struct Meant {
  std::string text;                    // as typed
  std::vector<std::u32string> pieces;  // all of them as written, or
  Syllables sounds;                    // a piece with these, each any reading of its character, or
  std::u32string one_off;              // a piece with one character other than here, or
  std::string slip;                    // a piece of `length` characters whose letters are one letter from here
  std::size_t length = 0;
  std::string letters;    // or anything whose letters begin so
  bool initials = false;  // each of `sounds` need only begin so
};

class Maker {
 public:
  Maker(const std::vector<Facility>& facilities, const Language& language, std::uint32_t seed) : language_(language), random_(seed) {
    std::set<char32_t> used;
    for (const Facility& facility : facilities) {
      names_.push_back(DecodeUtf8(facility.name));
      used.insert(names_.back().begin(), names_.back().end());
      for (const char32_t code : names_.back()) {
        if (!readings_.contains(code)) readings_[code] = code < 0x80 ? Syllables{} : language.Readings(code);
      }
    }
    const auto encoded = json::parse(language.Encode());
    const auto pairs = DecodeUtf8(std::string(encoded.at("simplified").as_string()));
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
      if (used.contains(pairs[i + 1])) traditional_.emplace(pairs[i + 1], pairs[i]);
    }
    for (const char32_t code : used) {
      for (const std::string& reading : language.Readings(code)) sounding_[reading] += code;
    }
    all_.assign(used.begin(), used.end());
  }

  std::vector<std::uint8_t> Right(const Meant& meant) const {
    std::vector<std::uint8_t> out;
    for (const std::u32string& name : names_) out.push_back(IsRight(meant, name) ? 1 : 0);
    return out;
  }

  std::optional<Meant> Make(std::string_view kind) {
    const std::u32string& name = names_[Below(names_.size())];
    if (kind == "han1") return Piece(kind, name, 1, 1, [](const auto& piece) { return Utf8(piece); });
    if (kind == "han") return Piece(kind, name, 2, 6, [](const auto& piece) { return Utf8(piece); });
    if (kind == "terms") return Terms(name);
    if (kind == "mixed") return Mixed(name);
    if (kind == "number") return Number(name);
    if (kind == "initials") {
      return Piece(kind, name, 3, 6, [&](const auto& piece) {
        std::string out;
        for (const std::string& syllable : Read(piece)) out += syllable.substr(0, 1);
        return out;
      });
    }
    if (kind == "traditional") return Piece(kind, name, 2, 6, [&](const auto& piece) { return Traditional(piece); });
    if (kind == "homophone") return Piece(kind, name, 3, 5, [&](auto piece) { return Swap(std::move(piece), true); });
    if (kind == "character") return Piece(kind, name, 3, 6, [&](auto piece) { return Swap(std::move(piece), false); });
    if (kind == "letter") return Piece(kind, name, 3, 5, [&](const auto& piece) { return WrongLetter(Letters(Read(piece)), false); });
    if (kind == "missing") return Piece(kind, name, 3, 5, [&](const auto& piece) { return WrongLetter(Letters(Read(piece)), true); });
    if (kind == "near") return Piece(kind, name, 2, 5, [&](const auto& piece) { return NearSound(Read(piece)); });
    if (kind == "polyphone") return Piece(kind, name, 2, 5, [&](const auto& piece) { return Polyphone(piece); });
    return Piece(kind, name, 2, 5, [&](const auto& piece) { return Pinyin(kind, Read(piece)); });
  }

 private:
  std::size_t Below(std::size_t count) { return random_() % count; }

  std::string Reading(char32_t code, std::size_t which) const {
    const auto readings = language_.Readings(code);
    return which < readings.size() && code >= 0x80 ? readings[which] : "";
  }
  Syllables Read(const std::u32string& piece) const {
    Syllables out;
    for (const char32_t code : piece) out.push_back(Reading(code, 0));
    return out;
  }

  // A piece of Han characters, each with a reading, and what `typed` makes of it ("" = nothing for this kind).
  template <class Typed>
  std::optional<Meant> Piece(std::string_view kind, const std::u32string& name, std::size_t least, std::size_t most, const Typed& typed) {
    const std::size_t length = least + Below(most - least + 1);
    if (length > name.size()) return std::nullopt;
    const std::u32string piece = name.substr(Below(name.size() - length + 1), length);
    if (std::any_of(piece.begin(), piece.end(), [&](char32_t code) { return Reading(code, 0).empty(); })) return std::nullopt;
    Meant meant;
    meant.text = typed(piece);
    if (meant.text.empty()) return std::nullopt;
    meant.length = length;
    if (kind == "character") {
      meant.one_off = DecodeUtf8(meant.text);
    } else if (kind == "letter" || kind == "missing") {
      meant.slip = meant.text;
    } else if (kind == "han1" || kind == "han" || kind == "traditional") {
      meant.pieces = {piece};
    } else {
      meant.sounds = kind == "polyphone" ? polyphone_ : Read(piece);
      meant.initials = kind == "initials";
      if (kind == "pinyin" || kind == "upper" || kind == "wide") meant.letters = Letters(meant.sounds);
      if (kind == "begun" || kind == "initials") meant.letters = meant.text;
      for (std::string& syllable : meant.sounds) {
        if (meant.initials) syllable.resize(1);
      }
    }
    return meant;
  }

  bool IsRight(const Meant& meant, const std::u32string& name) const {
    if (!meant.pieces.empty()) {
      return std::all_of(meant.pieces.begin(), meant.pieces.end(), [&](const auto& piece) { return name.find(piece) != std::u32string::npos; });
    }
    for (std::size_t at = 0; !meant.letters.empty() && at < name.size(); ++at) {
      if (Begins(std::u32string_view(name).substr(at), meant.letters, false)) return true;
    }
    for (std::size_t at = 0; at + meant.length <= name.size(); ++at) {
      if (IsRightPiece(meant, std::u32string_view(name).substr(at, meant.length))) return true;
    }
    return false;
  }
  bool IsRightPiece(const Meant& meant, std::u32string_view piece) const {
    if (!meant.one_off.empty()) {
      std::size_t other = 0;
      for (std::size_t i = 0; i < piece.size(); ++i) other += piece[i] != meant.one_off[i] ? 1 : 0;
      return other == 1;
    }
    if (!meant.slip.empty()) {
      std::string letters;
      for (const char32_t code : piece) letters += readings_.at(code).empty() ? "?" : readings_.at(code)[0];
      return OneLetterApart(letters, meant.slip);
    }
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const std::string& wanted = meant.sounds[i];
      const Syllables& readings = readings_.at(piece[i]);
      if (std::none_of(readings.begin(), readings.end(),
                       [&](const std::string& one) { return meant.initials ? one.starts_with(wanted) : one == wanted; })) {
        return false;
      }
    }
    return true;
  }
  // Do the characters, read one way or another, begin with these letters? The last syllable may be cut anywhere: "cheng" is 城 and also 陈贡.
  // `mixed`: of any syllable the first letter is enough.
  bool Begins(std::u32string_view characters, std::string_view letters, bool mixed) const {
    if (letters.empty()) return true;
    if (characters.empty()) return false;
    const Syllables& readings = readings_.at(characters[0]);
    return std::any_of(readings.begin(), readings.end(), [&](const std::string& one) {
      auto rest = [&](std::size_t used) { return Begins(characters.substr(1), letters.substr(used), mixed); };
      return one.starts_with(letters) || (letters.starts_with(one) && rest(one.size())) || (mixed && !one.empty() && one[0] == letters[0] && rest(1));
    });
  }
  // The same but for one letter, or with one letter more.
  static bool OneLetterApart(std::string_view whole, std::string_view typed) {
    std::size_t same = 0;
    while (same < typed.size() && same < whole.size() && whole[same] == typed[same]) ++same;
    if (whole.size() == typed.size()) return same < whole.size() && whole.substr(same + 1) == typed.substr(same + 1);
    return whole.size() == typed.size() + 1 && whole.substr(same + 1) == typed.substr(same);
  }

  std::optional<Meant> Terms(const std::u32string& name) {
    if (name.size() < 6) return std::nullopt;
    const std::size_t middle = 3 + Below(name.size() - 5);
    Meant meant;
    meant.pieces = {name.substr(Below(middle - 1), 2), name.substr(middle, 2 + Below(2))};
    meant.text = Utf8(meant.pieces[1]) + " " + Utf8(meant.pieces[0]);
    return meant;
  }

  std::optional<Meant> Mixed(const std::u32string& name) {
    auto made = Piece("mixed", name, 3, 6, [&](const auto& piece) {
      const std::size_t cut = 1 + Below(piece.size() - 1);
      return Utf8(piece.substr(0, cut)) + Letters(Read(piece.substr(cut)));
    });
    return made;
  }

  std::optional<Meant> Number(const std::u32string& name) {
    constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
    const std::size_t at = name.find(U'第');
    if (at == std::u32string::npos || at + 3 > name.size()) return std::nullopt;
    const std::size_t digit = kDigits.find(name[at + 1]);
    if (digit == std::u32string_view::npos) return std::nullopt;
    Meant meant;
    if (name.ends_with(U"医院") && Below(2) == 0) {
      meant.text = Utf8(name.substr(at + 1, 1)) + "院";
      meant.pieces = {name.substr(at, 2), U"医院"};
    } else {
      meant.text = "第" + std::to_string(digit) + Utf8(name.substr(at + 2, 2));
      meant.pieces = {name.substr(at, 4)};
    }
    return meant;
  }

  std::string Pinyin(std::string_view kind, Syllables syllables) {
    if (kind == "begun") {
      std::string& last = syllables.back();
      if (last.size() < 2) return "";
      last.resize(1 + Below(last.size() - 1));
    }
    if (kind == "toned") {
      const bool marks = Below(2) == 0;
      for (std::string& syllable : syllables) syllable = marks ? Marked(syllable) : syllable + static_cast<char>('1' + Below(4));
    }
    std::string out;
    for (const std::string& syllable : syllables) out += (kind == "spaced" && !out.empty() ? " " : "") + syllable;
    if (kind == "upper") {
      for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
    }
    if (kind == "wide") {
      std::string wide;
      for (const char c : out) AppendUtf8(wide, 0xFF41 + static_cast<char32_t>(c - 'a'));
      out = wide;
    }
    return out;
  }

  // A tone mark on the first vowel, any: searching knows no tones.
  std::string Marked(const std::string& syllable) {
    static const std::map<char, std::u32string> kMarks = {{'a', U"āáǎà"}, {'e', U"ēéěè"}, {'i', U"īíǐì"},
                                                          {'o', U"ōóǒò"}, {'u', U"ūúǔù"}, {'v', U"ǖǘǚǜ"}};
    std::string out;
    bool done = false;
    for (const char c : syllable) {
      const auto marks = kMarks.find(c);
      if (done || marks == kMarks.end()) {
        out += c;
      } else {
        AppendUtf8(out, marks->second[Below(4)]);
        done = true;
      }
    }
    return out;
  }

  std::string Polyphone(const std::u32string& piece) {
    Syllables syllables = Read(piece);
    bool other = false;
    for (std::size_t i = 0; i < piece.size() && !other; ++i) {
      if (const std::string second = Reading(piece[i], 1); !second.empty()) {
        syllables[i] = second;
        other = true;
      }
    }
    polyphone_ = syllables;
    return other ? Letters(syllables) : "";
  }

  std::string Traditional(std::u32string piece) {
    bool other = false;
    for (char32_t& code : piece) {
      if (const auto found = traditional_.find(code); found != traditional_.end()) {
        code = found->second;
        other = true;
      }
    }
    return other ? Utf8(piece) : "";
  }

  std::string Swap(std::u32string piece, bool same_sound) {
    char32_t& code = piece[Below(piece.size())];
    const std::u32string& choice = same_sound ? sounding_.at(Reading(code, 0)) : all_;
    const char32_t other = choice[Below(choice.size())];
    if (other == code || Reading(other, 0).empty()) return "";
    code = other;
    const bool correct = std::any_of(names_.begin(), names_.end(), [&](const auto& name) { return name.find(piece) != std::u32string::npos; });
    return correct ? "" : Utf8(piece);
  }

  // Are these letters a correct way to type a piece of some name, in full or with first letters?
  bool IsSound(const std::string& letters) const {
    return std::any_of(names_.begin(), names_.end(), [&](const std::u32string& name) {
      for (std::size_t at = 0; at < name.size(); ++at) {
        if (Begins(std::u32string_view(name).substr(at), letters, true)) return true;
      }
      return false;
    });
  }

  std::string WrongLetter(std::string letters, bool missing) {
    const std::size_t at = Below(letters.size());
    if (missing) {
      letters.erase(at, 1);
    } else {
      const char other = static_cast<char>('a' + Below(26));
      if (other == letters[at]) return "";
      letters[at] = other;
    }
    return IsSound(letters) ? "" : letters;
  }

  std::string NearSound(Syllables syllables) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kBegins = {
        {{"n", "l"}, {"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"f", "hu"}}};
    std::string& one = syllables[Below(syllables.size())];
    const std::string before = one;
    const std::size_t way = Below(7);
    if (way == 5 || way == 6) {
      const std::string_view vowel = way == 5 ? "in" : "en";
      if (one.ends_with(std::string(vowel) + "g")) {
        one.pop_back();
      } else if (one.ends_with(vowel)) {
        one += 'g';
      }
    } else {
      const auto& [a, b] = kBegins[way];
      if (one.starts_with(a) && !(a == "n" && one == "n")) {
        one = std::string(b) + one.substr(a.size());
        if (b == "hu" && one.starts_with("huu")) one.erase(1, 1);  // fu is hu
        if (one == "huei") one = "hui";
        if (one == "huen") one = "hun";
      } else if (one.starts_with(b) && (b == "l" || b == "hu" || one[1] != 'h')) {
        const std::string rest = one.substr(b.size());
        one = b == "hu" ? (rest.empty() ? "fu" : rest == "i" ? "fei" : rest == "n" ? "fen" : "f" + rest) : std::string(a) + rest;
      }
    }
    const std::string letters = Letters(syllables);
    return one == before || IsSound(letters) ? "" : letters;
  }

  const Language& language_;
  std::mt19937 random_;
  std::vector<std::u32string> names_;
  std::map<char32_t, Syllables> readings_;
  Syllables polyphone_;  // of the piece made last
  std::map<char32_t, char32_t> traditional_;
  std::map<std::string, std::u32string> sounding_;
  std::u32string all_;
};

}  // namespace

std::vector<AskedQuery> MakeQueries(const std::vector<Facility>& facilities, const Language& language, std::size_t each, std::uint32_t seed) {
  Maker maker(facilities, language, seed);
  std::vector<AskedQuery> out;
  for (const QueryKind& kind : kQueryKinds) {
    std::set<std::string> seen;
    for (std::size_t tries = 0; tries < each * 1000 && seen.size() < each; ++tries) {
      const auto meant = maker.Make(kind.name);
      if (meant && seen.insert(meant->text).second) out.push_back({std::string(kind.name), meant->text, maker.Right(*meant)});
    }
  }
  return out;
}

}  // namespace chuncheng
