"""The eye: one camera read as gestures and levels, in a process of its own. Pictures never leave it.

`settings` names what to look at; `process.run(settings)` is the process; `clip` reads a video file.
"""
