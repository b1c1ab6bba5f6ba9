"""The pure heart of the show: no threads, no wall clock, no files, no pygame."""
