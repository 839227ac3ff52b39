"""What `python -m bot` can do: a module a command, each with `async def main(arguments, settings) -> int`."""
