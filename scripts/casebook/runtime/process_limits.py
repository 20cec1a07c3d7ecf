"""What a process may use. A child that limits itself loads nothing more than this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: `memory` and `output` in bytes, `cpu` and `wall` in seconds."""

    memory: int
    cpu: int
    wall: int
    output: int


def limit_self(limits: Limits) -> None:
    """Limit this process where the system can; called by the child before anything else."""
    try:
        import resource
    except ImportError:  # Windows: the parent puts the child into a job
        return
    for kind, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.cpu)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, hard))
        except (ValueError, OSError):  # macOS refuses a limit of memory
            continue
