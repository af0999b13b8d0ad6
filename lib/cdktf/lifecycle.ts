import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { addressOf } from "./address";
import type { LifecycleMark } from "./lifecycle-marks";
import { StackSynthesis } from "./stack-synthesis";

/** What may become of the objects on the platform that a construct, and everything below it, declares. */
export class Lifecycle {
  /** Of a stack, or of any construct in one. */
  static of(scope: Construct): Lifecycle {
    return new Lifecycle(scope);
  }

  private readonly mark: LifecycleMark;

  private constructor(private readonly scope: Construct) {
    this.mark = StackSynthesis.of(TerraformStack.of(scope)).lifecycles.at(scope);
  }

  /**
   * Keeps the objects from being deleted or replaced: a deploy or a destroy that would do so is refused before it calls the
   * platform. It holds until a program without it is deployed, also when the construct leaves the program first.
   */
  protect(): this {
    this.mark.protect = true;
    return this;
  }

  /**
   * Leaves the objects on the platform when the construct leaves the program or the stack is destroyed. They are no longer
   * managed then.
   */
  retain(): this {
    this.mark.retain = true;
    return this;
  }

  /**
   * Says that the construct had another path: what is recorded there, and below it, is now recorded here, and the objects
   * stay as they are. Call it once per earlier path, the latest first. It may stay in the program after the move.
   *
   * @param path earlier address as `cdktf-scf state list` prints it, the stack's id first: `shop/old/orders`
   * @throws ScfError `MOVE_FROM` for what is no path, the construct's own, or one of another stack
   */
  moveFrom(path: string): this {
    const address = addressOf(this.scope);
    const stack = TerraformStack.of(this.scope).node.id;
    const refuse = (message: string, fix: string): never => {
      throw new ScfError("MOVE_FROM", message, { fix });
    };
    const segments = typeof path === "string" ? path.split("/") : [];
    if (segments.length === 0 || segments.some((segment) => segment.trim() === "")) {
      const meant = segments.filter((segment) => segment.trim() !== "");
      refuse(
        `${address} moves from ${JSON.stringify(path)}, which is no path of a construct.`,
        `Write the earlier path, the stack's id first and a slash between two names: \`moveFrom("${[...(meant.length > 0 ? meant : [stack, "old"])].join("/")}")\`.`,
      );
    }
    if (path === address) {
      refuse(
        `${address} moves from ${path}, which is its own path.`,
        "Name the path that it had before, or remove the call.",
      );
    }
    if (segments[0] !== stack) {
      refuse(
        `${address} moves from ${path}, which is not in stack ${stack}: an object moves within its stack only.`,
        `Name the earlier path in this stack, which begins with its id: \`moveFrom("${stack}/${path}")\`.`,
      );
    }
    if (!this.mark.movedFrom.includes(path)) this.mark.movedFrom.push(path);
    return this;
  }
}
