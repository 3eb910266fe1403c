#!/usr/bin/env python3
"""Makes an identity whose line in force has many ratifications, every commit signed as git signs with SSH.

signed-line.py FOLDER COMMITS

A ratification is four commits: a change, two reviews and the merge. A limit goes down and up again, so that there are
two states and two fingerprints. The commits are written as one pack; `one-less` is the line without its last merge.
Signing is Ed25519 as RFC 8032 has it, here, so that nothing has to be installed.
"""
import base64, hashlib, os, struct, subprocess, sys, zlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def base_point():
    y = 4 * pow(5, P - 2, P) % P
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x % 2 else x
    return x, y, 1, x * y % P


POWERS = [base_point()]
for _ in range(255):
    POWERS.append(add(POWERS[-1], POWERS[-1]))


def times_base(scalar):
    result = (0, 1, 1, 0)
    for bit in range(256):
        if scalar >> bit & 1:
            result = add(result, POWERS[bit])
    return result


def encode(p):
    z = pow(p[2], P - 2, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Key:
    def __init__(self, seed):
        h = hashlib.sha512(hashlib.sha256(seed.encode()).digest()).digest()
        self.scalar = int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.prefix = h[32:]
        self.public = encode(times_base(self.scalar))
        self.blob = text(b"ssh-ed25519") + text(self.public)

    @property
    def line(self):
        return "ssh-ed25519 " + base64.b64encode(self.blob).decode()

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % L
        point = encode(times_base(r))
        k = int.from_bytes(hashlib.sha512(point + self.public + message).digest(), "little") % L
        return point + ((r + k * self.scalar) % L).to_bytes(32, "little")

    def ssh_signature(self, message):
        """The armoured signature of OpenSSH's PROTOCOL.sshsig, in the namespace `git`."""
        parts = text(b"git") + text(b"") + text(b"sha512")
        signed = b"SSHSIG" + parts + text(hashlib.sha512(message).digest())
        signature = text(b"ssh-ed25519") + text(self.sign(signed))
        blob = b"SSHSIG" + struct.pack(">I", 1) + text(self.blob) + parts + text(signature)
        body = base64.b64encode(blob).decode()
        lines = [body[i : i + 70] for i in range(0, len(body), 70)]
        return "\n".join(["-----BEGIN SSH SIGNATURE-----"] + lines + ["-----END SSH SIGNATURE-----"])


def text(data):
    return struct.pack(">I", len(data)) + data


folder, count = sys.argv[1], int(sys.argv[2])
people = {"jane": "Jane Doe", "ada": "Ada Obi", "eve": "Eve Ling"}
keys = {person: Key(person) for person in people}
START = 1_767_600_000
environment = dict(os.environ, GIT_CONFIG_NOSYSTEM="1")


def run(*command, person="jane", moment=START, **options):
    for role in ("AUTHOR", "COMMITTER"):
        environment[f"GIT_{role}_NAME"], environment[f"GIT_{role}_EMAIL"] = people[person], f"{person}@bank.example"
        environment[f"GIT_{role}_DATE"] = f"{moment} +0000"
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, **options)
    return done.stdout


def write(path, content):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(content)


os.makedirs(folder)
write("ethos.yaml", """ethos: 1
organisation: Signed Bank
signatures: required
defaultOwner: chief
authority:
  - {change: ["*"], level: critical, quorum: {chief: 1, board: 1}}
""")
write("cycles/first.yaml", "id: first\ntitle: First\nfrom: 2020-01-01\noffices: {chief: jane, board: [ada]}\n")
for person, name in people.items():
    write(f"people/{person}.yaml",
          f"id: {person}\nname: {name}\nemails: [{person}@bank.example]\nkeys: [{{key: {keys[person].line}}}]\n")
for number in range(50):
    write(f"limits/l{number}.yaml", f"id: l{number}\ntitle: Limit {number}\natMost: 60\nowner: chief\n")
run("git", "init", "-q", "-b", "main")
run("git", "config", "gc.auto", "0")
run("git", "add", "-A")
run("git", "commit", "-q", "-m", "Found it", "-m", "There was nothing.")

# The two states that the line goes between, and the fingerprints of the limit in each (`ethos help fingerprints`).
root = run("git", "rev-parse", "main").decode().strip()
run("git", "switch", "-q", "-c", "down")
write("limits/l0.yaml", "id: l0\ntitle: Limit 0\natMost: 55\nowner: chief\n")
run("git", "commit", "-qam", "Down", "-m", "Less.")
trees = [run("git", "rev-parse", f"{revision}^{{tree}}").decode().strip() for revision in ("main", "down")]
run("git", "switch", "-q", "main")
run("git", "branch", "-qD", "down")


def fingerprint(amount):
    def field(name, kind, value):
        return sized(name.encode()) + kind + sized(value.encode())

    def sized(data):
        return struct.pack(">Q", len(data)) + data

    fields = [field("id", b"T", "l0"), field("title", b"T", "Limit 0"), field("atMost", b"N", amount),
              field("owner", b"T", "chief")]
    record = b"R" + struct.pack(">Q", len(fields)) + b"".join(fields)
    return hashlib.sha256(b"ethos e1\n" + sized(b"limit") + record + b"U" + struct.pack(">Q", 0)).hexdigest()


prints = [fingerprint("60"), fingerprint("55")]

objects = []


def commit(tree, parents, person, moment, message):
    who = f"{people[person]} <{person}@bank.example> {moment} +0000"
    head = [f"tree {tree}"] + [f"parent {parent}" for parent in parents] + [f"author {who}", f"committer {who}"]
    payload = "\n".join(head) + "\n\n" + message
    signature = keys[person].ssh_signature(payload.encode()).replace("\n", "\n ")
    body = ("\n".join(head + [f"gpgsig {signature}"]) + "\n\n" + message).encode()
    objects.append(body)
    return hashlib.sha1(b"commit %d\0" % len(body) + body).hexdigest()


main, tips = root, {}
for number in range(count // 4):
    moment, (old, new) = START + 3600 * (number + 1), (number % 2, 1 - number % 2)
    change = commit(trees[new], [main], "eve", moment, f"Move it ({number})\n\nThe board asked for it.\n")
    line = f"Reviewed: limit/l0@e1:{prints[old]}..{prints[new]}\n"
    reviews = [
        commit(trees[new], [change], person, moment + 60, f"Approve p{number}\n\nYes.\n\nReview: approve\nReview-Of: p{number} {change}\n{line}")
        for person in ("jane", "ada")
    ]
    approved = "".join(f"Approved-by: {people[p]} <{p}@bank.example>\n" for p in ("ada", "jane"))
    main = commit(trees[new], [main, change] + reviews, "ada", moment + 120,
                  f"Ratify p{number}\n\nThe board asked for it.\n\nProposal: p{number}\n{approved}Ruleset: 2\n")
    tips[number + 1] = main


def pack():
    yield b"PACK" + struct.pack(">II", 2, len(objects))
    for body in objects:
        size, first = len(body), True
        head = bytearray()
        byte, size = 1 << 4 | size & 15, size >> 4
        while size:
            head.append(byte | 128)
            byte, size = size & 127, size >> 7
        head.append(byte)
        yield bytes(head) + zlib.compress(body, 1)


content = b"".join(pack())
subprocess.run(["git", "index-pack", "--stdin"], cwd=folder, input=content + hashlib.sha1(content).digest(),
               check=True, stdout=subprocess.DEVNULL)
total = count // 4
run("git", "update-ref", "refs/heads/main", main)
run("git", "update-ref", "refs/heads/one-less", tips[total - 1])
run("git", "reset", "-q", "--hard", "main")
with open(os.path.join(folder, ".git", "signers"), "w") as file:
    for person in people:
        file.write(f'{person}@bank.example namespaces="git" {keys[person].line}\n')
