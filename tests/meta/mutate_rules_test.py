"""Runs tools/dev/mutate_rules on a small project of which it is known what its test misses."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "tools" / "dev" / "mutate_rules"
sys.dont_write_bytecode = True
loader = SourceFileLoader("mutate_rules", str(TOOL))
mutate_rules = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutate_rules", loader))
sys.modules["mutate_rules"] = mutate_rules  # dataclasses look themselves up
loader.exec_module(mutate_rules)

RULE = """#include <initializer_list>
namespace policysim::services {
constexpr bool even(int n) { return n % 2 == 0; }
static_assert(even(2));
bool allowed(int role, bool owner) {
  if (role < 0) return false;
  for (int step : {1, 2}) {
    if (step == role) return true;
  }
  for (const bool owners : {false, true}) {
    if (owners == owner && role == 9) return owners;
  }
  switch (role) {
    case 7:
      return owner;
    default:
      break;
  }
  return even(role) && owner;
}
}  // namespace policysim::services
"""

# A negative role is never tried, and neither is a role of two that owns nothing.
TEST = """namespace policysim::services { bool allowed(int, bool); }
int main() {
  using policysim::services::allowed;
  const bool good = allowed(1, false) && allowed(7, true) && !allowed(7, false) &&
                    allowed(4, true) && !allowed(4, false) && !allowed(5, true) &&
                    allowed(9, true);
  return good ? 0 : 1;
}
"""

FILES = {
    "src/services/rule.cpp": RULE,
    "tests/conformance/test.cpp": TEST,
    "tests/conformance/CMakeLists.txt":
        "add_executable(conformance test.cpp ../../src/services/rule.cpp)\n"
        "target_include_directories(conformance PRIVATE ../../src)\n"
        "add_test(NAME conformance COMMAND conformance)\n"
        "set_tests_properties(conformance PROPERTIES LABELS conformance)\n",
    "CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.25)\nproject(small LANGUAGES CXX)\n"
        "set(CMAKE_CXX_STANDARD 20)\nenable_testing()\nadd_subdirectory(tests/conformance)\n",
}
NEGATIVE = "src/services/rule.cpp | allowed | drop-then | role < 0"
EQUIVALENT = NEGATIVE + "\n    No caller has a negative role.\n"


@unittest.skipUnless(shutil.which("clang++"), "clang++ reads the conditions")
class MutateRules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def run_tool(self, *options: str) -> tuple[int, list[str]]:
        run = subprocess.run([str(TOOL), "--root", str(self.root), "--jobs", "2", *options],
                             capture_output=True, text=True, check=False)
        return run.returncode, (run.stdout + run.stderr).splitlines()

    def test_lists_every_condition_and_branch(self):
        code, lines = self.run_tool("--list")
        self.assertEqual(0, code)
        kinds = sorted(line.split("  ")[2] for line in lines)
        self.assertEqual(["drop-case"] * 2 + ["drop-else"] * 3 + ["drop-loop"] * 2 +
                         ["drop-operand"] * 4 + ["drop-then"] * 3 + ["negate"] * 5, kinds)

    def test_names_what_no_test_finds(self):
        code, lines = self.run_tool()
        self.assertEqual(1, code)
        # The default does nothing, so that dropping it does not matter either.
        survivors = {line.split("  (id")[0] for line in lines if "(id" in line}
        self.assertEqual({"src/services/rule.cpp:6  drop-then  role < 0",
                          "src/services/rule.cpp:16  drop-case  default:"}, survivors)
        self.assertEqual("19 mutants, 17 found, 0 equivalent, 2 survive", lines[-1])
        self.explained()
        self.entries_that_are_wrong()

    def explained(self):
        self.write("tools/dev/mutate_rules.equivalent",
                   EQUIVALENT + "src/services/rule.cpp | allowed | drop-case | default:\n    Empty.\n")
        code, lines = self.run_tool()
        self.assertEqual((0, "19 mutants, 17 found, 2 equivalent, 0 survive"), (code, lines[-1]))

    def entries_that_are_wrong(self):
        self.write("tools/dev/mutate_rules.equivalent", EQUIVALENT +
                   "src/services/rule.cpp | allowed | negate | role < 0\n    Wrong.\n"
                   "src/services/rule.cpp | gone | negate | role\n    Long gone.\n"
                   "src/services/rule.cpp | allowed | drop-case | default:\n")
        code, lines = self.run_tool()
        text = "\n".join(lines)
        self.assertEqual(1, code)
        self.assertIn("found by a test, so not equivalent: src/services/rule.cpp | allowed | negate", text)
        self.assertIn("no such mutant: src/services/rule.cpp | gone", text)
        self.assertIn("no reason given: src/services/rule.cpp | allowed | drop-case", text)

    def test_keys_do_not_depend_on_the_place(self):
        before = {m.key() for m in mutate_rules.mutants_of(self.root)}
        self.write("src/services/rule.cpp", "\n\n" + RULE.replace("role < 0", "role <  0"))
        self.assertEqual(before, {m.key() for m in mutate_rules.mutants_of(self.root)})

    def test_demands_tests_that_pass(self):
        self.write("tests/conformance/test.cpp", TEST.replace("good ? 0 : 1", "good ? 1 : 0"))
        code, lines = self.run_tool()
        self.assertEqual(1, code)
        self.assertIn("the tests fail without any mutant", lines[-1])


if __name__ == "__main__":
    unittest.main()
