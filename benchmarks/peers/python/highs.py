"""Solves a linear program in LP format with HiGHS.

usage: highs.py MODEL START SECONDS THREADS

START names the columns that are 1 in a first solution, of all that begin with x. An answer names those that are 1 in it.
"""

import sys

import highspy
import numpy

from answers import Answers


def main():
    model_path, start_path, seconds, threads = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    highs = highspy.Highs()
    highs.setOptionValue("log_to_console", False)
    if highs.readModel(model_path) == highspy.HighsStatus.kError:
        sys.exit("HiGHS cannot read the model")
    names = highs.getLp().col_names_
    pairs = numpy.array([i for i, name in enumerate(names) if name[0] == "x"], dtype=numpy.int32)
    with open(start_path, encoding="ascii") as file:
        start = set(file.read().split())
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("parallel", "on")
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    answers = Answers()
    answers.start("HiGHS " + highs.version(), f"{threads} threads, first roster as start")
    values = numpy.array([1.0 if names[i] in start else 0.0 for i in pairs])
    highs.setSolution(len(pairs), pairs, values)

    def found(event):
        solution = numpy.array(event.data_out.mip_solution)
        objective = event.data_out.objective_function_value
        answers.found(objective, lambda: [names[i] for i in pairs if solution[i] > 0.5])

    highs.cbMipImprovingSolution += found
    highs.run()
    answers.end(highs.modelStatusToString(highs.getModelStatus()), highs.getInfo().mip_dual_bound)


main()
