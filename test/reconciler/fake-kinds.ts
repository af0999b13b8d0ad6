import { createHash } from "crypto";
import { z } from "zod";
import {
  isErrorOfClass,
  PlatformError,
  type Kind,
  type Live,
  type OperationContext,
  type ReadContext,
} from "../../lib/kinds/kind";
import { ScfError } from "../../lib/model/error";
import { defineResource } from "../../lib/model/resource-schema";
import { canonicalJson, type Properties } from "../../lib/model/value";
import type { Box, Child, Item } from "./fake-platform";

/** Longer than a busy disk or a machine that stands still takes from anybody. */
const TIMEOUT_MS = 120_000;

type Fields = Record<string, never>;

function call<T>(context: Pick<ReadContext, "call">, action: string, request: object): Promise<T> {
  return (context.call as unknown as (s: string, a: string, r: object) => Promise<T>)("scf", action, request);
}

async function orGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isErrorOfClass(error, "not-found")) return undefined;
    throw error;
  }
}

export const boxSchema = defineResource({
  kind: "box",
  title: "box",
  description: "A named object whose create takes two calls.",
  properties: {
    name: { type: z.string(), description: "", immutable: true },
    colour: { type: z.string().optional(), description: "", immutable: true },
    size: { type: z.number(), description: "" },
    note: { type: z.string().optional(), description: "" },
    links: { type: z.array(z.string()).optional(), description: "" },
    tags: { type: z.record(z.string(), z.string()).optional(), description: "" },
    settings: { type: z.record(z.string(), z.string()).optional(), description: "", sensitive: true },
    password: { type: z.string().optional(), description: "", unreadable: true },
    facts: { type: z.string().optional(), description: "", checkOnly: true },
  },
  attributes: {
    id: { type: z.string(), description: "" },
    revision: { type: z.number(), description: "", volatile: true },
    hash: { type: z.string(), description: "", volatile: true },
  },
});

const inCreate = ["size", "note", "links", "settings", "password", "colour"] as const;

function boxHash(properties: Properties): string {
  const { size, note, settings } = properties;
  return createHash("sha256").update(canonicalJson({ size, note, settings })).digest("hex").slice(0, 12);
}

const phases = { Creating: "pending", Deleting: "deleting", CreateFailed: "failed" } as const;

function liveBox(box: Box): Live {
  const { id, owner, revision, status, readsLeft: _left, ...all } = box;
  const { password: _unreadable, ...properties } = all as unknown as Fields;
  return {
    properties: properties as Properties,
    attributes: { id, revision },
    ...(owner === "" ? {} : { owner }),
    ...(status === undefined ? {} : { phase: phases[status] }),
  };
}

async function readBox(context: Pick<ReadContext, "call">, name: string): Promise<Live | undefined> {
  const answer = await orGone(call<{ Box: Box }>(context, "DescribeBox", { Name: name }));
  return answer && liveBox(answer.Box);
}

async function waitUntilActive(context: OperationContext, name: string): Promise<void> {
  await context.waitFor(`box ${name} is Active`, async () => {
    const live = await readBox(context, name);
    if (live?.phase === "failed") throw new ScfError("CREATE_FAILED", `Box ${name} failed to be made.`);
    return live?.phase === "pending" ? undefined : true;
  });
}

/** Does it, and once more after what is left of a creation of ours that failed has been taken away. */
async function pastFailure<T>(
  context: OperationContext,
  name: string,
  act: () => Promise<T>,
  again = act,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const live = PlatformError.is(error) ? await readBox(context, name) : undefined;
    const isOurs = live?.owner?.replace(/g\d+$/, "") === context.owner.replace(/g\d+$/, "");
    if (live?.phase !== "failed" || !isOurs) throw error;
    await call(context, "DeleteBox", { Name: name });
    return again();
  }
}

export const boxKind: Kind = {
  schema: boxSchema,
  identity: ({ name }) => `default/${name}`,
  exclusive: ({ name }) => [`box ${name}`],
  replacement: "delete-first",
  marked: true,
  timeoutMs: TIMEOUT_MS,
  derive: (properties) => ({ hash: boxHash(properties as Properties) }),
  read: (context, { properties }) => readBox(context, properties["name"] as string),
  find: (context, { name }) => readBox(context, name as string),
  async ready(context, { properties }) {
    await waitUntilActive(context, properties["name"] as string);
    return {};
  },
  async create(context, wanted) {
    const fields = Object.fromEntries(inCreate.map((name) => [name, wanted[name]]));
    const name = wanted["name"] as string;
    const { Id, Pending } = await pastFailure(context, name, () =>
      call<{ Id: string; Pending: boolean }>(context, "CreateBox", {
        Name: name,
        Fields: fields,
        Owner: context.owner,
      }),
    );
    await context.record({ id: Id });
    if (Pending) await waitUntilActive(context, wanted["name"] as string);
    if (wanted["tags"])
      await call(context, "UpdateBox", { Name: wanted["name"], Fields: { tags: wanted["tags"] } });
    return { id: Id, revision: wanted["tags"] ? 2 : 1, hash: boxHash(wanted as Properties) };
  },
  async update(context, wanted, recorded, changed) {
    const fields = Object.fromEntries([...changed].map((name) => [name, wanted[name]]));
    const name = wanted["name"] as string;
    const update = async (): Promise<Properties> => {
      await call(context, "UpdateBox", { Name: name, Fields: fields });
      const live = await readBox(context, name);
      return { ...(recorded.attributes as Properties), ...live?.attributes };
    };
    return pastFailure(context, name, update, () => boxKind.create(context, wanted) as Promise<Properties>);
  },
  async delete(context, { properties }) {
    const name = properties["name"] as string;
    const answer = await orGone(call<{ Pending?: boolean }>(context, "DeleteBox", { Name: name }));
    if (!answer?.Pending) return;
    await context.waitFor(`box ${name} is gone`, async () =>
      (await readBox(context, name)) ? undefined : true,
    );
  },
  import: {
    id: "name",
    async find(context, id) {
      return readBox(context, id);
    },
    async mark(context, { properties }) {
      await call(context, "MarkBox", { Name: properties["name"], Owner: context.owner });
    },
    async list(context) {
      const { Boxes } = await call<{ Boxes: readonly Box[] }>(context, "ListBoxes", {});
      return Boxes.map((one) => ({ id: one.name, live: liveBox(one) }));
    },
  },
};

export const childSchema = defineResource({
  kind: "child",
  title: "child",
  description: "Lives in a box and goes down with it; there is no place for a mark on it.",
  properties: {
    parent: { type: z.string(), description: "", immutable: true },
    name: { type: z.string(), description: "", immutable: true },
    target: { type: z.string(), description: "" },
  },
  attributes: {},
});

async function readChild(context: ReadContext, properties: Properties): ReturnType<Kind["read"]> {
  const { parent, name } = properties;
  const answer = await orGone(
    call<{ Child: Child }>(context, "DescribeChild", { Parent: parent, Name: name }),
  );
  return answer && { properties: { ...answer.Child }, attributes: {} };
}

export const childKind: Kind = {
  schema: childSchema,
  identity: ({ parent, name }) => `${parent}/${name}`,
  exclusive: ({ parent }) => [`box ${parent}`],
  replacement: "delete-first",
  timeoutMs: TIMEOUT_MS,
  read: (context, { properties }) => readChild(context, properties as Properties),
  find: (context, wanted) => readChild(context, wanted as Properties),
  async create(context, { parent, name, target }) {
    await call(context, "CreateChild", { Parent: parent, Name: name, Target: target });
    return {};
  },
  async update(context, { parent, name, target }) {
    await call(context, "UpdateChild", { Parent: parent, Name: name, Target: target });
    return {};
  },
  async delete(context, { properties: { parent, name } }) {
    await orGone(call(context, "DeleteChild", { Parent: parent, Name: name }));
  },
};

function numbered(kind: string, keepsReplaced: boolean): Kind {
  const schema = defineResource({
    kind,
    title: kind,
    description: "A numbered object: a change makes the next one.",
    properties: {
      family: { type: z.string(), description: "", immutable: true },
      content: { type: z.string(), description: "", immutable: true, unreadable: keepsReplaced },
    },
    attributes: { number: { type: z.string(), description: "" } },
  });
  const list = async (context: ReadContext, family: unknown): Promise<readonly Item[]> =>
    (await call<{ Items: readonly Item[] }>(context, "ListItems", { Family: family })).Items;
  const asLive = (item: Item | undefined): Awaited<ReturnType<Kind["read"]>> =>
    item && {
      properties: { family: item.family, ...(keepsReplaced ? {} : { content: item.content }) },
      attributes: { number: String(item.number) },
      owner: item.owner,
    };
  return {
    schema,
    identity: ({ family }) => String(family),
    exclusive: ({ family }) => [`family ${String(family)}`],
    replacement: "create-first",
    keepsReplaced,
    marked: true,
    timeoutMs: TIMEOUT_MS,
    async read(context, { properties, attributes }) {
      const items = await list(context, properties["family"]);
      return asLive(items.find(({ number }) => String(number) === attributes["number"]));
    },
    async find(context, { family, content }) {
      const items = await list(context, family);
      const address = context.owner.replace(/g\d+$/, "g");
      const ours = items.filter((item) => item.owner.startsWith(address) && item.content === content);
      return asLive(ours.find(({ owner }) => owner === context.owner) ?? ours.at(-1));
    },
    async create(context, { family, content }) {
      const { Number: number } = await call<{ Number: number }>(context, "PublishItem", {
        Family: family,
        Content: content,
        Owner: context.owner,
      });
      await context.record({ number: String(number) });
      return { number: String(number) };
    },
    async delete(context: OperationContext, { properties, attributes }) {
      await orGone(
        call(context, "DeleteItem", { Family: properties["family"], Number: Number(attributes["number"]) }),
      );
    },
  };
}

/** Old generations are deleted once nothing refers to them. */
export const layerKind = numbered("layer", false);
/** Old generations stay. */
export const versionKind = numbered("version", true);

export const fakeKinds: Readonly<Record<string, Kind>> = {
  box: boxKind,
  child: childKind,
  layer: layerKind,
  version: versionKind,
};

/** The same kinds, with reads that may lag behind writes. */
export function lagging(
  kinds: Readonly<Record<string, Kind>>,
  consistencyMs: number,
): Readonly<Record<string, Kind>> {
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { ...kind, consistencyMs }]));
}
