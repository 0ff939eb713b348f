"""Prints what NumPy's generators draw, as JSON, for Tests/NumericsTests/Golden/numpy_random.json.

Run with a Python that has numpy==2.4.6 installed:

    python scripts/reference/numpy_random.py > Tests/NumericsTests/Golden/numpy_random.json

Numbers that a double cannot hold are written as strings. Every case is a seed and a list of calls made one after the other on one generator, so that a call which consumes too
much or too little shows in all that follow it. Doubles are given by their bits.
"""

import json
import struct

import numpy as np

BOUNDS = [(0, 1), (0, 2), (-3, 4), (0, 6), (5, 1000), (0, 2**31 + 12345), (0, 2**32 - 1), (0, 2**32), (0, 2**32 + 1),
          (-(2**62), 2**62 + 99), (0, 3 * 2**61)]
WEIGHTS = [0.1, 0.2, 0.05, 0.4, 0.25]


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def mixed(seed, random, uniform, integers, choice, shuffle, permutation):
    """Some hundred draws of every kind, in an order that the seed decides."""
    calls, mixer = [], seed * 2654435761 + 1
    for _ in range(150):
        mixer = (mixer * 6364136223846793005 + 1442695040888963407) % 2**64
        kind, k = (mixer >> 33) % 7, (mixer >> 40) % 1000
        if kind < 2:
            low, high = BOUNDS[k % len(BOUNDS)]
            calls.append(["integers", str(low), str(high), str(int(integers(low, high)))])
        elif kind == 2:
            calls.append(["random", str(bits(random()))])
        elif kind == 3:
            calls.append(["uniform", k / 8, str(bits(uniform(-1.5, k / 8)))])
        elif kind == 4:
            calls.append(["choice", 1 + k % 9, int(choice(1 + k % 9))])
            calls.append(["weighted", int(choice(len(WEIGHTS), p=WEIGHTS))])
        elif kind == 5:
            items = list(range(k % 13))
            shuffle(items)
            calls.append(["shuffle", items])
        else:
            calls.append(["permutation", [int(i) for i in permutation(k % 40)]])
    return calls


def generator(seed):
    g = np.random.default_rng(seed)
    return mixed(seed % 1000, g.random, g.uniform, g.integers, g.choice, g.shuffle, g.permutation)


def legacy(seed):
    g = np.random.RandomState(seed)
    return mixed(seed % 1000, g.random_sample, g.uniform, g.randint, g.choice, g.shuffle, g.permutation)


def words(n):
    out = []
    while n:
        out.append(n & 0xFFFFFFFF)
        n >>= 32
    return out


long_seeds = [2**64 + 5, 2**127 + 3, 2**128 + 17, 10**60]
print(json.dumps({
    "made by": f"scripts/reference/numpy_random.py with numpy {np.__version__}",
    "weights": WEIGHTS,
    "generator": [{"seed": str(s), "calls": generator(s)} for s in [0, 1, 2, 3, 12345, 2**32 - 1, 2**32, 2**64 - 1]],
    "legacy": [{"seed": str(s), "calls": legacy(s)} for s in [0, 1, 7, 12345, 2**31 - 2, 2**32 - 1]],
    "seed sequence": [{"words": words(s), "state": [int(w) for w in np.random.SeedSequence(s).generate_state(8)]}
                      for s in [0, 1, 2**32 + 1, *long_seeds]],
}, separators=(",", ":")).replace('{"seed"', '\n{"seed"').replace('{"words"', '\n{"words"'))
