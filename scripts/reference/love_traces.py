#!/usr/bin/env python3
"""Writes Tests/GridworldTests/Golden/love.json: episodes of the grid of LOVE (Jiang et al. 2022, arXiv:2212.04590).

usage: scripts/reference/love_traces.py PATH    (to grid_world/grid.py of github.com/yidingjiang/love)

Needs numpy. The package's own code plays; gym and PIL, which it imports for other ends, are stood in for by empty modules.
"""

import importlib.util
import json
import pathlib
import sys
import types

import numpy

for name in ("gym", "gym.spaces", "PIL"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["gym"].Env = object
for name in ("Image", "ImageDraw", "ImageFont"):
    setattr(sys.modules["PIL"], name, None)
specification = importlib.util.spec_from_file_location("grid", sys.argv[1])
grid = importlib.util.module_from_spec(specification)
specification.loader.exec_module(grid)


def state(world, observation):
    """Codes of the cells (0 floor, 1 wall, 2 and more things), by row then column; place; what is wanted."""
    cells, wanted = observation
    codes = []
    for row in range(10):
        for column in range(10):
            present = numpy.flatnonzero(cells[row][column])
            things = [int(k) for k in present if k < 10]
            codes.append(1 if 11 in present else things[0] + 2 if things else 0)
    return {"map": codes, "place": [int(x) for x in world.agent_pos], "wanted": int(wanted)}


episodes = []
for seed in range(24):
    world = grid.ComPILEEnv(seed, sparse_reward=True, visit_length=3)
    chooser = numpy.random.RandomState(1000 + seed)
    steps = [{"action": -1, **state(world, world.reset())}]
    plan = [int(a) for a in world.solve()] if seed % 2 == 0 else []
    for i in range(50):
        action = plan[i] if i < len(plan) else int(chooser.randint(5))
        observation, reward, done, _ = world.step(action)
        steps.append({"action": action, "reward": int(reward), "done": bool(done), **state(world, observation)})
        if done:
            break
    episodes.append({"seed": seed, "steps": steps})
target = pathlib.Path(__file__).resolve().parents[2] / "Tests/GridworldTests/Golden/love.json"
rows = ",\n".join(json.dumps(episode, separators=(",", ":")) for episode in episodes)
target.write_text(f"[\n{rows}\n]\n")
print(f"{target}: {len(episodes)} episodes, numpy {numpy.__version__}")
