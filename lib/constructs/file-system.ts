/** A file system that exists already, and the networks that it can be mounted in (STO-VPC). */
export interface FileSystemAttributes {
  /** Its id, `cfs-…`. */
  readonly fileSystemId: string;
  /** Id of the mount target through which it is reached. */
  readonly mountTargetId: string;
  /**
   * The VPC that the mount target is in, the function's own (STO-VPC).
   * @default not known, so not checked
   */
  readonly vpcId?: string;
}

/** A CFS file system that exists. It is never created, changed or deleted by this library. */
export class FileSystem {
  /** Names an existing one. What is not said of it cannot be checked before the deploy. */
  static fromAttributes(attributes: FileSystemAttributes): FileSystem {
    return new FileSystem(attributes);
  }

  readonly fileSystemId: string;
  readonly mountTargetId: string;
  readonly vpcId: string | undefined;

  private constructor(attributes: FileSystemAttributes) {
    this.fileSystemId = attributes.fileSystemId;
    this.mountTargetId = attributes.mountTargetId;
    this.vpcId = attributes.vpcId;
  }
}

/** A file system in the folders of a function. */
export interface FileSystemMount {
  /** The file system; the function is in its VPC (STO-VPC). */
  readonly fileSystem: FileSystem;
  /** Where the code finds it: a folder below `/mnt/`, once per function (STO-DIR). */
  readonly localDirectory: string;
  /**
   * The folder of the file system that is mounted, from its root (STO-DIR).
   * @default "/"
   */
  readonly remoteDirectory?: string;
  /**
   * Whom the code's files belong to there (STO-UID).
   * @default 10000
   */
  readonly userId?: number;
  /**
   * The group that the code's files belong to there (STO-UID).
   * @default 10000
   */
  readonly groupId?: number;
}
