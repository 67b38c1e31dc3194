#include <gtest/gtest.h>

#include <string>

#include "text/source.hpp"

namespace policysim::text {
namespace {

Diagnostic diagnostic_at(std::uint32_t begin, std::uint32_t end) {
  Diagnostic diagnostic;
  diagnostic.rule = "PS1101";
  diagnostic.message = "unknown element `Efect`";
  diagnostic.span = {0, begin, end};
  return diagnostic;
}

std::string rendered(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  SourceMap sources;
  sources.add("p.json", text);
  return render(diagnostic_at(begin, end), sources);
}

TEST(Render, ExcerptCaretAndHelp) {
  SourceMap sources;
  sources.add("p.json", "{\n  \"Efect\": \"Allow\"\n}\n");
  Diagnostic diagnostic = diagnostic_at(4, 11);
  diagnostic.help = "did you mean `Effect`?";
  diagnostic.related.push_back({0, 13, 20});
  EXPECT_EQ(render(diagnostic, sources),
            "p.json:2:3: error[PS1101]: unknown element `Efect`\n"
            "  2 |   \"Efect\": \"Allow\"\n"
            "    |   ^^^^^^^\n"
            "see also: p.json:2:12\n"
            "help: did you mean `Effect`?\n");
}

TEST(Render, Severities) {
  const SourceMap none;
  Diagnostic diagnostic = diagnostic_at(0, 0);
  const auto first_line = [&](Severity severity) {
    diagnostic.severity = severity;
    return render(diagnostic, none);
  };
  EXPECT_EQ(first_line(Severity::kError), "error[PS1101]: unknown element `Efect`\n");
  EXPECT_EQ(first_line(Severity::kSecurityWarning),
            "security warning[PS1101]: unknown element `Efect`\n");
  EXPECT_EQ(first_line(Severity::kWarning), "warning[PS1101]: unknown element `Efect`\n");
  EXPECT_EQ(first_line(Severity::kSuggestion), "suggestion[PS1101]: unknown element `Efect`\n");
}

TEST(Render, ColorsBySeverity) {
  SourceMap sources;
  sources.add("p", "abc");
  Diagnostic diagnostic = diagnostic_at(1, 2);
  EXPECT_EQ(render(diagnostic, sources, true),
            "p:1:2: \x1b[1;31merror[PS1101]\x1b[0m: unknown element `Efect`\n"
            "  1 | abc\n"
            "    |  \x1b[1;31m^\x1b[0m\n");
  std::string codes;
  for (const Severity severity :
       {Severity::kSecurityWarning, Severity::kWarning, Severity::kSuggestion}) {
    diagnostic.severity = severity;
    codes += render(diagnostic, sources, true).substr(9, 4);
  }
  EXPECT_EQ(codes, "1;351;331;36");
}

TEST(Render, EmptySpansGetOneCaret) {
  EXPECT_EQ(rendered("a:\nb: c", 2, 2),
            "p.json:1:3: error[PS1101]: unknown element `Efect`\n"
            "  1 | a:\n"
            "    |   ^\n");
  EXPECT_EQ(rendered("", 0, 0),
            "p.json:1:1: error[PS1101]: unknown element `Efect`\n"
            "  1 | \n"
            "    | ^\n");
  EXPECT_EQ(rendered("a\n", 900, 950),
            "p.json:2:1: error[PS1101]: unknown element `Efect`\n"
            "  2 | \n"
            "    | ^\n");
}

TEST(Render, SpansOfSeveralLinesAreMarkedOnTheFirst) {
  EXPECT_EQ(rendered("x: {\r\n}\r\n", 3, 7),
            "p.json:1:4: error[PS1101]: unknown element `Efect`\n"
            "  1 | x: {\n"
            "    |    ^\n");
}

TEST(Render, TabsAndControlsAndWideNumbers) {
  const std::string text = std::string(9, '\n') + "\t\x1b[31mé\x7F\"x\"";
  EXPECT_EQ(rendered(text, 18, 21),
            "p.json:10:9: error[PS1101]: unknown element `Efect`\n"
            "  10 |  \\x1B[31mé\\x7F\"x\"\n"
            "     |               ^^^\n");
  EXPECT_EQ(rendered("\xFF z", 0, 1),
            "p.json:1:1: error[PS1101]: unknown element `Efect`\n"
            "  1 | \\xFF z\n"
            "    | ^^^^\n");
}

TEST(Render, LongLinesAreShownAroundTheCaret) {
  const std::string text = std::string(300, 'a') + "BAD" + std::string(300, 'c');
  EXPECT_EQ(rendered(text, 300, 303),
            "p.json:1:301: error[PS1101]: unknown element `Efect`\n"
            "  1 | ..." +
                std::string(40, 'a') + "BAD" + std::string(74, 'c') +
                "...\n"
                "    | " +
                std::string(43, ' ') + "^^^\n");
  EXPECT_EQ(rendered(text, 0, 600),
            "p.json:1:1: error[PS1101]: unknown element `Efect`\n"
            "  1 | " +
                std::string(120, 'a') +
                "...\n"
                "    | " +
                std::string(120, '^') + "\n");
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "ü";
  std::string shown;
  for (int i = 0; i < 40; ++i) shown += "ü";
  EXPECT_EQ(rendered(umlauts + "!", 400, 401),
            "p.json:1:201: error[PS1101]: unknown element `Efect`\n"
            "  1 | ..." +
                shown +
                "!\n"
                "    | " +
                std::string(43, ' ') + "^\n");
}

TEST(Render, UserTextIsEscaped) {
  SourceMap sources;
  sources.add("p\x1b[2J", "x");
  Diagnostic diagnostic = diagnostic_at(0, 1);
  diagnostic.message = "bad `\x07`";
  diagnostic.help = "try `\u202E`";
  EXPECT_EQ(render(diagnostic, sources),
            "p\\x1B[2J:1:1: error[PS1101]: bad `\\x07`\n"
            "  1 | x\n"
            "    | ^\n"
            "help: try `\\u{202E}`\n");
}

TEST(EscapeTerminal, WhatATerminalOrReaderCouldMistake) {
  EXPECT_EQ(escape_terminal("plain ü 😀"), "plain ü 😀");
  EXPECT_EQ(escape_terminal("# ##[stop-commands]x ###vso[y] ##"),
            "# \\x23#[stop-commands]x #\\x23#vso[y] ##");
  EXPECT_EQ(escape_terminal("\t\n\x1b\x7F"), "\\x09\\x0A\\x1B\\x7F");
  EXPECT_EQ(escape_terminal("\u0085\u009b"), "\\u{0085}\\u{009B}");
  EXPECT_EQ(escape_terminal("\u202a\u2066\u200f\u061c"), "\\u{202A}\\u{2066}\\u{200F}\\u{061C}");
  EXPECT_EQ(escape_terminal("\u2028\u200b\ufeff\u00ad"), "\\u{2028}\\u{200B}\\u{FEFF}\\u{00AD}");
  EXPECT_EQ(escape_terminal("\U000E0041"), "\\u{E0041}");
  EXPECT_EQ(escape_terminal("a\xFFz\xC3"), "a\\xFFz\\xC3");
  EXPECT_EQ(escape_terminal(std::string_view("\0", 1)), "\\x00");
}

}  // namespace
}  // namespace policysim::text
