"""The rule table over columns of packed answers: one bit for each client, and the same results as one by one."""

from nmtchoose.bulk.kernel.kernel import BLOCK_ROWS, Kernel, Outcome, compile_kernel

__all__ = ["BLOCK_ROWS", "Kernel", "Outcome", "compile_kernel"]
