"""Attachments of a VPC to other networks. The emulator has no transit gateways, and its virtual private gateways propagate no routes."""

from .registry import identifier, inert


def register():
    inert("AWS::EC2::TransitGatewayAttachment", lambda logical_id, properties, stack: identifier("tgw-attach", stack, logical_id), _id)
    inert("AWS::EC2::VPNGatewayRoutePropagation", lambda logical_id, properties, stack: identifier("vgw-rtb-propagation", stack, logical_id))


def _id(made, properties):
    return {"Id": made}
