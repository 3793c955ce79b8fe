"""CloudTrail's shape of a call: lower-camel keys for IAM, nested sets for EC2, PascalCase wrappers for its
newer calls. Pure functions over what MiniStack was asked and what it answered."""

import json
import re
import xml.etree.ElementTree as ElementTree

# EC2's newer calls: the parameters stay PascalCase inside "<Action>Request".
WRAPPED = {
    "AssociateIamInstanceProfile",
    "DisassociateIamInstanceProfile",
    "ReplaceIamInstanceProfileAssociation",
}
# How EC2 names its lists in CloudTrail: request parameter to (set, item key).
EC2_SETS = {
    "ResourceId": ("resourcesSet", "resourceId"),
    "InstanceId": ("instancesSet", "instanceId"),
    "SecurityGroupId": ("groupSet", "groupId"),
    "GroupId": ("groupSet", "groupId"),
}
TAGGED = {"i": "instance", "sg": "security-group", "subnet": "subnet", "rtb": "route-table", "vol": "volume"}


def error_code(status, reply):
    """The AWS error code of a failed answer; None for a success."""
    if status < 400:
        return None
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else ""
    xml = re.search(r"<Code>([^<]+)</Code>", text)
    if xml:
        return xml.group(1)
    try:
        return str(json.loads(text).get("__type", status)).rsplit("#", 1)[-1]
    except (ValueError, AttributeError):
        return str(status)


def record(service, name, headers, body, params, status, reply):
    """requestParameters, responseElements and the error fields of one call."""
    code = error_code(status, reply)
    denied = code in ("AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation")
    if denied and service != "ec2":
        request = None
    elif headers.get("x-amz-target"):
        request = lower_camel(json.loads(body or b"{}"))
    else:
        tree = nested(params)
        request = ec2_request(name, tree) if service == "ec2" else lower_camel(tree)
    if code is not None:
        return {
            "requestParameters": request,
            "responseElements": None,
            "errorCode": f"Client.{code}" if service == "ec2" else code,
            "errorMessage": code,
        }
    return {"requestParameters": request, "responseElements": response_elements(service, reply)}


def nested(params):
    """`Tags.member.1.Key=a` as {"Tags": [{"Key": "a"}]}: the query protocol's flat names as a tree."""
    tree = {}
    for flat, values in params.items():
        if flat in ("Action", "Version") or flat.startswith("X-Amz-"):
            continue
        at = tree
        path = flat.split(".")
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = values[0] if isinstance(values, list) else values
    return as_lists(tree)


def as_lists(value):
    if not isinstance(value, dict):
        return value
    if set(value) == {"member"}:
        return as_lists(value["member"])
    if value and all(key.isdigit() for key in value):
        return [as_lists(value[key]) for key in sorted(value, key=int)]
    return {key: as_lists(item) for key, item in value.items()}


def lower_camel(value):
    if isinstance(value, list):
        return [lower_camel(item) for item in value]
    if isinstance(value, dict):
        return {first_lower(key): lower_camel(item) for key, item in value.items()}
    return value


def first_lower(key):
    if key == "AWSServiceName":
        return "aWSServiceName"
    if key[:3].isupper():  # ARN, KMSKeyId
        return key.lower() if key.isupper() else key
    return key[:1].lower() + key[1:]


def ec2_request(name, tree):
    if name in WRAPPED:
        return {f"{name}Request": tree}
    request = {}
    for key, value in tree.items():
        if key == "TagSpecification":
            specs = [
                {"resourceType": spec.get("ResourceType"), "tags": lower_camel(spec.get("Tag", []))} for spec in value
            ]
            request["tagSpecificationSet"] = {"items": specs}
        elif key == "Tag" and isinstance(value, list):
            request["tagSet"] = {"items": lower_camel(value)}
        elif isinstance(value, list):
            set_name, item_key = EC2_SETS.get(key, (first_lower(key) + "Set", first_lower(key)))
            items = [lower_camel(item) if isinstance(item, dict) else {item_key: item} for item in value]
            request[set_name] = {"items": items}
        else:
            request[first_lower(key)] = lower_camel(value)
    if name == "RunInstances":
        asked = {"imageId": tree.get("ImageId"), "minCount": tree.get("MinCount"), "maxCount": tree.get("MaxCount")}
        request["instancesSet"] = {"items": [asked]}
    return request


def response_elements(service, reply):
    """What a write answered: null for most of IAM's, as in CloudTrail."""
    try:
        root = ElementTree.fromstring(reply)
    except (ElementTree.ParseError, TypeError):
        return None
    if service == "ec2":
        elements = {bare(child): from_xml(child, "item") for child in root}
        return elements or None
    result = next((child for child in root if bare(child).endswith("Result")), None)
    elements = None if result is None else lower_camel(from_xml(result, "member"))
    if elements and "accessKey" in elements:
        elements["accessKey"].pop("secretAccessKey", None)
    return elements or None


def from_xml(node, item):
    children = list(node)
    if not children:
        return node.text or ("" if item == "member" else {} if bare(node).endswith("Set") else "")
    if all(bare(child) == item for child in children):
        members = [from_xml(child, item) for child in children]
        return {"items": members} if item == "item" else members
    return {bare(child): from_xml(child, item) for child in children}


def bare(node):
    return node.tag.rsplit("}", 1)[-1]


def tag_changes(name, params, region, account):
    """(ARN, detail) of "Tag Change on Resource" for every resource that a tagging call named."""
    from ministack.services import ec2

    tree = nested(params)
    keys = [tag.get("Key", "") for tag in tree.get("Tag", [])]
    for resource in tree.get("ResourceId", []):
        kind = TAGGED.get(resource.split("-", 1)[0])
        if kind is None:
            continue
        tags = {tag["Key"]: tag["Value"] for tag in ec2._tags.get(resource, [])}
        detail = {
            "changed-tag-keys": keys,
            "service": "ec2",
            "resource-type": kind,
            "version": len(tags) + 1,
            "tags": tags,
        }
        yield f"arn:aws:ec2:{region}:{account}:{kind}/{resource}", detail
