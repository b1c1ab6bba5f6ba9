"""Where signals come from: MIDI, keyboard, camera, recorded evenings and simulated crowds."""
