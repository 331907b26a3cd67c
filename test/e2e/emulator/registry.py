"""Registers resource types: backed by a service's own state, or inert."""

import hashlib
import json
import os
import time

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import provisioners

_added = {}
_inert = set()


def backed(resource_type, create, delete, update=None, create_only=()):
    """A type whose resources live in the state of the service they belong to, so that its API answers what was deployed.

    `create(logical_id, properties, stack)` returns the physical id and the attributes, `delete(physical_id, properties)` nothing,
    `update(physical_id, old, new)` the attributes. A change of a property in `create_only` replaces, as on AWS; without an
    `update`, every change does.
    """

    def change(physical_id, old, new, stack, logical_id=None):
        if update and all(old.get(name) == new.get(name) for name in create_only):
            return physical_id, update(physical_id, old, new)
        created = create(logical_id or physical_id, new, stack)
        provisioners._delete_predecessor(delete, physical_id, old)
        return created

    _added[resource_type] = {"create": create, "update": change, "update_with_logical_id": True, "delete": delete}


def inert(resource_type, physical_id, attributes=None):
    """A type that nothing stands behind: it takes any properties and answers plausible ids, and a test proves nothing about it."""

    def answer(logical_id, properties, stack, known=None):
        made = known or physical_id(logical_id, properties, stack)
        return made, (attributes(made, properties) if attributes else {})

    def change(made, old, new, stack, logical_id=None):
        return answer(logical_id, new, stack, made)

    _added[resource_type] = {"create": answer, "update": change, "update_with_logical_id": True, "delete": lambda made, properties: None}
    _inert.add(resource_type)


def native(resource_type):
    """The emulator's own handler of a type, to be wrapped where it drops something."""
    return provisioners._RESOURCE_HANDLERS[resource_type]


def identifier(prefix, *parts):
    """An id in the form of EC2's, different for every resource and every creation."""
    text = "|".join([*map(str, parts), get_account_id(), get_region(), str(time.time_ns())])
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:17]}"


def install():
    """Hands the types over to the emulator and writes down which are inert."""
    known = provisioners._RESOURCE_HANDLERS
    doubled = sorted(set(_added) & set(known))
    if doubled:
        raise SystemExit(f"The emulator has these types of its own now, drop them here: {', '.join(doubled)}")
    known.update(_added)
    with open(os.environ["DIPTYCH_EMULATOR_TYPES"], "w", encoding="utf-8") as file:
        json.dump({"backed": sorted(set(_added) - _inert), "inert": sorted(_inert)}, file)
