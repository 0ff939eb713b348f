"""Steps of EnvPool's MiniGrid with random actions on one thread, resets included: the best of several batch sizes."""

import json
import sys
import time

import envpool
import numpy

environment_id, seconds = sys.argv[1], float(sys.argv[2])
sizes = [64, 256, 1024, 4096]
best, best_size = 0.0, 0
for size in sizes:
    environment = envpool.make(environment_id, env_type="gymnasium", num_envs=size, num_threads=1, seed=1)
    environment.reset()
    actions = numpy.random.default_rng(1).integers(0, 7, (256, size), dtype=numpy.int32)
    batches = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds / len(sizes):
        environment.step(actions[batches % 256])
        batches += 1
    rate = batches * size / (time.perf_counter() - start)
    if rate > best:
        best, best_size = rate, size
print(json.dumps({"stepsPerSecond": best, "batchSize": best_size}))
