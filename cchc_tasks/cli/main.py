"""The command `cchc`."""

from cchc_tasks.cli import (
    absences,
    calendar,
    channels,
    contacts,
    deliveries,
    directory,
    doctor,
    duties,
    evidence,
    extensions,
    follow_ups,
    following_plans,
    inside_unit,
    internal_days,
    ladders,
    messages,
    obligations,
    plans,
    reading,
    reminding,
    running,
    secrets,
    simulating,
    system,
    users,
    zalo,
)
from cchc_tasks.cli.office import group, run

commands = group("cchc", "Theo dõi, nhắc việc và kiểm chứng kế hoạch cải cách hành chính.")
for command in (
    system.init,
    system.database,
    reading.read,
    reading.deadline,
    reading.unit,
    plans.plan,
    duties.duty,
    obligations.obligation,
    inside_unit.input_,
    reminding.remind,
    simulating.simulate,
    running.up,
    doctor.doctor,
    evidence.evidence,
    users.user,
    messages.message,
    directory.directory,
    follow_ups.follow_up,
    calendar.calendar,
    absences.absence,
    ladders.ladder,
    channels.channel,
    extensions.extend,
    deliveries.delivery,
    secrets.secret,
):
    commands.add_command(command)
for command in (following_plans.compare, following_plans.carry_over, internal_days.of_plan):
    plans.plan.add_command(command)
obligations.obligation.add_command(internal_days.of_obligations)
for command in (inside_unit.assign, inside_unit.unassign):
    obligations.obligation.add_command(command)
users.user.add_command(contacts.contact)
channels.channel.add_command(zalo.consent)
messages.message.add_command(zalo.post)


def main() -> None:
    """Run the command line."""
    run(commands)
