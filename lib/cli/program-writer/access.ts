import { CONFIGURATION_ROLE, FUNCTION_SERVICE } from "../../model/permissions";
import { presetPolicies } from "../../model/preset-policies";
import type { PolicyProperties } from "../../model/resources/policy";
import type { Found } from "../../kinds/kind";
import { count } from "../render/text";
import { call, literal, object, type Expression } from "./expression";
import { camelCase, idOf } from "./names";
import { number, objectsOf, tagsOf, text, unless, valueOf, type Writing } from "./writing";

const SECTION = "Access";

/**
 * Roles, policies and who has them belong to the whole account. Written are the roles that functions can take on, the
 * policies that say something of functions or are attached to those roles, and whom these are attached to.
 */
export function writeAccess(writing: Writing): void {
  const attachments = objectsOf(writing, "cam_policy_attachment");
  const allRoles = objectsOf(writing, "cam_role");
  const roles = allRoles.filter(isOfFunctions);
  const names = new Set(roles.map((role) => text(role, "roleName")));
  const attached = new Set(
    attachments.filter((one) => names.has(text(one, "roleName"))).map((one) => text(one, "policyName")),
  );
  const allPolicies = objectsOf(writing, "cam_policy");
  const policies = allPolicies.filter(
    (policy) => attached.has(text(policy, "policyName")) || saysSomethingOfFunctions(policy),
  );
  for (const policy of policies) writePolicy(writing, policy);
  for (const role of roles) writeRole(writing, role);
  for (const one of attachments) writeRoleAttachment(writing, one);
  for (const kind of ["cam_user_policy_attachment", "cam_group_policy_attachment"]) {
    for (const one of objectsOf(writing, kind)) writePrincipalAttachment(writing, one);
  }
  const otherRoles = allRoles.length - roles.length;
  const otherPolicies = allPolicies.length - policies.length;
  if (otherRoles > 0) {
    writing.program.leftOut.push(`${count(otherRoles, "role")} of the account that functions cannot take on`);
  }
  if (otherPolicies > 0) {
    writing.program.leftOut.push(
      `${count(otherPolicies, "policy", "policies")} of the account that say nothing of functions`,
    );
  }
}

function isOfFunctions(role: Found): boolean {
  const services = (valueOf(role, "trustedServices") ?? []) as readonly string[];
  return services.includes(FUNCTION_SERVICE) && text(role, "roleName") !== CONFIGURATION_ROLE;
}

function saysSomethingOfFunctions(policy: Found): boolean {
  const statements = (valueOf(policy, "statement") ?? []) as PolicyProperties["statement"];
  return statements.some(({ action }) => action.some((name) => /^(name\/)?scf:/.test(name)));
}

function writePolicy(writing: Writing, found: Found): void {
  const { program, stack } = writing;
  const name = text(found, "policyName");
  const plain = idOf(name, "policy");
  const id = program.id(stack, [], plain, `${plain}-policy`);
  const variable = program.variable(camelCase(name, "policy"), `${camelCase(name, "policy")}Policy`);
  const statements = (valueOf(found, "statement") ?? []) as PolicyProperties["statement"];
  const props = object(
    {
      name: literal(name),
      description: unless(text(found, "description"), ""),
      statements: {
        items: statements.map(({ effect, action, resource, condition }) =>
          object({
            effect: literal(effect),
            actions: literal(action),
            resources: literal(resource),
            conditions: condition && literal(condition),
          }),
        ),
      },
    },
    { open: true },
  );
  program.add(SECTION, call("new scf.Policy", "stack", literal(id), props), { variable });
  program.stands(`${stack}/${id}`, found.id);
  writing.policies.set(name, { variable, address: `${stack}/${id}`, id });
}

function writeRole(writing: Writing, found: Found): void {
  const { program, stack } = writing;
  const name = text(found, "roleName");
  const plain = idOf(name, "role");
  const id = program.id(stack, [], plain, `${plain}-role`);
  const variable = program.variable(camelCase(name, "role"), `${camelCase(name, "role")}Role`);
  const services = (valueOf(found, "trustedServices") ?? []) as readonly string[];
  const accounts = (valueOf(found, "trustedAccounts") ?? []) as readonly string[];
  const props = object(
    {
      name: literal(name),
      trustedServices: services.length === 1 ? undefined : literal(services),
      trustedAccounts: accounts.length === 0 ? undefined : literal(accounts),
      description: unless(text(found, "description"), ""),
      tags: tagsOf(found),
    },
    { open: true },
  );
  program.add(SECTION, call("new scf.Role", "stack", literal(id), props), { variable });
  program.stands(`${stack}/${id}`, found.id);
  writing.roles.set(name, { variable, address: `${stack}/${id}`, id });
}

function writeRoleAttachment(writing: Writing, found: Found): void {
  const { program, roles, policies } = writing;
  const role = roles.get(text(found, "roleName"));
  if (!role) return;
  const policyName = text(found, "policyName");
  // As the construct names it, and nobody else: what is attached is told apart by its name.
  const id = `Has-${policies.get(policyName)?.id ?? policyName}`.replaceAll("/", "-");
  program.add(SECTION, call(`${role.variable.use}.attachPolicy`, policyExpression(writing, policyName)));
  program.stands(`${role.address}/${program.id(role.address, [], id)}`, found.id);
}

/** Users and groups: what they have of the policies written here, and of the preset ones for functions. */
function writePrincipalAttachment(writing: Writing, found: Found): void {
  const { program, policies, stack } = writing;
  const policyName = text(found, "policyName");
  const groupId = number(found, "groupId");
  const userName = text(found, "userName");
  const principal =
    groupId === undefined
      ? call("scf.User.fromName", literal(userName))
      : call("scf.Group.fromId", String(groupId));
  const who = groupId === undefined ? userName : `group-${groupId}`;
  const policy = policies.get(policyName);
  if (policy) {
    program.add(SECTION, call(`${policy.variable.use}.attachTo`, principal));
    const id = program.id(policy.address, [], `To-${who}`.replaceAll("/", "-"));
    program.stands(`${policy.address}/${id}`, found.id);
  } else if (policyName.startsWith("QcloudSCF")) {
    const id = program.id(stack, [], `${idOf(who, "user")}-${idOf(policyName, "policy")}`);
    const props = object({ policy: policyExpression(writing, policyName), to: principal }, { open: true });
    program.add(SECTION, call("new scf.PolicyAttachment", "stack", literal(id), props));
    program.stands(`${stack}/${id}`, found.id);
  }
}

function policyExpression({ policies }: Writing, name: string): Expression {
  const written = policies.get(name);
  if (written) return written.variable.use;
  return Object.hasOwn(presetPolicies, name)
    ? `scf.Policy.presets.${name}`
    : call("scf.Policy.fromName", literal(name));
}
