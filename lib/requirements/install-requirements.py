"""Install what a requirements file asks for and the image does not have, into a folder that is on PYTHONPATH, or without one into the image itself.

    python install-requirements.py /path/to/requirements.txt [/path/to/folder [--once]]

pip first resolves the file together with what the deployment rests on, so that a package which would break Airflow ends here and not
in a running pod. Then exactly what is missing is installed. When nothing is missing, no index is asked. The Python of the image sees
what is installed, by sitecustomize.py, which is put into the folder. With --once the folder is on a volume that pods share: the first of them
installs, and for the others it is done. It is called REQUIREMENTS-IMAGE, by a hash of each, beside those of earlier requirements.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import site
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

from pip._vendor.packaging.requirements import InvalidRequirement, Requirement

# What a deployment rests on, if the image has it: Airflow, and the providers of executors, logins, stores and DAGs.
AIRFLOW = ["apache-airflow", "apache-airflow-core"]
PROVIDERS = ["celery", "cncf-kubernetes", "fab", "git", "keycloak", "mysql", "postgres", "redis", "standard"]
# What releases of them need beyond what they say: celery 5.7 has no retry in celery.backends.database, which they import.
UNTOLD = {"apache-airflow-providers-celery": [("<=3.26.0", "celery<5.7")]}

PIP = [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--progress-bar", "off", "--disable-pip-version-check"]
if "GIT_SSH_COMMAND" in os.environ:  # asked for no input, pip would have git run ssh in a way of its own
    os.environ.pop("PIP_NO_INPUT", None)
else:
    PIP += ["--no-input"]

# Of what pods share: how long packages stay that no pod begins with.
UNUSED_DAYS = 30
# In a folder that is whole: what the image has for which it is.
DONE = "image.txt"


def pip_install(*arguments, limits=None):
    """Run pip, and print what it prints but for logins and for the line on each package that is there already. Where it tells of limits, say
    whose they are."""
    conflict = False
    command = [*PIP, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            if not line.startswith("Requirement already satisfied"):
                print(re.sub(r"(?<=://)[^/\s]+@", "****@", line), end="", flush=True)
            limit = re.search(r"The user requested \(constraint\) ([\w.-]*\w)", line)
            for need, who in limits.get(canonical(limit[1]), {}).items() if limit else ():
                conflict = True
                print(f"      {need} is what the image needs: {', '.join(who[:3])}", flush=True)
    if pip.returncode and conflict:
        print("Nothing is installed, as it would break Airflow. Ask for versions that the image can work with, or use another image.")
    if pip.returncode:
        sys.exit(pip.returncode)


def keep_logins(text, temp):
    """pip leaves the logins of URLs out of its report, and git reads no $NETRC: all logins in one netrc file, where both find them."""
    netrc, config = (Path(os.environ[key]).read_text("utf-8") if key in os.environ else "" for key in ("NETRC", "PIP_CONFIG_FILE"))
    text = re.sub(r"\$\{([A-Z0-9_]+)\}", lambda variable: os.environ.get(variable[1]) or variable[0], text)
    for user, password, host in re.findall(r"https?://([^:@/\s]+):?([^@/\s]*)@([^:/\s]+)", f"{text}\n{config}"):
        netrc += f"\nmachine {host} login {netrc_word(user)} password {netrc_word(password)}\n"
    if netrc:
        Path(temp, ".netrc").write_text(netrc, "utf-8")
        os.environ.update(NETRC=f"{temp}/.netrc", HOME=temp, PYTHONUSERBASE=site.getuserbase())


def netrc_word(quoted):
    """Quoted only where it has to be, as Python before 3.11 knows no quotation marks."""
    word = unquote(quoted)
    return word if re.fullmatch(r"[^\s\"\\#]+", word) else '"' + re.sub(r'(["\\])', r"\\\1", word) + '"'


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def image_packages():
    """What the image has, by name. What comes first on the path counts."""
    image = {}
    for dist in metadata.distributions():
        image.setdefault(canonical(dist.metadata["Name"]), dist)
    return image


def needs_in(lines, extra=""):
    """The requirements among lines that count here."""
    for line in lines:
        try:
            need = Requirement(line)
        except InvalidRequirement:  # an option of pip, or what was valid once
            continue
        if not need.marker or need.marker.evaluate({"extra": extra}):
            yield need


def allows(need, version):
    return need.specifier.contains(version, prereleases=True)


def needs_of(name, dist):
    return [*(dist.requires or []), *(need for releases, need in UNTOLD.get(name, []) if allows(Requirement(name + releases), dist.version))]


def limits_of(image, text):
    """By package: which versions the deployment needs, and for what, extras included. As constraints they let pip see a conflict at once, and
    it need not walk through the two hundred packages of the image, which takes it seconds."""
    asked = [need for need in needs_in(re.sub(r"\s+(--|\\).*", "", line) for line in text.splitlines()) if canonical(need.name) in image]
    # What replaces those brings needs of its own, which pip knows.
    replaced = {name for need in asked if not allows(need, image[name := canonical(need.name)].version)}.difference(AIRFLOW)
    roots = [*AIRFLOW, *(f"apache-airflow-providers-{name}" for name in PROVIDERS)]
    limits = {name: {f"{name}=={image[name].version}": ["it is Airflow itself"]} for name in AIRFLOW if name in image}
    seen, queue = set(), [(name, "") for name in roots]
    while queue:
        name, extra = visit = queue.pop()
        if name not in image or name in replaced or visit in seen:
            continue
        seen.add(visit)
        for need in needs_in(needs_of(name, image[name]), extra):
            needed = canonical(need.name)
            queue += [(needed, each) for each in ("", *need.extras)]
            if need.specifier:
                who = limits.setdefault(needed, {}).setdefault(f"{needed}{need.specifier}", [])
                who += [] if (needing := f"{name} {image[name].version}") in who else [needing]
    return limits


def tell_what_breaks(image, missing):
    """Say what of the image may not work any more. The deployment does not rest on it."""
    new = {canonical(item["metadata"]["name"]): item["metadata"]["version"] for item in missing}
    for name, dist in image.items():
        for need in needs_in(dist.requires or []) if name not in new else ():
            version = new.get(canonical(need.name))
            if version and not allows(need, version):
                print(f"WARNING: {name} {dist.version} of the image may not work: it needs {need}, and {version} is installed", flush=True)


def resolved_line(item):
    """A line that installs what pip resolved: the same file or commit, with its hash."""
    source = item["download_info"]
    vcs, archive, subdirectory = (source.get(key) for key in ("vcs_info", "archive_info", "subdirectory"))
    url = f"{vcs['vcs']}+{source['url']}@{vcs['commit_id']}" if vcs else source["url"]
    fragments = [f"{name}={value}" for name, value in (archive or {}).get("hashes", {}).items()]
    fragments += [f"subdirectory={subdirectory}"] if subdirectory else []
    return f"{item['metadata']['name']} @ {url}{'#' if fragments else ''}{'&'.join(fragments)}"


def link_rest_of_packages(folder, image):
    """Python takes a package such as airflow from the one place with its __init__.py, the image, and looks there first for what is
    inside (airflow.providers). So the rest of a package of which the folder has a part is linked into the folder."""
    joined = set()
    for here, folders, files in os.walk(folder):
        there = image / Path(here).relative_to(folder)
        if "__init__.py" in files:
            folders.clear()
        elif (there / "__init__.py").is_file() or (there.is_dir() and os.path.dirname(here) in joined):
            joined.add(here)
            for entry in there.iterdir():
                if entry.name not in folders + files:
                    Path(here, entry.name).symlink_to(entry)


def resolve(requirements, image, temp):
    """A file with exactly what is missing in the image, and the packages of it by name; none where nothing is missing."""
    text = requirements.read_text("utf-8")
    keep_logins(text, temp)
    limits = limits_of(image, text)
    report, constraints, resolved = (Path(temp, name) for name in ("report.json", "limits.txt", "resolved.txt"))
    constraints.write_text("\n".join(need for needs in limits.values() for need in needs), "utf-8")
    airflow = [f"{name} {image[name].version}," for name in AIRFLOW if name in image]
    print("Resolving with", *airflow, "and what it rests on in the image", flush=True)
    pip_install("--no-user", "--dry-run", "--report", report, "-r", requirements, "-c", constraints, limits=limits)
    missing = json.loads(report.read_text("utf-8"))["install"]
    if not missing:
        print("The image has all of it, nothing to install.")
    tell_what_breaks(image, missing)
    options = [line for line in text.splitlines() if re.match(r"--(?!constraint|require-hashes)", line)]
    resolved.write_text("\n".join(options + [resolved_line(item) for item in missing]), "utf-8")
    return resolved, [canonical(item["metadata"]["name"]) for item in missing]


def install_into_image(requirements, temp):
    resolved, names = resolve(requirements, image_packages(), temp)
    if names:
        pip_install("--no-deps", "-r", resolved)


def install_into(folder, requirements, temp):
    packages = folder / "site-packages"
    for entry in folder.iterdir():  # what an interrupted run left
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    packages.mkdir()
    image = image_packages()
    resolved, names = resolve(requirements, image, temp)
    if not names:
        return
    pip_install("--no-user", "--no-deps", "--target", packages, "-r", resolved)
    for place in {Path(image[name].locate_file("")) for name in names if name in image}:
        link_rest_of_packages(packages, place)
    places = sorted({str(dist.locate_file("")) for dist in image.values()})
    Path(folder, "image-folders.txt").write_text("\n".join(places), "utf-8")
    shutil.copy(Path(__file__).with_name("sitecustomize.py"), folder)


def install_once_into(folder, requirements, temp):
    """Into a folder that pods share: the first of them installs, and the others wait until it has. What is there by half is made anew."""
    os.umask(0o002)  # pods of one group may have different users
    done = folder / DONE
    image = "".join(sorted(f"{name}=={dist.version}\n" for name, dist in image_packages().items())) + sys.version
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(f"{folder}.lock", "w", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another pod that installs", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError as error:
        sys.exit(f"The volume at {folder.parents[1]} can't be shared: {error}. It has to have file locks, and the group 0 has to be able to write to it.")
    with lock:
        unused_mark(folder).unlink(missing_ok=True)
        folder.mkdir(exist_ok=True)  # it may have been removed meanwhile
        if not done.exists():
            install_into(folder, requirements, temp)
            done.write_text(image, "utf-8")
        elif done.read_text("utf-8") == image:
            print("Installed already, by another pod or an earlier start.")
        else:
            sys.exit(f"{folder} has packages for another image of the same name: give the image another tag, or delete the folder.")
    remove_unused(folder)


def unused_mark(folder):
    return Path(f"{folder}.unused")


def remove_unused(folder):
    """The first pod that begins with other requirements marks what was there before, a pod that begins with it takes the mark away, and what
    has been marked for a month is removed. All pods of a deployment are replaced when its requirements change, so that none runs with it any more."""
    for other in sorted(path for path in folder.parent.iterdir() if path.is_dir()):
        mark = unused_mark(other)
        if other.name.split("-")[0] == folder.name.split("-")[0]:  # the same requirements in another image
            continue
        if not mark.exists():
            mark.touch()
        elif time.time() - mark.stat().st_mtime > UNUSED_DAYS * 86400:
            with open(f"{other}.lock", "w", encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if mark.exists():  # no pod has begun with it meanwhile
                    (other / DONE).unlink(missing_ok=True)
                    shutil.rmtree(other, ignore_errors=True)
                    mark.unlink()
                    print(f"Removed {other.name}, with which no pod has begun for {UNUSED_DAYS} days.")


if __name__ == "__main__":
    # The first process of a container ends by SIGTERM only if it says so, and pip with it; else the pod would take all of its grace period.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
    file, *where = map(Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as temp_name:
        if not where:
            install_into_image(file, temp_name)
        elif "--once" in sys.argv:
            install_once_into(*where, file, temp_name)
        else:
            install_into(*where, file, temp_name)
