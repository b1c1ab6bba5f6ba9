"""The phones and the console: what is said to them, who they are, and the process that talks to them."""
