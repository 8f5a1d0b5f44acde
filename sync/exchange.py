"""The one procedure: two replicas trade what the other lacks, through any channel."""

from sync.answering import answer
from sync.driving import Drive
from sync.parties import (
    Channel,
    ChannelFault,
    Grant,
    Limits,
    Notice,
    Outcome,
    Replica,
)

__all__ = [
    "Channel",
    "ChannelFault",
    "Grant",
    "Limits",
    "Notice",
    "Outcome",
    "Replica",
    "answer",
    "exchange",
]

_USUAL = Limits()


def exchange(replica: Replica, channel: Channel, limits: Limits = _USUAL) -> Outcome:
    """One whole exchange, driven from this side. Raises ChannelFault; its `partial` tells what was done.

    Nothing is remembered between exchanges: each begins by asking the other what it holds.
    """
    drive = Drive(replica, channel, limits)
    try:
        drive.run()
    except ChannelFault as fault:
        fault.partial = drive.outcome()
        raise
    return drive.outcome()
