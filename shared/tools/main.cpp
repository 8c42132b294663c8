// chuncheng: the native command line of the core.
#include <iostream>

#include "shared/tools/commands.h"
#include "shared/tools/messages.h"

int main(int argc, char** argv) {
  using chuncheng::Text;
  CLI::App app(Text("cli.about"), "chuncheng");
  app.set_version_flag("--version", CHUNCHENG_VERSION);
  app.set_help_flag("-h,--help", Text("cli.help"));
  app.require_subcommand(1);
  app.footer(Text("cli.exit_codes"));
  int exit = 0;
  chuncheng::AddCheck(app, exit);
  chuncheng::AddEval(app, exit);
  chuncheng::AddRule(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : chuncheng::kWrongUse;
  }
  return exit;
}
