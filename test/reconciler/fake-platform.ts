import { PlatformError, UnknownOutcomeError, type Platform } from "../../lib/kinds/kind";

export interface Box {
  name: string;
  id: string;
  size: number;
  note?: string;
  parent?: string;
  settings?: Record<string, string>;
  links?: string[];
  tags?: Record<string, string>;
  owner: string;
  revision: number;
  /** Absent when it is active. */
  status?: "Creating" | "Deleting" | "CreateFailed";
  /** Reads until the status passes. */
  readsLeft?: number;
}
export interface Child {
  parent: string;
  name: string;
  target: string;
}
export interface Item {
  family: string;
  number: number;
  content: string;
  owner: string;
}

/** All objects of the platform, as plain data: a copy of it is a copy of the world. */
export interface World {
  boxes: Record<string, Box>;
  children: Record<string, Child>;
  items: Item[];
  minted: number;
}

export interface Call {
  readonly action: string;
  readonly request: Record<string, unknown>;
}

export function emptyWorld(): World {
  return { boxes: {}, children: {}, items: [], minted: 0 };
}

/** What any of the actions is sent. */
interface Request {
  readonly Name: string;
  readonly Parent: string;
  readonly Target: string;
  readonly Family: string;
  readonly Number: number;
  readonly Content: string;
  readonly Owner: string;
  readonly Fields: Partial<Box>;
}

export function refusal(code: string, action: string, message: string = code): PlatformError {
  return new PlatformError({ code, message, service: "scf", action, requestId: "r-1" });
}

export function noAnswer(action: string, sent = true): UnknownOutcomeError {
  return new UnknownOutcomeError({ service: "scf", action, message: "socket hang up", sent });
}

/** A platform in memory, with named boxes, their children, and numbered items. */
export class FakePlatform implements Platform {
  readonly region = "ap-guangzhou";
  readonly calls: Call[] = [];
  closed = false;
  /** Called before a call takes effect; what it throws is the answer. */
  before: (call: Call) => void | Promise<void> = () => undefined;
  /** Called after a call has taken effect; what it throws takes the answer's place. */
  after: (call: Call) => void = () => undefined;

  /** How many reads a box shows that it is being made or deleted. */
  pace = { create: 0, delete: 0 };
  /** Names of boxes that fail to be made. */
  failing = new Set<string>();
  /** How long reads lag behind writes, in milliseconds. */
  lagMs = 0;
  /** The world before each write of late, and when that was. */
  past: { readonly at: number; readonly world: World }[] = [];

  constructor(public world: World = emptyWorld()) {}

  /** The same platform at this moment. */
  fork(): FakePlatform {
    const fork = new FakePlatform(structuredClone(this.world));
    fork.pace = { ...this.pace };
    fork.failing = new Set(this.failing);
    fork.lagMs = this.lagMs;
    fork.past = structuredClone(this.past);
    return fork;
  }

  readonly call = (async (_service: string, action: string, request: Record<string, unknown>) => {
    const call = { action, request };
    this.calls.push(call);
    await this.before(call);
    const isRead = /^(Get|List|Describe)/.test(action);
    if (!isRead && this.lagMs > 0) {
      this.past.push({ at: performance.now(), world: structuredClone(this.world) });
    }
    const answer = this.handle(action, request as unknown as Request, isRead ? this.visible() : this.world);
    this.after(call);
    return structuredClone(answer);
  }) as unknown as Platform["call"];

  async close(): Promise<void> {
    this.closed = true;
  }

  get writes(): string[] {
    return this.calls.map(({ action }) => action).filter((action) => !/^(Get|List|Describe)/.test(action));
  }

  /** The world as reads see it. */
  private visible(): World {
    const since = performance.now() - this.lagMs;
    this.past = this.past.filter(({ at }) => at > since);
    return this.past[0]?.world ?? this.world;
  }

  /** Lets a status pass once it was read as often as it lasts. */
  private turn(world: World, box: Box): Box | undefined {
    if (box.status === undefined || box.status === "CreateFailed") return box;
    if ((box.readsLeft ?? 0) > 0) {
      box.readsLeft = (box.readsLeft ?? 0) - 1;
      return box;
    }
    delete box.readsLeft;
    if (box.status === "Creating") {
      delete box.status;
      if (this.failing.has(box.name)) box.status = "CreateFailed";
      return box;
    }
    this.remove(world, box.name);
    return undefined;
  }

  private remove(world: World, name: string): void {
    delete world.boxes[name];
    for (const [key, child] of Object.entries(world.children))
      if (child.parent === name) delete world.children[key];
  }

  private handle(action: string, request: Request, world: World): unknown {
    switch (action) {
      case "DescribeBox": {
        const found = world.boxes[request.Name];
        const box = found && this.turn(world, found);
        if (!box) throw refusal("ResourceNotFound.Box", action);
        return { Box: box };
      }
      case "ListBoxes":
        return { Boxes: Object.values(world.boxes) };
      case "MarkBox": {
        const box = world.boxes[request.Name];
        if (!box) throw refusal("ResourceNotFound.Box", action);
        box.owner = request.Owner;
        return {};
      }
      case "CreateBox": {
        const { Name: name } = request;
        if (world.boxes[name]) throw refusal("ResourceInUse.Box", action);
        const fields = request.Fields;
        const box: Box = { size: 0, ...fields, name: name, id: `id-${++world.minted}`, owner: request.Owner, revision: 1 }; // prettier-ignore
        if (this.pace.create > 0) Object.assign(box, { status: "Creating", readsLeft: this.pace.create });
        else if (this.failing.has(name)) box.status = "CreateFailed";
        world.boxes[box.name] = box;
        return { Id: box.id, Pending: box.status !== undefined };
      }
      case "UpdateBox": {
        const box = world.boxes[request.Name];
        if (!box) throw refusal("ResourceNotFound.Box", action);
        if (box.status === "CreateFailed") throw refusal("OperationDenied.BoxFailed", action);
        for (const [key, value] of Object.entries(request.Fields)) {
          if (value === undefined) delete (box as unknown as Record<string, unknown>)[key];
          else (box as unknown as Record<string, unknown>)[key] = value;
        }
        box.revision++;
        return {};
      }
      case "DeleteBox": {
        const name = request.Name;
        if (!world.boxes[name]) throw refusal("ResourceNotFound.Box", action);
        if (this.pace.delete > 0) {
          Object.assign(world.boxes[name] as Box, { status: "Deleting", readsLeft: this.pace.delete });
          return { Pending: true };
        }
        this.remove(world, name);
        return {};
      }
      case "DescribeChild": {
        const child = world.children[`${request.Parent}/${request.Name}`];
        if (!child) throw refusal("ResourceNotFound.Child", action);
        return { Child: child };
      }
      case "CreateChild": {
        const key = `${request.Parent}/${request.Name}`;
        if (!world.boxes[request.Parent]) throw refusal("ResourceNotFound.Box", action);
        if (world.children[key]) throw refusal("ResourceInUse.Child", action);
        world.children[key] = { parent: request.Parent, name: request.Name, target: request.Target };
        return {};
      }
      case "UpdateChild": {
        const child = world.children[`${request.Parent}/${request.Name}`];
        if (!child) throw refusal("ResourceNotFound.Child", action);
        child.target = request.Target;
        return {};
      }
      case "DeleteChild": {
        const key = `${request.Parent}/${request.Name}`;
        if (!world.children[key]) throw refusal("ResourceNotFound.Child", action);
        delete world.children[key];
        return {};
      }
      case "ListItems":
        return { Items: world.items.filter(({ family }) => family === request.Family) };
      case "PublishItem": {
        const family = request.Family;
        const number = ++world.minted;
        world.items.push({ family, number, content: request.Content, owner: request.Owner });
        return { Number: number };
      }
      case "DeleteItem": {
        const index = world.items.findIndex(
          ({ family, number }) => family === request.Family && number === request.Number,
        );
        if (index === -1) throw refusal("ResourceNotFound.Item", action);
        world.items.splice(index, 1);
        return {};
      }
      default:
        throw new Error(`unknown action ${action}`);
    }
  }
}
