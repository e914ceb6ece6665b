"""Action items: asked for, reminded of, done, handed over; everything somebody sees and clicks about them."""
