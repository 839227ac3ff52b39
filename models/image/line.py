"""Which pictures are drawn next, and together (pure: no torch, no clock)."""

from __future__ import annotations

from models.image.drawing import Canvas, Drawing


class Line:
    """Pictures that wait, in the order of their requests. Those on the same terms as the first are drawn with it."""

    def __init__(self, together: int) -> None:
        self._together = together
        self._drawings: dict[int, Drawing] = {}
        self._waiting: list[Canvas] = []

    @property
    def drawings(self) -> list[Drawing]:
        """All that have not left yet."""
        return list(self._drawings.values())

    def __contains__(self, drawing: Drawing) -> bool:
        return self._drawings.get(drawing.ticket) is drawing

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, drawing: Drawing) -> None:
        """Let a drawing's pictures wait."""
        self._drawings[drawing.ticket] = drawing
        self._waiting += drawing.canvases

    def find(self, ticket: int) -> Drawing | None:
        """Return a drawing that has not left yet."""
        return self._drawings.get(ticket)

    def remove(self, drawing: Drawing) -> None:
        """Let a drawing go, with its pictures that wait."""
        self._drawings.pop(drawing.ticket, None)
        self._waiting = [canvas for canvas in self._waiting if canvas.drawing is not drawing]

    def put_back(self, canvases: list[Canvas], *, frugally: bool = False) -> None:
        """Have pictures drawn again, each alone and before all others."""
        for canvas in canvases:
            canvas.is_alone, canvas.is_frugal = True, frugally
            canvas.steps_done = 0
        self._waiting = canvases + self._waiting

    def take(self) -> list[Canvas]:
        """Take out the pictures that are drawn next; none where none wait."""
        if not self._waiting:
            return []
        first = self._waiting[0]
        others = [] if first.is_alone else [canvas for canvas in self._waiting[1:] if _may_join(canvas, first)]
        taken = [first, *others[: self._together - 1]]
        self._waiting = [canvas for canvas in self._waiting if canvas not in taken]
        return taken


def _may_join(canvas: Canvas, first: Canvas) -> bool:
    return not canvas.is_alone and canvas.drawing.terms == first.drawing.terms
