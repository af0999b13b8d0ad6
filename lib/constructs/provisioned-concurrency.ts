import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { provisionedConcurrencySchema } from "../model/resources/provisioned-concurrency";
import { otherRegionOf } from "./function-region";
import type { IPublishedVersion } from "./invocable";
import type { Provisioning } from "./provisioning";

/** Which version has instances that are started before requests come (CON-PROV). */
export interface ProvisionedConcurrencyProps {
  /** A published version: neither `$LATEST` nor an alias (CON-PROV). A change replaces the setting. */
  readonly version: IPublishedVersion;
  /** How many instances there are. */
  readonly provisioning: Provisioning;
}

/**
 * Instances of a published version that are started before requests come. Made by `provision` of a version.
 *
 * On `currentVersion` it goes along with every new version: the new one's instances are started, then aliases move, then
 * the old one's are given back. For that while the region's quota has to have room for both (CON-PSUM).
 */
export class ProvisionedConcurrency extends Construct {
  constructor(scope: Construct, id: string, props: ProvisionedConcurrencyProps) {
    super(scope, id);
    const { version, provisioning } = props;
    new ResourceElement(this, provisionedConcurrencySchema, () => ({
      namespace: version.function.namespaceReference,
      functionName: version.function.nameReference,
      functionRegion: otherRegionOf(version.function, this),
      qualifier: version.qualifier,
      // What a program in plain JavaScript gives instead is judged as it is.
      provisioning: typeof provisioning?.toPlan === "function" ? provisioning.toPlan() : provisioning,
      memory: version.publishedMemory,
    }));
  }
}
