import { cleanUp, databasePath, expectRefusal, open } from "./support";

afterEach(cleanUp);

const functionResource = "qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/orders";

function document(changes: object = {}): string {
  const statement = {
    effect: "allow",
    action: ["scf:InvokeFunction"],
    resource: [functionResource],
    ...changes,
  };
  return JSON.stringify({ version: "2.0", statement: [statement] });
}

function trust(changes: object = {}): string {
  const principal = { service: ["scf.qcloud.com"] };
  const statement = { effect: "allow", action: "name/sts:AssumeRole", principal, ...changes };
  return JSON.stringify({ version: "2.0", statement: [statement] });
}

describe("policies", () => {
  test("are made, read, changed and deleted", async () => {
    const platform = open();
    const created = await platform.call("cam", "CreatePolicy", {
      PolicyName: "ops",
      PolicyDocument: document(),
    });
    const PolicyId = created.PolicyId ?? 0;
    expect(await platform.call("cam", "GetPolicy", { PolicyId })).toMatchObject({
      PolicyName: "ops",
      Type: 1,
      Description: "",
      PolicyDocument: document(),
    });
    await platform.call("cam", "UpdatePolicy", { PolicyId, Description: "new" });
    await platform.call("cam", "UpdatePolicy", {
      PolicyName: "ops",
      PolicyDocument: document({ effect: "deny" }),
    });
    await platform.call("cam", "UpdatePolicy", { PolicyId, PolicyName: "operations" });
    expect(await platform.call("cam", "GetPolicy", { PolicyId })).toMatchObject({
      PolicyName: "operations",
      Description: "new",
      PolicyDocument: document({ effect: "deny" }),
    });
    await platform.call("cam", "DeletePolicy", { PolicyId: [PolicyId] });
    const missing = ["ResourceNotFound.PolicyIdNotFound", `${PolicyId} does not exist`] as const;
    await expectRefusal(platform, "cam", "GetPolicy", { PolicyId }, ...missing);
    await expectRefusal(platform, "cam", "DeletePolicy", { PolicyId: [PolicyId] }, ...missing);
    await expectRefusal(platform, "cam", "UpdatePolicy", { PolicyId }, ...missing);
  });

  test("are listed by scope and keyword; the preset ones are there from the start", async () => {
    const platform = open();
    await platform.call("cam", "CreatePolicy", { PolicyName: "ops", PolicyDocument: document() });
    const names = async (request: object) =>
      (await platform.call("cam", "ListPolicies", request)).List?.map((policy) => policy.PolicyName);
    expect(await names({ Scope: "Local" })).toEqual(["ops"]);
    expect(await names({ Scope: "QCS", Keyword: "SCF" })).toEqual([
      "QcloudSCFFullAccess",
      "QcloudSCFReadOnlyAccess",
    ]);
    expect(await names({ Rp: 1, Page: 2 })).toEqual(["QcloudSCFReadOnlyAccess"]);
    await expectRefusal(
      platform,
      "cam",
      "ListPolicies",
      { Scope: "Mine" },
      "InvalidParameter.ScopeError",
      "All, QCS",
    );
    await expectRefusal(
      platform,
      "cam",
      "ListPolicies",
      { Rp: 201 },
      "InvalidParameter.ParamError",
      "1 to 200",
    );
  });

  test("belong to the account: every region sees them", async () => {
    const path = databasePath();
    await open({ path }).call("cam", "CreatePolicy", { PolicyName: "ops", PolicyDocument: document() });
    const list = await open({ path, region: "ap-tokyo" }).call("cam", "ListPolicies", { Scope: "Local" });
    expect(list.TotalNum).toBe(1);
  });

  test("fail to be changed or deleted when they are preset", async () => {
    const platform = open();
    const request = { PolicyName: "QcloudSCFFullAccess", Description: "mine" };
    await expectRefusal(
      platform,
      "cam",
      "UpdatePolicy",
      request,
      "InvalidParameter.PolicyIdError",
      "read only",
    );
    await expectRefusal(
      platform,
      "cam",
      "DeletePolicy",
      { PolicyId: [1] },
      "InvalidParameter.PolicyIdError",
      "read only",
    );
  });

  test("fail on a name that is taken", async () => {
    const platform = open();
    const request = { PolicyName: "ops", PolicyDocument: document() };
    await platform.call("cam", "CreatePolicy", request);
    const taken = ["FailedOperation.PolicyNameInUse", "ops exists already"] as const;
    await expectRefusal(platform, "cam", "CreatePolicy", request, ...taken);
    const other = await platform.call("cam", "CreatePolicy", { ...request, PolicyName: "other" });
    const rename = { PolicyId: other.PolicyId, PolicyName: "ops" };
    await expectRefusal(platform, "cam", "UpdatePolicy", rename, ...taken);
  });

  const ip = (value: unknown) => ({ condition: { ip_equal: { "qcs:ip": value } } });
  const date = (value: unknown) => ({ condition: { date_less_than: { "qcs:current_time": value } } });

  test.each([
    ["a wildcard action", { action: "scf:Get*" }],
    ["every action", { action: "*", resource: "*" }],
    ["an action of another service", { action: ["monitor:GetMonitorData"], resource: "*" }],
    ["an account-level action on everything", { action: "scf:ListFunctions", resource: "*" }],
    ["a resource without the account's number", { resource: functionResource.replace("100000000001", "") }],
    [
      "every function of a namespace",
      { resource: "qcs::scf:ap-guangzhou:uin/1:namespace/default/function/*" },
    ],
    ["an address", ip("10.121.2.1")],
    ["blocks of addresses", ip(["10.121.1.0/24", "2001:db8::/32"])],
    ["an instant", date("2016-06-01T00:01:00Z")],
    ["an instant with parts of a second", date("2016-06-01T00:01:00.25Z")],
  ])("take %s", async (_name, changes) => {
    const platform = open();
    await platform.call("cam", "CreatePolicy", { PolicyName: "ops", PolicyDocument: document(changes) });
  });

  test.each([
    ["a document that is not JSON", "{", "PolicyDocumentError", "not an object in JSON"],
    ["a list for a document", "[]", "PolicyDocumentError", "not an object in JSON"],
    ["no version", '{"statement":[]}', "VersionError", '"2.0"'],
    ["the version 1.0", '{"version":"1.0","statement":[]}', "VersionError", '"2.0"'],
    ["no statement", '{"version":"2.0","statement":[]}', "StatementError", "one at least"],
    ["an unknown key", document({ principal: {} }), "StatementError", "not principal"],
    ["an effect that is none", document({ effect: "permit" }), "EffectError", "allow or deny"],
    ["no action", document({ action: [] }), "ActionMiss", "action of a statement"],
    [
      "an action without a service",
      document({ action: "InvokeFunction" }),
      "ActionError",
      '"InvokeFunction"',
    ],
    [
      "an action scf does not have",
      document({ action: "scf:Explode" }),
      "ActionNotExist",
      "no action Explode",
    ],
    ["a wildcard that matches nothing", document({ action: "scf:Explode*" }), "ActionNotExist", "Explode*"],
    ["no resource", document({ resource: undefined }), "ResourceError", "resource of a statement"],
    [
      "a resource of five parts",
      document({ resource: "qcs::scf:ap-guangzhou:uin/1" }),
      "ResourceQcsError",
      "six parts",
    ],
    [
      "a resource that is no function",
      document({ resource: "qcs::scf:ap-guangzhou:uin/1:orders" }),
      "ResourceQcsError",
      "namespace/<namespace>",
    ],
    [
      "an account that is none",
      document({ resource: functionResource.replace("uin/", "user/") }),
      "ResourceQcsError",
      "uin/<uin>",
    ],
    [
      "an account-level action on one function",
      document({ action: "scf:ListFunctions" }),
      "ResourceError",
      "whole account",
    ],
    [
      "an operator that is none",
      document({ condition: { ip_like: {} } }),
      "ConditionTypeError",
      "not ip_like",
    ],
    [
      "another operator's key",
      document({ condition: { ip_equal: { "qcs:current_time": "x" } } }),
      "ConditionError",
      "qcs:ip",
    ],
    ["an address that is none", document(ip("10.121.2.300")), "ConditionContentError", "CIDR"],
    ["a block that is too narrow", document(ip("10.121.2.0/33")), "ConditionContentError", "CIDR"],
    ["an empty list of addresses", document(ip([])), "ConditionContentError", "CIDR"],
    [
      "an instant without a zone",
      document(date("2016-06-01T00:01:00")),
      "ConditionContentError",
      "2016-06-01T00:01:00Z",
    ],
    ["a 30 February", document(date("2016-02-30T00:01:00Z")), "ConditionContentError", "instant"],
    ["an operator without a key", document({ condition: { ip_equal: {} } }), "ConditionError", "qcs:ip"],
    [
      "a pattern of account-level actions on one function",
      document({ action: "scf:GetAccount*" }),
      "ResourceError",
      "whole account",
    ],
    ["a month 13", document(date("2016-13-01T00:01:00Z")), "ConditionContentError", "instant"],
  ])("fail on %s", async (_name, PolicyDocument, code, text) => {
    const platform = open();
    const request = { PolicyName: "ops", PolicyDocument };
    await expectRefusal(platform, "cam", "CreatePolicy", request, `InvalidParameter.${code}`, text);
    const created = await platform.call("cam", "CreatePolicy", {
      PolicyName: "ops",
      PolicyDocument: document(),
    });
    const update = { PolicyId: created.PolicyId, PolicyDocument };
    await expectRefusal(platform, "cam", "UpdatePolicy", update, `InvalidParameter.${code}`, text);
  });

  test.each([
    ["a name with a space", { PolicyName: "a b" }, "PolicyNameError", "1 to 128"],
    [
      "a description of 301 characters",
      { Description: "a".repeat(301) },
      "DescriptionLengthOverlimit",
      "301",
    ],
  ])("fail on %s", async (_name, changes, code, text) => {
    const request = { PolicyName: "ops", PolicyDocument: document(), ...changes };
    await expectRefusal(open(), "cam", "CreatePolicy", request, `InvalidParameter.${code}`, text);
  });
});

describe("roles", () => {
  test("the configuration role is there from the start", async () => {
    const platform = open();
    expect(await platform.call("cam", "GetRole", { RoleName: "SCF_QcsRole" })).toMatchObject({
      RoleInfo: { RoleName: "SCF_QcsRole", RoleArn: "qcs::cam::uin/100000000001:roleName/SCF_QcsRole" },
    });
    const request = { RoleName: "SCF_QcsRole", Page: 1, Rp: 10 };
    expect(await platform.call("cam", "ListAttachedRolePolicies", request)).toMatchObject({
      TotalNum: 1,
      List: [{ PolicyName: "QcloudAccessForScfRole", PolicyType: "QCS" }],
    });
  });

  test("are made, read by id and name, changed and deleted", async () => {
    const platform = open();
    const created = await platform.call("cam", "CreateRole", { RoleName: "runner", PolicyDocument: trust() });
    const RoleId = created.RoleId ?? "";
    expect(RoleId).toMatch(/^\d{19}$/);
    await platform.call("cam", "UpdateRoleDescription", { RoleId, Description: "runs" });
    const PolicyDocument = trust({ principal: { service: "cvm.qcloud.com" } });
    await platform.call("cam", "UpdateAssumeRolePolicy", { RoleName: "runner", PolicyDocument });
    const expected = { RoleId, RoleName: "runner", Description: "runs", PolicyDocument };
    expect((await platform.call("cam", "GetRole", { RoleId })).RoleInfo).toMatchObject(expected);
    expect((await platform.call("cam", "GetRole", { RoleName: "runner" })).RoleInfo).toMatchObject(expected);
    await platform.call("cam", "DeleteRole", { RoleName: "runner" });
    const missing = ["InvalidParameter.RoleNotExist", "does not exist"] as const;
    await expectRefusal(platform, "cam", "GetRole", { RoleId }, ...missing);
    await expectRefusal(platform, "cam", "DeleteRole", { RoleId }, ...missing);
    await expectRefusal(platform, "cam", "UpdateRoleDescription", { RoleId, Description: "" }, ...missing);
    await expectRefusal(platform, "cam", "ListAttachedRolePolicies", { RoleId, Page: 1, Rp: 1 }, ...missing);
  });

  test("have tags, which are set and taken away", async () => {
    const platform = open();
    const tagged = { RoleName: "runner", PolicyDocument: trust(), Tags: [{ Key: "team", Value: "shop" }] };
    const { RoleId = "" } = await platform.call("cam", "CreateRole", tagged);
    const added = [
      { Key: "team", Value: "orders" },
      { Key: "cost", Value: "1" },
    ];
    await platform.call("cam", "TagRole", { RoleName: "runner", Tags: added });
    await platform.call("cam", "UntagRole", { RoleId, TagKeys: ["team", "never"] });
    const { RoleInfo } = await platform.call("cam", "GetRole", { RoleId });
    expect(RoleInfo?.Tags).toEqual([{ Key: "cost", Value: "1" }]);
    const missing = { RoleName: "other", TagKeys: ["team"] };
    await expectRefusal(platform, "cam", "UntagRole", missing, "InvalidParameter.RoleNotExist", "not exist");
  });

  test("have policies attached, once, and detached", async () => {
    const platform = open();
    await platform.call("cam", "CreateRole", { RoleName: "runner", PolicyDocument: trust() });
    const policy = await platform.call("cam", "CreatePolicy", {
      PolicyName: "ops",
      PolicyDocument: document(),
    });
    const { PolicyId } = policy;
    const attached = async () =>
      (
        await platform.call("cam", "ListAttachedRolePolicies", { RoleName: "runner", Page: 1, Rp: 10 })
      ).List?.map((entry) => entry.PolicyName);
    await platform.call("cam", "AttachRolePolicy", { AttachRoleName: "runner", PolicyId });
    await platform.call("cam", "AttachRolePolicy", { AttachRoleName: "runner", PolicyName: "ops" });
    await platform.call("cam", "AttachRolePolicy", {
      AttachRoleName: "runner",
      PolicyName: "QcloudSCFReadOnlyAccess",
    });
    expect(await attached()).toEqual(["QcloudSCFReadOnlyAccess", "ops"]);
    const list = await platform.call("cam", "ListPolicies", { Scope: "Local" });
    expect(list.List).toMatchObject([{ PolicyName: "ops", Attachments: 1 }]);
    await platform.call("cam", "DetachRolePolicy", {
      DetachRoleName: "runner",
      PolicyName: "QcloudSCFReadOnlyAccess",
    });
    expect(await attached()).toEqual(["ops"]);
    await platform.call("cam", "DeletePolicy", { PolicyId: [PolicyId ?? 0] });
    expect(await attached()).toEqual([]);
  });

  test.each([
    ["a name with a space", { RoleName: "a b" }, "RoleNameError", "1 to 128"],
    ["a name that is taken", { RoleName: "SCF_QcsRole" }, "RoleNameInUse", "SCF_QcsRole exists already"],
    [
      "a document without a principal",
      { PolicyDocument: trust({ principal: undefined }) },
      "PrincipalError",
      "its principal",
    ],
    [
      "a principal that is none",
      { PolicyDocument: trust({ principal: { person: "me" } }) },
      "PrincipalError",
      "not person",
    ],
    [
      "an action that is none",
      { PolicyDocument: trust({ action: "scf:InvokeFunction" }) },
      "ActionError",
      "sts:AssumeRole",
    ],
    [
      "an account that is none",
      { PolicyDocument: trust({ principal: { qcs: "qcs::cam::uin/me:root" } }) },
      "PrincipalQcsError",
      "uin/<uin>:root",
    ],
    ["the version 1.0", { PolicyDocument: '{"version":"1.0"}' }, "VersionError", '"2.0"'],
    [
      "a description of 1001 characters",
      { Description: "a".repeat(1001) },
      "DescriptionLengthOverlimit",
      "1001",
    ],
  ])("fail on %s", async (_name, changes, code, text) => {
    const request = { RoleName: "runner", PolicyDocument: trust(), ...changes };
    await expectRefusal(open(), "cam", "CreateRole", request, `InvalidParameter.${code}`, text);
  });

  test("fail on policies that are missing, and without any name", async () => {
    const platform = open();
    const missing = ["InvalidParameter.PolicyIdNotExist", "none does not exist"] as const;
    const role = "SCF_QcsRole";
    await expectRefusal(
      platform,
      "cam",
      "AttachRolePolicy",
      { AttachRoleName: role, PolicyName: "none" },
      ...missing,
    );
    await expectRefusal(
      platform,
      "cam",
      "DetachRolePolicy",
      { DetachRoleName: role, PolicyName: "none" },
      ...missing,
    );
    const none = "InvalidParameter.ParamError";
    await expectRefusal(
      platform,
      "cam",
      "AttachRolePolicy",
      { AttachRoleName: role },
      none,
      "PolicyId or PolicyName",
    );
    await expectRefusal(platform, "cam", "UpdatePolicy", {}, none, "PolicyId or PolicyName");
    await expectRefusal(platform, "cam", "GetRole", {}, none, "id or the name of a role");
  });
});

describe("users", () => {
  test("are made, read, listed and deleted; a new account has none", async () => {
    const platform = open();
    expect((await platform.call("cam", "ListUsers", {})).Data).toEqual([]);
    const made = await platform.call("cam", "AddUser", { Name: "alice", Remark: "runs the shop" });
    expect(made).toMatchObject({ Name: "alice", Uin: expect.any(Number), Uid: expect.any(Number) });
    expect(made.Password).toBeUndefined();
    await platform.call("cam", "AddUser", { Name: "bob" });
    const found = await platform.call("cam", "GetUser", { Name: "alice" });
    expect(found).toMatchObject({ Uin: made.Uin, Remark: "runs the shop", ConsoleLogin: 0 });
    const names = (await platform.call("cam", "ListUsers", {})).Data?.map((user) => user.Name);
    expect(names).toEqual(["alice", "bob"]);
    await platform.call("cam", "DeleteUser", { Name: "alice" });
    const missing = ["ResourceNotFound.UserNotExist", "alice does not exist"] as const;
    await expectRefusal(platform, "cam", "GetUser", { Name: "alice" }, ...missing);
    await expectRefusal(platform, "cam", "DeleteUser", { Name: "alice" }, ...missing);
  });

  test("fail on a name that is taken, and on one that is none", async () => {
    const platform = open();
    await platform.call("cam", "AddUser", { Name: "alice" });
    const add = (Name: string, code: string, text: string) =>
      expectRefusal(platform, "cam", "AddUser", { Name }, `InvalidParameter.${code}`, text);
    await add("alice", "SubUserNameInUse", "alice exists already");
    await add("a b", "UserNameIllegal", "1 to 64");
    await add("a".repeat(65), "UserNameIllegal", "1 to 64");
  });

  test("have policies attached, once, and detached; they go with the policy and with the user", async () => {
    const platform = open();
    const { Uin = 0 } = await platform.call("cam", "AddUser", { Name: "alice" });
    const { PolicyId = 0 } = await platform.call("cam", "CreatePolicy", {
      PolicyName: "ops",
      PolicyDocument: document(),
    });
    const attached = async (TargetUin = Uin) =>
      (await platform.call("cam", "ListAttachedUserPolicies", { TargetUin })).List?.map(
        (entry) => `${entry.PolicyType} ${entry.PolicyName}`,
      );
    for (const id of [PolicyId, PolicyId, 2]) {
      await platform.call("cam", "AttachUserPolicy", { PolicyId: id, AttachUin: Uin });
    }
    expect(await attached()).toEqual(["QCS QcloudSCFReadOnlyAccess", "User ops"]);
    const list = await platform.call("cam", "ListPolicies", { Scope: "Local" });
    expect(list.List).toMatchObject([{ PolicyName: "ops", Attachments: 1 }]);
    await platform.call("cam", "DetachUserPolicy", { PolicyId: 2, DetachUin: Uin });
    expect(await attached()).toEqual(["User ops"]);
    await platform.call("cam", "DeletePolicy", { PolicyId: [PolicyId] });
    expect(await attached()).toEqual([]);
    await platform.call("cam", "AttachUserPolicy", { PolicyId: 2, AttachUin: Uin });
    await platform.call("cam", "DeleteUser", { Name: "alice" });
    expect(await attached()).toEqual([]);
    expect(await attached(1)).toEqual([]);
  });

  test("fail to get a policy that is missing, and policies fail to go to a user who is", async () => {
    const platform = open();
    const { Uin = 0 } = await platform.call("cam", "AddUser", { Name: "alice" });
    const user = ["ResourceNotFound.UserNotExist", "1 does not exist"] as const;
    const policy = ["InvalidParameter.PolicyIdNotExist", "99 does not exist"] as const;
    await expectRefusal(platform, "cam", "AttachUserPolicy", { PolicyId: 2, AttachUin: 1 }, ...user);
    await expectRefusal(platform, "cam", "DetachUserPolicy", { PolicyId: 2, DetachUin: 1 }, ...user);
    await expectRefusal(platform, "cam", "AttachUserPolicy", { PolicyId: 99, AttachUin: Uin }, ...policy);
    await expectRefusal(platform, "cam", "DetachUserPolicy", { PolicyId: 99, DetachUin: Uin }, ...policy);
  });
});

describe("user groups", () => {
  test("have policies attached and detached, until they are deleted", async () => {
    const platform = open();
    const { GroupId = 0 } = await platform.call("cam", "CreateGroup", { GroupName: "operators" });
    const attached = async (request: object = {}) =>
      (
        await platform.call("cam", "ListAttachedGroupPolicies", { TargetGroupId: GroupId, ...request })
      ).List?.map((entry) => entry.PolicyName);
    for (const PolicyId of [1, 2, 2]) {
      await platform.call("cam", "AttachGroupPolicy", { PolicyId, AttachGroupId: GroupId });
    }
    expect(await attached()).toEqual(["QcloudSCFFullAccess", "QcloudSCFReadOnlyAccess"]);
    expect(await attached({ Keyword: "ReadOnly" })).toEqual(["QcloudSCFReadOnlyAccess"]);
    expect(await attached({ Page: 2, Rp: 1 })).toEqual(["QcloudSCFReadOnlyAccess"]);
    await platform.call("cam", "DetachGroupPolicy", { PolicyId: 1, DetachGroupId: GroupId });
    expect(await attached()).toEqual(["QcloudSCFReadOnlyAccess"]);
    await platform.call("cam", "DeleteGroup", { GroupId });
    expect(await attached()).toEqual([]);
    const missing = ["ResourceNotFound.GroupNotExist", `${GroupId} does not exist`] as const;
    await expectRefusal(platform, "cam", "DeleteGroup", { GroupId }, ...missing);
    const request = { PolicyId: 1, AttachGroupId: GroupId };
    await expectRefusal(platform, "cam", "AttachGroupPolicy", request, ...missing);
    const detach = { PolicyId: 1, DetachGroupId: GroupId };
    await expectRefusal(platform, "cam", "DetachGroupPolicy", detach, ...missing);
  });

  test("fail on a name that is taken, and on none", async () => {
    const platform = open();
    await platform.call("cam", "CreateGroup", { GroupName: "operators" });
    const create = (GroupName: string, code: string, text: string) =>
      expectRefusal(platform, "cam", "CreateGroup", { GroupName }, `InvalidParameter.${code}`, text);
    await create("operators", "GroupNameInUse", "operators exists already");
    await create("", "ParamError", "1 to 64");
  });
});

test("the example that the documents print is taken as it is", async () => {
  const statement = [
    {
      effect: "allow",
      action: ["scf:ListFunctions", "scf:GetAccountSettings", "monitor:*"],
      resource: ["*"],
    },
    {
      effect: "allow",
      action: ["scf:DeleteFunction", "scf:CreateFunction", "scf:InvokeFunction", "scf:ListVersion"],
      resource: [
        "qcs::scf:ap-guangzhou:uin/*****:namespace/default/function/Test1",
        "qcs::scf:ap-guangzhou:uin/*****:namespace/default/function/Test2",
      ],
    },
  ];
  const PolicyDocument = JSON.stringify({ version: "2.0", statement });
  await open().call("cam", "CreatePolicy", { PolicyName: "ops", PolicyDocument });
});
