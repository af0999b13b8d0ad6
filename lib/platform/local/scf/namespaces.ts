import { refuse, formatTime } from "../context";
import type { Handlers } from "../context";
import { checkLength, checkName } from "../names";
import { pageRange } from "../paging";
import { requireNamespace } from "./lookup";
import { checkResourceEnv } from "./resource-env";

interface NamespaceRow {
  name: string;
  description: string;
  created: number;
  modified: number;
}

export const namespaces = {
  CreateNamespace(context, request) {
    const { database, region, now } = context;
    const name = request.Namespace;
    if (name === "default") {
      refuse("InvalidParameterValue.DefaultNamespace", "The namespace default exists in every region");
    }
    checkName(name, "namespace", "InvalidParameterValue.NamespaceInvalid");
    checkLength(request.Description ?? "", "namespace", "InvalidParameterValue.Description");
    if (request.ResourceEnv) checkResourceEnv(request.ResourceEnv);
    if (database.get("SELECT 1 FROM namespaces WHERE region = ? AND name = ?", region, name)) {
      refuse("ResourceInUse.Namespace", `The namespace ${name} exists already in ${region}`);
    }
    const quota = context.settings.quotas.namespaces;
    const used = database.get<{ n: number }>("SELECT count(*) AS n FROM namespaces WHERE region = ?", region);
    if ((used?.n ?? 0) >= quota) {
      refuse(
        "LimitExceeded.Namespace",
        `${region} has ${used?.n ?? 0} namespaces, default among them; the quota is ${quota}`,
      );
    }
    database.run(
      "INSERT INTO namespaces (region, name, description, environment, created, modified) VALUES (?, ?, ?, ?, ?, ?)",
      region,
      name,
      request.Description ?? "",
      request.ResourceEnv ? JSON.stringify(request.ResourceEnv) : null,
      now,
      now,
    );
    return {};
  },

  UpdateNamespace(context, request) {
    requireNamespace(context, request.Namespace);
    checkLength(request.Description, "namespace", "InvalidParameterValue.Description");
    context.database.run(
      "UPDATE namespaces SET description = ?, modified = ? WHERE region = ? AND name = ?",
      request.Description,
      context.now,
      context.region,
      request.Namespace,
    );
    return {};
  },

  DeleteNamespace(context, request) {
    const { database, region } = context;
    const name = request.Namespace;
    if (name === "default") {
      refuse("InvalidParameterValue.Namespace", "The namespace default cannot be deleted");
    }
    requireNamespace(context, name);
    const sql = "SELECT functions FROM namespaces WHERE region = ? AND name = ?";
    const functions = database.get<{ functions: number }>(sql, region, name)?.functions ?? 0;
    if (functions > 0) {
      refuse("ResourceInUse.Namespace", `The namespace ${name} is not empty: it has ${functions} functions`);
    }
    database.run("DELETE FROM namespaces WHERE region = ? AND name = ?", region, name);
    return {};
  },

  ListNamespaces(context, request) {
    const order = request.Order === "DESC" ? "DESC" : "ASC";
    const search = (key: string): string =>
      request.SearchKey?.find((entry) => entry.Key === key)?.Value ?? "";
    const matching = context.database
      .all<NamespaceRow>(
        `SELECT name, description, created, modified FROM namespaces WHERE region = ? ORDER BY name ${order}`,
        context.region,
      )
      .filter(
        (row) => row.name.includes(search("Namespace")) && row.description.includes(search("Description")),
      );
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue");
    return {
      TotalCount: matching.length,
      Namespaces: matching.slice(range.offset, range.offset + range.limit).map((row) => ({
        Name: row.name,
        Description: row.description,
        Type: row.name === "default" ? "default" : "custom",
        AddTime: formatTime(row.created),
        ModTime: formatTime(row.modified),
      })),
    };
  },
} satisfies Partial<Handlers<"scf">>;
