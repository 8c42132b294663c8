// search.json: what people call things, and readings that ICU's one-reading-a-character table lacks.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {

struct FacilityType {
  std::string code;
  std::string name;
  std::vector<std::string> words;
};

struct Need {
  std::string code;
  std::string name;
  std::vector<std::string> words, types;  ///< `types`: facilities that are there for it
};

struct Vocabulary {
  std::vector<FacilityType> types;
  std::vector<Need> needs;
  std::map<std::string, std::vector<std::string>> phrases;  ///< words that filter by themselves or only join others (shared/search/understand.h)
  std::map<std::string, std::u32string> readings;           ///< syllable → characters
};

/// Errors: those of reading JSON, EnumValue for a type that does not exist.
Vocabulary ReadVocabulary(const Node& root);

}  // namespace chuncheng
