#!/usr/bin/env python3
"""Reads a store: prints every document with its path and the SHA-256 of its content. Written from vault-format.md.

usage: vault_reader.py STORE_FOLDER < root key in hex
       vault_reader.py STORE_FOLDER RECOVERY_SLOT < recovery code
Needs the packages cryptography and zstandard (Debian: python3-cryptography, python3-zstandard).
"""
import hashlib, hmac, os, sqlite3, struct, sys
import zstandard
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

def hkdf(key, info):
    prk = hmac.new(bytes(32), key, hashlib.sha256).digest()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()

def unseal(key, aad, sealed):
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], aad)

class Reader:
    def __init__(self, data): self.data, self.at = data, 0
    def take(self, n):
        part = self.data[self.at:self.at + n]
        if len(part) != n: raise ValueError("ends too early")
        self.at += n
        return part
    def uint8(self): return self.take(1)[0]
    def uint32(self): return struct.unpack(">I", self.take(4))[0]
    def int64(self): return struct.unpack(">q", self.take(8))[0]
    def bytes(self): return self.take(self.uint32())
    def text(self): return self.bytes().decode()
    def id(self): return self.take(16)
    def list(self, element): return [element() for _ in range(self.uint32())]
    def content(self):
        revision, version, modified, epoch = self.id(), self.uint32(), self.int64(), self.uint32()
        size, listed = self.int64(), self.uint8()
        return epoch, listed, self.list(lambda: (self.take(32), self.uint32()))

def times_x(value):
    return value << 1 ^ (0b100101 if value & 16 else 0)

def recovered(slot, typed):
    code = "".join(typed.upper().replace("-", " ").split()).translate(str.maketrans("ILO", "110"))
    for group in range(7):
        *symbols, check = map(CROCKFORD.index, code[5 * group:5 * group + 5])
        value = group + 1
        for symbol in symbols: value = times_x(value) ^ symbol
        if times_x(value) != check: raise ValueError("group %d is mistyped" % (group + 1))
    if slot.take(8) != b"SRSLOTR1": raise ValueError("not a recovery slot")
    id_, store, made = slot.id(), slot.id(), slot.int64()
    header = b"SRSLOTR1" + id_ + store + struct.pack(">q", made)
    root = unseal(hkdf(code.encode(), b"strongroom recovery slot v1" + id_ + store), header, slot.bytes())
    if hkdf(root, b"strongroom store id v1")[:16] != store: raise ValueError("of another store")
    return root

def chunk(folder, db, key, name, length):
    pack, side, position, sealed = db.execute("SELECT p.id, p.side, c.position, c.length FROM chunk c "
                                              "JOIN pack p ON p.number = c.pack WHERE c.id = ?", (name,)).fetchone()
    with open(os.path.join(folder, "packs", "%s-%s.pack" % ({1: "w", 2: "a"}[side], pack.hex())), "rb") as file:
        file.seek(position - 20)
        record = file.read(20 + sealed)
    if record[:16] != hashlib.sha256(b"strongroom chunk tag v2" + name).digest()[:16]: raise ValueError("not this chunk")
    data = record[20:]
    if data[0] not in (2, 3): raise ValueError("unknown format")
    cipher = AESGCM(hkdf(key, b"strongroom chunk key v2" + name + data[1:17]))
    segments, body = [data[i:i + 65552] for i in range(17, len(data), 65552)], b""
    for number, segment in enumerate(segments):
        nonce = bytes(7) + struct.pack(">IB", number, number == len(segments) - 1)
        coding = body[:1] if number > 0 and data[0] == 3 else b""
        body += cipher.decrypt(nonce, segment, b"strongroom chunk" + data[:1] + name + coding)
    plain = body[5:5 + struct.unpack(">I", body[1:5])[0]]
    if body[0] == 1: plain = zstandard.ZstdDecompressor().decompress(plain, max_output_size=length)
    if hmac.new(hkdf(key, b"strongroom chunk id v2"), plain, hashlib.sha256).digest() != name or len(plain) != length:
        raise ValueError("not this chunk")
    return plain

def read(folder, db, epochs, content):
    epoch, listed, chunks = content
    data = b"".join(chunk(folder, db, epochs[epoch], *c) for c in chunks)
    return data if not listed else read(folder, db, epochs, (epoch, 0, list(struct.iter_unpack(">32sI", data))))

def main(folder, root):
    db = sqlite3.connect(f"file:{folder}/vault.db?mode=ro", uri=True)
    def rows(kind, vault):
        key = hkdf(root, b"strongroom row v1 %d" % kind)
        for id_, version, sealed in db.execute("SELECT id, version, sealed FROM row WHERE kind=? AND vault=?", (kind, vault)):
            aad = b"strongroom row" + bytes([kind]) + vault + id_ + struct.pack(">q", version)
            yield id_, Reader(unseal(key, aad, sealed))
    for vault, keys in rows(3, bytes(16)):
        epochs = dict(keys.list(lambda: (keys.uint32(), keys.take(32))))
        tree, trash = {}, {}
        for id_, entry in rows(5, vault):
            assert entry.uint8() == 2
            parent, name, _ = entry.id(), entry.text(), entry.int64()
            content = entry.content() if entry.uint8() else None
            entry.list(lambda: (entry.content(), entry.int64()))  # earlier contents
            entry.uint8()
            (trash if entry.uint8() else tree)[id_] = [parent, name, content]
        # Applies new documents and folders only: enough for a store that was never edited offline on two devices.
        commits = [c for t in ("inbox", "outbox") for (c,) in db.execute(
            f"SELECT encoded FROM {t} WHERE vault=? ORDER BY sequence", (vault,))]
        for commit in map(Reader, commits):
            header = Reader(commit.bytes())
            commit.bytes()
            header.take(16 + 8 + 32)
            epoch = header.uint32()
            aad = b"strongroom commit body v1" + vault + struct.pack(">I", epoch)
            body = Reader(unseal(hkdf(epochs[epoch], b"strongroom commit key v1"), aad, commit.bytes()))
            assert body.uint8() == 1
            body.id(), body.int64(), body.text()
            for _ in range(body.uint32()):
                tag, id_ = body.uint8(), body.id()
                if tag in (1, 2, 3): parent, name = body.id(), body.text()
                if tag in (1, 2): body.int64()
                if tag == 1: tree[id_] = [parent, name, None]
                if tag == 2:
                    if body.uint8(): body.id()
                    tree[id_] = [parent, name, body.content()]
                if tag == 3: tree[id_][:2] = parent, name
                if tag in (4, 6) and body.uint8(): body.id()
                if tag == 7: body.id()
                if tag == 4: trash[id_] = tree.pop(id_)
                if tag == 5: tree[id_] = trash.pop(id_)
        for parent, name, content in tree.values():
            if content is None: continue
            while parent in tree: parent, name = tree[parent][0], tree[parent][1] + "/" + name
            data = read(folder, db, epochs, content)
            print(hashlib.sha256(data).hexdigest(), name)

if __name__ == "__main__":
    secret = sys.stdin.read().strip()
    if len(sys.argv) > 2:
        with open(sys.argv[2], "rb") as file: main(sys.argv[1], recovered(Reader(file.read()), secret))
    else: main(sys.argv[1], bytes.fromhex(secret))
