"""How fast is the authority engine, beside others and beside what the machine can do at most?"""
