import { wrongProgramSources } from "./wrong-program-sources";

/** Whether the local platform, which never looks at a rule, refuses by itself what the rule forbids. */
export type Enforcement =
  | {
      readonly by: "platform";
      readonly code: string;
      /** The test that shows it: its file, and its name or the name of its row. */
      readonly file: string;
      readonly name: string;
    }
  /** It does not, and why that is right. */
  | { readonly by: "nobody"; readonly reason: string };

/** What is said of rules without a wrong program; one that is in neither has nothing said of it. */
export const said: Readonly<Record<string, Enforcement>> = {
  "QTA-CODE": functions(
    "InvalidParameterValue.LimitExceeded",
    "fails past the code volume of a region, in which versions count",
  ),
  "QTA-NS": platform(
    "namespaces",
    "LimitExceeded.Namespace",
    "fails past five namespaces, default among them",
  ),
  "QTA-LYR": platform("layers", "LimitExceeded.Layers", "fails past 20 layers in a region of a new account"),
  "QTA-LYRV": platform(
    "layers",
    "LimitExceeded.LayerVersions",
    "fails past the quota of versions of a layer",
  ),
  "QTA-VALUE": nobody("quotas of a provider are for the rules, and never sent"),
  "QTA-SAME": nobody("quotas of a provider are for the rules, and never sent"),
  "QTA-SNAP": nobody("a snapshot is for the rules, and never sent"),
  "NS-DEFAULT": platform("namespaces", "InvalidParameterValue.DefaultNamespace", "exists in every region"),
  REGION: nobody("a region that the documents do not name may exist by now"),

  "FN-NAMELEN": functions(
    "InvalidParameterValue.FunctionName",
    "fails on namespace and function names of 119 characters, and takes 118",
  ),
  "FN-DESC": functions("InvalidParameterValue.Description", "a description of 1001 characters"),
  "FN-ENVSEC": nobody("the variables are allowed, and hide the run role"),
  "FN-TZ": nobody("time zone and variable are one variable once they are sent"),
  "RT-LIST": nobody("it takes names of runtimes that this library does not know yet"),
  "RT-H1": functions("InvalidParameterValue.Handler", "a Go handler of two parts"),
  "RT-H3": functions("InvalidParameterValue.Handler", "a Java handler of two parts"),
  BUDGET: nobody("a budget is the organization's, and never sent"),
  "TAG-RESERVED": nobody("the tag is a mark of this library, and any tag to the platform"),
  "COD-ZIP": functions("InvalidParameterValue.Handler", "a handler's file one folder down"),
  "COD-SIZE": functions(
    "InvalidParameterValue.Code",
    "fails when code and layers have more than 500 MB before compression",
  ),
  "COD-UP": functions("InvalidParameterValue.ZipFile", "fails on an archive of more than 50 MB"),
  "COD-CALL": platform(
    "server",
    "RequestSizeLimitExceeded",
    "fails on a body of more than 10 MB, and takes one of 10 MB",
  ),
  "COD-COS": functions("InvalidParameterValue.CosBucketRegion", "code from a bucket in another region"),

  "WEB-TRG": platform("triggers", "UnsupportedOperation.Trigger", "fails on a timer for a web function"),

  "LYR-NAME": platform("layers", "InvalidParameterValue.LayerName", "a name of 1 character"),
  "LYR-RT": platform("layers", "InvalidParameterValue.CompatibleRuntimes", "six runtimes"),
  "LYR-ORDER": nobody("layers may carry the same file: the later one wins"),
  "LYR-ZIP": platform("layers", "InvalidParameterValue.Description", "a description of 1001 characters"),

  "ALS-DESC": platform("aliases", "InvalidParameterValue.Description", "a description with a bracket"),
  "ALS-TWO": platform(
    "aliases",
    "InvalidParameterValue.AdditionalVersionWeights",
    "three versions by weight",
  ),
  "ALS-RULE": platform("aliases", "InvalidParameterValue.RoutingConfig", "two matches"),
  "ALS-KEY": platform("aliases", "InvalidParameterValue.RoutingConfig", "a match without invoke.headers"),
  "ALS-EXACT": platform("aliases", "InvalidParameterValue.RoutingConfig", "an empty exact match"),

  "TRG-COUNT": platform(
    "triggers",
    "LimitExceeded.Trigger",
    "fails past ten triggers of a type, whatever they are attached to",
  ),
  "TRG-QUAL": platform("triggers", "ResourceNotFound.Qualifier", "a qualifier that is missing"),

  "TRG-CMQ": platform("triggers", "UnsupportedOperation.Trigger", "a CMQ trigger"),
  "TRG-COS": platform(
    "triggers",
    "ResourceInUse.Cos",
    "fails when another function has the same event, prefix and suffix of a bucket",
  ),

  "CON-UNIT": nobody("any quota is taken, and rounded down to whole instances"),
  "CON-OVER": nobody("more is allowed, and costs money only"),
  "EXE-ROLE": nobody("it is allowed, and fails once the credentials are no longer valid"),

  "NET-PUB": nobody("it is allowed, and reaches the VPC only"),
  "NET-VPC": functions("InvalidParameterValue.Vpc", "a network without a subnet"),
  "NET-EIP": functions("InvalidParameterValue.EipConfig", "a fixed address without public access"),
  "LOG-REGION": functions("InvalidParameterValue.Cls", "a log set without a topic"),

  "CAM-DOC": platform("access", "InvalidParameter.EffectError", "an effect that is none"),
  "CAM-RES": platform("access", "InvalidParameter.ResourceQcsError", "a resource of five parts"),
  "CAM-STAR": platform("access", "InvalidParameter.ResourceError", "an account-level action on one function"),
  "CAM-COND": platform("access", "InvalidParameter.ConditionTypeError", "an operator that is none"),
  "CAM-WIDE": nobody("the policy is allowed, and allows too much"),
  "CAM-PRESET": platform("access", "FailedOperation.PolicyNameInUse", "fail on a name that is taken"),
  "CAM-ROLE": functions(
    "InvalidParameterValue",
    "fails on a role that does not trust the function service, and takes one that does",
  ),
  "CAM-FN": nobody("a policy may name functions that do not exist yet"),

  "CLB-ACCT": platform("load-balancers", "FailedOperation", "fail in a traditional account"),
  "CLB-NET": platform("load-balancers", "InvalidParameterValue", "load balancers in the basic network"),
  "CLB-IP": platform("load-balancers", "InvalidParameterValue", "load balancers with IPv6 addresses"),
  "CLB-RULE": platform("load-balancers", "LimitExceeded", "fail when the rule binds one already"),
  "CLB-BETA": nobody("every account of it takes part in the beta"),

  "NS-PKG": nobody("whether the account has the package is not seen; the quota itself is checked"),
  "FN-GPU": nobody("which GPU nodes there are is not known here"),
  "WEB-PORT": nobody("where a server listens shows when it runs"),
  "GW-TIMEOUT": nobody("it is allowed, and the gateway gives up first"),
  "TRG-ENABLE": nobody("the parameter is never sent for triggers that have no switch"),
  "CON-KIND": nobody("the second setting of a version takes the place of the first"),
  "EXE-DLQ": nobody("the settings are allowed, and never used"),
  "NET-NAT": nobody("gateways of a network are not seen by the calls of functions"),
  "STO-ROLE": nobody("it is allowed, and fails when the file system is mounted"),
  "BCK-ENI": nobody("whether an interface is attached to an instance is not known here"),
  "BCK-ALOG": nobody("access logs are switched for a whole load balancer, never for a listener"),
  "BCK-SG": nobody("it is allowed, and keeps clients or health checks out"),
  "K8S-NET": nobody("address ranges of subnets are not known here"),
  "K8S-NODE": nobody("nodes of clusters are not known here"),
  "WEB-LOGFMT": nobody("there is no parameter for it"),
  TYPE: platform("calls", "InvalidParameter", "The request must be an object, not a list"),
  UNIQUE: platform("aliases", "ResourceInUse.Alias", "fails on a name that is taken"),
  MOVED: nobody("paths of constructs are for the state, and are never sent"),
  "REL-STEPS": nobody("steps are for the reconciler, and each is sent as a share of an alias"),
  "REL-GATE": nobody("gates are commands of the machine that deploys"),
  "REL-ROUTING": nobody("a release is never sent"),
  "REL-PROV": nobody("the platform does not know which instances belong to a release"),
  ACKNOWLEDGE: nobody("an acknowledgement is for people, and is never sent"),
};

function platform(test: string, code: string, name: string): Enforcement {
  return { by: "platform", code, file: `test/platform/${test}.test.ts`, name };
}

function functions(code: string, name: string): Enforcement {
  return platform("functions", code, name);
}

function nobody(reason: string): Enforcement {
  return { by: "nobody", reason };
}

/** What is known of a rule's enforcement: from the program that breaks it, or from the table above. */
export function enforcementOf(rule: string): Enforcement | undefined {
  const code = wrongProgramSources().get(rule)?.refused;
  if (code === undefined) return said[rule];
  return {
    by: "platform",
    code,
    file: "test/end-to-end/wrong-programs-refused.test.ts",
    name: "fails on the platform as well: %s",
  };
}
