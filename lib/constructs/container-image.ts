import type { PlannedImage } from "../model/resources/function";

/** How an image is started (COD-IMG). */
export interface ContainerImageOptions {
  /**
   * Region of the registry, the function's own (COD-IMG).
   * @default not known, so not checked
   */
  readonly region?: string;
}

/** Which instance of the enterprise registry an image lies in (COD-IMG). */
export interface EnterpriseImageProps extends ContainerImageOptions {
  /** Full name of the image: `<registry>/<namespace>/<name>:<tag>`. */
  readonly image: string;
  /** Id of the registry's instance, `tcr-…`. */
  readonly registryId: string;
}

/**
 * An image that a function runs. It is deployed by its name: name it with a tag or digest that is new whenever its content
 * is, or no deploy sees the difference.
 */
export class ContainerImage {
  /**
   * An image of the account's personal registry.
   *
   * @param image full name: `<registry>/<namespace>/<name>:<tag>`
   */
  static fromPersonalRegistry(image: string, options: ContainerImageOptions = {}): ContainerImage {
    return new ContainerImage({ image, registry: "personal" }, options.region);
  }

  /** An image of an enterprise registry, which has an id. */
  static fromEnterpriseRegistry(props: EnterpriseImageProps): ContainerImage {
    const { image, registryId, region } = props;
    return new ContainerImage({ image, registry: "enterprise", registryId }, region);
  }

  private constructor(
    private readonly planned: Pick<PlannedImage, "image" | "registry" | "registryId">,
    /** Region of the registry, where the program says it. */
    readonly region: string | undefined,
  ) {}

  /** As it stands in the plan. */
  toPlan(): Pick<PlannedImage, "image" | "registry" | "registryId"> {
    return this.planned;
  }
}
