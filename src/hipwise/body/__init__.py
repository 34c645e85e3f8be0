"""One human body: its angles, its size, its movement, and its picture."""
