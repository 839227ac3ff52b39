"""What a model answers in these tests: elements of a text, and directions that differ."""

from __future__ import annotations

import json

TEXT = "The lamp was dark. Mara climbed the stair with the last match in her fist, and the sea said nothing."

ELEMENTS = {
    "premise": "A woman brings the last light to a dark lamp.",
    "images": ["the last match in her fist", "a thousand gulls", "The lamp was dark"],
    "motifs": ["light", "stairs"],
    "tension_quote": "the sea said nothing",
    "tension": "She hurries, and the sea does not care.",
    "works_quote": "the moon laughed",
    "works": "Everything hangs on one match.",
}

MOSS = {
    "title": "What the Moss Knows",
    "direction": "Tell the history of the tower through the plants that grow in its walls.",
    "image": "moss on a white tower at dawn",
    "constraint": "No person speaks.",
    "question": "What was planted here on purpose?",
}
OIL = {
    "title": "Who Sold the Oil",
    "direction": "An inspector comes late at night and asks where six barrels went.",
    "image": "a lantern over an empty barrel",
    "constraint": "Every scene is a question.",
    "question": "Who profits from the dark?",
}
BIRD = {
    "title": "Paper Birds",
    "direction": "A child folds every unsent letter and lets it fly off the rocks.",
    "image": "white paper birds above grey rocks",
    "constraint": "No sentence longer than seven words.",
    "question": "Who taught her to fold?",
}
MOSS_AGAIN = MOSS | {"title": "What Moss Knows", "direction": f"{MOSS['direction']} Slowly."}


def as_json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)
