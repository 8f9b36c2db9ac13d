"""The real window on a virtual display, and what tests of it share."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

# OpenGL's driver leaks and is unloaded before LeakSanitizer looks, so that it cannot be named and left out. The tests in
# tests/ui build the same frames without it.
os.environ["LSAN_OPTIONS"] = "detect_leaks=0"

BINARY = os.environ.get("LOCKSTEP_BINARY", "build/dev/lockstep")
NEEDED = ("Xvfb", "xdotool")
PATIENCE = 30  # seconds; the machine may be busy


class Window:
    """One window with settings of its own."""

    def __init__(self, folder, *arguments):
        self.dump = pathlib.Path(folder) / "state.json"
        self.dump.unlink(missing_ok=True)
        environment = dict(os.environ, XDG_CONFIG_HOME=str(folder), LOCKSTEP_STATE_DUMP=str(self.dump), LANG="C.UTF-8")
        self.process = subprocess.Popen([BINARY, *arguments], env=environment)
        self.wait(lambda state: True)

    def state(self):
        return json.loads(self.dump.read_text("utf-8"))

    def wait(self, condition):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the window ended with {self.process.returncode}")
            if self.dump.exists() and condition(self.state()):
                return self.state()
            time.sleep(0.05)
        raise AssertionError(f"never: {json.dumps(self.state(), indent=1)[:3000]}" if self.dump.exists() else "no frame")

    def key(self, name):
        subprocess.run(["xdotool", "key", name], check=True)

    def click(self, widget):
        """Where it is once it stays there: the first frames still settle."""
        box, moved = None, self.state()["widgets"][widget]
        while box != moved:
            box = moved
            at = [str(round(box["x"] + box["width"] / 2)), str(round(box["y"] + box["height"] / 2))]
            subprocess.run(["xdotool", "mousemove", *at], check=True)
            time.sleep(0.2)
            moved = self.state()["widgets"][widget]
        subprocess.run(["xdotool", "mousedown", "1"], check=True)
        time.sleep(0.15)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.key("ctrl+q")
        self.process.wait(PATIENCE)
        return self.process.returncode

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def scenario():
    listed = subprocess.run([BINARY, "list", "--json"], capture_output=True, text=True, check=True).stdout
    ids = [entry["id"] for entry in json.loads(listed)]
    return "hotdog" if "hotdog" in ids else None


class WindowCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        read, write = os.pipe()
        cls.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"],
                                      pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with open(read, encoding="ascii") as number:  # the whole line: the server dies if it cannot write all of it
            os.environ["DISPLAY"] = ":" + number.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, True)

    def open(self, *arguments):
        window = Window(self.folder, *arguments)
        self.addCleanup(window.kill)
        return window


def main():
    if any(shutil.which(tool) is None for tool in NEEDED) or scenario() is None:
        print("skipped: needs", ", ".join(NEEDED), "and the scenario hotdog")
        sys.exit(77)
    unittest.main()
