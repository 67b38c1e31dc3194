"""Plants one fault of each kind into an empty tree and looks whether check_layers.py names it."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "dev"))
sys.dont_write_bytecode = True
import check_layers  # noqa: E402


def violations(files: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return "\n".join(check_layers.Check(root).run())


class CheckLayers(unittest.TestCase):
    def finds(self, what: str, name: str, text: str):
        self.assertIn(what, violations({name: text}))

    def test_accepts_what_is_allowed(self):
        allowed = {
            "src/policy/a.cpp": '#include "policy/a.hpp"\n#include "text/b.hpp"\n#include <vector>\n',
            "src/eval/a.cpp": '#include "catalog/keys.hpp"\n#include "policysim/decision.hpp"\n',
            "src/compile/attach_world.cpp": '#include "world/data.hpp"\n',
            "src/text/yaml_reader.cpp": "#include <yaml-cpp/yaml.h>\n",
            "include/policysim/a.hpp": '#include <string>\n#include "policysim/b.hpp"\n',
        }
        self.assertEqual("", violations(allowed))

    def test_ranks(self):
        self.finds("base (rank 0) includes text", "src/base/a.cpp", '#include "text/b.hpp"\n')
        self.finds("includes catalog (rank 1)", "src/text/a.cpp", '#include "catalog/b.hpp"\n')
        self.finds("has no rank", "src/extra/a.cpp", '#include "base/b.hpp"\n')

    def test_narrow_folders(self):
        self.finds("eval must not see policy", "src/eval/a.cpp", '#include "policy/ast.hpp"\n')
        self.finds("only attach_world", "src/compile/a.cpp", '#include "world/data.hpp"\n')
        self.finds("reference evaluator must not see values", "tests/reference/a.cpp",
                   '#include "values/glob.hpp"\n')

    def test_public_headers(self):
        name = "include/policysim/a.hpp"
        self.finds("public header includes text", name, '#include "text/b.hpp"\n')
        self.finds("public header includes <nlohmann", name, "#include <nlohmann/json.hpp>\n")

    def test_libraries(self):
        self.finds("belongs to src/text", "src/world/a.cpp", "#include <yaml-cpp/yaml.h>\n")

    def test_sizes(self):
        self.finds("longer than 600", "src/base/a.cpp", "\n" * 601)
        self.finds("command longer than 150", "tools/policysim/cmd_x.cpp", "\n" * 151)
        core = {f"src/{folder}/{i}.cpp": "x;\n" * 500 for folder in ("text", "eval") for i in range(10)}
        self.assertIn("the core has 10000", violations(core))

    def test_words(self):
        self.finds("path of one machine", "docs/a.md", "see /ho" + "me/ann/file\n")
        self.finds("left-over mark", "src/base/a.cpp", "// TO" + "DO later\n")


if __name__ == "__main__":
    unittest.main()
