"""Joint updates a second of Skill-Critic in PyTorch: both levels, exact sums over skills and actions, as Knack computes them.

The networks are Knack's: rows of weights gathered by value into the first of the hidden layers, as an EmbeddingBag does, or by a
product with one-hot rows that are kept ready; ReLU. Each level has a policy, two critics, their slow copies and a frozen reference; the
temperature has an Adam of its own. Adam is PyTorch's fused one. As in Knack, only states where a skill ends are valued by the high level.
"""

import json
import sys
import time

import torch
from torch import nn

width, layers, batch, skills, length, actions, threads, seconds = (
    *map(int, sys.argv[1:8]), float(sys.argv[8]))
IS_BAG = sys.argv[9] == "bag"
torch.set_num_threads(threads)
torch.manual_seed(1)
WINDOW = [3] * 49 + [32] * 2


class Perceptron(nn.Module):
    def __init__(self, cardinalities, outputs):
        super().__init__()
        offsets = torch.tensor([0, *cardinalities[:-1]]).cumsum(0)
        self.register_buffer("offsets", offsets)
        self.rows = nn.EmbeddingBag(sum(cardinalities), width, mode="sum") if IS_BAG else nn.Linear(
            sum(cardinalities), width, bias=False)
        self.bias = nn.Parameter(torch.zeros(width))
        stages = [nn.ReLU()]
        for _ in range(layers - 1):
            stages += [nn.Linear(width, width), nn.ReLU()]
        self.rest = nn.Sequential(*stages, nn.Linear(width, outputs))

    def forward(self, seen):
        return self.rest(self.rows(seen + self.offsets if IS_BAG else seen) + self.bias)


class Level:
    """A discrete soft actor-critic with a reference in the place of entropy."""

    def __init__(self, cardinalities, choices, divergence):
        make = lambda: Perceptron(cardinalities, choices)
        self.policy, self.reference = make(), make()
        self.critics, self.targets = [make(), make()], [make(), make()]
        for target, critic in zip(self.targets, self.critics):
            target.load_state_dict(critic.state_dict())
        self.logarithm = torch.zeros(1, requires_grad=True)
        self.divergence = divergence
        adam = lambda parameters: torch.optim.Adam(parameters, lr=3e-4, fused=True)
        self.optimizers = [adam(self.policy.parameters())] + [adam(critic.parameters()) for critic in self.critics]
        self.heater = torch.optim.Adam([self.logarithm], lr=3e-4)

    def distribution(self, seen):
        logarithms = torch.log_softmax(self.policy(seen), -1)
        with torch.no_grad():
            reference = torch.log(0.99 * torch.softmax(self.reference(seen), -1) + 0.01 / logarithms.shape[-1])
        return logarithms, logarithms.exp(), reference

    @torch.no_grad()
    def values(self, seen, alpha):
        logarithms, shares, reference = self.distribution(seen)
        worth = torch.minimum(*(target(seen) for target in self.targets))
        return (shares * (worth - alpha * (logarithms - reference))).sum(-1)

    def update(self, seen, chosen, rewards, discounts, then, boundary=None, boundary_values=None):
        alpha = self.logarithm.exp().detach()
        after = self.values(then, alpha)
        if boundary is not None:
            after = torch.where(boundary, boundary_values, after)
        goal = rewards + discounts * after
        said = [critic(seen) for critic in self.critics]
        loss = sum(0.5 * (q.gather(1, chosen[:, None])[:, 0] - goal).pow(2).mean() for q in said)
        logarithms, shares, reference = self.distribution(seen)
        worth = torch.minimum(*said).detach()
        divergence = (shares * (logarithms - reference)).sum(-1)
        actor = (alpha * divergence - (shares * worth).sum(-1)).mean()
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        (loss + actor).backward()
        for optimizer in self.optimizers:
            optimizer.step()
        heat = (self.logarithm.exp() * (self.divergence - divergence.detach().mean())).sum()
        self.heater.zero_grad(set_to_none=True)
        heat.backward()
        self.heater.step()
        with torch.no_grad():
            for target, critic in zip(self.targets, self.critics):
                torch._foreach_lerp_(list(target.parameters()), list(critic.parameters()), 0.005)


high = Level(WINDOW, skills, 1.0)
low = Level(WINDOW + [skills, length], actions, 0.1)


def draw(cardinalities, count=4096):
    codes = torch.stack([torch.randint(0, c, (count,)) for c in cardinalities], 1)
    if IS_BAG:
        return codes
    return torch.cat([nn.functional.one_hot(codes[:, i], c) for i, c in enumerate(cardinalities)], 1).float()


memory = {name: draw(c) for name, c in [("high", WINDOW), ("highNext", WINDOW), ("low", WINDOW + [skills, length]),
                                        ("lowNext", WINDOW + [skills, length])]}
chosen = {"high": torch.randint(0, skills, (4096,)), "low": torch.randint(0, actions, (4096,))}
rewards, discounts, boundary = torch.rand(4096), torch.full((4096,), 0.99), torch.rand(4096) < 0.1


def joint():
    rows = torch.randint(0, 4096, (batch,))
    high.update(memory["high"][rows], chosen["high"][rows], rewards[rows], discounts[rows], memory["highNext"][rows])
    rows = torch.randint(0, 4096, (batch,))
    then, ends = memory["lowNext"][rows], boundary[rows]
    worth = torch.zeros(batch)
    worth[ends] = high.values(then[ends][:, :51 if IS_BAG else sum(WINDOW)], high.logarithm.exp().detach())
    low.update(memory["low"][rows], chosen["low"][rows], rewards[rows], discounts[rows], then, ends, worth)


for _ in range(20):
    joint()
done, start = 0, time.perf_counter()
while time.perf_counter() - start < seconds:
    joint()
    done += 1
print(json.dumps({"updatesPerSecond": done / (time.perf_counter() - start)}))
