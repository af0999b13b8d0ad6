import type { Api } from "./api";

/** The part of the monitor API that this library calls: names and types of every field; `*` marks the required ones. */
export const monitor = {
  version: "2018-07-24",
  host: "monitor.tencentcloudapi.com",
  types: {
    AlarmPolicy: {
      PolicyId: "string",
      PolicyName: "string",
      Remark: "string",
      MonitorType: "string",
      Enable: "number",
      UseSum: "number",
      ProjectId: "number",
      Namespace: "string",
      Condition: "AlarmPolicyCondition",
      NoticeIds: "string[]",
      UpdateTime: "number",
      InsertTime: "number",
      OriginId: "string",
      IsDefault: "number",
      Tags: "Tag[]",
    },
    AlarmPolicyCondition: {
      IsUnionRule: "number*",
      Rules: "AlarmPolicyRule[]*",
      ComplexExpression: "string",
    },
    AlarmPolicyRule: {
      MetricName: "string",
      Period: "number",
      Operator: "string",
      Value: "string",
      ContinuePeriod: "number",
      NoticeFrequency: "number",
      IsPowerNotice: "number",
      Description: "string",
      Unit: "string",
      RuleType: "string",
    },
    BindingPolicyObjectDimension: {
      Region: "string*",
      RegionId: "number",
      Dimensions: "string",
      EventDimensions: "string",
    },
    DescribeBindingPolicyObjectListInstance: {
      UniqueId: "string",
      Dimensions: "string",
      IsShielded: "number",
      Region: "string",
    },
    Tag: {
      Key: "string*",
      Value: "string*",
    },
  },
  actions: {
    BindingPolicyObject: {
      request: {
        Module: "string*",
        GroupId: "number",
        PolicyId: "string",
        InstanceGroupId: "number",
        Dimensions: "BindingPolicyObjectDimension[]",
      },
      response: {},
    },
    CreateAlarmPolicy: {
      request: {
        Module: "string*",
        PolicyName: "string*",
        MonitorType: "string*",
        Namespace: "string*",
        Remark: "string",
        Enable: "number",
        ProjectId: "number",
        Condition: "AlarmPolicyCondition",
        NoticeIds: "string[]",
        Tags: "Tag[]",
      },
      response: {
        PolicyId: "string",
        OriginId: "string",
      },
    },
    DeleteAlarmPolicy: {
      request: {
        Module: "string*",
        PolicyIds: "string[]*",
      },
      response: {},
    },
    DescribeAlarmPolicies: {
      request: {
        Module: "string*",
        PageNumber: "number",
        PageSize: "number",
        PolicyName: "string",
        MonitorTypes: "string[]",
        Namespaces: "string[]",
      },
      response: {
        TotalCount: "number",
        Policies: "AlarmPolicy[]",
      },
    },
    DescribeAlarmPolicy: {
      request: {
        Module: "string*",
        PolicyId: "string*",
      },
      response: {
        Policy: "AlarmPolicy",
      },
    },
    DescribeBindingPolicyObjectList: {
      request: {
        Module: "string*",
        GroupId: "number*",
        PolicyId: "string",
        Limit: "number",
        Offset: "number",
      },
      response: {
        List: "DescribeBindingPolicyObjectListInstance[]",
        Total: "number",
        NoShieldedSum: "number",
      },
    },
    ModifyAlarmPolicyCondition: {
      request: {
        Module: "string*",
        PolicyId: "string*",
        Condition: "AlarmPolicyCondition",
      },
      response: {},
    },
    ModifyAlarmPolicyInfo: {
      request: {
        Module: "string*",
        PolicyId: "string*",
        Key: "string*",
        Value: "string*",
      },
      response: {},
    },
    ModifyAlarmPolicyNotice: {
      request: {
        Module: "string*",
        PolicyId: "string",
        NoticeIds: "string[]",
      },
      response: {},
    },
    ModifyAlarmPolicyStatus: {
      request: {
        Module: "string*",
        PolicyId: "string*",
        Enable: "number*",
      },
      response: {},
    },
    UnBindingPolicyObject: {
      request: {
        Module: "string*",
        GroupId: "number*",
        UniqueId: "string[]*",
        InstanceGroupId: "number",
        PolicyId: "string",
      },
      response: {},
    },
  },
} as const satisfies Api;
