"""Waiting for an effect without guessing how long it takes: poll, with a deadline."""

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, overload

T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1


@overload
async def eventually(check: Callable[[], Coroutine[Any, Any, T]], deadline: float = ...) -> T: ...
@overload
async def eventually(check: Callable[[], T], deadline: float = ...) -> T: ...
async def eventually(check: Callable[[], Any], deadline: float = 30.0) -> Any:
    """Call `check` until it neither raises nor returns something false; its value, or its last error after `deadline` s."""
    loop = asyncio.get_running_loop()
    end, pause = loop.time() + deadline, FIRST_PAUSE
    while True:
        error: Exception = AssertionError(f"still false after {deadline} s: {inspect.getsource(check).strip()}")
        try:
            value = check()
            result = await value if inspect.isawaitable(value) else value
            if result or result is None:
                return result
        except Exception as raised:  # whatever is not true yet may raise anything; the last one is told
            error = raised
        if loop.time() >= end:
            raise error
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
