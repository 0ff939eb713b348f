"""Steps of the Python package crafter with random actions, whole episodes with their resets, for at least so many seconds.

Without pictures, drawing is replaced by the random numbers that it draws at night, so that the same episodes are played;
the semantic map that every step hands out stays.
"""

import json
import sys
import time

import crafter
import numpy

with_pictures, seconds = sys.argv[1] == "pictures", float(sys.argv[2])
environment = crafter.Env(seed=1)
black = numpy.zeros((64, 64, 3), numpy.uint8)


def draw_noise_only(size=None):
    if environment._world.daylight < 0.5:
        environment._world.random.uniform(32, 127, (63, 49))
    return black


if not with_pictures:
    environment.render = draw_noise_only
environment.reset()
actions = numpy.random.default_rng(1).integers(0, 17, 100_000).tolist()

steps, episodes, resetting = 0, 0, 0.0
start = time.perf_counter()
while time.perf_counter() - start < seconds:
    ended = False
    while not ended:
        _, _, ended, _ = environment.step(actions[steps % 100_000])
        steps += 1
    episodes += 1
    reset = time.perf_counter()
    environment.reset()
    resetting += time.perf_counter() - reset
elapsed = time.perf_counter() - start
print(json.dumps({
    "stepsPerSecond": steps / elapsed, "episodeLength": steps / episodes, "secondsPerReset": resetting / episodes,
    "stepsPerSecondBetweenResets": steps / (elapsed - resetting),
}))
