import type { ClusterFacts, PlannedHosting } from "../model/resources/namespace";
import type { Duration } from "./duration";

/** What holds for tolerations of both forms (K8S-TOL). */
export interface TolerationOptions {
  /**
   * What becomes of pods that do not tolerate the taint (K8S-TOL).
   * @default any of the three
   */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /**
   * How long a pod stays on a node that gets the taint, in whole seconds, with the effect `NoExecute` (K8S-TOL).
   * @default for ever
   */
  readonly stays?: Duration;
}

/** A taint that is tolerated when its value is this one (K8S-TOL). */
export interface EqualTolerationProps extends TolerationOptions {
  /** Key of the taint (K8S-TOL). */
  readonly key: string;
  /** Its value (K8S-TOL). */
  readonly value: string;
}

/** A taint that is tolerated whatever its value is (K8S-TOL). */
export interface ExistsTolerationProps extends TolerationOptions {
  /**
   * Key of the taint (K8S-TOL).
   * @default every taint
   */
  readonly key?: string;
}

type PlannedToleration = NonNullable<PlannedHosting["tolerations"]>[number];

/** Lets instances run on nodes with a certain taint (K8S-TOL). */
export class Toleration {
  /** Tolerates a taint with this key and this value. */
  static equal(props: EqualTolerationProps): Toleration {
    return new Toleration({ key: props.key, operator: "Equal", value: props.value, ...common(props) });
  }

  /** Tolerates a taint with this key, whatever its value. */
  static exists(props: ExistsTolerationProps = {}): Toleration {
    const { key, value }: Partial<EqualTolerationProps> = props;
    return new Toleration({
      ...(key === undefined ? {} : { key }),
      operator: "Exists",
      // Given in plain JavaScript only, where K8S-TOL tells of it.
      ...(value === undefined ? {} : { value }),
      ...common(props),
    });
  }

  private constructor(
    /** As it stands in the plan. */
    readonly planned: PlannedToleration,
  ) {}
}

/** A program in plain JavaScript may write a toleration out. */
function plannedToleration(given: Toleration | PlannedToleration): PlannedToleration {
  return "planned" in given ? given.planned : given;
}

function common({ effect, stays }: TolerationOptions): Partial<PlannedToleration> {
  return {
    ...(effect === undefined ? {} : { effect }),
    ...(stays === undefined ? {} : { tolerationSeconds: stays.toSeconds() }),
  };
}

/** The cluster that the functions of a namespace run in (K8S-NET, K8S-NS). */
export interface KubernetesHostingProps {
  /** Id of the TKE cluster, `cls-…`. It has at least one node, native or ordinary (K8S-NODE). */
  readonly clusterId: string;
  /** Id of the subnet that the private load balancer in front of the cluster gets an address of; not in 9.0.0.0/8 (K8S-NET). */
  readonly subnetId: string;
  /** Namespace of the cluster that instances run in. */
  readonly clusterNamespace: string;
  /**
   * Port that the platform's helpers in the cluster listen on.
   * @default chosen by the platform
   */
  readonly port?: number;
  /**
   * Folder of the nodes for code, layers and temporary files.
   * @default chosen by the platform
   */
  readonly dataPath?: string;
  /**
   * Labels of the nodes that instances run on (K8S-LABEL).
   * @default all nodes
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that instances run on all the same (K8S-TOL).
   * @default none
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * Version of Kubernetes in the cluster; node selector and tolerations need 1.7 or later (K8S-NODE).
   * @default not known, so not checked
   */
  readonly kubernetesVersion?: ClusterFacts["kubernetesVersion"];
  /**
   * Types of its nodes; functions run on native and ordinary ones only (K8S-NODE).
   * @default not known, so not checked
   */
  readonly nodeTypes?: readonly ("native" | "ordinary" | "super")[];
  /**
   * How many nodes it has (K8S-NODE).
   * @default not known, so not checked
   */
  readonly nodeCount?: ClusterFacts["nodeCount"];
  /**
   * Address range of the subnet, `10.0.0.0/24` (K8S-NET).
   * @default not known, so not checked
   */
  readonly subnetCidr?: ClusterFacts["subnetCidr"];
}

/** Where the functions of a namespace run, when not on the platform's own machines. */
export class Hosting {
  /** In a cluster of the account's own. Chosen when the namespace is created; the platform never shows it again. */
  static kubernetes(props: KubernetesHostingProps): Hosting {
    return new Hosting(props);
  }

  private constructor(private readonly props: KubernetesHostingProps) {}

  /** As it stands in the plan. */
  get planned(): PlannedHosting {
    const { clusterId, subnetId, clusterNamespace, port, dataPath, nodeSelector, tolerations } = this.props;
    return {
      clusterId,
      subnetId,
      clusterNamespace,
      ...(port === undefined ? {} : { port }),
      ...(dataPath === undefined ? {} : { dataPath }),
      ...(nodeSelector === undefined ? {} : { nodeSelector: { ...nodeSelector } }),
      ...(tolerations === undefined ? {} : { tolerations: tolerations.map(plannedToleration) }),
    };
  }

  /** What the rules know of the cluster; undefined when nothing is said of it. */
  get facts(): ClusterFacts | undefined {
    const { kubernetesVersion, nodeTypes, nodeCount, subnetCidr } = this.props;
    const facts: ClusterFacts = {
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      ...(nodeTypes === undefined ? {} : { nodeTypes: [...nodeTypes] }),
      ...(nodeCount === undefined ? {} : { nodeCount }),
      ...(subnetCidr === undefined ? {} : { subnetCidr }),
    };
    return Object.keys(facts).length === 0 ? undefined : facts;
  }
}
