"""Arithmetic in bfloat16 where the processor has instructions for it (AMX, AVX512-BF16): several times faster, weights stay float32."""

from __future__ import annotations

from contextlib import AbstractContextManager

import torch


def multiplies(wanted: bool) -> AbstractContextManager[object]:
    """A context in which matrices are multiplied in bfloat16 if that is wanted and fast here, in float32 otherwise."""
    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    able = bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))
    return torch.autocast("cpu", torch.bfloat16, enabled=wanted and able)
