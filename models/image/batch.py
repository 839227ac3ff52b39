"""The pictures on the device, one bounded piece at a time; a failure stays with the request it belongs to."""

from __future__ import annotations

import time
from collections.abc import Callable

from models.errors import EngineError, NotFinite, OutOfMemory
from models.events import Drawn, DrawnPicture, Started
from models.faults import is_out_of_memory, let_go, named
from models.hardware import give_back, settle
from models.image.drawing import Canvas, Drawing
from models.image.line import Line
from models.image.painter import Painter
from models.image.painting import UNSOUND, Painting
from models.image.previews import Sketch, preview
from models.image.room import Room
from models.outbox import Outbox

PREVIEW_EVERY_S = 1.5
RECENT = 0.2


class ImageBatch:
    """All drawings on the device. `step` does one bounded piece of work; between steps others may use the device."""

    def __init__(
        self,
        painter: Painter,
        sketch: Sketch,
        outbox: Outbox,
        room: Room,
        *,
        together: int,
        step_s: float,
        device: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._painter = painter
        self._sketch = sketch
        self._outbox = outbox
        self._room = room
        self._line = Line(together)
        self._painting: Painting | None = None
        self._step_s = step_s
        self._device = device
        self._clock = clock

    @property
    def is_busy(self) -> bool:
        """Whether there is anything to draw."""
        return self._painting is not None or bool(len(self._line))

    @property
    def running(self) -> int:
        """How many requests are being drawn."""
        return sum(drawing.has_started for drawing in self._line.drawings)

    @property
    def waiting(self) -> int:
        """How many requests are not begun."""
        return len(self._line.drawings) - self.running

    @property
    def step_ms(self) -> float:
        """What a denoising step has taken of late."""
        return self._step_s * 1000

    def submit(self, drawing: Drawing) -> None:
        """Let a drawing wait for its turn."""
        self._line.add(drawing)

    def cancel(self, ticket: int) -> None:
        """Let a drawing go between two steps; if it was the last one of its painting, that is given up."""
        if drawing := self._line.find(ticket):
            self._leave(drawing)
            self._outbox.drop(ticket)

    def fail_all(self, error: EngineError) -> None:
        """Answer everyone with an error."""
        for drawing in self._line.drawings:
            self._end(drawing, error)
        self._outbox.flush()

    def step(self) -> bool:
        """Do one piece of work; return whether there was any."""
        if self._painting is None and not self._begin():
            return False
        painting = self._painting
        assert painting is not None
        if not self._preview(painting):
            self._paint(painting)
        self._outbox.flush()
        return True

    def _begin(self) -> bool:
        canvases = self._line.take()
        if not canvases:
            return False
        self._painting = Painting(self._painter, canvases)
        for drawing in _drawings(canvases):
            if not drawing.has_started:
                drawing.has_started = True
                self._outbox.put(drawing.ticket, Started())
        return True

    def _paint(self, painting: Painting) -> None:
        steps = painting.steps_done
        started = self._clock()
        try:
            is_unfinished = painting.advance()
            settle(self._device)
        except Exception as error:
            self._recover(painting, error)
            return
        finally:
            self._charge(painting, self._clock() - started, is_step=painting.steps_done > steps)
        self._tell(painting)
        if not is_unfinished:
            self._finish(painting)

    def _charge(self, painting: Painting, seconds: float, *, is_step: bool) -> None:
        """Share a piece's time among those whose pictures are drawn."""
        for canvas in painting.canvases:
            canvas.drawing.device_ms += seconds * 1000 / len(painting.canvases)
        if is_step:
            self._step_s += RECENT * (seconds - self._step_s)

    def _tell(self, painting: Painting) -> None:
        for drawing in self._present(painting):
            if any(canvas in painting.unsound for canvas in drawing.canvases):
                self._end(drawing, NotFinite(UNSOUND))
            elif step := drawing.progress():
                self._outbox.put(drawing.ticket, step)

    def _preview(self, painting: Painting) -> bool:
        """Make a preview where one is due and there is something new to see; return whether that was done."""
        now = self._clock()
        due = [drawing for drawing in self._present(painting) if now - drawing.previewed_at >= PREVIEW_EVERY_S]
        look, painting.look = painting.look, None
        if look is None or look.before is None or not due:
            return False
        try:
            sketches = self._sketch(look)
        except Exception as error:  # a preview is a convenience: the picture goes on without it
            let_go(error)
            sketches = []
        for canvas, sketch in zip(painting.canvases, sketches, strict=False):
            canvas.sketch = sketch
        for drawing in due:
            drawing.previewed_at = now
            seen = [canvas.sketch for canvas in drawing.canvases]
            if any(seen):
                self._outbox.put(drawing.ticket, preview(seen))
        return True

    def _finish(self, painting: Painting) -> None:
        self._painting = None
        self._room.drew(painting.canvases[0].drawing.terms.size)
        pictures = painting.pictures()
        painting.stop()
        for canvas, picture in zip(painting.canvases, pictures, strict=True):
            if canvas.drawing in self._line:
                self._accept(canvas, picture)

    def _accept(self, canvas: Canvas, picture: DrawnPicture | NotFinite) -> None:
        drawing = canvas.drawing
        if isinstance(picture, NotFinite):
            self._end(drawing, picture)
            return
        drawing.finish(canvas, picture)
        if drawn := drawing.drawn():
            self._end(drawing, drawn)

    def _recover(self, painting: Painting, error: Exception) -> None:
        """Draw again what failed, once and each picture alone; then say what it was."""
        self._painting = None
        let_go(error)
        painting.stop()
        if is_full := is_out_of_memory(error):
            give_back(self._device)
        present = [canvas for canvas in painting.canvases if canvas.drawing in self._line]
        can_be_less = len(painting.canvases) > 1 or (is_full and not painting.canvases[0].is_frugal)
        if can_be_less and not isinstance(error, EngineError):
            self._line.put_back(present, frugally=is_full)
            return
        for drawing in _drawings(present):
            self._end(drawing, self._no_room(drawing, error) if is_full else named(error))

    def _no_room(self, drawing: Drawing, error: Exception) -> OutOfMemory:
        fits = self._room.fits_after(drawing.terms.size)
        width, height = drawing.terms.size
        advice = f"; {fits[0]} x {fits[1]} px would fit" if fits else ""
        full = OutOfMemory(f"the device has no room for a picture of {width} x {height} px{advice}", fits)
        full.__cause__ = error
        return full

    def _present(self, painting: Painting) -> list[Drawing]:
        return [drawing for drawing in _drawings(painting.canvases) if drawing in self._line]

    def _end(self, drawing: Drawing, item: Drawn | EngineError) -> None:
        self._outbox.put(drawing.ticket, item, last=True)  # first: a device that fails on being freed withholds nothing
        self._leave(drawing)

    def _leave(self, drawing: Drawing) -> None:
        self._line.remove(drawing)
        if self._painting is not None and not self._present(self._painting):
            painting, self._painting = self._painting, None
            painting.stop()
            give_back(self._device)


def _drawings(canvases: list[Canvas]) -> list[Drawing]:
    """List the drawings that canvases belong to, each once."""
    return list({canvas.drawing.ticket: canvas.drawing for canvas in canvases}.values())
