import { fc } from "../../fast-check";
import * as scf from "cdktf-scf";
import { terraformName } from "../../../lib/model/terraform";
import { node } from "../../constructs/app";
import { configurationOf } from "./configuration";

const TERRAFORM_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

test.each([
  ["orders", "orders"],
  ["Orders-2", "Orders-2"],
  ["_hidden", "_hidden"],
  ["a.b", /^a_b_[0-9a-f]{8}$/],
  ["2nd", /^_2nd_[0-9a-f]{8}$/],
  ["-dash", /^_-dash_[0-9a-f]{8}$/],
  ["with space", /^with_space_[0-9a-f]{8}$/],
  ["订单", /^___[0-9a-f]{8}$/],
  ["${x}", /^__x__[0-9a-f]{8}$/],
  ['"', /^__[0-9a-f]{8}$/],
])("a construct with the id %s has a name that Terraform takes", (id, name) => {
  const { resource } = configurationOf((stack) => {
    new scf.Function(stack, id, { ...node, name: "orders" });
  });
  const [written = ""] = Object.keys(resource["scf_function"] ?? {});
  expect(written).toEqual(typeof name === "string" ? name : expect.stringMatching(name));
  expect(written).toMatch(TERRAFORM_NAME);
});

test("two addresses of a stack never have the same name", () => {
  const id = fc.oneof(fc.stringMatching(/^[a-z_.-]{1,3}$/), fc.string({ minLength: 1, maxLength: 4 }));
  const address = fc
    .array(id, { minLength: 1, maxLength: 3 })
    .map((ids) => ["shop", ...ids.map((part) => part.replaceAll("/", "--"))].join("/"));
  fc.assert(
    fc.property(fc.uniqueArray(address, { minLength: 2, maxLength: 40 }), (addresses) => {
      const names = addresses.map(terraformName);
      expect(new Set(names).size).toBe(addresses.length);
      for (const name of names) expect(name).toMatch(TERRAFORM_NAME);
    }),
  );
});
