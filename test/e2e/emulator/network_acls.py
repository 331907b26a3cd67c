"""Network ACLs, their entries and associations."""

from ministack.core.responses import get_account_id
from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from .registry import backed, identifier

_printed = ec2._network_acl_entry_xml


def register():
    backed("AWS::EC2::NetworkAcl", _create_acl, _delete_acl, _update_acl, create_only=("VpcId",))
    backed("AWS::EC2::NetworkAclEntry", _create_entry, _delete_entry, _update_entry, create_only=("NetworkAclId", "RuleNumber", "Egress"))
    backed("AWS::EC2::SubnetNetworkAclAssociation", _associate, _dissociate)
    ec2._network_acl_entry_xml = _entry_with_ports
    for action in ("CreateNetworkAclEntry", "ReplaceNetworkAclEntry"):
        ec2._ACTION_MAP[action] = _keeping_ports(ec2._ACTION_MAP[action])


def _create_acl(logical_id, properties, stack):
    acl = identifier("acl", stack, logical_id)
    denials = [_entry(32767, "-1", "deny", egress, {"CidrBlock": "0.0.0.0/0"}) for egress in (False, True)]
    ec2._network_acls[acl] = {
        "NetworkAclId": acl,
        "VpcId": properties["VpcId"],
        "IsDefault": False,
        "Entries": denials,
        "Associations": [],
        "Tags": properties.get("Tags", []),
        "OwnerId": get_account_id(),
    }
    provisioners._ec2_apply_tags(acl, properties)
    return acl, {"Id": acl}


def _update_acl(acl, old, new):
    provisioners._ec2_apply_tags(acl, new, old)
    return {"Id": acl}


def _delete_acl(acl, properties):
    if ec2._network_acls.get(acl, {}).get("Associations"):
        raise ValueError(f"The network ACL '{acl}' has associations")
    ec2._network_acls.pop(acl, None)


def _entry(number, protocol, action, egress, rest):
    return {"RuleNumber": int(number), "Protocol": str(protocol), "RuleAction": action, "Egress": egress, **rest}


def _create_entry(logical_id, properties, stack):
    entries = ec2._network_acls[properties["NetworkAclId"]]["Entries"]
    entry = _wanted(properties)
    if any(_key(other) == _key(entry) for other in entries):
        raise ValueError(f"The network acl entry identified by {entry['RuleNumber']} already exists")
    entries.append(entry)
    return "|".join(map(str, (properties["NetworkAclId"], *_key(entry)))), {}


def _update_entry(physical_id, old, new):
    _delete_entry(physical_id, old)
    ec2._network_acls[new["NetworkAclId"]]["Entries"].append(_wanted(new))
    return {}


def _delete_entry(physical_id, properties):
    acl = ec2._network_acls.get(properties["NetworkAclId"])
    if acl:
        acl["Entries"] = [entry for entry in acl["Entries"] if _key(entry) != _key(_wanted(properties))]


def _wanted(properties):
    kept = {name: properties[name] for name in ("CidrBlock", "Ipv6CidrBlock", "PortRange") if name in properties}
    egress = str(properties.get("Egress", False)).lower() == "true"
    return _entry(properties["RuleNumber"], properties["Protocol"], properties["RuleAction"], egress, kept)


def _key(entry):
    return entry["RuleNumber"], entry["Egress"]


def _entry_with_ports(entry):
    """The emulator stores port ranges but does not return them."""
    ports = entry.get("PortRange")
    answer = _printed(entry)
    if not ports:
        return answer
    return answer.replace("</item>", f"<portRange><from>{ports['From']}</from><to>{ports['To']}</to></portRange></item>")


def _keeping_ports(action):
    """The API of the emulator drops the ports of the last entry."""

    def act(params):
        answer = action(params)
        bounds = {name: ec2._p(params, f"PortRange.{name}") for name in ("From", "To")}
        acl = ec2._network_acls.get(ec2._p(params, "NetworkAclId"))
        if acl and all(bounds.values()):
            acl["Entries"][-1]["PortRange"] = {name: int(value) for name, value in bounds.items()}
        return answer

    return act


def _associate(logical_id, properties, stack):
    """A subnet has one network ACL, so a new association replaces the old one."""
    association = identifier("aclassoc", stack, logical_id)
    _remove_associations(lambda one: one["SubnetId"] == properties["SubnetId"])
    record = {"NetworkAclAssociationId": association, "SubnetId": properties["SubnetId"]}
    ec2._network_acls[properties["NetworkAclId"]]["Associations"].append(record)
    return association, {"AssociationId": association}


def _dissociate(association, properties):
    _remove_associations(lambda one: one["NetworkAclAssociationId"] == association)


def _remove_associations(unwanted):
    for acl in ec2._network_acls.values():
        acl["Associations"] = [one for one in acl["Associations"] if not unwanted(one)]
