#!/usr/bin/env python3
"""Writes two small files to Tests/NetworksTests/Golden and checks that Python's safetensors reads both.

python.safetensors is written by the safetensors package, for Knack to read. knack.safetensors is written byte by byte as
Knack writes it; a test compares Knack's bytes with it, so whatever reads this file reads Knack's.

Run with a Python that has safetensors and numpy installed; give another folder to write elsewhere. With a file instead
of a folder, prints what Python's safetensors finds in it.
"""
import json
import pathlib
import struct
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

root = pathlib.Path(__file__).resolve().parents[2]
target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "Tests/NetworksTests/Golden"

if target.is_file():
    with safe_open(target, "np") as file:
        print("metadata", file.metadata())
    for name, tensor in load_file(target).items():
        print(name, tensor.dtype, tensor.shape, tensor.flatten()[:4])
    sys.exit(0)

tensors = {
    "actor.0.weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "actor.0.bias": np.array([-1.5, 3e38], dtype=np.float32),
    "scalar": np.array(np.float32(0.1)),
    "empty": np.zeros((0, 4), dtype=np.float32),
    'odd "näme"\n🗝': np.array([1], dtype=np.float32),
}
metadata = {"format": "pt", "steps": "12", "note": 'quote " backslash \\ tab \t'}


def knack(path):
    entries = {"__metadata__": dict(sorted(metadata.items()))}
    data = b""
    for name, tensor in tensors.items():
        begin = len(data)
        data += tensor.astype("<f4").tobytes()
        entries[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [begin, len(data)]}
    # Knack writes every control character as \u00XX.
    text = json.dumps(entries, separators=(",", ":"), ensure_ascii=False)
    header = text.replace("\\n", "\\u000a").replace("\\t", "\\u0009").encode()
    header += b" " * (-len(header) % 8)
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)


save_file(tensors, target / "python.safetensors", metadata)
knack(target / "knack.safetensors")
for name in ("python.safetensors", "knack.safetensors"):
    found = load_file(target / name)
    assert found.keys() == tensors.keys(), name
    for key, tensor in tensors.items():
        assert found[key].dtype == np.float32 and np.array_equal(found[key], tensor), (name, key)
    with safe_open(target / name, "np") as file:
        assert file.metadata() == metadata, name
print("Python's safetensors reads both files.")
