"""What is heard: instruments made in numpy, played live or mixed down."""
