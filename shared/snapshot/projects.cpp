#include "shared/snapshot/projects.h"

namespace chuncheng {

json::value PlanWithProjects(const PackFiles& files, const std::vector<Facility>& facilities, Diagnostics& out) {
  json::value plan = PublishedPlan(files);
  std::map<std::string_view, const Facility*> by_id;
  std::vector<std::string> known;
  for (const Facility& one : facilities) {
    by_id[one.id] = &one;
    known.push_back(one.id);
  }
  // What is no list of projects CheckPack reports.
  auto* projects = plan.is_object() ? plan.get_object().if_contains("projects") : nullptr;
  if (projects == nullptr || !projects->is_array()) return plan;
  for (std::size_t i = 0; i < projects->get_array().size(); ++i) {
    auto* project = projects->get_array()[i].if_object();
    const auto* id = project == nullptr ? nullptr : project->if_contains("facility");
    if (id == nullptr || !id->is_string()) continue;
    const std::string name(id->get_string());
    const auto found = by_id.find(name);
    if (found == by_id.end()) {
      out.push_back({ErrorCode::FacilityUnknown,
                     files.plan.name,
                     Join(Join("/projects", i), "facility"),
                     0,
                     {{"name", name}, {"suggest", Nearest(name, known)}}});
      continue;
    }
    const Facility& row = *found->second;
    for (const auto& [key, text] : {std::pair("name", &row.name), std::pair("type", &row.type), std::pair("district", &row.district),
                                    std::pair("operator", &row.op), std::pair("period", &row.period), std::pair("source", &row.source)}) {
      if (!text->empty()) (*project)[key] = *text;
    }
    if (row.beds) (*project)["beds"] = *row.beds;
    if (row.places) (*project)["places"] = *row.places;
  }
  return plan;
}

}  // namespace chuncheng
