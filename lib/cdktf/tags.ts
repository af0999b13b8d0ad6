import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { kindOf } from "../model/misfit";
import { AppSynthesis } from "./app-synthesis";
import { placeOfCall, placeText } from "./setting-place";

/** Tags of everything below a scope whose kind has tags: functions and roles. */
export class Tags {
  /** Of an app, a stack, or any other construct. */
  static of(scope: Construct): Tags {
    return new Tags(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Adds a tag, also to what is made later. The nearest scope's value wins, and a construct's own `tags` win over all.
   *
   * @param key not `cdktf-scf`, which deploying sets (TAG-RESERVED)
   * @param value what it says
   * @throws ScfError `TAG` when one of them is no text
   */
  add(key: string, value: string): this {
    const locate = placeOfCall(Tags.prototype.add);
    if (typeof key !== "string" || key === "" || typeof value !== "string") {
      const wrong = typeof key === "string" && key !== "" ? value : key;
      throw new ScfError("TAG", `Tags.add${placeText(locate())} is given ${kindOf(wrong)}.`, {
        fix: 'Give key and value as text: add("team", "shop").',
      });
    }
    AppSynthesis.of(this.scope).organization.addTag(this.scope, { key, value, locate });
    return this;
  }
}
