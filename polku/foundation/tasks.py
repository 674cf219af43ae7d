"""The ground's jobs. A job carries its register; a periodic job goes through the registers."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.foundation import outbox, registers, sealing
from polku.foundation.door import limits, sessions


@app.task(queue="mail", name="send_message")
def send_message(register_id: str, message_id: str) -> str:
    """Send one message of the outbox."""
    return outbox.send(UUID(register_id), UUID(message_id))


@app.periodic(cron="* * * * *")
@app.task(queue="mail", name="send_waiting", queueing_lock="send_waiting")
def send_waiting(timestamp: int) -> int:
    """Send what still waits: messages put off, and those whose own job was lost. Each minute."""
    sent = 0
    for register in registers.ids():
        for message in outbox.due(register):
            sent += outbox.send(register, message) == "sent"
    return sent


@app.periodic(cron="* * * * * */2")
@app.task(queue="audit", name="seal_audit", queueing_lock="seal_audit")
def seal_audit(timestamp: int) -> int:
    """Chain the committed audit entries of every register, and the house's own."""
    return sum(sealing.seal(register) for register in [None, *registers.ids()])


@app.periodic(cron="17 * * * *")
@app.task(queue="audit", name="sweep_audit", queueing_lock="sweep_audit")
def sweep_audit(timestamp: int) -> int:
    """Chain entries that committed long after their neighbours. Each hour."""
    return sum(sealing.seal(register, sweep=True) for register in [None, *registers.ids()])


@app.periodic(cron="41 * * * *")
@app.task(queue="audit", name="sweep_door", queueing_lock="sweep_door")
def sweep_door(timestamp: int) -> int:
    """Remove ended sessions and tries that no longer count. Each hour."""
    return sessions.sweep() + limits.sweep()
