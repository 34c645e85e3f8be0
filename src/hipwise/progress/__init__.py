"""The log: what was done, how it felt, and what it says to the plan."""
