#include "shared/search/matching.h"

#include <algorithm>

namespace chuncheng {
namespace {

constexpr unsigned kWayBits = 24;
constexpr unsigned kFieldBits = 12;
constexpr std::size_t kJoins = 9;     // ways to read a run of several scripts as one phrase
constexpr std::size_t kReadings = 3;  // of each of its pieces
constexpr int kSameSound = 1;         // the tier of Han characters that sound the same,
constexpr int kMixed = 1;             // and of syllables and first letters mixed
constexpr std::ptrdiff_t kFew = 5;
constexpr Cost kParted = 1;  // a step of exactness for words that need not stand together

bool Few(const std::vector<Cost>& rows) {
  return std::count_if(rows.begin(), rows.end(), [](Cost cost) { return cost != kNotThere; }) <= kFew;
}

// Costs of many terms must not run over into kNotThere.
Cost Plus(Cost a, Cost b) { return a > kNotThere - 1 - b ? kNotThere - 1 : a + b; }

}  // namespace

Cost CostOf(Way way, Field field, std::size_t begin, std::size_t length, std::size_t whole) {
  const Cost exact = begin > 0 ? 2 : length < whole ? 1 : 0;
  return static_cast<Cost>(way) << kWayBits | static_cast<Cost>(field) << kFieldBits | exact;
}

Way WayOf(Cost cost) { return static_cast<Way>(std::min<Cost>(cost >> kWayBits, static_cast<Cost>(Way::kTypo))); }

void Matching::Score(const std::vector<Phrase>& phrases, TermMatch& part, Scores& scores) const {
  auto give = [&](std::span<const std::uint32_t> rows, Cost cost) {
    if (scores.rows.empty()) scores.rows.assign(rows_, kNotThere);
    for (const std::uint32_t row : rows) {
      scores.any = scores.any || wanted_[row] != 0;
      scores.rows[row] = std::min(scores.rows[row], cost);
    }
  };
  // A group has many texts (all words of a type) and many rows: each row is given the best of them, once.
  std::vector<Cost> groups(index_.groups().size(), kNotThere);
  for (const Phrase& phrase : phrases) {
    bool used = false;
    index_.Find(phrase.pattern, [&](const Index::Text& text, std::uint32_t begin) {
      const Cost cost = CostOf(phrase.way, text.field, begin, phrase.pattern.size(), text.end - text.begin);
      if (text.group == Index::kNoGroup) {
        used = true;
        give(index_.rows(text), cost);
      } else if (!part.literal && !index_.groups()[text.group].empty()) {
        used = true;
        groups[text.group] = std::min(groups[text.group], cost);
      }
    });
    if (used) part.phrases.push_back(phrase);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != kNotThere) give(index_.groups()[i], groups[i]);
  }
}

// Terms one after another, with what they read as at this tier and below.
std::vector<Phrase> Matching::Joined(std::span<const Term* const> terms, int tier) {
  if (std::none_of(terms.begin(), terms.end(), [](const Term* term) { return term->piece.letters; })) {
    Piece piece;
    for (const Term* term : terms) piece.tokens.insert(piece.tokens.end(), term->piece.tokens.begin(), term->piece.tokens.end());
    return phrases_.Of(piece, tier);
  }
  std::vector<Phrase> out(1);
  for (const Term* term : terms) {
    // Many terms: the surest reading of each, and all of the last, which may be only begun.
    const std::size_t most = terms.size() > 2 && term != terms.back() ? 1 : kReadings;
    std::vector<Phrase> readings;
    for (int below = 0; below <= tier && readings.size() < most; ++below) {
      for (Phrase& phrase : phrases_.Of(term->piece, below)) {
        // Latin letters as such are rare in names; they would crowd out the readings.
        const bool latin = term->piece.letters && phrase.way == Way::kHan;
        if (!latin && readings.size() < most) readings.push_back(std::move(phrase));
      }
    }
    std::vector<Phrase> longer;
    for (const Phrase& before : out) {
      for (const Phrase& reading : readings) {
        if (longer.size() == kJoins) break;
        Phrase both{before.pattern, std::max(before.way, reading.way)};
        both.pattern.insert(both.pattern.end(), reading.pattern.begin(), reading.pattern.end());
        longer.push_back(std::move(both));
      }
    }
    out = std::move(longer);
  }
  return out;
}

// "关上食堂" for 关上中心区社区老年幸福食堂: two parts that stand apart, cut where the rows that have both match best.
bool Matching::Apart(const Term& term, Scores& scores, std::vector<TermMatch>& parts) {
  constexpr std::size_t kShortest = 2;
  const auto& tokens = term.piece.tokens;
  Cost best = kNotThere;
  for (std::size_t cut = kShortest; cut + kShortest <= tokens.size(); ++cut) {
    const auto middle = tokens.begin() + static_cast<std::ptrdiff_t>(cut);
    const Piece halves[] = {{{tokens.begin(), middle}, false}, {{middle, tokens.end()}, false}};
    std::vector<TermMatch> found(2);
    Scores each[2];
    for (std::size_t i = 0; i < 2; ++i) {
      found[i].literal = term.literal;
      Score(phrases_.Of(halves[i], 0), found[i], each[i]);
      if (!each[i].any) break;
    }
    if (!each[0].any || !each[1].any) continue;
    Scores both;
    both.rows.assign(rows_, kNotThere);
    Cost least = kNotThere;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (each[0].rows[row] == kNotThere || each[1].rows[row] == kNotThere) continue;
      both.any = both.any || wanted_[row] != 0;
      both.rows[row] = Plus(static_cast<Cost>(Way::kApart) << kWayBits, Plus(each[0].rows[row], each[1].rows[row]));
      least = std::min(least, both.rows[row]);
    }
    if (!both.any || least >= best) continue;
    best = least;
    scores = std::move(both);
    parts = std::move(found);
  }
  return best != kNotThere;
}

RunMatch Matching::Match(const Run& run) {
  RunMatch out;
  std::vector<Scores> scores(run.size());
  std::vector<std::vector<TermMatch>> parts(run.size(), std::vector<TermMatch>(1));
  Scores joined;
  std::vector<const Term*> terms;
  for (std::size_t i = 0; i < run.size(); ++i) {
    parts[i][0].literal = run[i].literal;
    terms.push_back(&run[i]);
  }
  // What no column says cannot refuse a row.
  auto open = [&](std::size_t i) {
    if (!run[i].chip) return false;
    const std::string_view kind = chips_[*run[i].chip].kind;
    return kind == "owner" || (kind == "need" && !scores[i].any);
  };
  const bool letters = std::any_of(run.begin(), run.end(), [](const Term& term) { return term.piece.letters; });
  for (int tier = 0; tier < kTiers && !out.any; ++tier) {
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (scores[i].any || (run[i].chip && tier > 0)) continue;
      if (tier + 1 == kTiers && !run[i].piece.letters && Apart(run[i], scores[i], parts[i])) {
        if (run.size() == 1 && Few(scores[i].rows)) Score(phrases_.Of(run[i].piece, tier), out.joined, scores[i]);
        continue;
      }
      Score(phrases_.Of(run[i].piece, tier), parts[i][0], scores[i]);
    }
    if (run.size() > 1 && !joined.any) Score(Joined(terms, tier), out.joined, joined);
    // One word of the same sound is likelier than its pieces scattered ("儿童福利园" for 儿童福利院): it is asked at once, and these come after it.
    Cost scattered = 0;
    if (tier == 0 && run.size() > 1 && !joined.any && !letters) {
      Score(Joined(terms, kSameSound), out.joined, joined);
      if (joined.any) scattered = static_cast<Cost>(Way::kBegun) << kWayBits;
    }
    if (run.size() == 1 && scores[0].any && !open(0)) {
      // Syllables and first letters mixed are a guess as bold as a wrong letter: with few rows, those come after.
      if (tier == kMixed && run[0].piece.letters && Few(scores[0].rows)) Score(phrases_.Of(run[0].piece, kTiers - 1), parts[0][0], scores[0]);
      out.rows = std::move(scores[0].rows);
      out.any = true;
      break;
    }
    out.rows.assign(rows_, kNotThere);
    bool possible = true;  // every term has rows, or needs none
    for (std::size_t i = 0; i < run.size(); ++i) possible = possible && (!scores[i].rows.empty() || open(i));
    if (!possible && joined.rows.empty()) continue;
    for (std::size_t row = 0; row < rows_; ++row) {
      Cost sum = possible ? scattered : kNotThere;
      for (std::size_t i = 0; i < run.size() && sum != kNotThere; ++i) {
        const Cost one = scores[i].rows.empty() ? kNotThere : scores[i].rows[row];
        if (one != kNotThere) {
          sum = Plus(sum, one + (run.size() > 1 ? kParted : 0));
        } else if (!open(i)) {
          sum = kNotThere;
        }
      }
      if (!joined.rows.empty()) sum = std::min(sum, joined.rows[row]);
      out.rows[row] = sum;
      out.any = out.any || (sum != kNotThere && wanted_[row] != 0);
    }
    // Few rows with the pieces somewhere: the whole with one wrong character comes after them.
    if (out.any && !joined.any && !letters && run.size() > 1 && Few(out.rows)) {
      Score(Joined(terms, kTiers - 1), out.joined, joined);
      for (std::size_t row = 0; row < joined.rows.size(); ++row) out.rows[row] = std::min(out.rows[row], joined.rows[row]);
    }
  }
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (open(i)) out.open.push_back({*run[i].chip, std::move(scores[i].rows)});
    for (TermMatch& part : parts[i]) out.parts.push_back(std::move(part));
  }
  return out;
}

RunMatch Matching::Together(const std::vector<Run>& runs) {
  RunMatch out;
  std::vector<const Term*> terms;
  for (const Run& run : runs) {
    for (const Term& term : run) terms.push_back(&term);
  }
  Scores scores;
  Score(Joined(terms, 0), out.joined, scores);
  out.rows = std::move(scores.rows);
  out.any = scores.any;
  return out;
}

}  // namespace chuncheng
