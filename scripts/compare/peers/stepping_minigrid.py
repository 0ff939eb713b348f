"""Steps of the Python package minigrid with random actions, resets included."""

import json
import sys
import time

import gymnasium
import minigrid  # noqa: F401  (registers the environments)
import numpy

environment_id, seconds = sys.argv[1], float(sys.argv[2])
environment = gymnasium.make(environment_id)
environment.reset(seed=1)
actions = numpy.random.default_rng(1).integers(0, 7, 100_000).tolist()

steps = 0
start = time.perf_counter()
while time.perf_counter() - start < seconds:
    for action in actions[steps % 100_000 : steps % 100_000 + 100]:
        _, _, terminated, truncated, _ = environment.step(action)
        if terminated or truncated:
            environment.reset()
    steps += 100
print(json.dumps({"stepsPerSecond": steps / (time.perf_counter() - start)}))
