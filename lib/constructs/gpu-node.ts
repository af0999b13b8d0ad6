/** The type of node that instances with a GPU run on (FN-GPU). Which types there are depends on region and account. */
export class GpuNode {
  /** A type by the platform's name. */
  static of(name: string): GpuNode {
    return new GpuNode(name);
  }

  /** Tells a type of node from anything else that has a name. */
  protected readonly gpuNode = true;

  private constructor(
    /** The platform's name of it. */
    readonly name: string,
  ) {}

  /** The platform's name of it. */
  toString(): string {
    return this.name;
  }
}
