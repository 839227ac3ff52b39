"""Every way a model can fail, by name. The application turns these into words for members."""


class EngineError(Exception):
    """Something went wrong on the device; only the request that meets it fails."""


class EmptyPrompt(EngineError):
    """The prompt has no words in it."""


class PromptTooLong(EngineError):
    """The parts that may not be dropped do not fit the model's window."""


class InvalidRequest(EngineError):
    """The request asks for something no model can do (a negative length, a temperature below zero)."""


class OutOfMemory(EngineError):
    """The device had no room for this request; `fits` is a picture's size in px that it would have room for."""

    def __init__(self, message: str, fits: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.fits = fits


class ModelFault(EngineError):
    """The model itself failed on this request."""


class NotFinite(ModelFault):
    """The model's numbers overflowed, so that there is no picture to show."""


class EngineClosed(EngineError):
    """The engine was shut down before the request ended."""


class ModelUnavailable(EngineError):
    """The model could not be loaded: the message says what is missing and how to get it."""
