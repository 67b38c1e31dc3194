#include "report/html_page.hpp"

#include "policysim/version.hpp"
#include "report/escape.hpp"

namespace policysim::report {
namespace {

// Decisions are blue and orange, which all people can tell apart; each cell has a glyph as well.
// What failed is marked by a frame, whatever was decided.
constexpr std::string_view kStyle = R"css(
:root{--bg:#f6f7f9;--card:#fff;--ink:#1c2430;--dim:#5c6777;--line:#dde2e9;--soft:#eef1f5;
--fail:#b3003c;--failbg:#fdecf1;--ok:#0b5c8a;--okbg:#e3f1fa;
--a:#cfe6f7;--at:#0b4a75;--x:#fbd6bb;--xt:#7d3300;--i:#f4ecd0;--it:#665300;--c:#ead7f3;--ct:#5a2774;
--e:#2a2f38;--et:#fff;--ins:#e2f0fb;--del:#fde6d8}
@media(prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2029;--ink:#e4e9f0;--dim:#97a3b4;
--line:#2c3542;--soft:#222a35;--fail:#ff7a9c;--failbg:#3a1722;--ok:#7cc4f2;--okbg:#12303f;
--a:#123f5e;--at:#b5dfff;--x:#5c2c0d;--xt:#ffcaa3;--i:#3d3617;--it:#ecdd9d;--c:#432650;--ct:#e8c8f7;
--e:#e4e9f0;--et:#12161c;--ins:#12303f;--del:#43230f}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",
Roboto,"Helvetica Neue",sans-serif}
header,main,footer{max-width:1180px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h1 .g{display:inline-grid;place-items:center;width:1.35em;height:1.35em;margin-right:.4em;
border-radius:50%;color:#fff;background:var(--ok);font-size:.8em;vertical-align:.08em}
.bad h1 .g{background:var(--fail)}
@media(prefers-color-scheme:dark){h1 .g{color:#12161c}}
h2{font-size:19px;margin:40px 0 12px}
h2 small{font-weight:400;color:var(--dim);font-size:14px;margin-left:8px}
h3{font-size:13px;color:var(--dim);font-weight:600;margin:20px 0 6px}
.body>h3:first-child{margin-top:0}
code,pre,.heat td,.mark{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",
monospace}
code{font-size:.92em;overflow-wrap:anywhere}
a{color:var(--ok)}
:focus-visible{outline:2px solid var(--ok);outline-offset:2px}
.bar{display:flex;height:12px;border-radius:6px;overflow:hidden;margin:18px 0 14px;gap:2px}
.bar i{min-width:4px}
.passed i,.bar .passed{background:var(--ok)}.failed i,.bar .failed{background:var(--fail)}
.errored i,.bar .errored{background:var(--ink)}.skipped i,.bar .skipped{background:var(--dim)}
.todo i,.bar .todo{background:#8e5ba8}.not_run i,.bar .not_run{background:var(--line)}
.tiles{display:flex;flex-wrap:wrap;gap:10px;list-style:none;margin:0;padding:0}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:8px 16px;
color:var(--dim)}
.tiles b{display:block;font-size:22px;line-height:1.2;color:var(--ink)}
.tiles i{display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:6px}
nav{margin:18px 0 0;display:flex;flex-wrap:wrap;gap:4px 18px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 12px}
.card>summary,.card>.body{padding:12px 16px}
.card>.body{border-top:1px solid var(--line)}
.fail{border-left:4px solid var(--fail)}
summary{cursor:pointer;overflow-wrap:anywhere}
summary small,.dim{color:var(--dim)}
.pill{display:inline-block;white-space:nowrap;border-radius:999px;padding:1px 10px;font-size:13px;background:var(--soft)}
.pill.bad{background:var(--failbg);color:var(--fail);font-weight:600}
.pill.ok{background:var(--okbg);color:var(--ok)}
.versus{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin-bottom:12px}
.versus div{border-radius:8px;padding:8px 12px;background:var(--okbg);overflow-wrap:anywhere}
.versus .is{background:var(--failbg)}
.versus span{display:block;font-size:12px;color:var(--dim)}
@media(max-width:700px){.versus{grid-template-columns:1fr}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
figure{margin:14px 0 0;border:1px solid var(--line);border-radius:8px;overflow:hidden}
figcaption{padding:5px 12px;background:var(--soft);font-size:13px;color:var(--dim)}
pre{margin:0;padding:10px 12px;overflow-x:auto;font-size:13px;line-height:1.5}
pre .n{display:inline-block;min-width:3ch;margin-right:14px;color:var(--dim);text-align:right;
user-select:none}
pre .ins{background:var(--ins);display:inline-block;min-width:100%}
pre .del{background:var(--del);display:inline-block;min-width:100%}
.scroll{overflow:auto;max-height:85vh}
table{border-collapse:collapse}
.list{width:100%}
.list th{font-size:12px;color:var(--dim);font-weight:600;text-align:left}
.list th,.list td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
.list td{overflow-wrap:anywhere;min-width:8em}
.list td:first-child{min-width:0}
.list tr:last-child td{border-bottom:0}
.body details{margin-top:14px}
.cells{columns:3 260px;margin:6px 0 0;padding:0;list-style:none;font-size:13px}
.heat{border-collapse:separate;border-spacing:2px;font-size:13px}
.heat th{font-weight:500;text-align:left;padding:3px 8px;background:var(--card)}
.heat tbody th{white-space:nowrap;vertical-align:top}
.heat thead th{vertical-align:bottom;color:var(--dim)}
.heat thead .val{color:var(--ink);text-align:center}
.heat thead tr:last-child th{position:sticky;top:0;z-index:1}
.heat .v span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.heat .dim{font-size:12px;text-align:center;border-bottom:2px solid var(--line)}
.heat td{text-align:center;min-width:64px;height:28px;padding:2px 6px;border-radius:4px;
white-space:nowrap}
.heat td a{color:inherit;text-decoration:none;display:block}
.heat td small{display:block;font-size:11px;font-weight:400;line-height:1.2}
.a{background:var(--a);color:var(--at)}.x{background:var(--x);color:var(--xt)}
.i{background:var(--i);color:var(--it)}.c{background:var(--c);color:var(--ct)}
.e{background:var(--e);color:var(--et)}.g0{background:var(--soft);color:var(--dim)}
.heat .bad{box-shadow:inset 0 0 0 2.5px var(--fail);font-weight:700}
.heat .at{outline:2px solid var(--ink);outline-offset:-1px}
.heat th.hot{color:var(--ink);background:var(--soft)}
.maps{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}
.maps .card{max-width:100%;margin:0}
.mark{display:inline-block;min-width:2.4em;text-align:center;border-radius:4px;padding:0 6px}
.legend{display:flex;flex-wrap:wrap;gap:6px 16px;font-size:13px;color:var(--dim);margin:0 0 14px;
padding:0;list-style:none}
.meter{display:inline-block;width:160px;height:8px;border-radius:4px;background:var(--line);
overflow:hidden;vertical-align:1px;margin-right:10px}
.meter i{display:block;height:100%;background:var(--ok)}
.tools{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 12px}
.tools input,.tools button{font:inherit;color:inherit;background:var(--card);
border:1px solid var(--line);border-radius:8px;padding:5px 12px}
.tools button{cursor:pointer}.tools button[aria-pressed=true]{background:var(--ink);color:var(--bg)}
#about{position:sticky;bottom:0;margin:0;padding:8px 16px;background:var(--card);z-index:2;
border:1px solid var(--line);border-radius:10px 10px 0 0;font-size:13px;min-height:38px}
#about:empty{display:none}
footer{padding:40px 24px;color:var(--dim);font-size:13px}
[hidden]{display:none!important}
)css";

// Comfort only: what is failed alone, a filter, and what stands behind a cell. Its text is taken
// from the page, never made into markup. The policy of the page names the script by its hash, so
// that no other script can run in it.
constexpr std::string_view kScript = R"js(
(function(){"use strict";
var doc=document;
function make(tag,text){var e=doc.createElement(tag);if(text)e.textContent=text;return e}
var matrices=doc.getElementById("matrices");
if(matrices){
var tools=make("div");tools.className="tools";
var find=make("input");find.type="search";find.placeholder="Filter rows";
find.setAttribute("aria-label","Filter rows of all matrices");
var only=make("button","Only mismatches");only.type="button";
only.setAttribute("aria-pressed","false");
tools.append(find,only);
matrices.querySelector("h2").after(tools);
var tables=Array.from(matrices.querySelectorAll("table.heat"));
// A cell of a head may span rows: each row knows all its words.
tables.forEach(function(t){var open=[];Array.from(t.tBodies[0].rows).forEach(function(r){
open=open.filter(function(o){return o.left-->0});
Array.from(r.cells).forEach(function(c){if(c.tagName==="TH"&&c.rowSpan>1)
open.push({left:c.rowSpan-1,text:c.textContent})});
r.words=(open.map(function(o){return o.text}).join(" ")+" "+r.textContent).toLowerCase();
r.head=open.map(function(o){return o.text})})});
var apply=function(){var word=find.value.toLowerCase(),bad=only.getAttribute("aria-pressed")==="true";
tables.forEach(function(t){var any=false;t.classList.toggle("cut",bad||word!=="");
Array.from(t.tBodies[0].rows).forEach(function(r){
var keep=(!bad||r.querySelector(".bad"))&&r.words.indexOf(word)>=0;
Array.from(r.cells).forEach(function(c){if(c.tagName==="TD")c.style.opacity=keep?"":".12"});
any=any||keep});
t.closest("details").hidden=!any})};
find.addEventListener("input",apply);
only.addEventListener("click",function(){
only.setAttribute("aria-pressed",only.getAttribute("aria-pressed")==="true"?"false":"true");apply()});
var about=make("p");about.id="about";about.setAttribute("aria-live","polite");matrices.append(about);
var at=null;
var show=function(td){if(at)at.classList.remove("at");
doc.querySelectorAll("th.hot").forEach(function(h){h.classList.remove("hot")});
at=td;if(!td){about.textContent="";return}
td.classList.add("at");
var row=td.parentNode,table=row.closest("table"),heads=table.tHead.rows,last=heads[heads.length-1];
var own=Array.from(row.cells).filter(function(c){return c.tagName==="TD"}).indexOf(td);
var values=Array.from(last.cells).filter(function(c){return c.classList.contains("val")});
var words=row.head.concat(Array.from(row.cells).filter(function(c){
return c.tagName==="TH"&&c.rowSpan===1}).map(function(c){return c.textContent}));
if(values[own]){values[own].classList.add("hot");words.push(values[own].title||values[own].textContent)}
var link=td.querySelector("a"),group=link&&doc.getElementById(link.hash.slice(1));
about.textContent=words.join(" · ")+": "+
(group?group.querySelector("summary small").textContent:td.title||td.textContent)};
matrices.addEventListener("mouseover",function(e){var td=e.target.closest("table.heat td");
if(td&&td!==at)show(td)});
tables.forEach(function(t){t.closest(".scroll").addEventListener("keydown",function(e){
var step={ArrowLeft:[0,-1],ArrowRight:[0,1],ArrowUp:[-1,0],ArrowDown:[1,0]}[e.key];
if(e.key==="Enter"&&at&&t.contains(at)){var link=at.querySelector("a");if(link)link.click();return}
if(!step)return;
var rows=Array.from(t.tBodies[0].rows).map(function(r){return Array.from(r.cells).filter(
function(c){return c.tagName==="TD"})});
var y=at&&t.contains(at)?rows.findIndex(function(r){return r.indexOf(at)>=0}):-1;
var x=y<0?0:rows[y].indexOf(at)+step[1];y=y<0?0:y+step[0];
if(rows[y]&&rows[y][x]){show(rows[y][x]);rows[y][x].scrollIntoView({block:"nearest",inline:"nearest"})}
e.preventDefault()})})}
// A link to what is folded unfolds it.
function unfold(){var id=decodeURIComponent(location.hash.slice(1)),e=id&&doc.getElementById(id);
if(e)for(var d=e;d;d=d.parentElement)if(d.tagName==="DETAILS")d.open=true}
addEventListener("hashchange",unfold);unfold();
})();
)js";

constexpr std::string_view kScriptHash = "sha256-A6rSnNbIQPTeduoi5VkIDhOwJydRJrtt+oyRtPtFp9s=";

}  // namespace

std::string html_page_begin(std::string_view title) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; script-src '" +
      std::string(kScriptHash) + "'\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  out += "<title>" + escape_markup(title) + "</title>\n";
  return out + "<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
}

std::string html_page_end() {
  return "<footer>policysim " + escape_markup(version()) + "</footer>\n<script>" +
         std::string(kScript) + "</script>\n</body>\n</html>\n";
}

}  // namespace policysim::report
