"""How fast are procedures, tasks and what they are for, with years of them?"""
