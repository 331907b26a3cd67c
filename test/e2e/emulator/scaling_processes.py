"""Suspended processes of Auto Scaling groups, which the emulator does not support."""

from ministack.services import autoscaling

_described = autoscaling._ACTION_MAP["DescribeAutoScalingGroups"]


def register():
    autoscaling._ACTION_MAP["DescribeAutoScalingGroups"] = _with_suspended
    autoscaling._ACTION_MAP["SuspendProcesses"] = _changing("SuspendProcesses", lambda had, named: had | named)
    autoscaling._ACTION_MAP["ResumeProcesses"] = _changing("ResumeProcesses", lambda had, named: had - named)


def _changing(action, change):
    def act(params):
        group = autoscaling._asgs[autoscaling._p(params, "AutoScalingGroupName")]
        named = set(autoscaling._parse_member_list(params, "ScalingProcesses"))
        group["SuspendedProcesses"] = sorted(change(set(group.get("SuspendedProcesses", [])), named))
        return autoscaling._xml(200, f"{action}Response", "")

    return act


def _with_suspended(params):
    status, headers, body = _described(params)
    answer = body.decode("utf-8")
    for group in autoscaling._asgs.values():
        arn = f"<AutoScalingGroupARN>{group['AutoScalingGroupARN']}</AutoScalingGroupARN>"
        names = "".join(f"<member><ProcessName>{name}</ProcessName></member>" for name in group.get("SuspendedProcesses", []))
        answer = answer.replace(arn, f"{arn}<SuspendedProcesses>{names}</SuspendedProcesses>")
    return status, headers, answer.encode("utf-8")
