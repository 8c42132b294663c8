#include "shared/tools/review/html.h"

namespace chuncheng {

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string Say(std::string_view key, const TextArgs& args) { return Escape(Text(key, args)); }

std::string Count(std::int64_t value) { return Say("review.number", {{"value", std::to_string(value)}}); }

std::string YuanFigure(std::int64_t fen) { return Say("review.number", {{"value", Yuan(fen)}}); }

std::string Document(std::string_view title, std::string_view body, std::string_view style) {
  std::string out = "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + Escape(title) + "</title>\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += style.empty() ? "<link rel=\"stylesheet\" href=\"review.css\">" : "<style>\n" + std::string(style) + "</style>";
  out += "\n</head>\n<body>\n";
  out += body;
  out += "</body>\n</html>\n";
  return out;
}

}  // namespace chuncheng
