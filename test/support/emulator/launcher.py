"""Starts MiniStack with what AWS has and it lacks: API calls that become CloudTrail events.

Every call that is answered is appended as one line of JSON to $EMULATOR_CALLS (who, which IAM action,
with which outcome). Every write to a watched service becomes an "AWS API Call via CloudTrail" event on
the caller's default event bus, in CloudTrail's shape, unless the file $EMULATOR_MUTE exists. What a function
logs in CloudWatch's embedded metric format becomes metrics, and so the alarms on them are evaluated.
Leans on MiniStack's inside: its version is pinned where it is installed.
"""

import json
import os
import signal
import threading
import time
import uuid
from datetime import datetime, timezone

import cloudtrail_shape
from ministack import app
from ministack.core import iam_actions, iam_evaluator, responses, router
from ministack.core.arn import parse_arn
from ministack.services import cloudwatch, eventbridge, iam, lambda_svc

CALLS = os.environ.get("EMULATOR_CALLS")
MUTE = os.environ.get("EMULATOR_MUTE", "")
MANAGED = os.environ.get("EMULATOR_MANAGED_POLICIES")

# Services whose writes are told, by the name MiniStack routes on.
TOLD = {
    "iam", "ec2", "events", "cloudtrail", "sns", "sqs", "dynamodb", "kms", "lambda", "logs", "sts", "monitoring",
    "scheduler",
}  # fmt: skip
READS = (
    "Get", "List", "Describe", "Simulate", "Generate", "Lookup", "Head", "Receive", "Query", "Scan",
    "BatchGet", "BatchWrite", "PutItem", "UpdateItem", "DeleteItem", "Transact", "Publish", "Send",
    "DeleteMessage", "ChangeMessage", "Invoke", "PutEvents", "PutLogEvents", "CreateLogStream", "AssumeRole",
    "PutMetricData",
)  # fmt: skip

answer = app._dispatch_service_request
put_events = eventbridge._put_events
iam_action = iam_actions.extract_iam_action
resource_arn = iam_actions.extract_resource_arn
invoke_target = eventbridge._invoke_target
calls_lock = threading.Lock()


async def answer_and_tell(method, path, headers, body, query_params, request_id):
    status, reply_headers, reply = await answer(method, path, headers, body, query_params, request_id)
    try:
        tell(method, path, headers, body, query_params, request_id, status, reply)
    except Exception:  # a fault of the teller must not look like one of the service
        app.logger.exception("cannot tell of %s %s", method, path)
    return status, reply_headers, reply


def tell(method, path, headers, body, query_params, request_id, status, reply):
    params = app._routing_params(method, path, headers, body, query_params)
    service = app.detect_service(method, path, headers, params)
    action = iam_actions.extract_iam_action(service, method, path, headers, body, params)
    if action is None:
        return
    name = action.split(":", 1)[1]
    identity = caller(headers, query_params)
    code = cloudtrail_shape.error_code(status, reply)
    resource = iam_actions.extract_resource_arn(
        service, method, path, headers, body, params, responses.get_region(), responses.get_account_id()
    )
    if CALLS:
        line = {
            "at": now(), "account": responses.get_account_id(), "region": responses.get_region(),
            "action": action, "resource": resource, "principal": identity.get("arn", ""), "status": status,
            "errorCode": code,
        }  # fmt: skip
        with calls_lock, open(CALLS, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    if service not in TOLD or name.startswith(READS) or (MUTE and os.path.exists(MUTE)):
        return
    record = cloudtrail_shape.record(service, name, headers, body, params, status, reply)
    record["requestParameters"] = {**(record["requestParameters"] or {}), **named_in(path, service)} or None
    region = home_region(responses.get_region()) if service in ("iam", "sts") else responses.get_region()
    detail = {
        "eventVersion": "1.08",
        "userIdentity": identity,
        "eventTime": now(),
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "awsRegion": region,
        "sourceIPAddress": "127.0.0.1",
        "userAgent": headers.get("user-agent", ""),
        **record,
        "requestID": request_id,
        "eventID": str(uuid.uuid4()),
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": responses.get_account_id(),
        "eventCategory": "Management",
    }
    publish(region, f"aws.{service}", "AWS API Call via CloudTrail", detail, [])
    if code is None and service == "ec2" and name in ("CreateTags", "DeleteTags"):
        for arn, change in cloudtrail_shape.tag_changes(name, params, region, responses.get_account_id()):
            publish(region, "aws.tag", "Tag Change on Resource", change, [arn])


def named_in(path, service):
    """What REST calls are about stands in their paths."""
    keys = {
        "lambda": {"functions": "functionName", "event-source-mappings": "uUID"},
        "scheduler": {"schedules": "name"},
    }.get(service, {})
    parts = [part for part in path.split("/") if part]
    return {keys[kind]: name for kind, name in zip(parts, parts[1:]) if kind in keys}


def publish(region, source, kind, detail, resources):
    """On the default bus of `region`: IAM's events arrive in the home region wherever the call was signed."""
    token = responses._request_region.set(region)
    try:
        eventbridge._ensure_default_bus()
        entry = {"Source": source, "DetailType": kind, "Detail": json.dumps(detail), "Resources": resources}
        put_events({"Entries": [entry]}, True)
    finally:
        responses._request_region.reset(token)


def home_region(region):
    if region.startswith("cn-"):
        return "cn-north-1"
    return "us-gov-west-1" if region.startswith("us-gov-") else "us-east-1"


def caller(headers, query_params):
    key = router.extract_access_key_id(headers, query_params) or ""
    account = responses.get_account_id()
    found = iam_evaluator.resolve_credential(key, account) if key else None
    if not isinstance(found, iam_evaluator.ResolvedCredential):
        return {"type": "AWSAccount", "principalId": "", "accountId": account, "accessKeyId": key}
    kinds = {"User": "IAMUser", "AssumedRole": "AssumedRole", "Root": "Root"}
    identity = {
        "type": kinds.get(found.principal_type, found.principal_type),
        "principalId": found.principal_id,
        "arn": found.principal_arn,
        "accountId": found.account_id,
        "accessKeyId": key,
    }
    if found.principal_type == "User":
        identity["userName"] = found.principal_name
    return identity


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def load_managed_policies(path):
    """AWS-managed policies that MiniStack does not know: a JSON object of name (with path) to document."""
    with open(path, encoding="utf-8") as file:
        for name, document in json.load(file).items():
            arn = f"{iam._AWS_MANAGED_POLICY_PREFIX}{name}"
            iam._aws_managed_policies[arn] = iam._make_aws_managed_record(name, json.dumps(document))


def resource_of(service, method, path, headers, body, query_params, *rest):
    """MiniStack holds some calls against other resources than AWS does."""
    arn = resource_arn(service, method, path, headers, body, query_params, *rest)
    name = iam_actions._param(body, query_params, "InstanceProfileName") if service == "iam" else ""
    if arn == "*" and name:
        return f"arn:aws:iam::{responses.get_account_id()}:instance-profile/{name}"
    # Rules of the default bus are named without it; alarms are described by their names.
    if service == "monitoring" and arn == "*":
        return f"arn:aws:cloudwatch:{responses.get_region()}:{responses.get_account_id()}:alarm:*"
    rule = iam_actions._param(body, query_params, "Rule") if service == "events" and arn == "*" else ""
    if rule:
        return f"arn:aws:events:{responses.get_region()}:{responses.get_account_id()}:rule/{rule}"
    return arn.replace(":rule/default/", ":rule/")


# What MiniStack calls by another call's name: by the path's tail and the method.
LAMBDA = {
    ("event-source-mappings", "GET"): "GetEventSourceMapping",
    ("event-source-mappings", "PUT"): "UpdateEventSourceMapping",
    ("event-source-mappings", "DELETE"): "DeleteEventSourceMapping",
    ("concurrency", "GET"): "GetFunctionConcurrency",
    ("concurrency", "DELETE"): "DeleteFunctionConcurrency",
    ("event-invoke-config", "GET"): "GetFunctionEventInvokeConfig",
    ("event-invoke-config", "PUT"): "PutFunctionEventInvokeConfig",
    ("event-invoke-config", "POST"): "UpdateFunctionEventInvokeConfig",
    ("event-invoke-config", "DELETE"): "DeleteFunctionEventInvokeConfig",
    ("policy", "GET"): "GetPolicy",
}


def action_of(service, method, path, headers, body, query_params):
    action = iam_action(service, method, path, headers, body, query_params)
    if service != "lambda":
        return action
    parts = [part for part in path.split("/") if part]
    for kind in ("event-source-mappings", "concurrency", "event-invoke-config", "policy"):
        # A mapping is named behind its kind; a function before it.
        if kind in parts and (parts[-1] == kind) == (kind != "event-source-mappings"):
            return "lambda:" + LAMBDA.get((kind, method), (action or ":").split(":", 1)[1])
    return action


def log_and_measure(func, request_id, log_text, *rest, **named):
    emit_logs(func, request_id, log_text, *rest, **named)
    for line in log_text.splitlines():
        if '"_aws"' not in line:
            continue
        try:
            measure(json.loads(line[line.index("{"):]))
        except Exception:
            app.logger.exception("cannot measure %s", line)


def measure(entry):
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html"""
    for directive in entry["_aws"]["CloudWatchMetrics"]:
        dimensions = {key: str(entry[key]) for keys in directive["Dimensions"] for key in keys}
        for metric in directive["Metrics"]:
            values = entry[metric["Name"]]
            for value in values if isinstance(values, list) else [values]:
                unit = metric.get("Unit", "None")
                cloudwatch.record_metric(directive["Namespace"], metric["Name"], value, unit, dimensions)
    cloudwatch._evaluate_all_alarms()


emit_logs = lambda_svc._emit_lambda_logs


def call_target(target, event, rule, view=None):
    """A function that is gone, or does not let the rule call it: as on AWS, the target's dead-letter queue."""
    arn = target.get("Arn", "")
    if ":lambda:" not in arn or may_call(arn, rule):
        return invoke_target(target, event, rule, view)
    dead = (target.get("DeadLetterConfig") or {}).get("Arn")
    if dead:
        seen = view or eventbridge._pattern_event_view(event)
        eventbridge._dispatch_to_sqs(parse_arn(dead), json.dumps(seen.event_with_detail()))


def may_call(arn, rule):
    func, _, _ = lambda_svc._get_func_record_for_ref(arn)
    if not func:
        return False
    # A schedule calls under a role of its own.
    source = rule.get("Arn", "")
    if ":scheduler:" in source:
        return True
    return any(
        statement.get("Principal") == {"Service": "events.amazonaws.com"}
        and statement.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn") in (None, source)
        for statement in func["policy"]["Statement"]
    )


def call_function(arn, payload):
    """Takes the event over as Lambda does, with its repetitions and what becomes of the last failure."""
    func, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if func and config:
        record = lambda_svc._execution_record_for_config(func, config)
        lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def end_with(parent):
    """Whoever started this may be killed before it could stop it: nothing of it stays behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    lambda_svc._emit_lambda_logs = log_and_measure
    iam_actions.extract_resource_arn = resource_of
    iam_actions.extract_iam_action = action_of
    app._dispatch_service_request = answer_and_tell
    eventbridge._put_events = lambda data, allow_aws_source=False: put_events(data, True)
    eventbridge._invoke_target = call_target
    eventbridge._dispatch_to_lambda = call_function
    if MANAGED:
        load_managed_policies(MANAGED)
    app.main()
