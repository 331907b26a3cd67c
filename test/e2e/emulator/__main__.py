"""Starts the emulator with the extension: `python -m emulator`, with the parent folder on PYTHONPATH."""

from importlib import import_module

from ministack.app import main

from .registry import install

EXTENSIONS = (
    "attributes",
    "flow_logs",
    "launch_templates",
    "load_balancers",
    "network_acls",
    "network_attachments",
    "prefix_lists",
    "scaling_processes",
    "security_group_rules",
    "vpc_endpoints",
    "weak_references",
)

for name in EXTENSIONS:
    import_module(f".{name}", __package__).register()
install()
main()
