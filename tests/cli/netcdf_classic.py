"""netCDF classic files, read and written after the specification and nothing else (Unidata, NetCDF Classic Format Specification), so that
the program's reader and writer are tested against something that is not theirs."""

import struct

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8}
LETTERS = {1: "b", 3: "h", 4: "i", 5: "f", 6: "d"}


class Reader:
    """Dimensions as {name: size}, text attributes as {name: text}, variables as {name: (dimension names, rows of numbers)}."""

    def __init__(self, content):
        self.content, self.at = content, 4
        if content[:3] != b"CDF" or content[3] not in (1, 2):
            raise ValueError("not netCDF classic")
        self.wide = content[3] == 2
        self.number()
        names = [(self.text(), self.number()) for _ in range(self.list_of(10))]
        self.dimensions = dict(names)
        self.attributes = dict(self.attribute() for _ in range(self.list_of(12)))
        self.variables = {}
        for _ in range(self.list_of(11)):
            name = self.text()
            over = [names[self.number()] for _ in range(self.number())]
            for _ in range(self.list_of(12)):
                self.attribute()
            kind, _, begin = self.number(), self.number(), self.number("Q" if self.wide else "I")
            count = 1
            for _, size in over:
                count *= size
            if begin + count * SIZES[kind] > len(content):
                raise ValueError(f"{name} is cut off")
            flat = struct.unpack_from(f">{count}{LETTERS[kind]}", content, begin)
            width = over[-1][1]
            self.variables[name] = ([dimension for dimension, _ in over], [list(flat[row:row + width]) for row in range(0, count, width)])

    def number(self, letter="I"):
        self.at += struct.calcsize(letter)
        return struct.unpack_from(">" + letter, self.content, self.at - struct.calcsize(letter))[0]

    def block(self, size):
        self.at += (size + 3) // 4 * 4
        return self.content[self.at - (size + 3) // 4 * 4:][:size]

    def text(self):
        return self.block(self.number()).decode("utf-8")

    def list_of(self, tag):
        found, length = self.number(), self.number()
        if found != (tag if length else 0):
            raise ValueError(f"tag {found} where {tag} is expected")
        return length

    def attribute(self):
        name, kind, count = self.text(), self.number(), self.number()
        return name, self.block(count * SIZES[kind])


def written(variables, attributes=(), kind=5, version=1):
    """Bytes of a file. `variables`: {name: (dimension names, rows of numbers)}."""
    sizes = {}
    for over, rows in variables.values():
        sizes.update(zip(over, (len(rows), len(rows[0])), strict=True))
    names = list(sizes)

    def number(value, letter="I"):
        return struct.pack(">" + letter, value)

    def text(value):
        value = value.encode("utf-8")
        return number(len(value)) + value + bytes(-len(value) % 4)

    def list_of(tag, entries):
        return number(tag if entries else 0) + number(len(entries)) + b"".join(entries)

    values = {name: struct.pack(f">{len(rows) * len(rows[0])}{LETTERS[kind]}", *(value for row in rows for value in row)) for name, (_, rows) in variables.items()}

    def header(begin):
        entries = []
        for name, (over, _) in variables.items():
            entries.append(text(name) + number(len(over)) + b"".join(number(names.index(of)) for of in over) + list_of(12, []) + number(kind) +
                           number(len(values[name])) + number(begin, "I" if version == 1 else "Q"))
            begin += len(values[name])
        return (b"CDF" + bytes([version]) + number(0) + list_of(10, [text(name) + number(size) for name, size in sizes.items()]) +
                list_of(12, [text(name) + number(2) + text(value) for name, value in attributes]) + list_of(11, entries))

    return header(len(header(0))) + b"".join(values.values())
