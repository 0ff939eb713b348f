"""The second phase of LOVE (Jiang et al. 2022, arXiv:2212.04590), played by its published code: deep Q-learning in its grid.

arguments: CHECKOUT (of github.com/yidingjiang/love) OPTIONS (perfect, none) SEED STEPS INTERVAL (both in steps of the world) EPISODES

With `perfect` options, those of the package's own `oracle` setting, one choice takes the agent to any kind of thing and picks it up, as
no learned option could do better; with `none` it steps. Nothing else differs from the published command. Every INTERVAL steps the greedy
policy plays EPISODES episodes. What the package imports for other ends is stood in for.
"""

import collections
import importlib.machinery
import json
import sys
import types

import numpy
import torch

checkout, options = sys.argv[1:3]
seed, steps, interval, episodes = map(int, sys.argv[3:])


def stand_in(name: str, **members) -> types.ModuleType:
    module = sys.modules[name] = types.ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)  # torch asks after it
    for member, value in members.items():
        setattr(module, member, value)
    return module


class Wrapper:
    """As much of gym.Wrapper as the package needs."""

    def __init__(self, env):
        self.env = env

    def __getattr__(self, name):
        return getattr(self.env, name)

    @property
    def unwrapped(self):
        return getattr(self.env, "unwrapped", self.env)


class ObservationWrapper(Wrapper):
    def reset(self):
        return self.observation(self.env.reset())

    def step(self, action):
        state, *rest = self.env.step(action)
        return self.observation(state), *rest


spaces = stand_in("gym.spaces", Discrete=lambda n: types.SimpleNamespace(n=n))
stand_in("gym", Env=object, Wrapper=Wrapper, ObservationWrapper=ObservationWrapper, spaces=spaces)
stand_in("PIL", Image=None, ImageDraw=None, ImageFont=None)
stand_in("tqdm")
stand_in("utils")
stand_in("torch.utils.tensorboard")
torch.utils.tensorboard = sys.modules["torch.utils.tensorboard"]
stand_in("world3d", world3d=types.SimpleNamespace(MultiTask3DEnv=type("MultiTask3DEnv", (), {})))
sys.path[:0] = [checkout, f"{checkout}/dqn"]
import config  # noqa: E402
import dqn  # noqa: E402
import option_wrapper  # noqa: E402
import rl  # noqa: E402
from grid_world import grid  # noqa: E402

torch.set_num_threads(1)
numpy.random.seed(seed)
torch.manual_seed(seed)
settings = config.Config.from_files_and_bindings([f"{checkout}/configs/default.json"], ["agent.policy.epsilon_schedule.total_steps=500000"])


def world():
    errands = grid.ComPILEEnv(1, sparse_reward=True, visit_length=3)
    return option_wrapper.OracleOptionWrapper(errands) if options == "perfect" else option_wrapper.TensorWrapper(errands)


practice, test = world(), world()
agent = dqn.DQNAgent.from_config(settings.get("agent"), practice)


def play(place, greedy: bool) -> tuple:
    """One episode: whether all things were picked up, steps of the world, and choices."""
    state, taken, choices = place.reset(), 0, 0
    while True:
        action, _ = agent.act(state, test=greedy)
        following, reward, done, said = place.step(action)
        taken += int(said.get("steps", 1))
        choices += 1
        if not greedy:
            agent.update(rl.Experience(state, action, reward, following, done, said, None, None))
        state = following
        if done:
            return reward > 0, taken, choices


done, chosen, curve, latest = 0, 0, [], collections.deque(maxlen=100)
while done < steps:
    success, taken, choices = play(practice, greedy=False)
    latest.append(success)
    done, chosen = done + taken, chosen + choices
    if done // interval > len(curve):
        with torch.no_grad():
            tested = sum(play(test, greedy=True)[0] for _ in range(episodes)) / episodes
        curve.append([done, chosen, float(numpy.mean(latest)), tested])
print(json.dumps({"seed": seed, "steps": done, "choices": chosen, "curve": curve}))
