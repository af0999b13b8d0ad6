import type { Api } from "./api";

/** The part of the cam API that this library calls: names and types of every field; `*` marks the required ones. */
export const cam = {
  version: "2019-01-16",
  host: "cam.tencentcloudapi.com",
  types: {
    AttachPolicyInfo: {
      PolicyId: "number",
      PolicyName: "string",
      AddTime: "string",
      CreateMode: "number",
      PolicyType: "string",
      Remark: "string",
      OperateOwnerUin: "string",
      OperateUin: "string",
      OperateUinType: "number",
      Deactived: "number",
      DeactivedDetail: "string[]",
    },
    AttachedPolicyOfRole: {
      PolicyId: "number",
      PolicyName: "string",
      AddTime: "string",
      PolicyType: "string",
      CreateMode: "number",
      Deactived: "number",
      DeactivedDetail: "string[]",
      Description: "string",
    },
    GroupInfo: {
      GroupId: "number",
      GroupName: "string",
      CreateTime: "string",
      Remark: "string",
    },
    RoleInfo: {
      RoleId: "string",
      RoleName: "string",
      PolicyDocument: "string",
      Description: "string",
      AddTime: "string",
      UpdateTime: "string",
      ConsoleLogin: "number",
      RoleType: "string",
      SessionDuration: "number",
      DeletionTaskId: "string",
      Tags: "RoleTags[]",
      RoleArn: "string",
    },
    RoleTags: {
      Key: "string*",
      Value: "string*",
    },
    SubAccountInfo: {
      Uin: "number",
      Name: "string",
      Uid: "number",
      Remark: "string",
      ConsoleLogin: "number",
      PhoneNum: "string",
      CountryCode: "string",
      Email: "string",
      CreateTime: "string",
      NickName: "string",
    },
    StrategyInfo: {
      PolicyId: "number",
      PolicyName: "string",
      AddTime: "string",
      Type: "number",
      Description: "string",
      CreateMode: "number",
      Attachments: "number",
      ServiceType: "string",
      IsAttached: "number",
      Deactived: "number",
      DeactivedDetail: "string[]",
      IsServiceLinkedPolicy: "number",
      AttachEntityCount: "number",
      AttachEntityBoundaryCount: "number",
      UpdateTime: "string",
      Tags: "Tag[]",
      PermissionLevel: "string",
    },
    Tag: {
      Key: "string*",
      Value: "string*",
    },
  },
  actions: {
    AddUser: {
      request: {
        Name: "string*",
        Remark: "string",
        ConsoleLogin: "number",
        UseApi: "number",
        Password: "string",
        NeedResetPassword: "number",
        PhoneNum: "string",
        CountryCode: "string",
        Email: "string",
      },
      response: {
        Uin: "number",
        Name: "string",
        Password: "string",
        SecretId: "string",
        SecretKey: "string",
        Uid: "number",
      },
    },
    AttachGroupPolicy: {
      request: {
        PolicyId: "number*",
        AttachGroupId: "number*",
      },
      response: {},
    },
    AttachRolePolicy: {
      request: {
        PolicyId: "number",
        AttachRoleId: "string",
        AttachRoleName: "string",
        PolicyName: "string",
      },
      response: {},
    },
    AttachUserPolicy: {
      request: {
        PolicyId: "number*",
        AttachUin: "number*",
      },
      response: {},
    },
    CreateGroup: {
      request: {
        GroupName: "string*",
        Remark: "string",
      },
      response: {
        GroupId: "number",
      },
    },
    CreatePolicy: {
      request: {
        PolicyName: "string*",
        PolicyDocument: "string*",
        Description: "string",
        Tags: "Tag[]",
      },
      response: {
        PolicyId: "number",
      },
    },
    CreateRole: {
      request: {
        RoleName: "string*",
        PolicyDocument: "string*",
        Description: "string",
        ConsoleLogin: "number",
        SessionDuration: "number",
        Tags: "RoleTags[]",
      },
      response: {
        RoleId: "string",
      },
    },
    DeleteGroup: {
      request: {
        GroupId: "number*",
      },
      response: {},
    },
    DeletePolicy: {
      request: {
        PolicyId: "number[]*",
      },
      response: {},
    },
    DeleteRole: {
      request: {
        RoleId: "string",
        RoleName: "string",
      },
      response: {},
    },
    DeleteUser: {
      request: {
        Name: "string*",
        Force: "number",
      },
      response: {},
    },
    DescribeRoleList: {
      request: {
        Page: "number*",
        Rp: "number*",
        Tags: "RoleTags[]",
      },
      response: {
        List: "RoleInfo[]",
        TotalNum: "number",
      },
    },
    DetachGroupPolicy: {
      request: {
        PolicyId: "number*",
        DetachGroupId: "number*",
      },
      response: {},
    },
    DetachRolePolicy: {
      request: {
        PolicyId: "number",
        DetachRoleId: "string",
        DetachRoleName: "string",
        PolicyName: "string",
      },
      response: {},
    },
    DetachUserPolicy: {
      request: {
        PolicyId: "number*",
        DetachUin: "number*",
      },
      response: {},
    },
    GetPolicy: {
      request: {
        PolicyId: "number*",
      },
      response: {
        PolicyName: "string",
        Description: "string",
        Type: "number",
        AddTime: "string",
        UpdateTime: "string",
        PolicyDocument: "string",
        PresetAlias: "string",
        IsServiceLinkedRolePolicy: "number",
        Tags: "Tag[]",
      },
    },
    GetRole: {
      request: {
        RoleId: "string",
        RoleName: "string",
      },
      response: {
        RoleInfo: "RoleInfo",
      },
    },
    GetUser: {
      request: {
        Name: "string*",
      },
      response: {
        Uin: "number",
        Name: "string",
        Uid: "number",
        Remark: "string",
        ConsoleLogin: "number",
        PhoneNum: "string",
        CountryCode: "string",
        Email: "string",
        RecentlyLoginIP: "string",
        RecentlyLoginTime: "string",
      },
    },
    ListAttachedGroupPolicies: {
      request: {
        TargetGroupId: "number*",
        Page: "number",
        Rp: "number",
        Keyword: "string",
      },
      response: {
        TotalNum: "number",
        List: "AttachPolicyInfo[]",
      },
    },
    ListAttachedRolePolicies: {
      request: {
        Page: "number*",
        Rp: "number*",
        RoleId: "string",
        RoleName: "string",
        PolicyType: "string",
        Keyword: "string",
      },
      response: {
        List: "AttachedPolicyOfRole[]",
        TotalNum: "number",
      },
    },
    ListAttachedUserPolicies: {
      request: {
        TargetUin: "number*",
        Page: "number",
        Rp: "number",
      },
      response: {
        TotalNum: "number",
        List: "AttachPolicyInfo[]",
      },
    },
    ListGroups: {
      request: {
        Page: "number",
        Rp: "number",
        Keyword: "string",
      },
      response: {
        TotalNum: "number",
        GroupInfo: "GroupInfo[]",
      },
    },
    ListPolicies: {
      request: {
        Rp: "number",
        Page: "number",
        Scope: "string",
        Keyword: "string",
      },
      response: {
        TotalNum: "number",
        List: "StrategyInfo[]",
        ServiceTypeList: "string[]",
      },
    },
    ListUsers: {
      request: {},
      response: {
        Data: "SubAccountInfo[]",
      },
    },
    TagRole: {
      request: {
        Tags: "RoleTags[]*",
        RoleName: "string",
        RoleId: "string",
      },
      response: {},
    },
    UntagRole: {
      request: {
        TagKeys: "string[]*",
        RoleName: "string",
        RoleId: "string",
      },
      response: {},
    },
    UpdateAssumeRolePolicy: {
      request: {
        PolicyDocument: "string*",
        RoleId: "string",
        RoleName: "string",
      },
      response: {},
    },
    UpdatePolicy: {
      request: {
        PolicyId: "number",
        PolicyName: "string",
        Description: "string",
        PolicyDocument: "string",
        Alias: "string",
      },
      response: {
        PolicyId: "number",
      },
    },
    UpdateRoleDescription: {
      request: {
        Description: "string*",
        RoleId: "string",
        RoleName: "string",
      },
      response: {},
    },
  },
} as const satisfies Api;
