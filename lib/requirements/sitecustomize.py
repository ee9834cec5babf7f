"""Shows the packages of the requirements to the Python of the image, and to no other.

Each Python runs this when it starts, as this folder is on PYTHONPATH, also one that a task starts in a virtual environment with packages of
its own. So the packages are not on PYTHONPATH themselves. They stand before the folder with the packages of the image, where a Python looks
into that, and their commands come with them.
"""

import os
import site
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = os.path.join(HERE, "site-packages")
COMMANDS = os.path.join(PACKAGES, "bin")


def show_packages():
    with open(os.path.join(HERE, "image-folders.txt"), encoding="utf-8") as file:
        image = file.read().splitlines()
    path = [*sys.path]
    place = next((index for index, folder in enumerate(path) if folder in image), None)
    if place is None:
        return
    site.addsitedir(PACKAGES)  # it heeds .pth files, and adds behind the rest
    sys.path[:] = path[:place] + sys.path[len(path) :] + path[place:]
    commands = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if COMMANDS not in commands:
        os.environ["PATH"] = os.pathsep.join([COMMANDS, *commands])


def run_next():
    """Python runs one module of this name alone: this one stands for that of the image, too."""
    spec = PathFinder.find_spec("sitecustomize", [folder for folder in sys.path if folder != HERE])
    if spec and spec.loader:
        spec.loader.exec_module(module_from_spec(spec))


show_packages()
run_next()
