import type { Context } from "./context";

interface Due {
  readonly functions: number;
  readonly layers: number;
  readonly known: number;
}

/** Ends what was being deleted and whose time has come, and makes the region known on its first call. */
export function settle(context: Context): void {
  const { database, region, now } = context;
  // Every call asks this, and hardly ever is there anything to do: one statement answers all of it.
  const due = database.get<Due>(
    `SELECT EXISTS (SELECT 1 FROM functions WHERE gone_at <= ?) AS functions,
       EXISTS (SELECT 1 FROM layer_versions WHERE gone_at <= ?) AS layers,
       EXISTS (SELECT 1 FROM regions WHERE name = ?) AS known`,
    now,
    now,
    region,
  );
  // Functions first: they bind layers.
  if (due?.functions) database.run("DELETE FROM functions WHERE gone_at <= ?", now);
  if (due?.layers) database.run("DELETE FROM layer_versions WHERE gone_at <= ?", now);
  if (due?.known || region === "") return;
  database.run("INSERT INTO regions (name) VALUES (?)", region);
  database.run(
    "INSERT INTO namespaces (region, name, description, created, modified) VALUES (?, 'default', '', ?, ?)",
    region,
    now,
    now,
  );
}
