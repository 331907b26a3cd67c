"""VPC endpoints: the emulator stores their security groups and private DNS setting but does not return them."""

from ministack.services import ec2

_printed = ec2._vpce_fields_xml


def register():
    ec2._vpce_fields_xml = _whole


def _whole(endpoint, tag="item"):
    groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in endpoint.get("SecurityGroupIds", []))
    private = str(bool(endpoint.get("PrivateDnsEnabled"))).lower()
    more = f"<groupSet>{groups}</groupSet><privateDnsEnabled>{private}</privateDnsEnabled>"
    return _printed(endpoint, tag).replace("</serviceName>", f"</serviceName>{more}", 1)
