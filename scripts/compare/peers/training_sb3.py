"""Environment steps a second of Stable-Baselines3's PPO, collection and learning included.

The policy is `MlpPolicy`: separate actor and critic of 64-64 tanh units. The observation is the image alone, flattened
to 147 numbers (ImgObsWrapper, FlattenObservation). MiniGrid's FlatObsWrapper would add 2,688 numbers for the mission's
text, which only slows this side down.
"""

import json
import sys
import time

import gymnasium
import minigrid  # noqa: F401  (registers the environments)
import torch
from gymnasium.wrappers import FlattenObservation
from minigrid.wrappers import ImgObsWrapper
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.vec_env import DummyVecEnv, SubprocVecEnv

environment_id, kind, worlds, steps, minibatch, seconds = sys.argv[1:7]
worlds, steps, minibatch, seconds = int(worlds), int(steps), int(minibatch), float(seconds)


def wrapped():
    return FlattenObservation(ImgObsWrapper(gymnasium.make(environment_id)))


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[7]))
    batch = make_vec_env(wrapped, n_envs=worlds, seed=1,
                         vec_env_cls=SubprocVecEnv if kind == "subprocesses" else DummyVecEnv)
    model = PPO("MlpPolicy", batch, n_steps=steps, batch_size=minibatch, n_epochs=4, learning_rate=2.5e-4,
                ent_coef=0.01, seed=1, device="cpu")
    rollout = worlds * steps
    model.learn(rollout)  # warms up
    done = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        model.learn(rollout, reset_num_timesteps=False)
        done += rollout
    print(json.dumps({"stepsPerSecond": done / (time.perf_counter() - start)}))
    batch.close()
