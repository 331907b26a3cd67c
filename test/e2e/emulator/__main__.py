"""Starts the emulator with the extension: `python -m emulator`, with the parent folder on PYTHONPATH."""

from ministack.app import main

from . import (
    attributes,
    flow_logs,
    launch_templates,
    load_balancers,
    network_acls,
    network_attachments,
    prefix_lists,
    security_group_rules,
    vpc_endpoints,
    weak_references,
)
from .registry import install

for module in (
    attributes,
    flow_logs,
    launch_templates,
    load_balancers,
    network_acls,
    network_attachments,
    prefix_lists,
    security_group_rules,
    vpc_endpoints,
    weak_references,
):
    module.register()
install()
main()
