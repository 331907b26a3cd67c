"""Network load balancers: their VPC follows from their subnets, and so do the zones they answer."""

from ministack.core.responses import get_region
from ministack.services import alb, ec2

from .attributes import extend

_printed = alb._lb_xml


def register():
    extend("AWS::ElasticLoadBalancingV2::LoadBalancer", _set_vpc)
    alb._lb_xml = _with_zones


def _set_vpc(arn, properties):
    balancer = alb._lbs[arn]
    subnets = [ec2._subnets.get(subnet) for subnet in balancer["Subnets"]]
    if not all(subnets):
        raise ValueError(f"One or more subnets of {balancer['LoadBalancerName']} do not exist: {balancer['Subnets']}")
    balancer["VpcId"] = subnets[0]["VpcId"]


def _with_zones(balancer):
    """The emulator answers its region's first zone for every subnet."""
    answer = _printed(balancer)
    for subnet in balancer["Subnets"]:
        if subnet in ec2._subnets:
            said = f"<ZoneName>{get_region()}a</ZoneName><SubnetId>{subnet}<"
            answer = answer.replace(said, f"<ZoneName>{ec2._subnets[subnet]['AvailabilityZone']}</ZoneName><SubnetId>{subnet}<")
    return answer
