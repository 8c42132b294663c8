#include "shared/rules/rule.h"

#include "shared/rules/compile.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

void Flatten(const json::value& value, const std::string& name, Schema& schema, std::vector<Interval>& answers) {
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      const std::string key(member.key().data(), member.key().size());
      Flatten(member.value(), name.empty() ? key : name + "." + key, schema, answers);
    }
    return;
  }
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      Flatten((*array)[i], (name.empty() ? "" : name + ".") + std::to_string(i), schema, answers);
    }
    return;
  }
  if (name.empty() || schema.fact_index.contains(name)) return;
  Fact fact;
  fact.name = name;
  if (const auto* flag = value.if_bool()) {
    fact.type = {Kind::Bool, 0};
    fact.range = Interval::Of(*flag ? 1 : 0);
  } else if (const auto* number = value.if_int64()) {
    fact.type = {Kind::Int, kNoUnit};
    fact.range = Interval::Of(*number);
  } else if (const auto* text = value.if_string()) {
    const auto day = ParseDay({text->data(), text->size()});
    if (day) {
      fact.type = {Kind::Date, 0};
      fact.range = Interval::Of(*day);
    } else {
      auto& words = schema.domains[static_cast<std::size_t>(schema.text_domain)].values;
      words.emplace_back(text->data(), text->size());
      fact.type = {Kind::Enum, schema.text_domain};
      fact.range = Interval::Of(*ReadValue(value, fact.type, schema, nullptr));
    }
  } else {
    return;
  }
  answers.push_back(fact.range);
  schema.AddFact(std::move(fact));
}

}  // namespace

Result<json::value> EvaluateRule(const json::value& request, std::string_view file) {
  Diagnostics out;
  const Node root(request, std::string(file), out);
  if (!root.Object({"rule", "data", "trace"})) return out.front();
  const auto rule = root.At("rule");
  if (!rule || !out.empty()) return out.front();
  Schema schema;
  schema.rule_mode = true;
  schema.fact_index.clear();  // no as_of here: data may hold a key of that name
  schema.text_domain = 0;
  schema.domains.push_back({{}, false, true});
  std::vector<Interval> answers = {Interval::Of(0)};
  schema.facts[kAsOf].range = answers[0];
  if (const auto data = root.Maybe("data")) Flatten(data->value(), "", schema, answers);
  const auto program = Compile(*rule, schema, std::nullopt);
  if (!program) return out.empty() ? Error{ErrorCode::Internal, std::string(file), "/rule", 0, {}} : out.front();
  std::vector<Interval> trace(program->code.size());
  const Interval value = Evaluate(*program, answers, {}, trace.data());
  json::object result;
  result["value"] = WriteValue(value.lo, program->type, schema);
  const auto* wanted = request.get_object().if_contains("trace");
  if (wanted != nullptr && wanted->is_bool() && wanted->get_bool()) {
    json::array steps;
    for (std::size_t i = 0; i < trace.size(); ++i) {
      if (program->code[i].argc == 0) continue;
      json::object step;
      step["at"] = program->pointers[program->code[i].pointer];
      step["value"] = trace[i].lo;
      steps.push_back(std::move(step));
    }
    result["trace"] = std::move(steps);
  }
  return json::value(std::move(result));
}

}  // namespace chuncheng
