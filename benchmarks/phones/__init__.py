"""What a full house costs the gateway, and what becomes of phones when something breaks.

Run: make bench-phones, or python -m benchmarks.phones [TRIAL ...] [--phones 500 2000 5000] [--json FILE]
Linux, a C compiler; nats-server for the trials with a broker, npm for the peers written for node (what is
missing is said and left out). Everything stays on the loopback and ends by itself.

Several processes: this one is the stage, or starts a whole show; the gateway under test has the first
processor, the phones (phones.c) the second. The floor is a C loop that only calls send() for the same phones.
Only figures of one run may be compared, and ratios rather than microseconds.
"""
