"""Network load balancers: attributes that derive from subnets, and attributes of listeners and target groups that the emulator drops."""

from ministack.core.responses import get_region
from ministack.services import alb, ec2

from .attributes import extend

_printed = alb._lb_xml
_printed_action = alb._action_xml
_parsed_actions = alb._parse_actions


def register():
    extend("AWS::ElasticLoadBalancingV2::LoadBalancer", _set_vpc)
    extend("AWS::ElasticLoadBalancingV2::Listener", _set_attributes)
    extend("AWS::ElasticLoadBalancingV2::TargetGroup", _register_targets)
    alb._lb_xml = _with_zones
    alb._action_xml = _with_shares
    alb._parse_actions = _parse_shares
    alb._ACTION_MAP["DescribeListenerCertificates"] = _describe_certificates
    alb._ACTION_MAP["AddListenerCertificates"] = _changing_certificates("AddListenerCertificates", lambda had, named: [*had, *named])
    alb._ACTION_MAP["RemoveListenerCertificates"] = _changing_certificates(
        "RemoveListenerCertificates", lambda had, named: [arn for arn in had if arn not in named]
    )


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
    """The emulator returns the first availability zone of its region for every subnet."""
    answer = _printed(balancer)
    for subnet in balancer["Subnets"]:
        if subnet in ec2._subnets:
            said = f"<ZoneName>{get_region()}a</ZoneName><SubnetId>{subnet}<"
            answer = answer.replace(said, f"<ZoneName>{ec2._subnets[subnet]['AvailabilityZone']}</ZoneName><SubnetId>{subnet}<")
    return answer


def _parse_shares(params, prefix="DefaultActions"):
    """The emulator drops the weights of several target groups."""
    actions = _parsed_actions(params, prefix)
    for number, action in enumerate(actions, start=1):
        said = f"{prefix}.member.{number}.ForwardConfig.TargetGroups.member."
        shares = []
        while arn := alb._p(params, f"{said}{len(shares) + 1}.TargetGroupArn"):
            shares.append({"TargetGroupArn": arn, "Weight": alb._p(params, f"{said}{len(shares) + 1}.Weight", "1")})
        if shares:
            action["Shares"] = shares
    return actions


def _with_shares(action):
    """The API always returns a forward action with weights, also if it has one target group."""
    alone = [{"TargetGroupArn": action["TargetGroupArn"], "Weight": "1"}] if "TargetGroupArn" in action else []
    shares = action.get("Shares", alone)
    groups = "".join(
        f"<member><TargetGroupArn>{share['TargetGroupArn']}</TargetGroupArn><Weight>{share['Weight']}</Weight></member>" for share in shares
    )
    return _printed_action(action).replace(
        "</member>", f"<ForwardConfig><TargetGroups>{groups}</TargetGroups></ForwardConfig></member>" if shares else "</member>"
    )


def _describe_certificates(params):
    """The default certificate of the listener comes first, then the additional certificates."""
    listener = alb._listeners[alb._p(params, "ListenerArn")]
    arns = [(arn, "true") for arn in listener.get("Certificates", [])] + [(arn, "false") for arn in listener.get("OtherCertificates", [])]
    members = "".join(f"<member><CertificateArn>{arn}</CertificateArn><IsDefault>{default}</IsDefault></member>" for arn, default in arns)
    return alb._xml(200, "DescribeListenerCertificates", f"<Certificates>{members}</Certificates>")


def _changing_certificates(action, change):
    def act(params):
        listener = alb._listeners[alb._p(params, "ListenerArn")]
        listener["OtherCertificates"] = change(listener.get("OtherCertificates", []), alb._parse_certificate_arns(params))
        return alb._empty(action)

    return act
