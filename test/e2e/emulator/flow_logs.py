"""Flow logs."""

from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from .registry import backed, identifier


def register():
    backed("AWS::EC2::FlowLog", _create, _delete)


def _create(logical_id, properties, stack):
    flow_log = identifier("fl", stack, logical_id)
    ec2._flow_logs[flow_log] = {
        "FlowLogId": flow_log,
        "ResourceId": properties["ResourceId"],
        "ResourceType": properties["ResourceType"],
        "TrafficType": properties.get("TrafficType", "ALL"),
        "FlowLogStatus": "ACTIVE",
        "LogDestinationType": properties.get("LogDestinationType", "cloud-watch-logs"),
        "LogDestination": properties.get("LogDestination") or properties.get("LogGroupName", ""),
        "CreationTime": ec2._now_ts(),
    }
    provisioners._ec2_apply_tags(flow_log, properties)
    return flow_log, {"Id": flow_log}


def _delete(flow_log, properties):
    ec2._flow_logs.pop(flow_log, None)
