import { account, parseJson, refuse } from "./context";
import type { Context, Handlers } from "./context";
import { lookUpFunction } from "./scf/lookup";

/** The tag service's own codes are not in the notes on the API; these are the ones its public documentation has. */
const codes = {
  resource: "InvalidParameterValue.ResourceDescriptionError",
  key: "InvalidParameterValue.TagKeyEmpty",
  duplicate: "InvalidParameterValue.TagKeyDuplicate",
  absent: "ResourceNotFound",
} as const;

type Tags = ReadonlyMap<string, string>;

/** Something that has tags: how to read them and how to write them. */
interface Tagged {
  read(): Tags;
  write(tags: Tags): void;
}

/** `qcs::<service>:<region>:uin/<uin>:<path>`; the number may be left out. */
function findTagged(context: Context, resource: string): Tagged {
  const [, service, region, uin, path] =
    /^qcs::([a-z]+):([a-z0-9-]*):uin\/(\d*):(.+)$/.exec(resource) ??
    refuse(codes.resource, "Resource has the form qcs::<service>:<region>:uin/<uin>:<path>");
  if (region !== context.region) {
    refuse(codes.resource, `Resource is in ${region || "no region"}; this call is made in ${context.region}`);
  }
  if (uin !== "" && uin !== account.uin) refuse(codes.resource, `Resource belongs to another account`);
  const fn = service === "scf" ? /^namespace\/([^/]+)\/function\/([^/]+)$/.exec(path ?? "") : null;
  if (fn) return taggedFunction(context, fn[1] ?? "", fn[2] ?? "");
  const balancer = service === "clb" ? /^clb\/([^/]+)$/.exec(path ?? "") : null;
  if (balancer) return taggedLoadBalancer(context, balancer[1] ?? "");
  return refuse(codes.resource, "The local platform tags functions and load balancers");
}

interface FunctionTag {
  Key: string;
  Value: string;
}

function taggedFunction(context: Context, namespace: string, name: string): Tagged {
  const fn =
    lookUpFunction(context, namespace, name) ??
    refuse(codes.absent, `The function ${namespace}/${name} does not exist in ${context.region}`);
  return {
    read: () => new Map(parseJson<FunctionTag[]>(fn.tags).map((tag) => [tag.Key, tag.Value])),
    write(tags) {
      const list: FunctionTag[] = [...tags].map(([Key, Value]) => ({ Key, Value }));
      context.database.run("UPDATE functions SET tags = ? WHERE id = ?", JSON.stringify(list), fn.id);
    },
  };
}

interface LoadBalancerTag {
  TagKey: string;
  TagValue: string;
}

function taggedLoadBalancer(context: Context, id: string): Tagged {
  const row =
    context.database.get<{ tags: string }>(
      "SELECT tags FROM load_balancers WHERE region = ? AND id = ?",
      context.region,
      id,
    ) ?? refuse(codes.absent, `The load balancer ${id} does not exist in ${context.region}`);
  return {
    read: () => new Map(parseJson<LoadBalancerTag[]>(row.tags).map((tag) => [tag.TagKey, tag.TagValue])),
    write(tags) {
      const list: LoadBalancerTag[] = [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
      context.database.run("UPDATE load_balancers SET tags = ? WHERE id = ?", JSON.stringify(list), id);
    },
  };
}

export const tag: Handlers<"tag"> = {
  /** Sets the tags of ReplaceTags, takes those of DeleteTags away, and leaves the others. A key that is not there is no error. */
  ModifyResourceTags(context, request) {
    const replaced = request.ReplaceTags ?? [];
    const deleted = request.DeleteTags ?? [];
    const keys = [...replaced, ...deleted].map((entry) => entry.TagKey);
    if (keys.includes("")) refuse(codes.key, "TagKey is empty");
    if (new Set(keys).size !== keys.length) refuse(codes.duplicate, "A TagKey is given twice");
    const tagged = findTagged(context, request.Resource);
    const tags = new Map(tagged.read());
    for (const entry of replaced) tags.set(entry.TagKey, entry.TagValue);
    for (const entry of deleted) tags.delete(entry.TagKey);
    tagged.write(tags);
    return {};
  },
};
