#!/usr/bin/env python3
"""核验 gongkai 登记链的导出文件。 Verify an exported gongkai register chain.

    python3 verify_gongkai_register.py 导出文件.jsonl --checkpoint 核验点.txt [--lang en]

只用 Python 3.9 以上自带的标准库，不联网，不写文件。退出码：0 相符，1 不相符，2 不能核验。
Python 3.9 or later alone; nothing is written. Exit: 0 it fits, 1 not, 2 unclear. docs/verifying.md
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NUMBERED = ("register.entered", "register.corrected")  # rows that take a serial number
GENESIS, LONGEST_LINE, SHOWN = "0" * 64, 1 << 26, 20
ROW = {"type", "seq", "prev", "hash", "kind", "subject", "at", "commitment", "algorithm", "payload"}

# --- words: key, Chinese | English -----------------------------------------------------------
TABLE = """
fits        结论：相符 | Result: it fits
differs     结论：不相符 | Result: it does not fit
unclear     结论：不能核验。{0} | Result: it cannot be checked. {0}
rows        单位（导出文件自称）：{0}；登记链：{1}行，末行摘要值 {2} | Office (so the export says): {0}. Chain: {1} rows, hash of the last row {2}
payloads    内容：已核对{0}行，未附{1}行，依规清除{2}行；所附核验点{3}个 | Contents: {0} checked, {1} not included, {2} lawfully erased; checkpoints included: {3}
confirmed   自存核验点 {0}：第1行至第{1}行与制作核验点时相同 | Your checkpoint {0}: rows 1 to {1} are what they were when it was made
key         签名公钥指纹：{0} | Fingerprint of the signing key: {0}
serial      {0}年文件序号：1至{1}，无缺号 | Serial numbers of {0}: 1 to {1}, no gap
problems    不相符之处共{0}处（最多列出20处）： | What does not fit, {0} in all (20 shown at most):
unproven    本次没有核验、不能说明的： | What was not checked or is not shown:
line        文件第{0}行读不懂、次序不对或者多了内容 | line {0} of the file cannot be read, is out of order or holds more than it should
end         文件结尾缺失、与内容不一致或者其后还有内容：文件不完整，或者导出后有改动 | the end is missing, does not fit, or more follows: incomplete, or changed after the export
header      文件开头所记的行数、首行、末行与登记链不一致 | number of rows, first or last row are not what the head of the file says
missing     第{0}行：应在此处的行缺失，或者有行多出、换了位置 | row {0}: the row that belongs here is missing, or rows were added or moved
link        第{0}行：与上一行衔接不上，此处有行被换、被删或者被改 | row {0}: does not continue the row before; a row was replaced, deleted or changed
row         第{0}行：与其摘要值不一致，该行有改动 | row {0}: it was changed, its hash does not fit
payload     第{0}行：所附内容不是当时登记的内容 | row {0}: the content included is not what was recorded
scope       第{0}行：内容附与不附，和导出范围不一致 | row {0}: content included or left out against the scope of the export
unrecorded  第{0}行：内容没有了，却没有清除记录 | row {0}: its content is gone without a record of its erasure
undone      第{0}行：有清除记录，却没有标为清除 | row {0}: recorded as erased, but not marked so
signature   核验点（第{0}行{1}）：签名不符 | checkpoint of row {0}{1}: wrong signature
rewritten   核验点（第{0}行{1}）：该行已不是当时的那一行，第1行至该行之间有改写 | checkpoint of row {0}{1}: the row is another one now; rows up to it were rewritten
tail        核验点（第{0}行{1}）：登记链到不了这一行，末尾有行丢失 | checkpoint of row {0}{1}: the chain ends before this row; its tail is lost
signer      核验点（第{0}行{1}）：属于另一条登记链，或者签名公钥不在公钥记录中 | checkpoint of row {0}{1}: of another chain, or signed with a key the records do not know
points      登记链记载的核验点、公钥与导出文件所附的不一致 | checkpoints and keys the chain records are not those the file includes
keys        第{0}行：公钥记录签名不符，或者与上一公钥衔接不上 | row {0}: the record of a key is wrongly signed or does not continue the one before
yours       所给公钥不在公钥记录中：不是同一单位，或者记录已被替换 | the key given is not in the records: another office, or replaced records
gap         {0}年文件序号缺第{1}号 | serial number {1} of {0} is missing
no_point    没有用自存的核验点：不能排除整条登记链被重写，或者末尾被截去 | no checkpoint of your own was used: a chain rewritten or cut short would look whole
before      第1行至第{0}行在最早的自存核验点（{1}）制作之前是否改过 | whether rows 1 to {0} were changed before your earliest checkpoint was made ({1})
after       第{0}行以后自存核验点管不到：末尾被截去或者重写不能发现 | rows after {0}: beyond your checkpoints; a cut or rewritten end is not found
no_key      签名公钥取自导出文件本身，没有与另行保存的公钥指纹比对 | the key comes from the export itself; no fingerprint kept elsewhere was given
replaced    第{0}行起换用的公钥没有经原公钥签名，请当面向该单位核对指纹 | the key from row {0} on was not signed by the one before: ask the office in person
left_out    未附内容的{0}行：只核验了行没有变，没有看到内容 | {0} rows without content: they did not change, but what they say was not seen
no_serial   文件序号是否连续：没有附带可核对的登记内容 | whether serial numbers have gaps: no register content to check is included
double      {0}年文件序号第{1}号登记了不止一次 | serial number {1} of {0} was given more than once
gap_hidden  {0}年文件序号缺第{1}号，可能在未附或者已清除内容的登记中 | serial number {1} of {0} is missing; it may be in content left out or erased
truth       所记是否真实、应记的是否都记了、所记时间是否准确 | whether what was recorded is true, whether all of it was, whether clocks were right
no_file     “{0}”打不开：{1} | {0} cannot be opened: {1}
algorithm   第{0}行所用算法本程序不认识：{1} | row {0} uses an algorithm this program does not know: {1}
no_sense    “{0}”读不懂：应当是登记链导出文件或者核验点文件 | {0} is neither an export of a gongkai chain nor a checkpoint
"""  # noqa: E501


class Unclear(Exception):
    """It cannot be checked; the arguments are a key of the table and its values."""


# --- signatures: Ed25519, RFC 8032, section 5.1.7 --------------------------------------------
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: Any, b: Any) -> Any:
    """The sum of two points, each (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Any) -> Any:
    """A point added to itself so many times."""
    if not number:
        return (0, 1, 1, 0)
    rest = times(number >> 1, add(point, point))
    return add(rest, point) if number & 1 else rest


def decoded(data: bytes) -> Any:
    """The point 32 bytes stand for; raises ``ValueError`` for bytes that stand for none."""
    sign, y = data[31] >> 7, int.from_bytes(data, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def signed_by(key: str, signature: str, text: str) -> bool:
    """Whether the owner of a public key signed a text."""
    try:
        public, sealed = bytes.fromhex(key), bytes.fromhex(signature)
        if (len(public), len(sealed)) != (32, 64):
            return False
        s = int.from_bytes(sealed[32:], "little")
        hashed = hashlib.sha512(sealed[:32] + public + text.encode("latin-1")).digest()
        left = times(s, decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
        step = times(int.from_bytes(hashed, "little") % ORDER, decoded(public))
        right = add(decoded(sealed[:32]), step)
    except ValueError:
        return False
    x, y = (left[at] * right[2] - right[at] * left[2] for at in (0, 1))
    return s < ORDER and x % P == 0 and y % P == 0


# --- reading ---------------------------------------------------------------------------------
def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object no key of which stands twice: two readers must not read two things."""
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return found


parsed = json.JSONDecoder(object_pairs_hook=once).decode
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def texts(found: Any, *names: str) -> list[str]:
    """Values that must be texts."""
    values = [found[name] for name in names]
    if set(map(type, values)) != {str}:
        raise ValueError("no text")
    return values


def digest_of(text: str, before: bytes = b"") -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(before + text.encode("utf-8", "surrogatepass")).hexdigest()


def lines_of(path: str) -> Iterator[bytes]:
    """The lines of a file, gzipped or not, with their line feeds."""
    try:
        with Path(path).open("rb") as file:
            stream: Any = gzip.GzipFile(fileobj=file) if file.peek(2)[:2] == b"\x1f\x8b" else file
            while line := stream.readline(LONGEST_LINE):
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield b"damaged"  # so that this is no end, whatever was read before
    except OSError as error:
        raise Unclear("no_file", path, error.strerror) from error


class Checkpoint:
    """A row number with its hash, or the first digits of it; signed where there is a text."""

    seq, digits, chain, key, at, fits = 0, "", "", "", "?", False

    def __init__(self, name: str, text: str | None = None, signature: str = "") -> None:
        self.name, self.text, self.signature = name, text, signature
        if text is not None:
            said = parsed(text)
            kind, self.digits, self.chain = texts(said, "format", "hash", "chain")
            self.key, self.at = texts(said, "key", "made_at")
            self.seq = said["seq"]
            if (kind, len(self.digits), type(self.seq)) != ("gongkai-checkpoint-1", 64, int):
                raise ValueError("no checkpoint")


def kept_points(given: str) -> Iterator[Checkpoint]:
    """The checkpoints in a file from the auditor's drawer, or one typed as NUMBER:DIGITS."""
    if typed := re.fullmatch(r"\s*(\d{1,18})[:：]((?:[0-9A-Fa-f][ -]*){32,64})", given):
        point = Checkpoint(given)
        point.seq, point.digits = int(typed[1]), re.sub("[ -]", "", typed[2]).lower()
        yield point
        return
    text = b"".join(lines_of(given)).decode("utf-8", "replace")
    try:
        for block in re.findall(r"BEGIN GONGKAI CHECKPOINT-----([^-]*)-----END", text) or [""]:
            inner = base64.b64decode("".join(block.split()), validate=True).decode("ascii")
            statement, signature = inner.removesuffix("\n").split("\n")
            yield Checkpoint(given, statement, signature)
    except UNREADABLE:
        raise Unclear("no_sense", given) from None


# --- checking --------------------------------------------------------------------------------
class Check:
    """One export, read once from its first line to its last."""

    def __init__(self, kept: list[Checkpoint]) -> None:
        self.problems: list[tuple[Any, ...]] = []  # keys of the table with their values
        self.wrong = self.problems.append
        self.kept, self.header = kept, dict[str, Any]()
        self.hashes: dict[int, str] = {point.seq: "" for point in kept}  # of rows with a checkpoint
        self.seq, self.prev, self.first = 0, GENESIS, ""
        self.given = self.left_out = self.hidden = 0
        self.erased, self.erasures, self.recorded, self.included = (set[int]() for _ in range(4))
        self.own, self.keys, self.replaced = list[Checkpoint](), list[str](), list[int]()
        self.serials, self.gaps = dict[int, Counter[int]](), dict[int, int]()

    def read(self, path: str) -> None:
        """Check every line, then what only shows at the end."""
        digest, number, end, last = hashlib.sha256(), 0, "", b""
        read_line = {"key": self.key, "checkpoint": self.point, "row": self.row}
        for last in lines_of(path):
            if last.startswith(b'{"lines":') and not end:
                end = f'{{"lines":{number},"sha256":"{digest.hexdigest()}","type":"end"}}\n'
                continue
            digest.update(last)
            number += 1
            try:
                found = parsed(last.decode("utf-8"))
                if number > 1:
                    read_line[found["type"]](found)
                elif found["format"] == "gongkai-chain-export-1":
                    self.header = found
            except UNREADABLE:
                self.wrong(("line", number))
        if not self.header:
            raise Unclear("no_sense", path)
        if last != end.encode():  # none, another one, or more after it
            self.wrong(("end",))
        self.finish()

    def key(self, found: dict[str, Any]) -> None:
        """A public key: signed by itself and, unless it is the first, by the one before."""
        statement, own, by_previous = texts(found, "statement", "own", "by_previous")
        kind, key, previous = texts(parsed(statement), "format", "key", "previous")
        bytes.fromhex(key)  # what is no key cannot be read
        fits = kind == "gongkai-key-1" and previous == (self.keys[-1] if self.keys else "")
        fits &= signed_by(key, own, statement)
        fits &= not by_previous or signed_by(previous, by_previous, statement)
        if previous and not by_previous:
            self.replaced.append(found["seq"])
        if not fits:
            self.wrong(("keys", found["seq"]))
        self.keys.append(key)
        self.included.add(found["seq"])

    def point(self, found: dict[str, Any]) -> None:
        """A checkpoint the office included; how it fits shows when its row is read."""
        point = Checkpoint("", *texts(found, "statement", "signature"))
        self.own.append(point)
        self.hashes[point.seq] = ""
        self.included.add(point.seq + 1)

    def row(self, found: dict[str, Any]) -> None:
        """One row: its place, its link to the row before, its hash, its content."""
        kind, subject, at, commitment, prev, digest, algorithm = texts(
            found, "kind", "subject", "at", "commitment", "prev", "hash", "algorithm"
        )
        seq = found["seq"]
        if type(seq) is not int or found.keys() != ROW:
            raise ValueError("no row")
        if algorithm != "gongkai-chain-1":
            raise Unclear("algorithm", seq, algorithm)
        if seq != self.seq + 1:
            self.wrong(("missing", self.seq + 1))
        if prev != self.prev:
            self.wrong(("link", seq))
        said = f"{algorithm}\n{seq}\n{prev}\n{kind}\n{subject}\n{at}\n{commitment}\n"
        if digest != digest_of(said):
            self.wrong(("row", seq))
        self.seq, self.prev, self.first = seq, digest, self.first or digest
        if seq in self.hashes:
            self.hashes[seq] = digest
        if kind == "payload.erased" and re.fullmatch(r"chain:\d{1,18}", subject):
            self.erasures.add(int(subject[6:]))
        elif kind == "checkpoint.made" or subject == "key:signing":
            self.recorded.add(seq)
        self.content(seq, kind, commitment, found["payload"])

    def content(self, seq: int, kind: str, commitment: str, payload: Any) -> None:
        """What stands beside a row: its content with the salt, or a word for its absence."""
        scope, register = self.header.get("payloads"), kind.startswith("register.")
        self.hidden += kind in NUMBERED and isinstance(payload, str)
        if payload == "erased":
            self.erased.add(seq)
        elif (payload != "left out") != (scope == "all" or (scope == "register" and register)):
            self.wrong(("scope", seq))
        self.left_out += payload == "left out"
        if payload in ("erased", "left out"):
            return
        salt, body = texts(payload, "salt", "body")
        found = digest_of(body, b"gongkai-payload-1\n" + bytes.fromhex(salt))
        if len(salt) != 32 or len(payload) != 2 or found != commitment:
            self.wrong(("payload", seq))
        self.given += 1
        entry = parsed(body)["data"] if kind in NUMBERED else {}
        year, serial = entry.get("year"), entry.get("serial")
        if type(year) is int and type(serial) is int and serial > 0:
            self.serials.setdefault(year, Counter())[serial] += 1

    def finish(self) -> None:
        """What only shows once every row has been seen."""
        head = [self.header.get(name) for name in ("rows", "head", "chain")]
        if head != [self.seq, self.prev, self.first]:
            self.wrong(("header",))
        for seq in sorted(self.erased ^ self.erasures):
            self.wrong(("unrecorded" if seq in self.erased else "undone", seq))
        if self.included != self.recorded:
            self.wrong(("points",))
        for point in self.own + self.kept:
            point.fits = self.hashes[point.seq].startswith(point.digits)
            if not point.fits:
                self.wrong(("tail" if point.seq > self.seq else "rewritten", point.seq, point.name))
            if point.text and not signed_by(point.key, point.signature, point.text):
                self.wrong(("signature", point.seq, point.name))
            elif point.text and (point.chain != self.first or point.key not in self.keys):
                self.wrong(("signer", point.seq, point.name))
            else:
                continue
            point.fits = False
        for year, found in sorted(self.serials.items()):
            self.problems += [("double", year, n) for n, given in found.items() if given > 1]
            if len(found) < max(found):
                self.gaps[year] = next(n for n in range(1, len(found) + 1) if n not in found)
        self.problems += [("gap", *gap) for gap in self.gaps.items() if not self.hidden]


# --- telling ---------------------------------------------------------------------------------
def fingerprint(key: str) -> str:
    """A public key for people to compare."""
    return " ".join(re.findall("....", hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]))


def checked(check: Check) -> Iterator[tuple[Any, ...]]:
    """What was looked at and what fits, as keys of the table with their values."""
    yield ("differs" if check.problems else "fits",)
    yield "rows", check.header.get("office"), check.seq, check.prev
    yield "payloads", check.given, check.left_out, len(check.erased), len(check.own)
    yield from (("key", fingerprint(key)) for key in check.keys[-1:])
    fitting = () if check.problems else check.kept
    yield from (("confirmed", point.name, point.seq) for point in fitting if point.fits)
    yield from (("serial", y, max(n)) for y, n in check.serials.items() if y not in check.gaps)


def unproven(check: Check, key_given: bool) -> Iterator[tuple[Any, ...]]:
    """What was not looked at, or what no check of this kind can show."""
    fitting = sorted((point.seq, point.at, point.key) for point in check.kept if point.fits)
    yield from [("before", *fitting[0][:2])] if fitting else [("no_point",)]
    yield from (("after", seq) for seq, _, _ in fitting[-1:] if seq < check.seq)
    yield from () if key_given or any(key for *_, key in fitting) else [("no_key",)]
    yield from (("replaced", seq) for seq in check.replaced)
    yield from [("left_out", check.left_out)] if check.left_out else ()
    yield from () if check.serials else [("no_serial",)]
    yield from (("gap_hidden", *gap) for gap in check.gaps.items() if check.hidden)
    yield ("truth",)


def main() -> int:
    """Check what the command line names; 0, 1 or 2."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("export", help="导出文件 the exported file")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE")
    parser.add_argument("--public-key", default="", metavar="HEX")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    asked = parser.parse_args()
    table = {row[:11].strip(): row[12:].split(" | ") for row in TABLE.strip().splitlines()}

    def words(key: str, *values: object) -> str:
        # What comes out of a file must not steer the terminal.
        safe = ("".join(c if c.isprintable() else "?" for c in str(value)) for value in values)
        return table[key][int(asked.lang == "en")].format(*safe)

    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        check = Check([point for given in asked.checkpoint for point in kept_points(given)])
        check.read(asked.export)
    except Unclear as why:
        print(words("unclear", words(*why.args)))
        return 2
    wanted = "".join(asked.public_key.split()).lower()
    if wanted and not any(wanted in (k, fingerprint(k).replace(" ", "")) for k in check.keys):
        check.wrong(("yours",))
    print(*(words(*line) for line in checked(check)), sep="\n")
    unshown = list(unproven(check, bool(wanted)))
    for title, items in (("problems", check.problems[:SHOWN]), ("unproven", unshown)):
        if items:
            print(words(title, len(check.problems)), *(words(*i) for i in items), sep="\n - ")
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
