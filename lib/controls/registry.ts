import type { ControlInfo } from "../model/control.ts";
import { foreignTrust } from "./account/foreign-trust.ts";
import { legacyUser } from "./account/legacy-user.ts";
import { suppressionCurrent } from "./account/suppressions.ts";
import { clusterControlInfos } from "./cluster/registry.ts";
import type { RoleControl } from "./control.ts";
import { attachments } from "./role/attachments.ts";
import { boundary } from "./role/boundary.ts";
import { extraAttachment } from "./role/extra-attachment.ts";
import { managedPolicy } from "./role/managed-policy.ts";
import { managementAssumeRole, managementAssumeScope } from "./role/management-assume-role.ts";
import { passRole } from "./role/pass-role.ts";
import { permissionsExcess } from "./role/permissions-excess.ts";
import { permissionsMissing } from "./role/permissions-missing.ts";
import { profileExists, profileHoldsRole, profileName, profileNone } from "./role/profile-exists.ts";
import { roleChangeable } from "./role/role-changeable.ts";
import { roleAbsent, roleExists } from "./role/role-exists.ts";
import { rolePath } from "./role/role-path.ts";
import { roleRetired } from "./role/role-retired.ts";
import { trustDeadPrincipal } from "./role/trust-dead-principal.ts";
import { trustExcess } from "./role/trust-excess.ts";
import { trustExternalId } from "./role/trust-external-id.ts";
import { trustMfa } from "./role/trust-mfa.ts";
import { trustMissing } from "./role/trust-missing.ts";
import { trustWildcard } from "./role/trust-wildcard.ts";

/** What is asked of each role that is watched, in the order of reports. */
export const roleControls: readonly RoleControl[] = [
  roleRetired,
  rolePath,
  trustWildcard,
  trustExcess,
  trustExternalId,
  trustMfa,
  trustDeadPrincipal,
  trustMissing,
  passRole,
  extraAttachment,
  permissionsExcess,
  permissionsMissing,
  managedPolicy,
  attachments,
  boundary,
  profileExists,
  profileHoldsRole,
  profileName,
  profileNone,
  managementAssumeRole,
  managementAssumeScope,
];

/** All controls on roles, users and suppressions. */
const accountControls: readonly ControlInfo[] = [
  roleExists,
  roleAbsent,
  roleChangeable,
  ...roleControls,
  foreignTrust,
  legacyUser,
  suppressionCurrent,
];

/** All controls, in the order of reports and of docs/controls.md. */
export const controls: readonly ControlInfo[] = [
  ...accountControls.map(({ id, title, severity, resource, rationale }) => ({
    id,
    title,
    severity,
    resource,
    rationale,
  })),
  ...clusterControlInfos,
];

/** Ids of all controls, as severities and suppressions name them. */
export const controlIds: readonly string[] = controls.map(({ id }) => id);
