"""What is seen: canvas, light, lettering, compositor, outputs."""
