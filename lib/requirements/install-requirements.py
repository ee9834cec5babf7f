"""Install what a requirements file asks for and the image does not have, into a folder that stands first on PYTHONPATH.

    python install-requirements.py /path/to/requirements.txt /path/to/folder

pip first resolves the file together with the Airflow of the image, so that a package which would break Airflow ends here and not
in a running pod. Then exactly what is missing is installed. When nothing is missing, no index is asked.
"""

import json
import os
import re
import shutil
import signal
import site
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

PIP = [sys.executable, "-m", "pip", "install", "--no-input", "--no-user", "--no-cache-dir", "--progress-bar", "off"]
PIP += ["--disable-pip-version-check"]


def pip_install(*arguments):
    """Run pip, and print what it prints but for logins and for the line on each package that is there already."""
    with subprocess.Popen([*PIP, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            if not line.startswith("Requirement already satisfied"):
                print(re.sub(r"(?<=://)[^/\s]+@", "****@", line), end="", flush=True)
    if pip.returncode:
        sys.exit(pip.returncode)


def installed(*names):
    return [dist for name in names for dist in [*metadata.distributions(name=name)][:1]]


def keep_logins(text, temp):
    """pip leaves the logins of URLs out of its report, and git reads no $NETRC: all logins in one netrc file, where both find them."""
    netrc, config = (Path(os.environ[key]).read_text("utf-8") if key in os.environ else "" for key in ("NETRC", "PIP_CONFIG_FILE"))
    text = re.sub(r"\$\{([A-Z0-9_]+)\}", lambda variable: os.environ.get(variable[1]) or variable[0], text)
    for user, password, host in re.findall(r"https?://([^:@/\s]+):?([^@/\s]*)@([^:/\s]+)", f"{text}\n{config}"):
        quoted = unquote(password) or '""'
        netrc += f"\nmachine {host} login {unquote(user)} password {quoted}\n"
    if netrc:
        Path(temp, ".netrc").write_text(netrc, "utf-8")
        os.environ.update(NETRC=f"{temp}/.netrc", HOME=temp, PYTHONUSERBASE=site.getuserbase())


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def airflow_limits(airflow):
    """Airflow, and what it and all that it rests on need, as constraints: a conflict with the image is seen at once, and pip need not
    walk through the two hundred packages of the image, which takes it seconds."""
    image = {canonical(dist.metadata["Name"]): dist for dist in metadata.distributions()}
    limits, seen, queue = [f"{dist.metadata['Name']}=={dist.version}" for dist in airflow], set(), [*airflow]
    while queue:
        for need in queue.pop().requires or []:
            name = canonical(re.match(r"[\w.-]+", need)[0])
            if re.search(r"\bextra\s*==", need) or " @ " in need:
                continue
            limits.append(re.sub(r"\[.*?\]", "", need))
            if name in image and name not in seen:
                seen.add(name)
                queue.append(image[name])
    return limits


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


def main(requirements, folder, temp):
    for entry in folder.iterdir():  # what an interrupted run left
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    text = requirements.read_text("utf-8")
    keep_logins(text, temp)

    airflow = installed("apache-airflow", "apache-airflow-core")
    report, limits, resolved = (Path(temp, name) for name in ("report.json", "airflow.txt", "resolved.txt"))
    limits.write_text("\n".join(airflow_limits(airflow)), "utf-8")
    print("Resolving with", *[f"{dist.metadata['Name']} {dist.version}," for dist in airflow], "and the rest of the image", flush=True)
    pip_install("--dry-run", "--report", report, "-r", requirements, "-c", limits)
    missing = json.loads(report.read_text("utf-8"))["install"]
    if not missing:
        return print("The image has all of it, nothing to install.")

    options = [line for line in text.splitlines() if re.match(r"--(?!constraint|require-hashes)", line)]
    resolved.write_text("\n".join(options + [resolved_line(item) for item in missing]), "utf-8")
    pip_install("--no-deps", "--target", folder, "-r", resolved)
    replaced = installed(*[item["metadata"]["name"] for item in missing])
    for image in {Path(dist.locate_file("")) for dist in replaced}:
        link_rest_of_packages(folder, image)


if __name__ == "__main__":
    # The first process of a container ends by SIGTERM only if it says so, and pip with it; else the pod would take all of its grace period.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
    with tempfile.TemporaryDirectory() as temp_name:
        main(Path(sys.argv[1]), Path(sys.argv[2]), temp_name)
