"""Files as hostile or careless hands leave them: any text with some of it lost, doubled, moved or replaced."""

from __future__ import annotations

from random import Random

RUBBISH = (
    b"",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"9" * 400,
    b'"',
    b"'",
    b"[" * 90,
    b"{" * 90,
    b"]}",
    b": ",
    b"- ",
    b"\t",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b'"\\ud800"',
    "\u202e\u2028".encode(),
    b"&a *a",
    b"<<: ",
    b"!!python/object:os.system ",
    b"x" * 5000,
)


def mutated(content: bytes, random: Random) -> bytes:
    """Return `content` after one to four accidents."""
    for _ in range(random.randint(1, 4)):
        content = _one_accident(content, random)
    return content


def _one_accident(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    to = min(len(content), at + random.choice((0, 1, 4, 60)))
    match random.randrange(5):
        case 0:
            return content[:at] + random.choice(RUBBISH) + content[to:]
        case 1:
            return content[:at] + content[to:]
        case 2:
            return content[:to] + content[at:]
        case 3:
            return content[:at] + bytes(byte ^ 1 << random.randrange(8) for byte in content[at:to]) + content[to:]
        case _:
            lines = content.splitlines(keepends=True)
            random.shuffle(lines[: random.randint(0, 3)])
            first, second = (random.randrange(max(1, len(lines))) for _ in range(2))
            if lines:
                lines[first], lines[second] = lines[second], lines[first]
            return b"".join(lines)
