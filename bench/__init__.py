"""Figures of this machine: what the road of an update costs, beside a bare floor, and what free slots cost.

Everything is measured in one run, because only ratios of the same minute mean something on a busy machine.
"""
