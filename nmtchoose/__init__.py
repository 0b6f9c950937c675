"""Front-desk intake for massage clinics: which therapy, in which form, or a doctor first, and why.

For other programs, all names of `nmtchoose.api` can be imported from here: `from nmtchoose import load`.
"""

from importlib import import_module

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing's own would have to be imported
if TYPE_CHECKING:
    from nmtchoose.api import *  # noqa: F403 - the names stand once, in `nmtchoose.api`


def __getattr__(name: str) -> object:
    """Load a name of `nmtchoose.api` when it is used, so that a start of the command line does not pay for it."""
    if not name.startswith("_") or name == "__all__":
        api = import_module("nmtchoose.api")
        if name in (*api.__all__, "__all__"):
            return getattr(api, name)
    raise AttributeError(f"module 'nmtchoose' has no attribute '{name}'")
