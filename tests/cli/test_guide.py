"""docs/guide.md, as somebody does it who has only the docs: every command of it, in a folder of its own."""

import os
import pathlib
import re
import subprocess
import unittest

from support import PROGRAM, ROOT, ProgramTest, environment


class Guide(ProgramTest):
    def test_everything_can_be_typed_as_it_stands(self):
        text = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
        blocks = re.findall(r"(?ms)^```(sh|yaml)\n(.*?)^```", text)
        self.assertGreater(len(blocks), 5)
        path = f"{pathlib.Path(PROGRAM).parent}:{os.environ['PATH']}"
        said = ""
        for language, block in blocks:
            if language == "yaml":
                name = re.match(r"# (\S+)\n", block).group(1)
                self.write(block, name)
                continue
            # Fewer futures than a reader has the patience for; that is all that is changed.
            block = re.sub(r"(?m)^(interregnum (?:run|compare|sweep|sensitivity|claims) .*?)(?: --replicates \d+)?$", r"\1 --replicates 64", block)
            result = subprocess.run(["bash", "-eu", "-c", block], cwd=self.folder, capture_output=True, text=True, timeout=280, env=environment(PATH=path, XDG_DATA_HOME=os.fspath(self.folder)))
            self.assertEqual((result.returncode, result.stderr), (0, ""), block)
            said += result.stdout
        self.assertIn("niger-colonel.yaml: good", said)
        for name in ["niger.html", "niger-compare.html", "niger-claims.html"]:
            self.assertGreater((self.folder / name).stat().st_size, 100_000)
        changed = (self.folder / "niger-colonel.yaml").read_text(encoding="utf-8")
        for value in ["A colonel, by word of mouth", "400..600", "mean: 0.65"]:
            self.assertIn(value, changed)


if __name__ == "__main__":
    unittest.main()
