"""The evaluation harness: tasks, systems, metrics with intervals, saved results, the gate.

A task's loader yields samples, a system predicts each, `measures` counts per study,
`bootstrap` turns the counts into metrics with intervals, `run` saves everything.
"""
