"""Starts the emulator with the extension: `python -m emulator`, with the parent folder on PYTHONPATH."""

from ministack.app import main

from . import attributes, flow_logs, load_balancers, network_acls, network_attachments, prefix_lists, security_group_rules, weak_references
from .registry import install

for module in (security_group_rules, network_acls, flow_logs, prefix_lists, network_attachments, attributes, load_balancers, weak_references):
    module.register()
install()
main()
