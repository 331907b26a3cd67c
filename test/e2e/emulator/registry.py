"""Registers resource types: backed by the state of their service, or inert."""

import hashlib
import json
import os
import time

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import provisioners

_added = {}
_inert = set()


def backed(resource_type, create, delete, update=None, create_only=()):
    """Registers a type whose resources are stored in the state of their service, so that its API returns them.

    `create(logical_id, properties, stack)` returns the physical id and the attributes, `update(physical_id, old, new)` the attributes,
    and `delete(physical_id, properties)` nothing. A change of a property in `create_only` replaces the resource, as on AWS. Without
    `update`, every change replaces it.
    """

    def change(physical_id, old, new, stack, logical_id=None):
        if update and all(old.get(name) == new.get(name) for name in create_only):
            return physical_id, update(physical_id, old, new)
        created = create(logical_id or physical_id, new, stack)
        provisioners._delete_predecessor(delete, physical_id, old)
        return created

    _added[resource_type] = {"create": create, "update": change, "update_with_logical_id": True, "delete": delete}


def inert(resource_type, physical_id, attributes=None):
    """Registers a type without an implementation: it accepts any properties and returns plausible ids, so tests prove nothing about it."""

    def answer(logical_id, properties, stack, known=None):
        made = known or physical_id(logical_id, properties, stack)
        return made, (attributes(made, properties) if attributes else {})

    def change(made, old, new, stack, logical_id=None):
        return answer(logical_id, new, stack, made)

    _added[resource_type] = {"create": answer, "update": change, "update_with_logical_id": True, "delete": lambda made, properties: None}
    _inert.add(resource_type)


def native(resource_type):
    """Returns the emulator's own handler of a type, so that it can be wrapped."""
    return provisioners._RESOURCE_HANDLERS[resource_type]


def identifier(prefix, *parts):
    """Returns an id in the format of EC2, which differs for every resource and every creation."""
    text = "|".join([*map(str, parts), get_account_id(), get_region(), str(time.time_ns())])
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:17]}"


def install():
    """Adds the types to the emulator, and writes a file that lists which are inert."""
    known = provisioners._RESOURCE_HANDLERS
    doubled = sorted(set(_added) & set(known))
    if doubled:
        raise SystemExit(f"The emulator now implements these types itself; remove them from this extension: {', '.join(doubled)}")
    known.update(_added)
    with open(os.environ["DIPTYCH_EMULATOR_TYPES"], "w", encoding="utf-8") as file:
        json.dump({"backed": sorted(set(_added) - _inert), "inert": sorted(_inert)}, file)
