#include "report/coverage_html.hpp"

#include <algorithm>
#include <vector>

#include "policy/parse.hpp"
#include "report/coverage_paint.hpp"
#include "report/escape.hpp"
#include "report/html_parts.hpp"
#include "report/test_words.hpp"

namespace policysim::report {
namespace {

using gate::CoverageReport;
using gate::PolicyCoverage;
using gate::Ratio;

constexpr std::size_t kMostPainted = 700'000;  // bytes of painted sources
constexpr std::size_t kMostListed = 200;       // gaps of one policy

// What the page's own style does not have. Its palette tells apart without red and green, and each
// colour has a glyph and a line of its own.
constexpr std::string_view kStyle = R"css(<style>
.cov{--cov-y:#0b5c8a;--cov-p:#946000;--cov-n:#b3003c;--cov-x:#5c6777;--cov-yb:#e3f1fa;--cov-pb:#fbefcf;
--cov-nb:#fdecf1;--cov-xb:#eef1f5;--cov-line:var(--line,#dde2e9)}
@media(prefers-color-scheme:dark){.cov{--cov-y:#7cc4f2;--cov-p:#f0c05a;--cov-n:#ff7a9c;--cov-x:#97a3b4;
--cov-yb:#12303f;--cov-pb:#3a2f10;--cov-nb:#3a1722;--cov-xb:#222a35;--cov-line:var(--line,#2c3542)}}
.cov-num{white-space:nowrap;font-variant-numeric:tabular-nums}
.cov .list th:first-child,.cov .list td:first-child{min-width:8em}
.cov-bar{display:block;width:100%;min-width:7rem;height:6px;border-radius:3px;background:var(--cov-line);
overflow:hidden;margin-top:3px}
.cov-bar i{display:block;height:100%;background:var(--cov-y)}
.cov-legend .cov-m{margin-right:14px;padding:1px 6px}
.cov-gaps{margin:0;padding:10px 16px 10px 34px;list-style:none}
.cov-gaps li{text-indent:-18px}
.cov-scroll{overflow-x:auto;border-top:1px solid var(--cov-line)}
.cov-src{border-collapse:collapse;width:100%;font-size:13px;line-height:1.55}
.cov-src td{padding:0 10px;vertical-align:top;border-left:4px solid transparent}
.cov-src td:nth-child(1){text-align:right;color:var(--cov-x);user-select:none;width:1%}
.cov-src td:nth-child(2){width:1%;font-weight:700;padding:0;text-align:center}
.cov-src td:nth-child(3){color:var(--cov-x);width:21em;min-width:12em;font-size:12px}
.cov-src code{white-space:pre-wrap;overflow-wrap:anywhere;font-size:1em}
.cov-src .cov-y td:last-child{border-left-color:var(--cov-y)}
.cov-src .cov-p td:last-child{border-left-color:var(--cov-p)}
.cov-src .cov-n td:last-child{border-left-color:var(--cov-n);background:var(--cov-nb)}
.cov-src .cov-x td:last-child{border-left-color:var(--cov-x);background:var(--cov-xb)}
.cov-m{border-radius:3px;border-bottom:2px solid}
.cov-m.cov-y{background:var(--cov-yb);border-color:var(--cov-y)}
.cov-m.cov-p{background:var(--cov-pb);border-color:var(--cov-p);border-bottom-style:dashed}
.cov-m.cov-n{background:var(--cov-nb);border-color:var(--cov-n);border-bottom-style:double}
.cov-m.cov-x{background:none;border-color:var(--cov-x);border-bottom-style:dotted}
.cov .cov-ty{color:var(--cov-y)}.cov .cov-tn{color:var(--cov-n)}.cov .cov-tx{color:var(--cov-x)}
@media(max-width:700px){.cov-src,.cov-src tbody{display:block}
.cov-src tr{display:flex;flex-wrap:wrap}.cov-src td:nth-child(1),.cov-src td:nth-child(2){width:3em}
.cov-src td:nth-child(3){flex:1;width:auto}.cov-src td:nth-child(4){flex:0 0 100%}}
</style>
)css";

constexpr std::string_view kLegend =
    "<p class=\"cov-legend\"><span class=\"cov-m cov-y\">✓ every outcome occurs</span> "
    "<span class=\"cov-m cov-p\">◐ some outcomes are missing</span> "
    "<span class=\"cov-m cov-n\">✗ nothing of it occurs</span> "
    "<span class=\"cov-m cov-x\">– excluded</span></p>\n";

// "✓ 12 of 12 (100 %)".
std::string ratio_html(const Ratio& ratio) {
  const bool complete = ratio.complete();
  return "<span class=\"" + std::string(complete ? "cov-ty" : "cov-tn") + "\">" +
         (complete ? "✓" : "✗") + "</span> " + ratio_words(ratio);
}

std::string bar(const Ratio& ratio) {
  const std::uint64_t percent = ratio.total == 0 ? 100 : ratio.hit * 100 / ratio.total;
  return "<span class=\"cov-bar\"><i style=\"width:" + std::to_string(percent) + "%\"></i></span>";
}

class CoverageHtml {
 public:
  explicit CoverageHtml(const CoverageReport& coverage) : coverage_(coverage) {}

  std::string render() {
    out_ = "<section id=\"coverage\" class=\"cov\">\n";
    out_ += kStyle;
    out_ += "<h2>Coverage<small>how much of the policies the tests reach</small></h2>\n";
    index();
    out_ += kLegend;
    choose_painted();
    for (std::size_t i = 0; i < coverage_.policies.size(); ++i) policy(i);
    out_ += "</section>\n";
    return std::move(out_);
  }

 private:
  // The run in the first row, then the policies.
  void index() {
    out_ +=
        "<div class=\"card\"><div class=\"body\"><div class=\"scroll\"><table class=\"list\">\n"
        "<thead><tr><th scope=\"col\">policy</th>";
    for (const NamedRatio& row : coverage_ratios(coverage_)) {
      out_ += "<th scope=\"col\">" + std::string(row.name) + "</th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
    cells("<b>all</b>", coverage_);
    for (std::size_t i = 0; i < coverage_.policies.size(); ++i) {
      const PolicyCoverage& policy = coverage_.policies[i];
      cells("<a href=\"#cov-" + std::to_string(i) + "\">" + escape_markup(policy.name) +
                "</a> <small class=\"dim\">" + std::string(policy::type_name(policy.type)) +
                "</small>",
            gate::ratios_of(policy));
    }
    out_ += "</tbody></table></div></div></div>\n";
  }

  void cells(const std::string& name, const gate::CoverageRatios& ratios) {
    out_ += "<tr><td>" + name + "</td>";
    for (const Ratio& ratio : {ratios.statements, ratios.conditions, ratios.elements,
                               ratios.variables, ratios.effects}) {
      out_ += "<td class=\"cov-num\">" + (ratio.total == 0 ? "–" : ratio_html(ratio) + bar(ratio)) +
              "</td>";
    }
    out_ += "</tr>\n";
  }

  std::vector<const Uncovered*> gaps_of(const PolicyCoverage& policy) const {
    std::vector<const Uncovered*> out;
    for (const Uncovered& gap : gaps_) {
      if (gap.policy == &policy) out.push_back(&gap);
    }
    return out;
  }

  // Sources with gaps first, as many as fit.
  void choose_painted() {
    gaps_ = list_uncovered(coverage_);
    painted_.resize(coverage_.policies.size());
    std::size_t room = kMostPainted;
    for (const bool with_gaps : {true, false}) {
      for (std::size_t i = 0; i < painted_.size(); ++i) {
        if (gaps_of(coverage_.policies[i]).empty() == with_gaps) continue;
        std::string rows = paint_source(coverage_.policies[i], room);
        room -= rows.size();
        painted_[i] = std::move(rows);
      }
    }
  }

  void policy(std::size_t number) {
    const PolicyCoverage& policy = coverage_.policies[number];
    const std::vector<const Uncovered*> gaps = gaps_of(policy);
    const gate::CoverageRatios ratios = gate::ratios_of(policy);
    out_ += "<details class=\"card\" id=\"cov-" + std::to_string(number) + "\"" +
            (gaps.empty() ? "" : " open") + "><summary><b>" + escape_markup(policy.name) +
            "</b> <small>" + escape_markup(policy.file) + "</small> · statements " +
            ratio_html(ratios.statements) +
            (ratios.conditions.total == 0 ? "" : " · conditions " + ratio_html(ratios.conditions)) +
            "</summary>\n";
    list(policy, gaps);
    if (painted_[number].empty()) {
      out_ += "<p>The source is not shown: the page would be too large.</p>\n";
    } else {
      out_ += "<div class=\"cov-scroll\"><table class=\"cov-src\">\n" + painted_[number] +
              "</table></div>\n";
    }
    out_ += "</details>\n";
  }

  void list(const PolicyCoverage& policy, const std::vector<const Uncovered*>& gaps) {
    std::string items;
    for (std::size_t i = 0; i < std::min(gaps.size(), kMostListed); ++i) {
      items += entry("cov-tn", "✗", policy, gaps[i]->range, gaps[i]->words);
    }
    if (gaps.size() > kMostListed) {
      items += "<li>… and " + std::to_string(gaps.size() - kMostListed) + " more</li>\n";
    }
    for (const gate::StatementCoverage& statement : policy.statements) {
      if (statement.excluded.empty()) continue;
      items += entry(
          "cov-tx", "–", policy, statement.range,
          statement_words(statement.sid, statement.index) + " is excluded: " + statement.excluded);
    }
    if (!items.empty()) out_ += "<ul class=\"cov-gaps\">\n" + items + "</ul>\n";
  }

  static std::string entry(std::string_view style, std::string_view glyph,
                           const PolicyCoverage& policy, const gate::SourceRange& range,
                           const std::string& words) {
    return "<li><span class=\"" + std::string(style) + "\">" + std::string(glyph) +
           "</span> <code>" + escape_markup(policy.file) + ":" + std::to_string(range.line) + ":" +
           std::to_string(range.column) + "</code> " + html::words(words) + "</li>\n";
  }

  const CoverageReport& coverage_;
  std::vector<Uncovered> gaps_;
  std::vector<std::string> painted_;
  std::string out_;
};

}  // namespace

std::string render_coverage_html_section(const CoverageReport& coverage) {
  return CoverageHtml(coverage).render();
}

}  // namespace policysim::report
