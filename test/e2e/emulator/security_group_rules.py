"""Security group rules as separate resources."""

from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from .registry import backed, identifier

_printed = ec2._sg_rule_xml


def register():
    ec2._sg_rule_xml = _with_prefix_lists
    for resource_type, key in (("AWS::EC2::SecurityGroupIngress", "IpPermissions"), ("AWS::EC2::SecurityGroupEgress", "IpPermissionsEgress")):
        _register(resource_type, key)


def _register(resource_type, key):
    def create(logical_id, properties, stack):
        rules = _group(properties)[key]
        rule = provisioners._ec2_sg_permissions([properties])[0]
        if _is_duplicate(rules, rule):
            raise ValueError(f"the specified rule already exists in {properties['GroupId']}")
        rule["SecurityGroupRuleId"] = identifier("sgr", stack, logical_id)
        rules.append(rule)
        return rule["SecurityGroupRuleId"], {"Id": rule["SecurityGroupRuleId"]}

    def delete(physical_id, properties):
        group = ec2._security_groups.get(properties["GroupId"])
        if group:
            group[key][:] = [rule for rule in group[key] if rule.get("SecurityGroupRuleId") != physical_id]

    backed(resource_type, create, delete)


def _group(properties):
    group = ec2._security_groups.get(properties["GroupId"])
    if group is None:
        raise ValueError(f"The security group '{properties['GroupId']}' does not exist")
    for peer in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if peer in properties and properties[peer] not in ec2._security_groups:
            raise ValueError(f"The security group '{properties[peer]}' does not exist")
    return group


def _is_duplicate(rules, rule):
    """EC2 rejects a rule that differs from another one only in its description."""
    return any(_essence(other) == _essence(rule) for other in rules)


def _essence(rule):
    return ec2._strip_descriptions({name: value for name, value in rule.items() if name != "SecurityGroupRuleId"})


def _with_prefix_lists(group, rule, is_egress=False):
    """The emulator returns a rule for a prefix list without the list."""
    lists = [entry["PrefixListId"] for entry in rule.get("PrefixListIds", [])]
    if not lists:
        return _printed(group, rule, is_egress)
    # Rendered as a rule for an address; the element is renamed afterwards.
    answer = _printed(group, {**rule, "IpRanges": [{"CidrIp": name} for name in lists]}, is_egress)
    for name in lists:
        answer = answer.replace(f"<cidrIpv4>{name}</cidrIpv4>", f"<prefixListId>{name}</prefixListId>")
    return answer
