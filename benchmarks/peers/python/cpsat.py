"""Solves a CpModelProto in text form with OR-Tools CP-SAT.

usage: cpsat.py MODEL PAIRS SECONDS WORKERS

The first PAIRS variables are who is in which session; an answer names those that are 1.
"""

import sys

import ortools
from ortools.sat.python import cp_model

from answers import Answers


class Found(cp_model.CpSolverSolutionCallback):
    def __init__(self, answers, count):
        super().__init__()
        self.answers = answers
        self.count = count

    def on_solution_callback(self):
        solution = bytes(self.SolutionBooleanValue(i) for i in range(self.count))
        self.answers.found(self.objective_value, lambda: [i for i, v in enumerate(solution) if v])


def complete(model, answers, count, seconds, workers):
    """The first solution says only who is where. All other variables follow, and CP-SAT makes more of a hint that has them."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.stop_after_first_solution = True
    if solver.solve(model, Found(answers, count)) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    hint = model.proto.solution_hint
    hint.vars.clear()
    hint.values.clear()
    hint.vars.extend(range(len(model.proto.variables)))
    hint.values.extend(solver.response_proto.solution)
    return True


def main():
    model_path, count, seconds, workers = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    model = cp_model.CpModel()
    with open(model_path, encoding="ascii") as file:
        if not model.proto.parse_text_format(file.read()):
            sys.exit("CP-SAT cannot read the model")
    wrong = model.validate()
    if wrong:
        sys.exit("CP-SAT refuses the model: " + wrong)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.relative_gap_limit = 0
    solver.parameters.random_seed = 1
    answers = Answers()
    answers.start("OR-Tools CP-SAT " + ortools.__version__, f"{workers} workers, linear rows, first roster as hint")
    if not complete(model, answers, count, seconds / 4, workers):
        print("the first roster could not be completed", file=sys.stderr)
    solver.parameters.max_time_in_seconds = max(1.0, seconds - answers.elapsed())
    status = solver.solve(model, Found(answers, count))
    answers.end(solver.status_name(status), solver.best_objective_bound)


main()
