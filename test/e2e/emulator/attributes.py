"""Attributes that templates read with Fn::GetAtt and that the handlers of the emulator do not return."""

from .registry import native


def register():
    extend("AWS::EC2::VPC", lambda made, properties: {"CidrBlock": properties.get("CidrBlock", "")})


def extend(resource_type, more):
    """Adds `more(physical_id, properties)` to the attributes of a native handler; `more` may also complete the state of the service."""
    handler = native(resource_type)
    create, update = handler["create"], handler.get("update")

    def create_more(logical_id, properties, stack):
        made, attributes = create(logical_id, properties, stack)
        return made, {**(attributes or {}), **(more(made, properties) or {})}

    def update_more(physical_id, old, new, *rest):
        made, attributes = update(physical_id, old, new, *rest)
        return made, {**(attributes or {}), **(more(made, new) or {})}

    handler["create"] = create_more
    if update:
        handler["update"] = update_more
