"""Tells the program that started this one what a solver finds, a line of JSON at a time."""

import json
import math
import sys
import threading
import time


class Answers:
    """Answers may come faster than anybody wants to read them: at most one a fiftieth of the time so far is written, and the last
    of all always is, at the time when it was found."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = None
        self.written = -1.0
        self.began = time.monotonic()

    def say(self, **what):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    def start(self, version, settings):
        """The model is read; the clock starts."""
        self.began = time.monotonic()
        self.say(event="start", version=version, settings=settings)
        threading.Thread(target=self.keep_writing, daemon=True).start()

    def elapsed(self):
        return time.monotonic() - self.began

    def found(self, objective, pairs):
        """pairs is called only if the answer is written; it must still be valid then."""
        with self.lock:
            self.waiting = (self.elapsed(), objective, pairs)
            self.write_if_due()

    def keep_writing(self):
        while True:
            time.sleep(0.1)
            with self.lock:
                self.write_if_due()

    def write_if_due(self):
        now = self.elapsed()
        if self.waiting and now - self.written >= now / 50:
            self.write()

    def write(self):
        at, objective, pairs = self.waiting
        self.waiting = None
        self.written = self.elapsed()
        self.say(event="answer", at=at, objective=objective, pairs=pairs())

    def end(self, status, bound):
        """bound is infinite where none was found, which JSON cannot say."""
        with self.lock:
            if self.waiting:
                self.write()
            self.say(event="end", at=self.elapsed(), status=status, bound=bound if math.isfinite(bound) else None)
