// chuncheng: the native command line of the core.
#include <cstdio>
#include <exception>

#include "shared/tools/commands.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

int Run(int argc, char** argv) {
  CLI::App app(Text("cli.about"), "chuncheng");
  app.set_version_flag("--version", CHUNCHENG_VERSION);
  app.set_help_flag("-h,--help", Text("cli.help"));
  app.require_subcommand(1);
  app.footer(Text("cli.exit_codes"));
  int exit = 0;
  AddCheck(app, exit);
  AddBuild(app, exit);
  AddKeys(app, exit);
  AddExport(app, exit);
  AddCoverage(app, exit);
  AddReview(app, exit);
  AddEval(app, exit);
  AddAdvise(app, exit);
  AddEstimate(app, exit);
  AddScore(app, exit);
  AddExplain(app, exit);
  AddTimeline(app, exit);
  AddDiff(app, exit);
  AddStale(app, exit);
  AddSearch(app, exit);
  AddGenerate(app, exit);
  AddRule(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return exit;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  try {
    return chuncheng::Run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, a broken pipe: libraries throw what we do not
    std::fputs(error.what(), stderr);
    return chuncheng::kInputErrors;
  }
}
