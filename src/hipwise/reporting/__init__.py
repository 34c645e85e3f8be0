"""Charts, the HTML report, the films, and the files that other programs read, a module each."""
