// Escaping for each sink, and texts that must not grow.
#include "report/escape.hpp"

#include <gtest/gtest.h>

#include <string>

#include "report/capped_text.hpp"
#include "report/xml_writer.hpp"

namespace policysim::report {
namespace {

TEST(Escape, Markup) {
  EXPECT_EQ(escape_markup("<a b='c' d=\"e\">&amp;]]>"),
            "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;]]&gt;");
  EXPECT_EQ(escape_markup("\x01\n\xFF\xE2\x80\xAE"), "\\x01\\x0A\\xFF\\u{202E}");
  EXPECT_EQ(escape_markup("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"),
            "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Escape, Markdown) {
  EXPECT_EQ(escape_markdown("a|b"), "a&#124;b");
  EXPECT_EQ(escape_markdown("<b>`*_[x](y)"), "&#60;b&#62;&#96;&#42;&#95;&#91;x&#93;&#40;y&#41;");
  EXPECT_EQ(escape_markdown("@all"), "&#64;&#8203;all");
  EXPECT_EQ(escape_markdown("a\nb"), "a&#92;x0Ab");
  EXPECT_EQ(escape_markdown("é ok-1"), "é ok-1");
}

TEST(Escape, Command) {
  EXPECT_EQ(escape_command("a%b\r\n::error::c,d", false), "a%25b%0D%0A::error::c,d");
  EXPECT_EQ(escape_command("a:b,c%", true), "a%3Ab%2Cc%25");
}

TEST(Escape, CodeInBackTicks) {
  EXPECT_EQ(mark_code("a `b<` c", escape_markup), "a <code>b&lt;</code> c");
  EXPECT_EQ(mark_code("a ` c", escape_markup), "a ` c");
  EXPECT_EQ(mark_code("", escape_markup), "");
}

TEST(Escape, CutsWholeCodePoints) {
  EXPECT_EQ(cut_text("éàü", 3), "éàü");
  EXPECT_EQ(cut_text("éàü", 2), "éà…");
  EXPECT_EQ(cut_text("\xFF\xFF\xFF", 1), "\xFF…");
}

TEST(CappedText, LeavesOutWholePiecesAndClosesWhatIsOpen) {
  CappedText text(20);
  EXPECT_TRUE(text.add("12345"));
  EXPECT_TRUE(text.open("<a>", "</a>"));  // eight are left
  EXPECT_FALSE(text.add("123456789"));
  EXPECT_FALSE(text.open("<bbbb>", "</b>"));
  EXPECT_FALSE(text.add("x"));  // within what is left out
  text.close();
  EXPECT_TRUE(text.add("12345678"));
  text.close();
  EXPECT_EQ(text.omitted(), 2U);
  EXPECT_EQ(text.take(), "12345<a>12345678</a>");
}

TEST(XmlWriter, Writes) {
  std::string out;
  XmlWriter xml(out);
  xml.open("a").attribute("b", "<\"").attribute("n", 3U);
  xml.open("c").close();
  xml.open("d").text("x\n&y").close();
  xml.close();
  EXPECT_EQ(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&lt;&quot;\" n=\"3\">\n <c/>\n"
            " <d>x\n&amp;y</d>\n</a>\n");
}

}  // namespace
}  // namespace policysim::report
