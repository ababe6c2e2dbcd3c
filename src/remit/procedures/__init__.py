"""Procedures: steps with their why, in versions that are read, and answered: was it clear?"""
