"""What can be measured of a picture without any model, and one sheet that shows it: thirds, values, edges. Pure."""
