"""The page. Everything in it may import Gradio, which is imported here first, without what it does beside."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without_interfaces() -> Iterator[None]:
    """Import Gradio in half the time.

    Whenever it is imported it writes an interface file (``.pyi``) beside the source of each component, for editors:
    3 s of the processor before anybody sees the page, and two studios that start at once write the same files. A
    component whose source cannot be found is left out.
    """
    find = inspect.getfile

    def find_but_components(thing: object) -> str:
        if type(thing).__name__ == "ComponentMeta":
            raise OSError("no interface file is wanted")
        return find(thing)  # type: ignore[arg-type]  # whatever it is, it is handed on

    inspect.getfile = find_but_components  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = find


with _without_interfaces():
    import gradio  # noqa: F401
