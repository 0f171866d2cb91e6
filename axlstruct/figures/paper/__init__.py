"""What all figures need: millimetres, panels, layout, labels, saving."""
