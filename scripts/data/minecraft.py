"""Minecraft 1.11's published data: the files of the PyPI package minecraft-data 3.20.0 (MIT), and names for their ids."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "compare"))
from comparison import python_with, run  # noqa: E402

PACKAGE = "minecraft-data==3.20.0"
# The exit code where the package cannot be installed, so that a test can tell that from a difference.
UNAVAILABLE = 3


def files(version: str) -> dict:
    """What the package's JSON files of a version hold, by file name without its end."""
    try:
        python = python_with("minecraft-data", PACKAGE)
    except SystemExit:
        sys.exit(UNAVAILABLE)
    place = run([python, "-c", "import minecraft_data; print(minecraft_data.__path__[0])"]).strip()
    folder = pathlib.Path(place) / "data" / "data" / "pc" / version
    return {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}


class Names:
    """Names of ids: an item's, else a block's, else the number itself."""

    def __init__(self, data: dict):
        self.blocks = {block["id"]: block["name"] for block in data["blocks"]}
        self.items = {item["id"]: item["name"] for item in data["items"]}

    def of(self, number: int) -> str:
        return self.items.get(number) or self.blocks.get(number) or str(number)

    def written(self, entry) -> str:
        """An entry of a recipe or a drop: `planks:5`, or `planks` where any metadata will do; `.` for an empty cell."""
        if entry is None:
            return "."
        if isinstance(entry, int):
            return self.of(entry)
        return f"{self.of(entry['id'])}:{entry['metadata']}"
