"""Launch templates: network interfaces as EC2 returns them."""

from ministack.services import ec2

_printed = ec2._lt_data_xml


def register():
    ec2._lt_data_xml = _with_interfaces


def _with_interfaces(data):
    """The emulator returns only some attributes of an interface, and its groups under a name that no client reads."""
    interfaces = data.get("NetworkInterfaces")
    if not interfaces:
        return _printed(data)
    rest = {name: value for name, value in data.items() if name != "NetworkInterfaces"}
    return f"{_printed(rest)}<networkInterfaceSet>{''.join(map(_item, interfaces))}</networkInterfaceSet>"


def _item(interface):
    return f"<item>{''.join(_field(name, value) for name, value in interface.items())}</item>"


def _field(name, value):
    if name == "Groups":
        return f"<groupSet>{''.join(f'<groupId>{ec2._esc(group)}</groupId>' for group in value)}</groupSet>"
    tag = name[0].lower() + name[1:]
    if isinstance(value, dict):
        return f"<{tag}>{''.join(_field(*entry) for entry in value.items())}</{tag}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{tag}>{ec2._esc(text)}</{tag}>"
