"""Fn::GetStackOutput, a weak reference between stacks, of which the emulator ignores the Region."""

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services.cloudformation import engine

_resolve = engine._resolve_refs


def register():
    engine._resolve_refs = _resolve_in_region


def _resolve_in_region(value, *context, **named):
    reference = value.get("Fn::GetStackOutput") if isinstance(value, dict) else None
    region = reference.get("Region") if isinstance(reference, dict) else None
    if isinstance(region, str) and region != get_region():
        with request_scope(get_account_id(), region):
            return _resolve(value, *context, **named)
    return _resolve(value, *context, **named)
