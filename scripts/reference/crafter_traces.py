"""Plays Crafter and writes down what happened, for Tests/CrafterTests/Golden.

Run with a Python that has crafter==1.8.3, opensimplex==0.4.5.1 and numpy==2.4.6 installed:

    python scripts/reference/crafter_traces.py > Tests/CrafterTests/Golden/traces.txt

For each seed it prints a line with the seed, a line with all actions, one character each (`a` for action 0, `!` for a
reset), and a line with a 64-bit digest of everything that happened up to then after every hundred actions. `--seeds A B`,
`--steps N` choose other seeds and lengths.

The package is changed in one way: the creatures of a chunk are visited in the order of their slots in the world's object
list. The package itself keeps them in a set of objects, which are hashed by their addresses in memory, so that two runs
with the same seed and actions differ. To be quick, pictures are not drawn, but their random numbers are; `--pictures`
draws them, with the same result.

Half of the seeds are played by a rule that knows the whole map and strives for all achievements, a quarter at random, and
a quarter by that rule with much chance in it. An episode that ends goes on for some steps, for the package does not forbid
it, and is followed by the next one.
"""

import argparse
import collections
import heapq
import random
import struct
import sys

import crafter
import numpy as np
from crafter import constants, engine, objects
from crafter import env as environment

MASK = 0xFFFFFFFFFFFFFFFF
PRIME = 0x9E3779B97F4A7C15
WEIGHTS = np.array([pow(PRIME, i + 1, 1 << 64) for i in range(64 * 64)], np.uint64)
MOVES = {(-1, 0): "move_left", (1, 0): "move_right", (0, -1): "move_up", (0, 1): "move_down"}
ACTIONS = {name: number for number, name in enumerate(constants.actions)}


def visit_creatures_in_slot_order():
    """The one change to the package."""
    original = environment.Env._balance_chunk

    def balance_chunk(self, chunk, members):
        slots = self._world._obj_map
        return original(self, chunk, sorted(members, key=lambda member: slots[tuple(member.pos)]))

    environment.Env._balance_chunk = balance_chunk


def draw_no_pictures():
    """Leaves out the renderer but for its random numbers."""

    def render(self, size=None):
        if self._world.daylight < 0.5:
            self._world.random.uniform(32, 127, (63, 49))

    environment.Env.render = render


class Digest:
    """What happened, in 64 bits. Maps enter as polynomials, all else as numbers."""

    def __init__(self):
        self.value = 0xCBF29CE484222325

    def add(self, number):
        value = ((self.value ^ (number & MASK)) * PRIME) & MASK
        self.value = value ^ value >> 29

    def see(self, env, reward, done):
        player = env._player
        semantic = env._sem_view().ravel().astype(np.uint64)
        self.add(int((semantic * WEIGHTS).sum(dtype=np.uint64)))
        for number in player.pos:
            self.add(int(number))
        for number in player.inventory.values():
            self.add(int(number))
        for name in sorted(player.achievements):
            self.add(player.achievements[name])
        self.add(struct.unpack("<Q", struct.pack("<d", float(reward)))[0])
        self.add(int(bool(done)))


class Striver:
    """A player that reads the world's insides and works its way through the achievements."""

    def __init__(self, env, chance, seed):
        self.env, self.chance, self.random = env, chance, random.Random(seed)
        self.begin()

    def begin(self):
        self.plant, self.digs, self.guards, self.shelter = None, 0, 0, None

    # What is where.

    def material(self, pos):
        return self.env._world[pos][0]

    def object(self, pos):
        return self.env._world[pos][1]

    def ahead(self):
        player = self.env._player
        return (int(player.pos[0] + player.facing[0]), int(player.pos[1] + player.facing[1]))

    def free(self, pos):
        return self.material(pos) in constants.walkable and self.object(pos) is None

    def cost(self, pos):
        """Steps that entering a cell takes; None where it cannot be entered."""
        material = self.material(pos)
        if material is None or self.object(pos) is not None:
            return None
        if material in constants.walkable:
            near_lava = any(self.material((pos[0] + x, pos[1] + y)) == "lava" for x, y in MOVES)
            return 4 if near_lava else 1
        if material == "tree" or material not in constants.collect or material == "water":
            return None
        if self.guards_plant(pos):
            return None
        require = constants.collect[material]["require"]
        held = self.env._player.inventory
        return 3 if all(held[item] >= count for item, count in require.items()) else None

    def guards_plant(self, pos):
        return self.plant is not None and abs(pos[0] - self.plant[0]) + abs(pos[1] - self.plant[1]) <= 1

    # Ways.

    def path(self, is_goal, reach=1500):
        """The first cell of a cheapest way to a cell beside one for which `is_goal` holds, and that one."""
        start = tuple(int(v) for v in self.env._player.pos)
        queue, best, first = [(0, start)], {start: 0}, {start: None}
        while queue and reach:
            reach -= 1
            cost, cell = heapq.heappop(queue)
            if cost > best[cell]:
                continue
            for step in MOVES:
                beside = (cell[0] + step[0], cell[1] + step[1])
                if self.material(beside) is not None and is_goal(beside):
                    return first[cell], beside
                entering = self.cost(beside)
                if entering is not None and cost + entering < best.get(beside, 1 << 30):
                    best[beside] = cost + entering
                    first[beside] = first[cell] or beside
                    heapq.heappush(queue, (best[beside], beside))
        return None

    def towards(self, cell):
        """The action that brings the player into a cell beside it, by digging if need be."""
        player = self.env._player
        step = (cell[0] - int(player.pos[0]), cell[1] - int(player.pos[1]))
        if not self.free(cell) and self.ahead() == cell:
            return "do"
        return MOVES[step]

    def go_and(self, action, is_goal):
        """Goes beside a cell for which `is_goal` holds, faces it and takes the action."""
        found = self.path(is_goal)
        if not found:
            return None
        first, goal = found
        if first is not None:
            return self.towards(first)
        if self.ahead() == goal:
            return action
        step = (goal[0] - int(self.env._player.pos[0]), goal[1] - int(self.env._player.pos[1]))
        return MOVES[step]

    def on_free(self, action, materials):
        """Takes an action on a free cell of some material ahead; otherwise turns to look for one."""
        cell = self.ahead()
        if self.material(cell) in materials and self.object(cell) is None:
            return action
        return self.random.choice(list(MOVES.values()))

    def gather(self, material):
        def is_there(cell):
            return self.material(cell) == material and self.object(cell) is None and not self.guards_plant(cell)

        return self.go_and("do", is_there)

    def hunt(self, kind, within=None):
        def is_prey(cell):
            found = self.object(cell)
            return isinstance(found, kind)

        return self.go_and("do", is_prey)

    # Decisions.

    def act(self):
        if self.random.random() < self.chance:
            return self.random.choice(constants.actions)
        action = self.choose()
        return action or self.random.choice(list(MOVES.values()) + ["noop", "do"])

    def choose(self):
        env, player = self.env, self.env._player
        held, done = player.inventory, player.achievements
        pos = tuple(int(v) for v in player.pos)
        if player.sleeping:
            return "noop"
        near = [o for o in env._world.objects if o is not player and player.distance(o) <= 3]
        zombies = [o for o in near if isinstance(o, objects.Zombie)]
        if zombies and held["health"] > 2:
            action = self.hunt(objects.Zombie)
            if action:
                return action
        if held["drink"] < 4:
            action = self.gather("water")
            if action:
                return action
        if held["food"] < 5:
            ripe = self.go_and("do", lambda c: isinstance(self.object(c), objects.Plant) and self.object(c).ripe)
            action = ripe or self.hunt(objects.Cow)
            if action:
                return action
        dark = env._world.daylight < 0.4
        if held["energy"] < 3 or (dark and held["energy"] < 8):
            return self.rest(held)
        return self.plan(held, done, pos)

    def room(self, pos, blocked=None):
        """Free cells within reach of a cell, up to ten of them, without a blocked one."""
        seen, queue = {pos}, [pos]
        while queue and len(seen) < 10:
            cell = queue.pop()
            for step in MOVES:
                beside = (cell[0] + step[0], cell[1] + step[1])
                if beside not in seen and beside != blocked and self.free(beside):
                    seen.add(beside)
                    queue.append(beside)
        return len(seen)

    def rest(self, held):
        """Sleeps in a hole in the rock, closed with a stone, if there is one to be had."""
        pos, cell = tuple(int(v) for v in self.env._player.pos), self.ahead()
        if self.room(pos) <= 3 or not held["wood_pickaxe"] or held["energy"] < 1:
            self.shelter = None
            return "sleep"
        if self.room(pos, cell) <= 3 and held["stone"] and self.free(cell):
            return "place_stone"
        if held["stone"] < 1:
            return self.gather("stone")
        if self.shelter == pos:
            ways = [step for step in MOVES if self.free((pos[0] + step[0], pos[1] + step[1]))]
            self.shelter = None
            return MOVES[ways[0]] if ways else "sleep"
        if self.shelter is None:
            def solid(cell):
                return self.material(cell) in ("stone", "coal", "iron", "diamond", "table", "tree")

            def deep(cell):
                around = [(x, y) for x in range(-2, 3) for y in range(-2, 3) if 0 < abs(x) + abs(y) <= 2]
                return self.material(cell) == "stone" and sum(
                    not solid((cell[0] + x, cell[1] + y)) for x, y in around) <= 1

            found = self.path(deep)
            if not found:
                return "sleep"
            self.shelter = found[1]
        found = self.path(lambda c: c == self.shelter)
        if not found or self.cost(self.shelter) is None:
            self.shelter = None
            return "sleep"
        return self.towards(found[0] or self.shelter)

    def plan(self, held, done, pos):
        env = self.env
        table = any(
            self.material((pos[0] + x, pos[1] + y)) == "table" for x in (-1, 0, 1) for y in (-1, 0, 1))
        furnace = any(
            self.material((pos[0] + x, pos[1] + y)) == "furnace" for x in (-1, 0, 1) for y in (-1, 0, 1))
        if table:
            for tool in ("wood_pickaxe", "wood_sword", "stone_pickaxe", "stone_sword", "iron_pickaxe", "iron_sword"):
                make = constants.make[tool]
                if held[tool] or ("furnace" in make["nearby"] and not furnace):
                    continue
                if all(held[item] >= count for item, count in make["uses"].items()):
                    return "make_" + tool
        ripe = [o for o in env._world.objects if isinstance(o, objects.Plant) and o.ripe]
        if ripe:
            action = self.go_and("do", lambda c: self.object(c) in ripe)
            if action:
                return action
        if self.plant is not None and not isinstance(self.object(self.plant), objects.Plant):
            self.plant = None
        if self.plant is None and held["sapling"]:
            cell = self.ahead()
            if self.material(cell) == "grass" and self.object(cell) is None:
                self.plant, self.guards = cell, 0
            return self.on_free("place_plant", ["grass"])
        if self.plant is None and self.digs < 60:
            self.digs += 1
            action = self.on_free("do", ["grass"])
            return action
        if not held["wood_pickaxe"] or not held["wood_sword"]:
            if held["wood"] < (2 if table else 4):
                return self.gather("tree")
            return None if table else self.table(held)
        if held["stone"] < 2 or (not done["place_stone"] and held["stone"] < 3):
            return self.gather("stone")
        if not done["place_stone"]:
            return self.on_free("place_stone", ["grass", "sand", "path", "water", "lava"])
        if not held["stone_pickaxe"] or not held["stone_sword"]:
            if held["wood"] < 2:
                return self.gather("tree")
            found = self.go_and("noop", lambda c: self.material(c) == "table")
            return found if found and not table else self.table(held)
        guard = self.guard(held, pos)
        if guard:
            return guard
        if not held["iron_pickaxe"] or not held["iron_sword"]:
            if held["wood"] < 4:
                return self.gather("tree")
            if held["stone"] < 6:
                return self.gather("stone")
            missing = 2 - bool(held["iron_pickaxe"]) - bool(held["iron_sword"])
            if held["coal"] < missing:
                return self.gather("coal")
            if held["iron"] < 1:
                return self.gather("iron") or self.hunt(objects.Skeleton)
            if not table:
                return self.table(held)
            if not furnace:
                return self.on_free("place_furnace", ["grass", "sand", "path"])
        if not done["collect_diamond"] and held["iron_pickaxe"]:
            action = self.gather("diamond")
            if action:
                return action
        if not done["defeat_skeleton"]:
            action = self.hunt(objects.Skeleton)
            if action:
                return action
        if not done["eat_plant"] and self.plant is not None:
            # Waits beside the plant, and fights whoever comes near.
            if self.env._player.distance(np.array(self.plant)) > 4:
                return self.go_and("noop", lambda c: c == self.plant)
            return "noop"
        return self.gather("stone") if held["stone"] < 9 else None

    def table(self, held):
        if held["wood"] < 2:
            return self.gather("tree")
        return self.on_free("place_table", ["grass", "sand", "path"])

    def guard(self, held, pos):
        """Puts stones about the plant."""
        if self.plant is None or held["stone"] < 1 or self.guards > 60:
            return None
        self.guards += 1
        for step in MOVES:
            cell = (self.plant[0] + step[0], self.plant[1] + step[1])
            if not self.free(cell):
                continue
            for way in MOVES:
                stand = (cell[0] - way[0], cell[1] - way[1])
                before = (stand[0] - way[0], stand[1] - way[1])
                if stand == self.plant or before == self.plant:
                    continue
                if pos == stand and self.ahead() == cell:
                    return "place_stone"
                if pos == before and self.free(stand):
                    return MOVES[way]
            for way in MOVES:
                stand = (cell[0] - way[0], cell[1] - way[1])
                before = (stand[0] - way[0], stand[1] - way[1])
                if self.free(stand) and self.free(before):
                    found = self.path(lambda c: c == before)
                    if found:
                        return self.towards(found[0] or found[1])
        return None


def play(seed, steps, totals):
    env = crafter.Env(seed=seed)
    env.reset()
    chance = (0.02, 1, 0.02, 0.25)[seed % 4]
    player, digest, actions, digests = Striver(env, chance, seed), Digest(), "", []
    digest.see(env, 0, False)
    beyond = 0
    while len(actions) < steps:
        if beyond > 12:
            env.reset()
            player.begin()
            actions, beyond = actions + "!", 0
            digest.see(env, 0, False)
        else:
            action = ACTIONS[player.act()]
            before = dict(env._player.achievements)
            _, reward, done, _ = env.step(action)
            for name, count in env._player.achievements.items():
                totals[name] += count > before[name]
            actions += chr(ord("a") + action)
            digest.see(env, reward, done)
            beyond += bool(done)
        if len(actions) % 100 == 0:
            digests.append(f"{digest.value:016x}")
    return actions, digests


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 36))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--pictures", action="store_true")
    arguments = parser.parse_args()
    visit_creatures_in_slot_order()
    if not arguments.pictures:
        draw_no_pictures()
    totals = collections.Counter({name: 0 for name in constants.achievements})
    print(f"# made by scripts/reference/crafter_traces.py with crafter 1.8.3, numpy {np.__version__}")
    for seed in range(*arguments.seeds):
        actions, digests = play(seed, arguments.steps, totals)
        print(f"seed {seed}\n{actions}\n{' '.join(digests)}", flush=True)
        print(seed, actions.count("!"), dict(totals), file=sys.stderr)
    print("# times reached: " + ", ".join(f"{name} {totals[name]}" for name in sorted(totals)))


main()
