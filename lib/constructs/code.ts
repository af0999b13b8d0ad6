import * as path from "node:path";
import type { Construct } from "constructs";
import { packageFolder, packageText, packageZip, type CodePackage } from "../assets";
import type { ResourceElement } from "../cdktf";
import { ScfError } from "../model/error";
import type { PlannedCode } from "../model/resources/function";
import { runtimeFacts } from "../model/runtime";

/** Where in object storage a package lies (COD-COS). */
export interface BucketCodeProps {
  /** Name of the bucket, without the account's `-appid`. */
  readonly bucket: string;
  /** Path of the ZIP in the bucket; it begins with `/`. */
  readonly object: string;
  /** Region of the bucket; it is the function's own (COD-COS). */
  readonly region: string;
}

/** What the code of a function or layer is made for, as far as inline code needs to know. */
export interface CodeUser {
  /**
   * The function's runtime, by the platform's name.
   * @default none: a layer
   */
  readonly runtime?: string | undefined;
  /**
   * The function's handler.
   * @default none: a layer or a web function
   */
  readonly handler?: string | undefined;
}

/** Where code comes from. */
export abstract class Code {
  /**
   * A folder, packaged as it is: the same content gives the same package on every machine.
   *
   * @param folder relative to the folder that the program runs in
   * @throws ScfError `ASSET_MISSING`, `ASSET_LINK` when a construct uses it
   */
  static fromAsset(folder: string): Code {
    return new FileCode(folder, packageFolder);
  }

  /**
   * A ZIP that something else has built, uploaded as it is.
   *
   * @param file relative to the folder that the program runs in
   * @throws ScfError `ASSET_MISSING`, `ASSET_NOT_ZIP` when a construct uses it
   */
  static fromZip(file: string): Code {
    return new FileCode(file, packageZip);
  }

  /**
   * A single file's text, for Node.js, Python and PHP; its name follows from the function's handler and runtime, and is
   * `index.js` in a layer.
   *
   * @throws ScfError `INLINE_CODE` when a function of another runtime uses it
   */
  static fromInline(text: string): Code {
    return new InlineCode(text);
  }

  /** A ZIP in object storage. Its content is not seen: another content needs another object name. */
  static fromBucket(props: BucketCodeProps): Code {
    return new BucketCode(props);
  }

  /** Called by the construct that uses the code: packages it and says how the plan names it. */
  abstract bind(element: ResourceElement, user: CodeUser): PlannedCode;
}

/** Packages by absolute path, per construct tree: many functions may share one folder. */
const packagesOfApp = new WeakMap<object, Map<string, CodePackage>>();

class FileCode extends Code {
  constructor(
    private readonly file: string,
    private readonly make: (file: string) => CodePackage,
  ) {
    super();
  }

  bind(element: ResourceElement): PlannedCode {
    const root: Construct = element.construct.node.root as Construct;
    const known = packagesOfApp.get(root) ?? new Map<string, CodePackage>();
    packagesOfApp.set(root, known);
    const absolute = path.resolve(this.file);
    const codePackage = known.get(absolute) ?? this.make(absolute);
    known.set(absolute, codePackage);
    element.usePackage(codePackage);
    return { asset: codePackage.hash };
  }
}

class InlineCode extends Code {
  /** By file name: many functions may share one text. */
  private readonly packages = new Map<string, CodePackage>();

  constructor(private readonly text: string) {
    super();
  }

  bind(element: ResourceElement, user: CodeUser): PlannedCode {
    const { runtime, handler = "index" } = user;
    // Layers have no runtime: what is shared by a text is a module.
    const extension = runtime === undefined ? ".js" : extensionOf(runtime);
    if (extension === undefined) {
      throw new ScfError(
        "INLINE_CODE",
        `${element.address}: inline code is source, and a function for ${runtime ?? ""} is not deployed as source.`,
        { fix: "Use Node.js, Python or PHP, or Code.fromAsset with what was built." },
      );
    }
    // A handler of another form is told by its rule.
    const base = /^[A-Za-z0-9_-]+/.exec(handler)?.[0] ?? "index";
    const file = base + extension;
    const codePackage = this.packages.get(file) ?? packageText(file, this.text);
    this.packages.set(file, codePackage);
    element.usePackage(codePackage);
    return { asset: codePackage.hash };
  }
}

/** Of a name that no runtime has, the language that was probably meant: RT-LIST then says what is wrong with it. */
function extensionOf(runtime: string): string | undefined {
  const known = runtimeFacts(runtime);
  if (known) return known.extension;
  if (/^node/i.test(runtime)) return ".js";
  if (/^py/i.test(runtime)) return ".py";
  return /^php/i.test(runtime) ? ".php" : undefined;
}

class BucketCode extends Code {
  constructor(private readonly props: BucketCodeProps) {
    super();
  }

  bind(): PlannedCode {
    return { bucket: this.props.bucket, object: this.props.object, region: this.props.region };
  }
}
