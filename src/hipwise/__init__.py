"""hipwise: measure how a runner's hips move, explain it, and train what helps most."""

__version__ = "0.1.0"
