"""Plays MiniGrid and writes down what happened, for Tests/GridworldTests/Golden.

Run with a Python that has minigrid==3.2.0 and numpy==2.4.6 installed:

    python scripts/reference/minigrid_traces.py digests > Tests/GridworldTests/Golden/digests.txt
    python scripts/reference/minigrid_traces.py traces > Tests/GridworldTests/Golden/traces.jsonl

`digests` prints one line for each id and seed: a 64-bit FNV-1a digest of everything that a player could see (missions,
images, directions, rewards bit for bit, ends) over some hundred steps and several episodes, and of the random stream's
next raw number at the end. `traces` prints whole traces of a few, as `knack trace` does, to find out what differs when
a digest does. `--seeds A B` and `--steps N` choose other seeds and lengths.

Actions come from a rule that both sides can compute: a linear congruential generator, and what the image shows of the
cell in front. It picks things up, opens doors, drops things, and now and then does something pointless.
"""

import argparse
import json
import re
import struct
import sys

import gymnasium as gym
import minigrid
import numpy as np

FAMILIES = re.compile(
    r"MiniGrid-(Empty|FourRooms|DoorKey|Unlock|UnlockPickup|BlockedUnlockPickup|MultiRoom|KeyCorridor|LavaGap|"
    r"SimpleCrossing|LavaCrossing|DistShift|Dynamic-Obstacles|Fetch|GoToDoor|GoToObject|PutNear|LockedRoom|Memory|"
    r"RedBlueDoors)")
IDS = sorted(i for i in gym.registry if FAMILIES.match(i))
TRACED = ["MiniGrid-DoorKey-5x5-v0", "MiniGrid-Dynamic-Obstacles-5x5-v0", "MiniGrid-Fetch-5x5-N2-v0",
          "MiniGrid-KeyCorridorS3R2-v0", "MiniGrid-LavaGapS5-v0", "MiniGrid-LockedRoom-v0", "MiniGrid-PutNear-6x6-N2-v0"]
KEY, BALL, BOX, DOOR, GOAL, LAVA, WALL, EMPTY = 5, 6, 7, 4, 8, 9, 2, 1


class Digest:
    """64-bit FNV-1a."""

    def __init__(self):
        self.value = 0xCBF29CE484222325

    def add(self, data):
        value = self.value
        for byte in data:
            value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        self.value = value


class Curious:
    """The rule that chooses actions."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF

    def draw(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % n

    def action(self, image, count):
        front, hand = image[3, 5], image[3, 6, 0]
        chance, other = self.draw(100), self.draw(count)
        if chance < 12:
            return other
        if count == 3:
            return other if chance < 50 else 2
        kind, state = front[0], front[2]
        if kind in (KEY, BALL, BOX):
            if chance < 60 and hand == EMPTY:
                return 3
            if chance < 65:
                return 5
            return chance % 2
        if kind == DOOR:
            if state == 0:
                return 2 if chance < 85 else 5
            return 5 if chance < 80 else chance % 2
        if kind == GOAL:
            return 2 if chance < 70 else chance % 2
        if kind in (LAVA, WALL):
            return chance % 2 if chance < 96 else 2
        if hand != EMPTY and chance < 18:
            return 4
        if chance < 30:
            return chance % 2
        return 2


def play(identity, seed, steps, on_reset, on_step):
    """Plays and returns the random stream's next raw number. Episodes that end are followed by a reset without a
    seed, as are some that do not."""
    env = gym.make(identity).unwrapped
    curious, count = Curious(seed), int(env.action_space.n)
    observation, _ = env.reset(seed=seed)
    on_reset(observation)
    since = 0
    for _ in range(steps):
        action = curious.action(observation["image"], count)
        observation, reward, terminated, truncated, _ = env.step(action)
        on_step(action, observation, reward, terminated, truncated)
        since += 1
        if terminated or truncated or since == 150:
            observation, _ = env.reset()
            on_reset(observation)
            since = 0
    return int(env.np_random.bit_generator.random_raw())


def digest(identity, seed, steps):
    result = Digest()

    def see(observation):
        result.add(observation["image"].tobytes())
        result.add([int(observation["direction"])])

    def on_reset(observation):
        result.add(observation["mission"].encode())
        see(observation)

    def on_step(action, observation, reward, terminated, truncated):
        see(observation)
        result.add(struct.pack("<d", reward))
        result.add([int(terminated), int(truncated)])

    result.add(struct.pack("<Q", play(identity, seed, steps, on_reset, on_step)))
    return result.value


def trace(identity, seed, steps):
    lines, actions = [], []

    def seen(observation):
        return {"image": observation["image"].ravel().tolist(), "direction": int(observation["direction"])}

    def on_reset(observation):
        if lines:
            actions.append(-1)
        lines.append({"event": "reset", "mission": observation["mission"], **seen(observation)})

    def on_step(action, observation, reward, terminated, truncated):
        actions.append(int(action))
        lines.append({"event": "step", "action": int(action), **seen(observation), "reward": float(reward),
                      "terminated": bool(terminated), "truncated": bool(truncated)})

    play(identity, seed, steps, on_reset, on_step)
    return {"environment": identity, "seed": seed, "actions": actions, "lines": lines}


parser = argparse.ArgumentParser()
parser.add_argument("what", choices=["digests", "traces"])
parser.add_argument("--seeds", type=int, nargs=2)
parser.add_argument("--steps", type=int)
parser.add_argument("--id", help="only ids that contain this")
arguments = parser.parse_args()
ids = [i for i in IDS if arguments.id in i] if arguments.id else IDS if arguments.what == "digests" else TRACED

if arguments.what == "digests":
    print(f"# made by scripts/reference/minigrid_traces.py with minigrid {minigrid.__version__}, numpy {np.__version__}")
    steps = arguments.steps or 400
    print(f"# steps {steps}")
    for identity in ids:
        for seed in range(*(arguments.seeds or (0, 25))):
            print(identity, seed, f"{digest(identity, seed, steps):016x}", flush=True)
else:
    for identity in ids:
        for seed in range(*(arguments.seeds or (0, 1))):
            print(json.dumps(trace(identity, seed, arguments.steps or 14), separators=(",", ":")))
