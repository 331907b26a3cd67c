"""Network load balancers: what follows from their subnets, and what the emulator forgets of listeners and target groups."""

from ministack.core.responses import get_region
from ministack.services import alb, ec2

from .attributes import extend

_printed = alb._lb_xml


def register():
    extend("AWS::ElasticLoadBalancingV2::LoadBalancer", _set_vpc)
    extend("AWS::ElasticLoadBalancingV2::Listener", _set_attributes)
    extend("AWS::ElasticLoadBalancingV2::TargetGroup", _register_targets)
    alb._lb_xml = _with_zones


def _set_vpc(arn, properties):
    balancer = alb._lbs[arn]
    subnets = [ec2._subnets.get(subnet) for subnet in balancer["Subnets"]]
    if not all(subnets):
        raise ValueError(f"One or more subnets of {balancer['LoadBalancerName']} do not exist: {balancer['Subnets']}")
    balancer["VpcId"] = subnets[0]["VpcId"]


def _set_attributes(arn, properties):
    stated = {item["Key"]: item["Value"] for item in properties.get("ListenerAttributes", [])}
    kept = [item for item in alb._listener_attrs.get(arn, []) if item["Key"] not in stated]
    alb._listener_attrs[arn] = kept + [{"Key": key, "Value": value} for key, value in stated.items()]


def _register_targets(arn, properties):
    port = properties.get("Port")
    alb._targets[arn] = [{"Id": target["Id"], "Port": int(target.get("Port", port))} for target in properties.get("Targets", [])]


def _with_zones(balancer):
    """The emulator answers its region's first zone for every subnet."""
    answer = _printed(balancer)
    for subnet in balancer["Subnets"]:
        if subnet in ec2._subnets:
            said = f"<ZoneName>{get_region()}a</ZoneName><SubnetId>{subnet}<"
            answer = answer.replace(said, f"<ZoneName>{ec2._subnets[subnet]['AvailabilityZone']}</ZoneName><SubnetId>{subnet}<")
    return answer
