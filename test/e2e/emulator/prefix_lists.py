"""Customer-managed prefix lists."""

from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from .registry import backed, identifier


def register():
    backed("AWS::EC2::PrefixList", _create, _delete, _update, create_only=("AddressFamily",))


def _create(logical_id, properties, stack):
    prefix_list = identifier("pl", stack, logical_id)
    ec2._prefix_lists[prefix_list] = {"PrefixListId": prefix_list, "State": "create-complete", "OwnerId": get_account_id(), "Version": 0}
    return prefix_list, _update(prefix_list, {}, properties)


def _update(prefix_list, old, new):
    record = ec2._prefix_lists[prefix_list]
    entries = [{"Cidr": entry["Cidr"], "Description": entry.get("Description", "")} for entry in new.get("Entries", [])]
    maximum = int(new.get("MaxEntries", len(entries)))
    if len(entries) > maximum:
        raise ValueError(f"{len(entries)} entries exceed the maximum of {maximum}")
    arn = f"arn:aws:ec2:{get_region()}:{get_account_id()}:prefix-list/{prefix_list}"
    record.update(
        PrefixListName=new["PrefixListName"],
        AddressFamily=new["AddressFamily"],
        MaxEntries=maximum,
        Entries=entries,
        Version=record["Version"] + 1,
        Tags=new.get("Tags", []),
        PrefixListArn=arn,
    )
    provisioners._ec2_apply_tags(prefix_list, new, old)
    return {"PrefixListId": prefix_list, "Arn": arn, "OwnerId": get_account_id(), "Version": record["Version"]}


def _delete(prefix_list, properties):
    ec2._prefix_lists.pop(prefix_list, None)
