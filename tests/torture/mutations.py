"""Files that the program reads, one of every format, and ways to damage them."""

import dataclasses
import pathlib
import shutil


@dataclasses.dataclass
class Format:
    """A good file, and a command that reads it: the word FILE in its arguments stands for the file."""

    name: str
    path: pathlib.Path
    arguments: list
    tries: int = 12  # in each round


def formats(folder, root):
    """A new format that the program reads belongs here."""
    golden, data = root / "tests" / "golden", root / "data"
    claims = folder / "claims.yaml"
    claims.write_text((golden / "claims.yaml").read_text(encoding="utf-8").replace("../../scenarios", str(root / "scenarios")), encoding="utf-8")
    shutil.copy(golden / "country.yaml", folder / "country.yaml")
    article = folder / "article.yaml"
    article.write_text((golden / "article.yaml").read_text(encoding="utf-8").replace("../../scenarios", str(root / "scenarios")), encoding="utf-8")
    few = folder / "few-attempts.csv"
    few.write_bytes(b"".join((data / "attempts.csv").read_bytes().splitlines(keepends=True)[:20]))
    cam = folder / "cam.csv"  # made by the attack
    draws = next(data.glob("posterior-*.nc"))
    run = ["run", folder / "country.yaml", "--replicates", "16", "--until", "seizure"]
    return [
        Format("country", golden / "country.yaml", ["check", "FILE"], 30),
        Format("country, run", golden / "country.yaml", ["run", "FILE", "--replicates", "4", "--until", "seizure", "--theta", "default"]),
        Format("claims", claims, ["claims", "FILE", "--replicates", "2", "--theta", "default"]),
        Format("article", article, ["article", "FILE", "--runs", "4", "--replicates", "2", "--theta", "default"], 4),
        Format("dataset", cam, ["record", "import", "FILE", "--record", folder / "mutated.db"]),
        Format("attempts", few, ["score", "--attempts", "FILE", "--replicates", "16"], 4),
        Format("draws", draws, [*run, "--theta", "FILE"]),
    ]


def mutate(content, chance):
    """A copy with one to four kinds of damage, more often small ones."""
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4])):
        if not damaged:
            break
        place = chance.randrange(len(damaged))
        kind = chance.randrange(6)
        if kind == 0:  # other bits
            damaged[place] ^= 1 << chance.randrange(8)
        elif kind == 1:  # other bytes
            some = min(chance.choice([1, 2, 4, 8, 64]), len(damaged) - place)
            damaged[place:place + some] = chance.randbytes(some)
        elif kind == 2:  # cut off
            del damaged[place:]
        elif kind == 3:  # a piece left out
            del damaged[place:place + chance.choice([1, 10, 1000])]
        elif kind == 4:  # a piece twice, or many times
            piece = damaged[place:place + chance.choice([1, 10, 100])]
            damaged[place:place] = piece * chance.choice([1, 2, 100])
        else:  # what means something somewhere
            damaged[place:place] = chance.choice([b"\0", b"\xff\xff\xff\xff", b"\n", b"\"", b"{", b"- [", b"1e999", b"-", b"nan", b"\x1b[31m", b"\xc2\x9b", b"&a *a"])
    return bytes(damaged)
