"""The command `cchc`."""

from cchc_tasks.cli import (
    doctor,
    evidence,
    following_plans,
    obligations,
    plans,
    reading,
    reminding,
    running,
    system,
    users,
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
    obligations.duty,
    obligations.obligation,
    reminding.remind,
    running.up,
    doctor.doctor,
    evidence.evidence,
    users.user,
):
    commands.add_command(command)
for command in (following_plans.compare, following_plans.carry_over):
    plans.plan.add_command(command)


def main() -> None:
    """Run the command line."""
    run(commands)
