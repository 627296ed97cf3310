"""Shared by the Python programs of this comparison: question, clock and answer. peers.hpp is the same for C++."""

import json
import math
import sys
import time
import types


def read_question(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_hook=lambda fields: types.SimpleNamespace(**fields))


def shares_of_a_step(question):
    """The share of the people who think again in a step, and the share of a shock that is kept."""
    moved = 1 - math.exp(-question.hours / (24 * question.crowd_days))
    return moved, math.exp(-question.hours / (24 * question.shock_days))


def factor(question, drive, shocks, share_here, share_in_country):
    """The pull on everybody of one side of a town, as a factor of the odds of being out."""
    share = share_here + question.coupling * share_in_country
    return math.exp(drive + shocks + question.contagion * share / (share + question.contagion_half))


def play(make_model):
    """PROGRAM QUESTION RUNS SEED [BUDGET]: plays runs of `make_model(question, seed)`, which has step() and out.

    Prints the crowds at the end and the CPU time of the steps alone. A run that has used up BUDGET seconds of CPU time
    stops after the present step, but not before five steps; its crowd does not count."""
    question = read_question(sys.argv[1])
    runs, seed = int(sys.argv[2]), int(sys.argv[3])
    budget = float(sys.argv[4]) if len(sys.argv) > 4 else math.inf
    answer = {"against": [], "for": [], "steps": 0, "cpu_seconds": 0.0}
    for run in range(runs):
        model = make_model(question, seed + run)
        begin = now = time.process_time()
        steps = 0
        while steps < question.steps and (steps < 5 or now - begin < budget):
            model.step()
            steps += 1
            now = time.process_time()
        answer["steps"] += steps
        answer["cpu_seconds"] += now - begin
        if steps == question.steps:
            answer["against"].append(float(model.out[0]))
            answer["for"].append(float(model.out[1]))
    print(json.dumps(answer))
