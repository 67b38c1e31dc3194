// Policies as AWS prints them: the document within the output of a command.
#pragma once

#include <string>

#include "policysim/result.hpp"
#include "text/node.hpp"
#include "text/source.hpp"
#include "world/file_source.hpp"

namespace policysim::world {

// The document within `root`, which is returned as it is when no command prints it so. A document
// that is printed as text is read; its spans lie in the outer source, through JSON escapes and
// percent-encoding. Fails when that text is no JSON.
Result<text::Node> unwrap(text::Node root, const text::SourceMap& sources);

// A document that stands within other output: an object as it is, text is read as above.
Result<text::Node> read_document(const text::Node& node, const text::SourceMap& sources);

// Reads a policy file and unwraps it. A path that ends in .json is read as JSON only. On failure
// the error's spans lie in the source that was added, if one was.
Result<text::Node> read_policy_file(text::SourceMap& sources, const std::string& path,
                                    FileSource& files = file_system());

}  // namespace policysim::world
