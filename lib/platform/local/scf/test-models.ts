import { limits } from "../../../model/quotas";
import { formatTime, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { pageRange } from "../paging";
import { findFunction } from "./lookup";

/** What the platform answers is not in its public documentation: these codes follow the pattern of all others. */
const codes = {
  name: "InvalidParameterValue.TestModelName",
  value: "InvalidParameterValue.TestModelValue",
  quota: "LimitExceeded.TestModel",
  exists: "ResourceInUse.TestModel",
  absent: "ResourceNotFound.TestModel",
} as const;

interface TestModelRow {
  readonly name: string;
  readonly value: string;
  readonly created: number;
  readonly modified: number;
}

/** Templates are of the account: every call names a function, and any function will do (QTA-TEST). */
export const testModels = {
  CreateFunctionTestModel(context, request) {
    findFunction(context, request);
    const { TestModelName: name, TestModelValue: value } = request;
    const { database, now, settings } = context;
    if (!/^\S(.{0,98}\S)?$/u.test(name)) refuse(codes.name, "A test event's name has 1 to 100 characters");
    checkValue(value);
    if (lookUp(context, name)) refuse(codes.exists, `The test event ${name} exists already`);
    const used = countOf(context);
    const quota = settings.quotas.testEvents;
    if (used >= quota) refuse(codes.quota, `The account has ${used} test events; the quota is ${quota}`);
    database.run(
      "INSERT INTO test_models (name, value, created, modified) VALUES (?, ?, ?, ?)",
      name,
      value,
      now,
      now,
    );
    return {};
  },

  GetFunctionTestModel(context, request) {
    findFunction(context, request);
    const found = requireModel(context, request.TestModelName);
    return {
      TestModelName: found.name,
      TestModelValue: found.value,
      CreatedTime: formatTime(found.created),
      ModifiedTime: formatTime(found.modified),
    };
  },

  UpdateFunctionTestModel(context, request) {
    findFunction(context, request);
    const { TestModelName: name, TestModelValue: value } = request;
    requireModel(context, name);
    checkValue(value);
    const sql = "UPDATE test_models SET value = ?, modified = ? WHERE name = ?";
    context.database.run(sql, value, context.now, name);
    return {};
  },

  DeleteFunctionTestModel(context, request) {
    findFunction(context, request);
    requireModel(context, request.TestModelName);
    context.database.run("DELETE FROM test_models WHERE name = ?", request.TestModelName);
    return {};
  },

  ListFunctionTestModels(context, request) {
    findFunction(context, request);
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue");
    const sql = "SELECT * FROM test_models ORDER BY name LIMIT ? OFFSET ?";
    const rows = context.database.all<TestModelRow>(sql, range.limit, range.offset);
    return { TestModels: rows.map((row) => row.name), TotalCount: countOf(context) };
  },
} satisfies Partial<Handlers<"scf">>;

function lookUp({ database }: Context, name: string): TestModelRow | undefined {
  return database.get<TestModelRow>("SELECT * FROM test_models WHERE name = ?", name);
}

function requireModel(context: Context, name: string): TestModelRow {
  return lookUp(context, name) ?? refuse(codes.absent, `The test event ${name} does not exist`);
}

function countOf({ database }: Context): number {
  return database.get<{ n: number }>("SELECT count(*) AS n FROM test_models")?.n ?? 0;
}

function checkValue(value: string): void {
  const bytes = Buffer.byteLength(value);
  if (bytes > limits.testEventBytes) {
    refuse(codes.value, `A test event has ${limits.testEventBytes} bytes at most; this one has ${bytes}`);
  }
  try {
    JSON.parse(value);
  } catch {
    refuse(codes.value, "A test event is JSON");
  }
}
