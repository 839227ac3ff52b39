"""Looking at pictures: any image-text-to-text model, one picture at a time, a token a step."""
