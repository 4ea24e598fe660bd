"""Foreign servers on loopback, and a page to play the people on them.

Nothing here knows the house: it imports no module of ours, and speaks to it over HTTP alone.
"""
