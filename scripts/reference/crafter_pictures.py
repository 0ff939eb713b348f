#!/usr/bin/env python3
"""Writes what the Python package `crafter` draws with Knack's own tiles, for Tests/CrafterTests/Golden.

Run with a Python that has crafter==1.8.3 and numpy==2.4.6 installed:

    python scripts/reference/crafter_pictures.py > Tests/CrafterTests/Golden/pictures.jsonl
    python scripts/reference/crafter_pictures.py --played > Tests/CrafterTests/Golden/played-pictures.jsonl
    python scripts/reference/crafter_pictures.py --pictures FOLDER      also writes each picture as PNG
    python scripts/reference/crafter_pictures.py --tiles FOLDER         only writes the tiles as PNG

The tiles are read from the text in Environments/Crafter/Drawing/Tiles and handed to the package as PNG files; its code is
not changed. A line of pictures.jsonl holds a view (cells around the player, inventory, facing, sleep, daylight), the seed of the random
stream that the noise is drawn from, the picture's size, and a 64-bit FNV-1a digest of the picture's bytes.
A line of played-pictures.jsonl holds a seed, a number of steps, and the digest of all pictures from the reset on. For these,
the creatures of a chunk are visited in the order of their slots instead of that of their addresses.
"""

import argparse
import collections
import json
import pathlib
import re
import tempfile

import numpy as np
from PIL import Image

import crafter
from crafter import constants, engine, objects

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXTS = ROOT / "Environments/Crafter/Drawing/Tiles"
PLAYED, STEPS = [1, 5, 12], 220
FACING = [(-1, 0), (1, 0), (0, -1), (0, 1)]


def text(name):
    return re.search(r'"""\n(.*)"""', (TEXTS / name).read_text(), re.S).group(1).split()


def write_tiles(folder):
    words = text("Palette.swift")
    palette = {letter: [int(rgb[i : i + 2], 16) for i in (0, 2, 4)] + [255] for letter, rgb in zip(words[::2], words[1::2])}
    palette["."] = [0, 0, 0, 0]
    for name in ("MaterialTiles.swift", "CreatureTiles.swift", "ItemTiles.swift"):
        names = []
        lines = [line.strip() for line in (TEXTS / name).read_text().split('"""')[1].split("\n")]
        lines = [line for line in lines if line]
        while lines:
            names, side = lines[0].split(), len(lines[1])
            pixels = np.array([[palette[letter] for letter in line] for line in lines[1 : 1 + side]], np.uint8)
            pixels = np.kron(pixels, np.ones((16 // side, 16 // side, 1), np.uint8))
            if (pixels[..., 3] == 255).all():
                pixels = pixels[..., :3]
            for each in names:
                Image.fromarray(pixels).save(folder / f"{each}.png")
            lines = lines[1 + side :]
    # The package insists on a picture for what it never draws.
    Image.fromarray(np.zeros((16, 16, 3), np.uint8)).save(folder / "fence.png")


def digest(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def creature(world, player, code, position):
    made = {
        1: lambda: objects.Cow(world, position),
        2: lambda: objects.Zombie(world, position, player),
        3: lambda: objects.Skeleton(world, position, player),
        8: lambda: objects.Plant(world, position),
        9: lambda: objects.Plant(world, position),
    }
    made.update({4 + i: lambda i=i: objects.Arrow(world, position, FACING[i]) for i in range(4)})
    thing = made[code]()
    if code == 9:
        thing.grown = 1000
    return thing


class BySlot(set):
    """A chunk's objects in the order of their slots."""

    def __iter__(self):
        return iter(sorted(super().__iter__(), key=lambda thing: thing.slot))


def order_chunks_by_slot():
    reset, add = engine.World.reset, engine.World.add

    def ordered_reset(self, seed=None):
        reset(self, seed)
        self._chunks = collections.defaultdict(BySlot)

    def numbering_add(self, thing):
        thing.slot = len(self._objects)
        add(self, thing)

    engine.World.reset, engine.World.add = ordered_reset, numbering_add


def play(seed):
    env = crafter.Env(seed=seed)
    pictures = [env.reset()]
    for step in range(STEPS):
        pictures.append(env.step((step * 7 + step // 5) % 17)[0])
    return {"seed": seed, "steps": STEPS, "digest": digest(b"".join(picture.tobytes() for picture in pictures))}


def case(number, step, sleeping, centre, size):
    """A view full of everything, drawn by the package."""
    random = np.random.RandomState(number)
    env = crafter.Env(seed=0, size=(size, size))
    world, player = env._world, env._player
    world.reset(seed=number)
    env._step = step
    env._update_time()
    player = env._player = objects.Player(world, np.array(centre))
    world.add(player)
    for x in range(64):
        for y in range(64):
            world[x, y] = constants.materials[random.randint(len(constants.materials))]
    player.facing = FACING[number % 4]
    player.sleeping = sleeping
    for item in player.inventory:
        player.inventory[item] = int(random.randint(0, 12 if number % 3 == 0 else 10))
    materials, creatures = np.zeros((9, 7), int), np.zeros((9, 7), int)
    for x in range(9):
        for y in range(7):
            at = (centre[0] + x - 4, centre[1] + y - 3)
            if not (0 <= at[0] < 64 and 0 <= at[1] < 64):
                continue
            materials[x, y] = world._mat_map[at]
            if (x, y) != (4, 3) and random.uniform() < 0.4:
                creatures[x, y] = random.randint(1, 10)
                world.add(creature(world, player, creatures[x, y], at))
    world.random = np.random.RandomState(1000 + number)
    picture = env.render()
    return picture, {
        "materials": materials.flatten().tolist(), "creatures": creatures.flatten().tolist(),
        "inventory": list(player.inventory.values()), "facing": number % 4, "sleeping": sleeping,
        "daylight": float(world.daylight), "noiseSeed": 1000 + number, "size": size, "digest": digest(picture.tobytes()),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--tiles", type=pathlib.Path)
    parser.add_argument("--played", action="store_true")
    arguments = parser.parse_args()
    if arguments.tiles:
        arguments.tiles.mkdir(parents=True, exist_ok=True)
        return write_tiles(arguments.tiles)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "assets").mkdir()
        write_tiles(folder / "assets")
        constants.root = folder
        if arguments.played:
            order_chunks_by_slot()
            for seed in PLAYED:
                print(json.dumps(play(seed), separators=(",", ":")))
            return
        centres = [(32, 32), (0, 0), (63, 63), (2, 61), (60, 1)]
        cases = [(step, step % 2 == 1, 64) for step in range(0, 300, 7)] + [(step, False, 64) for step in (147, 148, 210, 272, 273)]
        cases += [(step, step % 2 == 1, size) for size in (18, 20, 71, 100, 144, 200) for step in (20, 201, 210, 31)]
        for number, (step, sleeping, size) in enumerate(cases):
            picture, line = case(number, step, sleeping, centres[number % len(centres)], size)
            print(json.dumps(line, separators=(",", ":")))
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                Image.fromarray(picture).save(arguments.pictures / f"{number}-step-{step}-size-{size}.png")


if __name__ == "__main__":
    main()
