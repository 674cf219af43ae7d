"""Pages of the plan: the session at one screen, a step, a goal, versions, paper."""
