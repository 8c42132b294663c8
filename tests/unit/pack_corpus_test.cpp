// The corpus of tests/pack: small changes to a small complete pack. Each in good/ must be accepted, each in bad/ refused with exactly its messages.
// A case is {"why":"…","edits":[…],"expect":[{"code","prints"}]}; an edit names a `file` of the base pack and one of
//   "at" (JSON pointer) with "set" or "remove":true;  "find" with "put" (text);  "new" (a whole document);  "gone":true.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <set>

#include "shared/benefits/check.h"
#include "shared/tools/files.h"
#ifdef CHUNCHENG_MESSAGES
#include "shared/tools/messages.h"
#endif

namespace chuncheng {
namespace {

const std::string kFolder = CHUNCHENG_SOURCE "/tests/pack";

std::string Str(const json::value& value) { return std::string(value.as_string()); }

std::vector<std::string> CaseNames(const std::string& kind) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder + "/" + kind)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

json::value ReadCase(const std::string& kind, const std::string& name) {
  const auto text = ReadFile(kFolder + "/" + kind + "/" + name + ".json");
  if (!text) return json::object();
  auto value = ParseJson(*text, name);
  EXPECT_TRUE(value) << kind << "/" << name << " is not JSON";
  return value ? *value : json::object();
}

const std::map<std::string, std::string>& Base() {
  static const auto texts = [] {
    Diagnostics out;
    auto read = ReadPackTexts(kFolder + "/base", out);
    EXPECT_TRUE(out.empty());
    return read;
  }();
  return texts;
}

// Sets or removes what `pointer` names; a missing last key and "-" (append) may be set.
bool Change(json::value& root, const std::string& pointer, const json::value* set) {
  const std::size_t last = pointer.rfind('/');
  if (last == std::string::npos) {
    if (set != nullptr) root = *set;
    return set != nullptr;
  }
  boost::system::error_code code;
  json::value* owner = root.find_pointer(pointer.substr(0, last), code);
  if (owner == nullptr) return false;
  const std::string key = pointer.substr(last + 1);
  if (auto* object = owner->if_object()) {
    if (set != nullptr) {
      (*object)[key] = *set;
      return true;
    }
    return object->erase(key) == 1;
  }
  auto* array = owner->if_array();
  if (array == nullptr) return false;
  if (key == "-" && set != nullptr) {
    array->push_back(*set);
    return true;
  }
  const std::size_t index = std::stoul(key);
  if (index >= array->size()) return false;
  if (set != nullptr) {
    (*array)[index] = *set;
  } else {
    array->erase(array->begin() + static_cast<std::ptrdiff_t>(index));
  }
  return true;
}

// The base pack's texts after a case's edits; an edit that finds nothing to change fails the test.
std::map<std::string, std::string> Edited(const json::value& one, const std::string& name) {
  auto texts = Base();
  for (const auto& item : one.at("edits").as_array()) {
    const auto& edit = item.as_object();
    const std::string file = Str(edit.at("file"));
    bool done = false;
    if (edit.contains("gone")) {
      done = texts.erase(file) == 1;
    } else if (const auto* fresh = edit.if_contains("new")) {
      done = !texts.contains(file);
      texts[file] = json::serialize(*fresh);
    } else if (edit.contains("find")) {
      std::string& text = texts[file];
      const std::string find = Str(edit.at("find"));
      const std::size_t at = text.find(find);
      done = at != std::string::npos && text.find(find, at + 1) == std::string::npos;
      if (done) text.replace(at, find.size(), Str(edit.at("put")));
    } else if (auto value = ParseJson(texts[file], file)) {
      done = Change(*value, Str(edit.at("at")), edit.contains("remove") ? nullptr : &edit.at("set"));
      texts[file] = json::serialize(*value);
    }
    EXPECT_TRUE(done) << name << ": this edit changes nothing: " << json::serialize(item);
  }
  return texts;
}

Diagnostics Problems(const json::value& one, const std::string& name) {
  Diagnostics out;
  const PackFiles files = ParsePack(Edited(one, name), out);
  if (!out.empty()) return out;
  const Pack pack = ReadPack(files, out);
  if (out.empty()) CheckPack(pack, files, out);
  return out;
}

// As `chuncheng check` prints it; without ICU (under wasm) only the place, which `prints` begins with.
std::string Printed(const Error& error) {
#ifdef CHUNCHENG_MESSAGES
  return Text(error);
#else
  std::string place = error.file;
  if (error.row != 0) place += ":" + std::to_string(error.row);
  if (!error.pointer.empty()) place += " " + error.pointer;
  return place + ": ";
#endif
}

bool Same(const Error& error, const json::value& expected) {
  const std::string prints = Str(expected.at("prints"));
  if (Name(error.code) != Str(expected.at("code"))) return false;
#ifdef CHUNCHENG_MESSAGES
  return Printed(error) == prints;
#else
  return prints.starts_with(Printed(error));
#endif
}

TEST(PackCorpus, TheBasePackIsAccepted) {
  const Diagnostics out = Problems(json::object{{"edits", json::array()}}, "base");
  for (const Error& error : out) ADD_FAILURE() << Name(error.code) << " " << Printed(error);
}

TEST(PackCorpus, GoodPacksAreAccepted) {
  const auto names = CaseNames("good");
  EXPECT_GE(names.size(), 10U);
  for (const std::string& name : names) {
    for (const Error& error : Problems(ReadCase("good", name), name)) ADD_FAILURE() << name << ": " << Name(error.code) << " " << Printed(error);
  }
}

TEST(PackCorpus, BadPacksAreRefusedWithExactlyTheirMessages) {
  const auto names = CaseNames("bad");
  EXPECT_GE(names.size(), 60U);
  for (const std::string& name : names) {
    const json::value one = ReadCase("bad", name);
    const auto& expected = one.at("expect").as_array();
    const Diagnostics out = Problems(one, name);
    EXPECT_FALSE(out.empty()) << name;
    EXPECT_EQ(out.size(), expected.size()) << name;
    for (std::size_t i = 0; i < std::max(out.size(), expected.size()); ++i) {
      const bool same = i < out.size() && i < expected.size() && Same(out[i], expected[i]);
      EXPECT_TRUE(same) << name << "\n  wanted: " << (i < expected.size() ? json::serialize(expected[i]) : "nothing more")
                        << "\n  got: " << (i < out.size() ? std::string(Name(out[i].code)) + " " + Printed(out[i]) : "nothing more");
    }
  }
}

TEST(PackCorpus, EveryCodeAPackCanRaiseHasABadPack) {
  // Raised by other inputs: profiles, calls, facility files, searches, snapshots, and by the writing of files.
  const std::set<std::string_view> elsewhere = {
      "file.write",        "profile.subject",  "request.shape",     "not.loaded",         "csv.syntax",     "csv.header",        "csv.columns",
      "csv.value",         "text.encoding",    "query.long",        "database.bad",       "snapshot.hash",  "snapshot.file",     "internal",
      "subject.unknown",   "batch.shape",      "scale.unknown",     "scale.score",        "snapshot.older", "signature.missing", "signature.bad",
      "key.bad",           "file.exists",      "facility.outside",  "facility.duplicate", "facility.phone", "facility.beds",     "facility.synthetic",
      "neighbour.unknown", "facility.unknown", "text.untranslated", "text.stale"};
  std::set<std::string> shown;
  for (const std::string& name : CaseNames("bad")) {
    const json::value one = ReadCase("bad", name);
    for (const auto& expected : one.at("expect").as_array()) shown.insert(Str(expected.at("code")));
  }
  for (ErrorCode code : AllErrorCodes()) {
    const std::string name(Name(code));
    EXPECT_NE(elsewhere.contains(name), shown.contains(name)) << name << ": no case in tests/pack/bad shows it, or one does and it is listed here";
  }
}

}  // namespace
}  // namespace chuncheng
